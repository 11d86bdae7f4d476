"""The text state of a content stream: follows where the pen stands and notes the spans it writes."""

import math
from collections.abc import Callable
from typing import Any

from ingest.page.ink import Span
from ingest.read_fonts import Face

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
STROKED = 2  # the text mode that also draws the outlines: a weight made of an ordinary font


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def numbers(operands: list[Any], count: int) -> tuple[float, ...] | None:
    """The first `count` operands as numbers, or None where they are not."""
    try:
        values = tuple([float(value) for value in operands[:count]])
    except (TypeError, ValueError):
        return None
    return values if len(values) == count else None


class Pen:
    """Writes on one page. `ctm` is the space it writes in; `spans` are what it has written."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.ctm = IDENTITY
        self.colour = 0
        self._face = Face(None)
        self._size = 12.0
        self._char = self._word = self._leading = self._rise = 0.0
        self._wide = 1.0
        self._mode = 0
        self._line = IDENTITY
        self._place = IDENTITY  # the line in the space of the page
        self._pen = 0.0  # how far along the line
        self._last: Span | None = None
        self._end = 0.0  # where the pen stood after the last string, its spaces included

    def state(self) -> tuple[Any, ...]:
        """What `q` saves and `Q` restores."""
        text = self._face, self._size, self._char, self._word, self._leading, self._rise, self._wide, self._mode
        return (self.ctm, self.colour, *text)

    def restore(self, state: tuple[Any, ...]) -> None:
        """Go back to a state that was saved."""
        self.ctm, self.colour, *text = state
        self._face, self._size, self._char, self._word, self._leading, self._rise, self._wide, self._mode = text
        self._move()

    def concat(self, matrix: Matrix) -> None:
        """Put another space into the one that holds."""
        self.ctm = multiply(matrix, self.ctm)
        self._move()

    def take(self, face: Face, operands: list[Any]) -> None:
        """Write in this font from now on; the size stands second."""
        self._face = face
        size = numbers(operands[1:], 1)
        self._size = size[0] if size else self._size

    # -- moving ------------------------------------------------------------------------------------------

    def _begin(self, _: list[Any]) -> None:
        self._line = IDENTITY
        self._move()

    def _matrix(self, operands: list[Any]) -> None:
        self._line = numbers(operands, 6) or IDENTITY  # type: ignore[assignment]
        self._move()

    def _shift(self, operands: list[Any]) -> None:
        step = numbers(operands, 2)
        if step:
            a, b, c, d, e, f = self._line
            x, y = step
            self._line = (a, b, c, d, e + x * a + y * c, f + x * b + y * d)
            self._move()

    def _shift_leading(self, operands: list[Any]) -> None:
        step = numbers(operands, 2)
        if step:
            self._leading = -step[1]
            self._shift(operands)

    def _next_line(self, _: list[Any]) -> None:
        self._shift([0.0, -self._leading])

    def _move(self) -> None:
        self._place = multiply(self._line, self.ctm)
        self._pen = 0.0

    # -- writing -----------------------------------------------------------------------------------------

    def _show_line(self, operands: list[Any]) -> None:
        self._next_line(operands)
        self._show(operands)

    def _show_spaced(self, operands: list[Any]) -> None:
        spacing = numbers(operands, 2)
        if spacing and len(operands) >= 3:
            self._word, self._char = spacing
            self._show_line(operands[2:])

    def _show(self, operands: list[Any]) -> None:
        if operands and isinstance(operands[0], bytes):
            self._string(operands[0])

    def _show_array(self, operands: list[Any]) -> None:
        if not operands or not isinstance(operands[0], list):
            return
        unit = self._size * self._wide / 1000
        for entry in operands[0]:
            if isinstance(entry, bytes):
                self._string(entry)
            elif isinstance(entry, (int, float)):
                self._pen -= float(entry) * unit

    def _string(self, data: bytes) -> None:
        face, size, wide = self._face, self._size, self._wide
        text, width, glyphs, spaces = face.show(data)
        advance = (width * size / 1000 + self._char * glyphs + self._word * spaces) * wide
        pen, self._pen = self._pen, self._pen + advance
        bare = text.strip()
        if not bare:
            self._blank(text)
            return
        if len(bare) != len(text):
            space = (face.space * size / 1000 + self._word + self._char) * wide
            pen += space * (len(text) - len(text.lstrip()))
            advance -= space * (len(text) - len(bare))
        self._note(text, pen, max(advance, 0.0))

    def _blank(self, text: str) -> None:
        last = self._last
        if text and last is not None:
            if not last.text.endswith(" "):
                last.text += " "
            if not last.angle:
                self._end = self._place[4] + self._pen * self._place[0]

    def _note(self, text: str, pen: float, advance: float) -> None:
        a, b, c, d, e, f = self._place
        x, y = e + pen * a + self._rise * c, f + pen * b + self._rise * d
        angle = 0
        if b or a < 0:
            angle = round(math.degrees(math.atan2(b, a)))
            turn = math.radians(angle)
            x, y = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
        stretch = math.hypot(a, b) if b else abs(a)
        size = abs(self._size) * (math.hypot(c, d) if c else abs(d))
        bold = self._face.bold or self._mode == STROKED
        look = hash((self._face.number, self.colour))
        end = x + advance * stretch
        self._add(Span(x, end, y, size, text, bold, angle, False, look))
        self._end = end + max((self._pen - pen - advance) * stretch, 0.0)

    def _add(self, span: Span) -> None:
        """Join the span to the last one where it goes on on the same line, else note it."""
        last = self._last
        if last is not None and last.angle == span.angle:
            em, lift = last.size, span.y - last.y
            if span.x0 - last.x1 > -0.5 * em and span.x0 - self._end < 0.5 * em and -0.1 * em < lift < 0.7 * em:
                if span.size < 0.85 * em and lift > 0.1 * em and not last.raised:
                    span.raised, span.y = True, last.y
                elif abs(lift) < 0.1 * em and _alike(last, span) and not last.raised:
                    self._extend(last, span)
                    return
        self._last = span
        self.spans.append(span)

    def _extend(self, last: Span, span: Span) -> None:
        space = self._face.space / 1000 * last.size * self._wide
        if span.x0 - last.x1 > min(max(0.5 * space, 0.09 * last.size), 0.25 * last.size):
            last.text = f"{last.text.rstrip()} {span.text.lstrip()}"
        else:
            last.text += span.text
        last.x1 = max(last.x1, span.x1)

    # -- settings ----------------------------------------------------------------------------------------

    def _set_char(self, operands: list[Any]) -> None:
        self._char = _first(operands, self._char)

    def _set_word(self, operands: list[Any]) -> None:
        self._word = _first(operands, self._word)

    def _set_leading(self, operands: list[Any]) -> None:
        self._leading = _first(operands, self._leading)

    def _set_rise(self, operands: list[Any]) -> None:
        self._rise = _first(operands, self._rise)

    def _set_wide(self, operands: list[Any]) -> None:
        self._wide = _first(operands, self._wide * 100) / 100

    def _set_mode(self, operands: list[Any]) -> None:
        self._mode = int(_first(operands, self._mode))

    def _set_colour(self, operands: list[Any]) -> None:
        values = numbers(operands, len(operands)) or ()
        if len(values) == 4:
            values = tuple((1 - value) * (1 - values[3]) for value in values[:3])
        elif len(values) == 1:
            values *= 3
        self.colour = hash(tuple(round(value, 1) + 0.0 for value in values)) if any(values) else 0


def _alike(last: Span, span: Span) -> bool:
    return span.face == last.face and abs(span.size - last.size) < 0.05 * last.size


def _first(operands: list[Any], otherwise: float) -> float:
    values = numbers(operands, 1)
    return values[0] if values else otherwise


WRITING: dict[bytes, Callable[[Pen, list[Any]], None]] = {
    b"BT": Pen._begin,
    b"Tm": Pen._matrix,
    b"Td": Pen._shift,
    b"TD": Pen._shift_leading,
    b"T*": Pen._next_line,
    b"Tj": Pen._show,
    b"TJ": Pen._show_array,
    b"'": Pen._show_line,
    b'"': Pen._show_spaced,
    b"Tc": Pen._set_char,
    b"Tw": Pen._set_word,
    b"TL": Pen._set_leading,
    b"Ts": Pen._set_rise,
    b"Tz": Pen._set_wide,
    b"Tr": Pen._set_mode,
    **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), Pen._set_colour),
}
