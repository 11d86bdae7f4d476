"""What repeats at the edges of the pages: headers, footers, page numbers and the labels they print."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.page.ink import Ink, Line, Rect
from ingest.page.lines import lines_of

ZONE = 0.14  # of the page's height
MOST = 0.25  # of a report's characters that may be headers and footers
PAGE = r"(?:p\s*a\s*g\s*e|p[aá]gina|p[aá]g\.?|seite|p\.)"
ROMAN = re.compile(r"(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
NUMBER = re.compile(
    rf"\W*(?:{PAGE}\s*)?\W*(\d{{1,4}}|[ivxlc]{{1,8}})\W*(?:(?:of|de|sur|/)\s*\d{{1,4}})?\W*(?:{PAGE})?\W*",
    re.IGNORECASE,
)
TOKEN = re.compile(r"^\W*(\d{1,4}|[ivxlc]{1,8})\b|\b(\d{1,4}|[ivxlc]{1,8})(?:\s*(?:of|de|sur|/)\s*\d{1,4})?\W*$")


@dataclass(slots=True)
class _Edge:
    """A line near the top or bottom edge: `far` is its distance from that edge, in points."""

    page: int
    top: bool
    far: float
    line: Line
    number: int | None = None
    label: str = ""
    rest: str = ""


def margins(inks: list[Ink]) -> tuple[list[list[Rect]], dict[int, str]]:
    """For every page the places of its headers and footers; and page -> label printed on it.

    Pages count from 1 in the labels.
    """
    edges = [edge for page, ink in enumerate(inks, 1) for edge in _edges(page, ink)]
    numbered = _numbered(edges)
    steps = {(edge.number - edge.page, edge.label.isdigit()) for edge in numbered if edge.number}
    repeated = _repeated(edges, len(inks), steps)
    written = sum(len(span.text) for ink in inks for span in ink.spans)
    if _weight(repeated) > MOST * written:
        repeated = []  # pages that are copies of one another, not headers
    numbered += [edge for edge in repeated if _counts(edge, steps)]
    if _weight(numbered) > MOST * written:
        numbered = []
    taken = numbered + repeated
    places: list[list[Rect]] = [[] for _ in inks]
    for edge in taken:
        line = edge.line
        places[edge.page - 1].append(Rect(line.x0, line.bottom, line.x1, line.top))
    labels: dict[int, str] = {}
    for edge in sorted(numbered, key=lambda e: e.far, reverse=True):
        labels[edge.page] = edge.label
    return places, labels


def _weight(edges: list[_Edge]) -> int:
    return sum(len(edge.line.text) for edge in edges)


def _edges(page: int, ink: Ink) -> list[_Edge]:
    box = ink.box
    zone = ZONE * (box.y1 - box.y0)
    found: list[_Edge] = []
    for top in (True, False):
        spans = [s for s in ink.spans if (box.y1 - s.y if top else s.y - box.y0) < zone]
        for line in lines_of([s for s in spans if s.angle == 0]):
            far = box.y1 - line.y if top else line.y - box.y0
            found.append(_edge(page, top, far, line))
    return found


def _edge(page: int, top: bool, far: float, line: Line) -> _Edge:
    edge = _Edge(page, top, far, line, rest=" ".join(line.text.split()).casefold())
    text = line.text or line.mark
    match = NUMBER.fullmatch(text) or TOKEN.search(text)
    if match:
        label = next(group for group in match.groups() if group)
        edge.number = _value(label)
        if edge.number is not None:
            edge.label = label
            edge.rest = (text[: match.start()] + "#" + text[match.end() :]).casefold().strip()
    return edge


def _value(label: str) -> int | None:
    if label.isdigit():
        return int(label)
    match = ROMAN.fullmatch(label)
    if not match:
        return None
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values[c] for c in label.lower()]
    return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))


def _numbered(edges: list[_Edge]) -> list[_Edge]:
    """Page numbers: those that count along with the pages, on lines that are otherwise the same."""
    series: dict[tuple[int, bool, bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        if edge.number is not None:
            roman = not edge.label.isdigit()
            series[edge.number - edge.page, edge.top, roman, edge.rest].append(edge)
    found: list[_Edge] = []
    brief = max((edge.page for edge in edges), default=0) <= 2
    for (_, _, _, rest), members in series.items():
        pages = {edge.page for edge in members}
        near = len(pages) >= 2 and _close(pages)
        if (near and (rest in ("", "#") or len(pages) >= 3)) or (brief and _alone(members, edges)):
            found += members
    return found


def _close(pages: set[int]) -> bool:
    ordered = sorted(pages)
    return any(b - a <= 3 for a, b in pairwise(ordered))


def _alone(members: list[_Edge], edges: list[_Edge]) -> bool:
    """A page number of a very short file: the outermost line, equal to the page it stands on."""
    edge = members[0]
    outermost = all(e.far >= edge.far - 20 for e in edges if (e.page, e.top) == (edge.page, edge.top))
    return edge.rest in ("", "#") and edge.number == edge.page and outermost


def _counts(edge: _Edge, steps: set[tuple[int, bool]]) -> bool:
    """Does the number on the line count along with the page numbers found?"""
    return edge.number is not None and (edge.number - edge.page, edge.label.isdigit()) in steps


def _repeated(edges: list[_Edge], count: int, steps: set[tuple[int, bool]]) -> list[_Edge]:
    """Lines that stand with the same words in the same place on several pages, page numbers aside."""
    same: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        text = " ".join((edge.line.text or edge.line.mark).split()).casefold()
        text = edge.rest.replace("#", "").strip() if _counts(edge, steps) else text
        same[edge.top, text].append(edge)
    enough = 2 if count <= 3 else 3
    found: list[_Edge] = []
    for members in same.values():
        far = median(edge.far for edge in members)
        size = min(edge.line.size for edge in members)
        slack = 24 if count <= 3 else 12
        level = [e for e in members if abs(e.far - far) <= slack]
        if len({e.page for e in level}) >= enough:
            found += [e for e in level if e.line.size < 1.3 * size]  # the title is larger: kept
    return found
