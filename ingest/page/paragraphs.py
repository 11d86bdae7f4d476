"""Lines of one column -> groups: paragraphs, headings, list items, footnotes."""

import re
from collections import defaultdict
from itertools import pairwise

from ingest.page.ink import Group, Line, weighted

BULLET = re.compile(r"[\x7f•●○◦▪▫■□►➢➤✓✔❖❑·‣⁃\uf000-\uf0ff](?=\s|\w)\s*|[–—*-]\s+")
NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s+")
CLOSED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
LABEL = re.compile(r"[A-ZÀ-Ý][^.:;,]{1,35}\s?:\s\S")
LEADER = re.compile(r"(?:\.\s?){4,}|_{3,}|…{2,}")


def paragraphs(lines: list[Line]) -> list[Group]:
    """Groups of a column, from top to bottom; frames keep their place."""
    lines = _joined(lines)
    column = _Column(lines)
    groups: list[Group] = []
    above: Line | None = None
    for line in lines:
        if line.frame is not None:
            groups += line.frame
            above = None
            continue
        if above is None or column.breaks(groups[-1], above, line):
            groups.append(Group([line]))
        else:
            groups[-1].lines.append(line)
        above = line
    return groups


def _joined(lines: list[Line]) -> list[Line]:
    """Pieces of a column that share a baseline become one line: a justified line, a tabbed number."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is None or last.frame is not None or line.frame is not None or not _level(last, line):
            joined.append(line)
            continue
        first, second = sorted((last, line), key=lambda item: item.x0)
        joined[-1] = Line(
            first.x0,
            max(first.x1, second.x1),
            first.y,
            first.size if len(first.text) > len(second.text) else second.size,
            f"{first.text} {second.text}".strip(),
            first.bold and second.bold,
            first.mark,
            first.face if first.face == second.face else 0,
            first.labelled or (first.face != second.face and first.text.endswith(":")),
        )
    return joined


def _level(one: Line, other: Line) -> bool:
    return abs(one.y - other.y) < 0.4 * min(one.size, other.size)


def _marked(line: Line) -> bool:
    """Does the line open a list item?"""
    return bool(BULLET.match(line.text) or NUMBER.match(line.text))


class _Column:
    """What is usual in a column: its right edge and the distance between its lines."""

    def __init__(self, lines: list[Line]) -> None:
        text = [line for line in lines if line.frame is None]
        self.right = max((line.x1 for line in text), default=0.0)
        gaps: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for above, line in pairwise(text):
            gap = above.y - line.y
            if 0 < gap < 2.2 * above.size and abs(above.size - line.size) < 1:
                gaps[round(line.size)].append((gap, 1))
        self.leading = {size: weighted(found) for size, found in gaps.items()}

    def breaks(self, group: Group, above: Line, line: Line) -> bool:
        """Does `line`, which stands below `above`, begin something new?"""
        gap = above.y - line.y
        usual = min(self.leading.get(round(line.size), 9e9), 1.6 * line.size)
        if gap < 0 or gap > 1.33 * max(usual, line.size) or line.mark:
            return True
        if abs(above.size - line.size) > 0.12 * above.size:
            return True
        if LEADER.search(above.text) or LEADER.search(line.text):
            return bool(LEADER.search(above.text))
        if self.labelled(group, above, line):
            return True
        closed, short = bool(CLOSED.search(above.text)), self.short(above)
        if closed and above.face and line.face and above.face != line.face and not _marked(group.lines[0]):
            return True
        hanging = line.x0 > group.lines[0].x0 + 0.5 * line.size and _marked(group.lines[0])
        if above.bold != line.bold and not hanging and (short or closed or gap > 1.1 * usual):
            return True
        if _marked(line) and (closed or short or BULLET.match(line.text)):
            return True
        return self.indented(group, above, line, closed) or (short and closed and not line.text[:1].islower())

    def labelled(self, group: Group, above: Line, line: Line) -> bool:
        """Does the line open with a label, as the lines above it did: "Donor: ...", "Region: ..."?"""
        first = group.lines[0]
        if line.labelled:
            return first.labelled or bool(CLOSED.search(above.text)) or self.right - above.x1 > 1.2 * line.size
        return bool(LABEL.match(line.text) and LABEL.match(first.text))

    def short(self, line: Line) -> bool:
        """Does the line end well before the column's right edge?"""
        return self.right - line.x1 > max(4 * line.size, 0.12 * (self.right - line.x0))

    def indented(self, group: Group, above: Line, line: Line, closed: bool) -> bool:
        """Do the left edges say that a paragraph ends here?"""
        step = line.x0 - above.x0
        if abs(step) < 0.8 * line.size:
            return False
        first = len(group.lines) == 1
        marked = _marked(group.lines[0])
        if step > 0:
            return closed and not (first and marked)
        return (not first and (closed or self.short(above))) or (first and marked and closed)
