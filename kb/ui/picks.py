"""The quotes that a reader picked for the memo: a list of dicts, and how it is drawn and changed. All text is escaped here."""

from dataclasses import asdict
from html import escape
from typing import Any
from zlib import crc32

from kb.cite import locator, shown, title
from kb.markdown import introduction
from kb.memo import MOST_PICKS, pick_from
from kb.records import Check
from kb.ui.words import say

Picks = list[dict[str, Any]]
LONGEST_LINE = 1000  # characters of the line above a quotation


def add_pick(picks: Picks, pick: dict[str, Any]) -> Picks:
    """`picks` with one more at the end; unchanged where it is there already, or where there are as many as a memo holds."""
    new = asdict(pick_from(pick))
    there = any(key_of(new) == key_of(old) for old in picks)
    return picks if there or len(picks) >= MOST_PICKS else [*picks, new]


def remove_pick(picks: Picks, pick: dict[str, Any]) -> Picks:
    """`picks` without this one."""
    return [old for old in picks if key_of(old) != key_of(pick)]


def move_pick(picks: Picks, key: str, step: int) -> Picks:
    """`picks` with the one of this key moved up (-1) or down (1); unchanged at either end."""
    place = next((n for n, pick in enumerate(picks) if key_of(pick) == key), -1)
    if place < 0 or not 0 <= place + step < len(picks):
        return picks
    moved = list(picks)
    moved.insert(place + step, moved.pop(place))
    return moved


def change_picks(picks: Picks, event: dict[str, Any]) -> Picks:
    """`picks` after a reader's act: up, down, remove, or a line written above a quotation."""
    key, act = str(event.get("key")), event.get("act")
    if act == "remove":
        return [pick for pick in picks if key_of(pick) != key]
    if act == "line":
        return [{**pick, "before": str(event.get("line", ""))[:LONGEST_LINE]} if key_of(pick) == key else pick for pick in picks]
    return move_pick(picks, key, {"up": -1, "down": 1}.get(act, 0))


def key_of(pick: dict[str, Any]) -> str:
    """What tells a pick from the others: its report and its place in it."""
    return f"p{crc32(str(pick['report_path']).encode()):08x}-{int(pick['start'])}-{int(pick['end'])}"


def list_page(checks: list[Check], picks: Picks, memo_language: str, language: str) -> str:
    """The picks in their order, each with its line, its quote, its source and its buttons; how to begin where there are none."""
    if not picks:
        return f'<p class="empty">{say("memo.empty", language)}</p>'
    rows = (_row(found, key_of(pick), n, len(picks), memo_language, language) for n, (found, pick) in enumerate(zip(checks, picks, strict=True), 1))
    return f'<ol class="picks" aria-label="{say("memo.picks", language)}">{"".join(rows)}</ol>'


def _row(found: Check, key: str, n: int, last: int, memo_language: str, language: str) -> str:
    kind, spoken = (found.citation.passage.kind, found.citation.passage.language) if found.citation else ("other", "")
    hint = "" if found.citation is None else escape(introduction(kind, memo_language))
    up, down = _button("up", "↑", key, n, n == 1, language), _button("down", "↓", key, n, n == last, language)
    return (
        f'<li><input type="text" id="{key}" data-line="{key}" value="{escape(found.pick.before)}" placeholder="{hint}" maxlength="{LONGEST_LINE}" '
        f'aria-label="{say("memo.line", language, n=n)}"><blockquote lang="{escape(spoken)}">{escape(shown(found.pick.quote))}</blockquote>'
        f'{_source(found, n, language)}<p class="acts">{up}{down}'
        f'<button type="button" data-act="remove" data-key="{key}" aria-label="{say("memo.remove_this", language, n=n)}">'
        f"{say('memo.remove', language)}</button></p></li>"
    )


def _button(act: str, sign: str, key: str, n: int, off: bool, language: str) -> str:
    name = say(f"memo.{act}", language, n=n)
    return f'<button type="button" data-act="{act}" data-key="{key}" aria-label="{name}" title="{name}"{" disabled" if off else ""}>{sign}</button>'


def _source(found: Check, n: int, language: str) -> str:
    if found.citation is None:
        return f'<p class="problem">{problem_of(found, language)}</p>'
    report = found.citation.report
    parts = [title(report), f"({report.year})" if report.year else ""]
    place = locator(found.citation, language)
    return f'<p class="source">{escape(" ".join(filter(None, parts)))}{", " + escape(place) if place else ""}</p>'


def problem_of(found: Check, language: str) -> str:
    """Why a pick could not be verified, as HTML."""
    return escape(say(f"memo.missing.{found.missing}", language, path=found.pick.report_path))


def verified_page(checks: list[Check], language: str) -> str:
    """n of n, and the failures by their numbers."""
    failed = [(n, found) for n, found in enumerate(checks, 1) if found.citation is None]
    total = say("memo.verified", language, found=len(checks) - len(failed), total=len(checks))
    lines = "".join(f"<li>{say('memo.failed', language, n=n, problem=problem_of(found, language))}</li>" for n, found in failed)
    return f'<p class="{"problem" if failed else "good"}" role="status">{total}</p>{f"<ul>{lines}</ul>" if lines else ""}'
