"""Footnotes: the small lines at the foot of a page, apart from the text they belong to."""

import re

from ingest.page.ink import Ink, Line, Rect

NUMBERED = re.compile(r"(\d{1,3})[.)]?\s+(?=[A-ZÀ-Ý¿¡\"“«(\[]|https?:|www\.)")
SMALL = 0.93  # of the body's size


def split_notes(lines: list[Line], ink: Ink, body: float) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those of the footnotes, each in the order given."""
    notes: list[Line] = []
    for rule in ink.rects:
        if _is_separator(rule, ink.box):
            below = [x for x in lines if x.y < rule.y0 and x.x0 < rule.x1 + 250]
            if below and all(_small(x, body) for x in below) and _near(rule, below):
                notes = below if len(below) > len(notes) else notes
    if not notes:
        notes = _marked(lines, ink.box, body)
    kept = {id(line) for line in notes}
    for line in notes:
        _set_mark(line)
    return [line for line in lines if id(line) not in kept], notes


def _is_separator(rule: Rect, page: Rect) -> bool:
    wide, high = rule.x1 - rule.x0, rule.y1 - rule.y0
    share = wide / max(page.x1 - page.x0, 1.0)
    return high <= 2 and 0.06 < share < 0.5 and rule.y0 < page.y0 + 0.7 * (page.y1 - page.y0)


def _near(rule: Rect, below: list[Line]) -> bool:
    first = max(line.y for line in below)
    return rule.y0 - first < 40 and min(abs(line.x0 - rule.x0) for line in below) < 40


def _small(line: Line, body: float) -> bool:
    return line.frame is None and line.size <= SMALL * body


def _marked(lines: list[Line], page: Rect, body: float) -> list[Line]:
    """Without a rule: from the first small line that opens with a mark, all below it is small."""
    half = (page.y0 + page.y1) / 2
    for line in sorted(lines, key=lambda item: -item.y):
        if line.y > half or not line.mark or not _small(line, body):
            continue
        column = [x for x in lines if x.y <= line.y + 1 and x.x0 < line.x1 and x.x1 > line.x0]
        if all(_small(x, body) for x in column):
            return column
    return []


def _set_mark(line: Line) -> None:
    match = None if line.mark else NUMBERED.match(line.text)
    if match:
        line.mark, line.text = match[1], line.text[match.end() :]
