"""A follow-up ("¿y para MEXW64?", "and the lessons?") completed with the subject of the question before it."""

import re
from collections.abc import Sequence

from kb.glossary import Glossary
from kb.language import WORD, fold, words
from kb.naming import CODE
from kb.taxonomy import CRITERIA, KINDS

_ABOUT = r"(?:what about|how about|qu[eé] (?:hay|pasa|hubo) (?:de|con)|qu[eé] tal|qu['’]en est-il de)\b"
_OPENS = re.compile(rf"^\W*(?:(?:y|e|o|and|or|et|ou)\b\W*(?:{_ABOUT})?|{_ABOUT})", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:otro proyecto|otra intervencion|other (?:project|intervention|one)|autre (?:projet|intervention))\b")
_ASKS = re.compile(
    r"(?:\w{1,4} )?(?:quien\w*|que|cual\w*|cuan\w+|como|donde|who|whom|what|which|how|when|where|why"
    r"|qui|quel\w*|combien|comment|quand|pourquoi)\b"
)


def complete(asked: str, language: str, history: tuple[str, ...], glossary: Glossary, projects: Sequence[tuple[str, ...]]) -> str:
    """What `asked` means after the questions of `history`, oldest first; `asked` itself where it is whole.

    `projects` are the codes of each report: "the other project" is one of a report that has two.
    """
    opening = _OPENS.search(asked)
    if not history or not opening:
        return asked
    rest = asked[opening.end() :].strip(" ?¿!.")
    if _ASKS.match(fold(rest)):  # "And who paid for it?" is whole
        return asked
    before = complete(history[-1], language, history[:-1], glossary, projects)
    old_codes = CODE.findall(before)
    codes = CODE.findall(rest) or (_other(old_codes, projects) if _OTHER.search(fold(rest)) else [])
    if codes and old_codes:
        return before.replace(old_codes[0], codes[0])
    swapped = _swap(rest, before, KINDS, language, glossary) or _swap(rest, before, CRITERIA, language, glossary)
    return swapped or f"{before.rstrip(' ?.')} {rest}?"


def _other(codes: list[str], projects: Sequence[tuple[str, ...]]) -> list[str]:
    """The code beside the only one of `codes` in a report of two projects; nothing where there is no such report."""
    named = {code.casefold() for code in codes}
    pairs = [both for both in projects if len(both) == 2 and len(named) == 1 and named < {code.casefold() for code in both}]
    return [code for both in pairs for code in both if code.casefold() not in named]


def _swap(rest: str, before: str, names: tuple[str, ...], language: str, glossary: Glossary) -> str | None:
    """`before` with what it says of a kind (or of a criterion, as `names` go) replaced by what `rest` says of one."""
    new, old = _said(rest, names, language, glossary), _said(before, names, language, glossary)
    return before[: old[0]] + rest[new[0] :] + before[old[1] :] if new and old else None


def _said(text: str, names: tuple[str, ...], language: str, glossary: Glossary) -> tuple[int, int] | None:
    """Where `text` first names one of the concepts `names`: (start, end)."""
    at = list(WORD.finditer(text))
    spans = [(at[start].start(), at[end - 1].end()) for start, end, found in glossary.find(words(text), language) if found & set(names)]
    return spans[0] if spans else None
