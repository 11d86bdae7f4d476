"""`python -m kb memo`: a memo file, or the answer to a question, written as Word, HTML or Markdown; checked against the library."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import InvalidRequest, KBError
from kb.memo import LANGUAGES, STYLES, TEXTS, check, cited_reports, dumps, is_date, memo_of, read, sealed, verified
from kb.plain import tell
from kb.records import Check, Memo, Report

if TYPE_CHECKING:
    from kb.library import Library

Writer = Callable[[Memo, list[Check], int], str | bytes]


def add_to(commands: argparse._SubParsersAction) -> None:
    """The subcommand and its options."""
    command = commands.add_parser("memo", help="a memo of cited quotations, as Word, HTML or Markdown; or check one again")
    command.add_argument("memo", nargs="?", type=Path, metavar="MEMO.json", help="a memo file")
    command.add_argument("--from-question", metavar="TEXT", help="instead of a file: all that the answer to a question cites")
    command.add_argument("--to", type=Path, action="append", default=[], metavar="FILE", help="write a .docx, .html, .md, or a .json memo file")
    command.add_argument("--references", type=Path, metavar="FILE", help="write the reports cited to a .bib, .ris or .json (CSL) file")
    command.add_argument("--verify", action="store_true", help="check every quotation; exit code 1 where one fails")
    command.add_argument("--title")
    command.add_argument("--addressee")
    command.add_argument("--date", type=_date, metavar="2026-11-23", help="default: the memo's; today for a new one")
    command.add_argument("--language", choices=LANGUAGES, help="language of the memo (default: the memo's, else the question's)")
    command.add_argument("--style", choices=STYLES, help="United Nations footnotes, or author and date (default: the memo's, else un)")
    command.add_argument("--library", type=Path, help="the library's folder (default: KB_LIBRARY, else .kb)")
    command.set_defaults(run=lambda options: _run(command, options))


def _date(text: str) -> str:
    if not is_date(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-23")
    return text


def _run(command: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    from kb.folder import default_folder
    from kb.library import Library

    if (options.memo is None) == (options.from_question is None):
        command.error("name a memo file or give --from-question")
    if not (options.to or options.references or options.verify):
        command.error("say what to do: --to FILE, --references FILE or --verify")
    writers = [(path, _writer(path)) for path in options.to]
    refer = _referrer(options.references) if options.references else None
    settings = {name: _text(getattr(options, name)) for name in TEXTS if getattr(options, name) is not None}
    with Library.open(options.library or default_folder()) as library:
        memo = replace(read(options.memo), **settings) if options.memo else _from_question(library, options.from_question, settings)
        checks, searched = check(library, memo), len(library.reports())
    for path, write in writers:
        _save(path, write(memo, checks, searched))
    if refer:
        _save(options.references, refer(cited_reports(checks), memo.language))
    if options.verify:
        _report(checks)


def _from_question(library: "Library", question: str, settings: dict[str, str]) -> Memo:
    from kb.answer import answer

    reply = answer(library, _text(question))
    if not reply.answered:
        raise KBError(reply.message, "Ask in other words, or look with: python -m kb search")
    return memo_of(reply, **{"date": date.today().isoformat(), **settings})


def _text(argument: str) -> str:
    """What was typed, with "?" for bytes that are no text."""
    return argument.encode(errors="replace").decode()


def _writer(path: Path) -> Writer:
    """What writes a memo in the format that the name of `path` ends with. Raises InvalidRequest where there is none."""
    from kb.markdown import to_markdown
    from kb.word import to_html, to_word

    writers: dict[str, Writer] = {
        ".docx": to_word,
        ".html": to_html,
        ".md": to_markdown,
        ".json": lambda memo, checks, searched: dumps(sealed(memo, checks)),
    }
    if path.suffix.lower() not in writers:
        raise InvalidRequest(f"No memo can be written as {path.name}.", f"Name a file that ends in {', '.join(writers)}.")
    return writers[path.suffix.lower()]


def _referrer(path: Path) -> Callable[[list[Report], str], str]:
    """What writes references in the format that the name of `path` ends with. Raises InvalidRequest where there is none."""
    from kb.bibliography import to_bibtex, to_csl, to_ris

    writers = {".bib": to_bibtex, ".ris": to_ris, ".json": to_csl}
    if path.suffix.lower() not in writers:
        raise InvalidRequest(f"No references can be written as {path.name}.", f"Name a file that ends in {', '.join(writers)}.")
    return writers[path.suffix.lower()]


def _save(path: Path, content: str | bytes) -> None:
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise KBError(f"{path} cannot be written ({error.strerror}).", "Close it where it is open, or name another file.") from error
    tell(f"Written: {path}")


def _report(checks: list[Check]) -> None:
    """Say how many quotations stand in the library, and name those that do not. Raises KBError where there are any."""
    found, failed = len(verified(checks)), [(n, each) for n, each in enumerate(checks, 1) if each.citation is None]
    print(f"Quotations verified verbatim: {found} of {len(checks)}")
    for number, each in failed:
        reason = "the report is not in the library" if each.missing == "report" else "these words are not in the report"
        tell(f"{number}. {each.pick.report_path}: {reason}: {' '.join(each.pick.quote.split())[:120]}")
    if failed:
        raise KBError(f"{len(failed)} of {len(checks)} quotations could not be verified.", "Add the report again, or take the quotation out.")
