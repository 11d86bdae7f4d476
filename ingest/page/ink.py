"""The nouns of a page: spans and rectangles as painted, lines and groups as understood.

Coordinates are in points; y grows upwards.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Span:
    """Text painted on one baseline, in one font. `raised` marks a superscript.

    `angle` is the direction of the text in degrees; the coordinates are those of a page
    turned so that this text runs from left to right.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool = False
    angle: int = 0
    raised: bool = False
    face: int = 0


@dataclass(slots=True)
class Rect:
    """A painted rectangle, or a line, which has next to no width or height.

    `ruled` where its edges are drawn; a filled rectangle only has an area.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    ruled: bool = True

    def holds(self, x: float, y: float, slack: float = 1.0) -> bool:
        """Is the point inside, give or take `slack` points?"""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack


@dataclass(slots=True)
class Ink:
    """What a page shows: spans in the order of painting, rectangles, and the page's edges.

    `pictured` is the share of the page that pictures cover, 0 to 1.
    """

    spans: list[Span] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)
    pictured: float = 0.0
    box: Rect = field(default_factory=lambda: Rect(0, 0, 612, 792))


@dataclass(slots=True)
class Line:
    """Text on one baseline within one column; or a frame, whose groups were laid out on their own.

    `mark` is a footnote mark that opens the line and is not part of its text.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool = False
    mark: str = ""
    face: int = 0  # the font and colour, where the whole line is in one
    labelled: bool = False  # opens with a label in a font of its own: "Donor: Canada"
    top: float = 0.0
    bottom: float = 0.0
    frame: "list[Group] | None" = None

    def __post_init__(self) -> None:
        if self.top == self.bottom:
            self.top, self.bottom = self.y + 0.75 * self.size, self.y - 0.25 * self.size


@dataclass(slots=True)
class Group:
    """Lines that belong together: a paragraph, heading, list item, footnote, or table row.

    `cells` is filled for a row only: the text of each cell, lines apart.
    """

    lines: list[Line]
    role: str = "paragraph"
    cells: list[str] = field(default_factory=list)

    @property
    def size(self) -> float:
        return weighted((line.size, len(line.text)) for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def face(self) -> int:
        faces = {line.face for line in self.lines}
        return faces.pop() if len(faces) == 1 else 0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def weighted(pairs: Iterable[tuple[float, int]]) -> float:
    """The size with most weight, to half a point."""
    return most((round(value * 2) / 2, weight) for value, weight in pairs) or 0.0


def most(pairs: Iterable[tuple[T, int]]) -> T | None:
    """The value with most weight."""
    counts: Counter[T] = Counter()
    for value, weight in pairs:
        counts[value] += weight
    return counts.most_common(1)[0][0] if counts else None


def upright(ink: Ink) -> Ink:
    """The page turned so that most of its text runs from left to right."""
    weights: Counter[int] = Counter()
    for span in ink.spans:
        weights[span.angle] += len(span.text)
    angle = weights.most_common(1)[0][0] if weights else 0
    if angle % 360 == 0:
        return ink
    spans = [_turned(span, angle) for span in ink.spans]
    return Ink(spans, [_rect(r, angle) for r in ink.rects], ink.pictured, _rect(ink.box, angle))


def _turned(span: Span, angle: int) -> Span:
    return Span(span.x0, span.x1, span.y, span.size, span.text, span.bold, span.angle - angle, span.raised)


def _rect(rect: Rect, angle: int) -> Rect:
    turn = math.radians(angle)
    points = [
        (x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)) for x in (rect.x0, rect.x1) for y in (rect.y0, rect.y1)
    ]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Rect(min(xs), min(ys), max(xs), max(ys), rect.ruled)
