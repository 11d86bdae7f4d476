"""The same verbs for programs: named endpoints for gradio_client, and tools of an MCP server."""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any

import gradio as gr

from kb.answer import answer
from kb.cli import answer_json, hit_json
from kb.errors import InvalidRequest, KBError
from kb.records import Filters
from kb.search import search as find
from kb.taxonomy import CRITERIA, KINDS
from kb.ui import log
from kb.ui.memo_by_program import memo_made
from kb.ui.opening import Opening

MOST = 100  # hits of one search


class Refusal(gr.Error):
    """An error as its sentence and nothing else; Gradio's own puts it between quotation marks for MCP clients."""

    def __str__(self) -> str:
        return self.message


def endpoints(opening: Opening) -> None:
    """Add `ask`, `search`, `memo` and `reports` to the page being built."""

    def ask(question: str, kind: str = "", criterion: str = "") -> dict[str, Any]:
        """Ask the evaluation reports a question. The answer is made of verbatim quotes with their citations, or says that none was found.

        Args:
            question: The question, in Spanish, English or French.
            kind: Only passages of this kind, such as finding or recommendation; empty for all.
            criterion: Only passages of this criterion, such as sustainability; empty for all.
        """
        begun = monotonic()
        found = answer(opening.library(), question, _filters(kind, criterion))
        log.asked(found, monotonic() - begun)
        return answer_json(found)

    def search(text: str, kind: str = "", criterion: str = "", limit: int = 10) -> list[dict[str, Any]]:
        """Find passages of the evaluation reports, best first; an empty text browses them in report order.

        Args:
            text: Words to find; "exact phrase", -word and word* narrow the search.
            kind: Only passages of this kind, such as finding or recommendation; empty for all.
            criterion: Only passages of this criterion, such as sustainability; empty for all.
            limit: Passages at most, up to 100.
        """
        hits = find(opening.library(), text, _filters(kind, criterion), max(1, min(limit, MOST)))
        return [hit_json(hit) for hit in hits]

    def memo(
        quotes: list[dict[str, Any]], title: str = "", addressee: str = "", language: str = "en", style: str = "un", format: str = "markdown"
    ) -> dict[str, Any]:
        """Write a memo of quotations with their footnotes, evidence annex and note on method; each quotation is checked against its report first.

        Args:
            quotes: What to quote, in its order: citations that ask gave, or hits that search gave; "before" is a line of text above one.
            title: The memo's title.
            addressee: Whom it is for.
            language: The memo's own language: es, en or fr.
            style: un for footnotes of the United Nations, author-date for author and year.
            format: markdown for text, docx for a Word file in base64.
        """
        settings = {"title": title, "addressee": addressee, "language": language, "style": style}
        return memo_made(opening.library(), quotes, settings, format)

    def reports() -> list[dict[str, Any]]:
        """List the evaluation reports of the library with what is known of each."""
        fields = ("id", "title", "year", "language", "role", "evaluation_kind", "page_count")
        lists = ("codes", "countries", "languages", "warnings")
        return [
            {"report_path": report.path} | {name: getattr(report, name) for name in fields} | {name: list(getattr(report, name)) for name in lists}
            for report in opening.library().reports()
        ]

    for verb in (ask, search, memo, reports):
        gr.api(_told(verb), api_name=verb.__name__, concurrency_limit=4)


def _told(verb: Callable[..., Any]) -> Callable[..., Any]:
    """`verb`, its errors as those of the endpoint: the sentence and the remedy."""

    @wraps(verb)
    def told(*arguments: Any, **named: Any) -> Any:
        try:
            return verb(*arguments, **named)
        except KBError as problem:
            raise Refusal(str(problem), print_exception=False) from problem

    return told


def _filters(kind: str, criterion: str) -> Filters:
    for said, known, name in ((kind, KINDS, "kind"), (criterion, CRITERIA, "criterion")):
        if said and said not in known:
            raise InvalidRequest(f"There is no {name} called {said!r}.", f"It is one of: {', '.join(known)}.")
    return Filters(kinds=(kind,) if kind else (), criteria=(criterion,) if criterion else ())
