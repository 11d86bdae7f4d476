"""Lines of a page -> groups in reading order: regions are cut at the white space between columns."""

from dataclasses import dataclass
from statistics import median

from ingest.page.ink import Group, Line
from ingest.page.paragraphs import LEADER, paragraphs
from ingest.page.tables import aligned_rows

SEARCH = 4  # lines to either side that may stand beside a line


@dataclass(slots=True)
class Gutter:
    """White space between two columns, from line `top` to line `bottom` of a region."""

    x0: float
    x1: float
    top: int
    bottom: int

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


def in_order(lines: list[Line]) -> list[Group]:
    """Groups of a region as they are read: above the columns, each column, below them."""
    lines = sorted(lines, key=lambda line: (-line.top, line.x0))
    gutter = _best_gutter(lines)
    if gutter is None:
        return paragraphs(sorted(lines, key=lambda line: (-line.y, line.x0)))
    band = lines[gutter.top : gutter.bottom + 1]
    left = [line for line in band if line.x0 + line.x1 <= 2 * gutter.middle]
    right = [line for line in band if line.x0 + line.x1 > 2 * gutter.middle]
    top, bottom = gutter.top, gutter.bottom + 1
    if sum(bool(LEADER.search(line.text)) for line in band) * 3 > len(band):
        inner = paragraphs(sorted(band, key=lambda line: (-line.y, line.x0)))
    elif _are_columns(left, right):
        inner = in_order(left) + in_order(right)
    else:
        top, bottom = _table_part(lines, gutter)
        inner = aligned_rows(lines[top:bottom])
    return in_order(lines[:top]) + inner + in_order(lines[bottom:])


def _table_part(lines: list[Line], gutter: Gutter) -> tuple[int, int]:
    """The lines of a table beside a gutter: from its first row with two cells to its last."""
    places = range(gutter.top, gutter.bottom + 1)
    paired = [
        place
        for place in places
        if any(
            (lines[place].x1 <= gutter.middle) != (lines[other].x1 <= gutter.middle) and _beside(lines[place], lines[other])
            for other in range(max(gutter.top, place - SEARCH), min(gutter.bottom, place + SEARCH) + 1)
        )
    ]
    top, bottom = paired[0], paired[-1] + 1
    row = [line for line in lines[top : top + SEARCH] if _beside(lines[top], line)]
    if any(line.text[:1].islower() for line in row):  # its first words stand on the line above
        while top > gutter.top and lines[top - 1].y - lines[top].y < 1.5 * lines[top].size:
            top -= 1
            if lines[top].text[:1].isupper():
                break
    while bottom <= gutter.bottom and lines[bottom - 1].y - lines[bottom].y < 1.5 * lines[bottom].size:
        bottom += 1
    return top, bottom


def _are_columns(left: list[Line], right: list[Line]) -> bool:
    """Columns of prose, and no table whose rows go across?"""
    if any(line.frame is not None for line in left + right):
        return True
    return _is_prose(left) and _is_prose(right)


def _is_prose(lines: list[Line]) -> bool:
    """Do most rows run over most of the width, with the words of a sentence?"""
    levels: dict[int, list[Line]] = {}
    for line in lines:
        levels.setdefault(round(line.y / 3), []).append(line)
    if len(levels) < 3:
        return False
    edge, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = [row for row in levels.values() if max(x.x1 for x in row) - edge > 0.7 * (end - edge)]
    length = median(sum(len(line.text) for line in row) for row in levels.values())
    return length >= 20 and len(full) >= 0.4 * len(levels)


def _best_gutter(lines: list[Line]) -> Gutter | None:
    """The gutter along most lines, if there is one."""
    seen: list[Gutter] = []
    for place, line in enumerate(lines):
        for near in lines[max(0, place - SEARCH) : place + SEARCH + 1]:
            if near.x0 - line.x1 < 0.8 * max(line.size, 6) or not _beside(line, near):
                continue
            if any(g.top <= place <= g.bottom and line.x1 < g.x1 and g.x0 < near.x0 for g in seen):
                continue
            seen.append(_grown(lines, place, line.x1, near.x0))
    valid = [gutter for gutter in seen if _parts(lines, gutter)]
    return max(valid, key=lambda gutter: gutter.bottom - gutter.top, default=None)


def _beside(line: Line, near: Line) -> bool:
    shared = min(line.top, near.top) - max(line.bottom, near.bottom)
    return shared > 0.3 * min(line.top - line.bottom, near.top - near.bottom)


def _grown(lines: list[Line], place: int, x0: float, x1: float) -> Gutter:
    """The gap at `place`, as far up and down as white space of some width goes through."""
    least = 0.6 * max(lines[place].size, 6)
    gutter = Gutter(x0, x1, place, place)
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(lines):
            line, a, b = lines[at], gutter.x0, gutter.x1
            if line.x0 < b and line.x1 > a:
                a, b = (line.x1, b) if b - line.x1 > line.x0 - a else (a, line.x0)
            if b - a < least:
                break
            gutter.x0, gutter.x1 = a, b
            gutter.top, gutter.bottom = min(gutter.top, at), max(gutter.bottom, at)
            at += step
    return gutter


def _parts(lines: list[Line], gutter: Gutter) -> bool:
    """Are there at least two lines on either side, and three levels in all?"""
    band = lines[gutter.top : gutter.bottom + 1]
    left = {round(line.y / 3) for line in band if line.x1 <= gutter.middle}
    right = {round(line.y / 3) for line in band if line.x0 >= gutter.middle}
    framed = any(line.frame for line in band)
    return bool(left and right) and (framed or min(len(left), len(right)) >= 2)
