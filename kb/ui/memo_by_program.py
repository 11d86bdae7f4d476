"""A memo that a program asks for: what `ask` and `search` gave it, written as Word or Markdown, each quotation checked first."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from typing import Any

from kb.errors import InvalidRequest
from kb.library import Library
from kb.markdown import to_markdown
from kb.memo import LANGUAGES, MOST_PICKS, STYLES, check, memo_from, verified
from kb.records import Check, Memo
from kb.word import to_word

Quotes = list[dict[str, Any]]
Writer = Callable[[Memo, list[Check], int], str | bytes]
FORMATS: dict[str, tuple[str, Writer]] = {"markdown": ("memo.md", to_markdown), "docx": ("memo.docx", to_word)}


def memo_made(library: Library, quotes: Quotes, settings: dict[str, str], form: str) -> dict[str, Any]:
    """{"verified": "n of n", "failed": [{"number", "report_path", "problem"}], "name", and the file as "text" or "base64"}.

    Raises InvalidRequest where something asked for means nothing here.
    """
    _known(settings["language"], LANGUAGES, "language")
    _known(settings["style"], STYLES, "style")
    _known(form, tuple(FORMATS), "format")
    memo = _memo(library, quotes, settings)
    checks = check(library, memo)
    name, write = FORMATS[form]
    content = write(memo, checks, len(library.reports()))
    file = {"text": content} if isinstance(content, str) else {"base64": b64encode(content).decode()}
    return {"verified": f"{len(verified(checks))} of {len(checks)}", "failed": _failed(checks), "name": name, **file}


def _memo(library: Library, quotes: Quotes, settings: dict[str, str]) -> Memo:
    if not quotes or len(quotes) > MOST_PICKS:
        raise InvalidRequest(f"A memo has from 1 to {MOST_PICKS} quotations.", "Give the citations of /ask, or hits of /search.")
    try:
        return memo_from({**settings, "date": date.today().isoformat(), "picks": [_pick(library, quote) for quote in quotes]})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidRequest("A quotation is not of the form expected.", "It has report_path, passage_id and quote (or text), as /ask gives them.") from error


def _pick(library: Library, quote: dict[str, Any]) -> dict[str, Any]:
    """A citation, a hit or a pick of a memo file as a pick: one that says no place is looked for from its passage's on."""
    passages = library.passages([int(quote.get("passage_id", 0))])
    place = {"start": passages[0].start if passages else 0, "end": passages[0].end if passages else 0}
    return {**place, "quote": quote.get("quote") or quote["text"], **{name: value for name, value in quote.items() if value is not None}}


def _known(said: str, known: tuple[str, ...], name: str) -> None:
    if said not in known:
        raise InvalidRequest(f"There is no {name} called {said!r}.", f"It is one of: {', '.join(known)}.")


def _failed(checks: list[Check]) -> list[dict[str, Any]]:
    problems = {"report": "the report is not in the library", "quote": "these words are not in the report"}
    return [
        {"number": number, "report_path": one.pick.report_path, "problem": problems[one.missing]}
        for number, one in enumerate(checks, start=1)
        if one.missing
    ]
