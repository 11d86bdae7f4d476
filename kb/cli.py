"""`python -m kb`: search, ask, write memos, measure, keep a library whole and its accounts.

Turns errors into one line with the remedy.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb import keeping_cli, measure_cli, memo_cli, user_cli
from kb.errors import InvalidRequest, KBError
from kb.plain import as_json, tell
from kb.records import Answer, Filters, Hit
from kb.taxonomy import CRITERIA, KINDS

if TYPE_CHECKING:
    from kb.library import Library


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done (an honest "not found" included), 1 the library is unusable, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except KBError as error:
        tell(error, sys.stderr)
        return 2 if isinstance(error, InvalidRequest) else 1
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kb", description="Search a library of evaluation reports and ask it questions.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    search = commands.add_parser("search", help="the passages that fit some words best; an empty text browses")
    search.add_argument("text", type=_text, nargs="?", default="", help='words to find; "exact phrase", -word and word* narrow the search')
    search.add_argument("--limit", type=_positive, default=10, help="passages at most (default: %(default)s)")
    search.add_argument("--words-only", action="store_true", help="rank by words alone, without loading the model")
    search.set_defaults(run=_search)
    ask = commands.add_parser("ask", help="what the reports say about a question, with citations")
    ask.add_argument("question", type=_text)
    ask.set_defaults(run=_ask)
    for command in (search, ask):
        _add_filters(command)
    memo_cli.add_to(commands)
    measure_cli.add_to(commands)
    keeping_cli.add_to(commands)
    user_cli.add_to(commands)
    return parser


def _add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--library", type=Path, help="the library's folder (default: KB_LIBRARY, else .kb)")
    command.add_argument("--criterion", action="append", choices=CRITERIA, default=[], metavar="CRITERION", help=f"one of: {', '.join(CRITERIA)}")
    command.add_argument("--kind", action="append", choices=KINDS, default=[], metavar="KIND", help=f"one of: {', '.join(KINDS)}")
    command.add_argument("--report", action="append", default=[], metavar="PATH", help="a report by its file's path or name, or by a project code")
    command.add_argument("--language", action="append", default=[], metavar="CODE", help="language of the passage: es, en, fr, ...")
    command.add_argument("--year", action="append", type=int, default=[], metavar="YEAR", help="year of the report")
    command.add_argument("--json", action="store_true", help="print JSON")


def _text(argument: str) -> str:
    """What was typed, with "?" for bytes that are no text: they could not be printed again."""
    return argument.encode(errors="replace").decode()


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _open(options: argparse.Namespace) -> "Library":
    from kb.folder import default_folder
    from kb.library import Library

    return Library.open(options.library or default_folder())


def _filters(library: "Library", options: argparse.Namespace) -> Filters:
    reports = tuple(number for name in options.report for number in _reports_called(library, name))
    return Filters(tuple(options.kind), tuple(options.criterion), reports, tuple(options.language), tuple(options.year))


def _reports_called(library: "Library", name: str) -> list[int]:
    """The ids of the reports with this path, file name or project code. Raises KBError where there is none."""
    found = library.find(name)
    named = [found] if found else [r for r in library.reports() if Path(r.path).name == name or name.upper() in r.codes or name == str(r.id)]
    if not named:
        raise InvalidRequest(f"The library has no report called {name!r}.", "See what it has: python -m ingest list")
    return [report.id for report in named]


def _search(options: argparse.Namespace) -> None:
    from kb.search import reports_with, search

    with _open(options) as library:
        filters = _filters(library, options)
        hits = search(library, options.text, filters, options.limit, options.words_only)
        searched = len(library.reports(filters))
    if options.json:
        coverage = {"reports_searched": searched, "reports_with_hits": len(reports_with(hits))}
        print_json({"query": options.text, "hits": [hit_json(hit) for hit in hits], "coverage": coverage})
    for hit in hits if not options.json else []:
        tell(_hit_lines(hit), end="\n\n")
    if not hits and not options.json:
        print("Nothing found.")


def _ask(options: argparse.Namespace) -> None:
    from kb.answer import answer

    if not options.question.strip():
        raise InvalidRequest("The question is empty.", "Write what you want to know of the reports, in quotation marks.")
    with _open(options) as library:
        reply = answer(library, options.question, _filters(library, options))
    if options.json:
        print_json(answer_json(reply))
    else:
        tell(_answer_lines(reply))


def print_json(value: dict[str, Any]) -> None:
    """`value` on standard output, accents as they are."""
    print(as_json(value))


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit in the shape the README documents."""
    from kb.cite import hit_reference

    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "passage_id": passage.id,
        "report_id": hit.report.id,
        "report_path": hit.report.path,
        "title": hit.report.title,
        "heading": passage.heading,
        "kind": passage.kind,
        "criteria": list(passage.criteria),
        "language": passage.language,
        "page_label": passage.page_label,
        "pdf_page": passage.first_page,
        "text": passage.text,
        "reference": hit_reference(hit, passage.language),
    }


def answer_json(reply: Answer) -> dict[str, Any]:
    """An answer in the shape the README documents."""
    from kb.cite import reference

    return {
        "question": reply.question.asked,
        "language": reply.language,
        "answered": reply.answered,
        "message": reply.message,
        "statements": [{"text": statement.text, "citations": list(statement.citations)} for statement in reply.statements],
        "citations": [
            {
                "number": citation.number,
                "quote": citation.quote,
                "passage_id": citation.passage.id,
                "report_id": citation.report.id,
                "report_path": citation.report.path,
                "heading": citation.passage.heading,
                "kind": citation.passage.kind,
                "criteria": list(citation.passage.criteria),
                "page_label": citation.page.label,
                "pdf_page": citation.page.page,
                "reference": reference(citation, reply.language),
            }
            for citation in reply.citations
        ],
        "coverage": {"reports_searched": reply.coverage.reports_searched, "reports_with_hits": reply.coverage.reports_with_hits},
    }


def _hit_lines(hit: Hit) -> str:
    from kb.cite import hit_reference, shown

    labels = " · ".join(filter(None, [hit.passage.heading, hit.passage.kind, ", ".join(hit.passage.criteria)]))
    return f"{hit.rank}. {labels}\n   {shown(hit.passage.text)}\n   {hit_reference(hit, hit.passage.language)}"


def _answer_lines(reply: Answer) -> str:
    from kb.cite import reference, shown

    if not reply.answered:
        return reply.message
    statements = [f"{shown(statement.text)} {''.join(f'[{number}]' for number in statement.citations)}" for statement in reply.statements]
    sources = [f"[{citation.number}] {reference(citation, reply.language)} {citation.passage.heading}".rstrip() for citation in reply.citations]
    return "\n\n".join([*statements, "\n".join(sources)])
