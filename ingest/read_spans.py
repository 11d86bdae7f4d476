"""A PDF page's content stream -> spans of text with their place and look, and the ruled lines.

pypdf parses the stream and knows the fonts; here only the state of the page is followed, so that
every piece of text keeps its left and right edge, which plain extraction forgets.
"""

from collections.abc import Callable
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from ingest.page.ink import Ink, Rect, Span, upright
from ingest.read_fonts import Face
from ingest.read_pen import WRITING, Matrix, Pen, numbers

MOST_FORMS = 2000  # on one page
MOST_NESTED = 12
MOST_RECTS = 4000
MANY_PATHS = 3000  # letters drawn as outlines come in thousands
Faces = dict[Any, Face]
PdfValue = Any  # any object of a PDF


def page_ink(page: PageObject, faces: Faces) -> Ink:
    """What one page shows. `faces` keeps the fonts already decoded, across the pages of a file."""
    painter = _Painter(page.pdf, faces)
    content = _resolved(page.get("/Contents"))
    if isinstance(content, (ArrayObject, StreamObject)):
        painter.paint(ContentStream(content, page.pdf, "bytes"), _resolved(page.get("/Resources")))
    box = _box(page)
    spans = [span for span in painter.pen.spans if span.angle or _is_seen(span, box)]
    return upright(Ink(spans, painter.rects, painter.pictured(box), box))


def _resolved(value: PdfValue) -> PdfValue:
    return value.get_object() if value is not None else None


def _box(page: PageObject) -> Rect:
    try:
        left, bottom, right, top = (float(value) for value in page.cropbox)
    except (TypeError, ValueError):
        return Rect(0, 0, 612, 792)
    return Rect(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _is_seen(span: Span, box: Rect) -> bool:
    return box.holds(max(span.x0, min(span.x1, box.x0 + 1)), span.y, span.size)


class _Painter:
    """Follows the state of a page and notes what is painted on it."""

    def __init__(self, pdf: PdfValue, faces: Faces) -> None:
        self.pen = Pen()
        self.rects: list[Rect] = []
        self._pdf = pdf
        self._faces = faces
        self._fonts = self._objects = DictionaryObject()
        self._stack: list[tuple[Any, ...]] = []
        self._path: list[Rect] = []
        self._at = (0.0, 0.0)
        self._paths = self._forms = 0
        self._pictured = 0.0  # square points
        self._active: set[int] = set()

    def paint(self, content: ContentStream, resources: PdfValue, depth: int = 0) -> None:
        """Run a content stream under `resources`."""
        before = self._fonts, self._objects
        self._fonts = _entry(resources, "/Font")
        self._objects = _entry(resources, "/XObject")
        pen = self.pen
        for operands, operator in content.operations:
            write = WRITING.get(operator)
            if write is not None:
                write(pen, operands)
            elif (draw := DRAWING.get(operator)) is not None:
                draw(self, operands)
            elif operator == b"Do" and operands:
                self._do(operands[0], resources, depth)
        self._fonts, self._objects = before

    def pictured(self, box: Rect) -> float:
        """The share of the page that pictures cover; a page of many outlines is one picture."""
        area = max((box.x1 - box.x0) * (box.y1 - box.y0), 1.0)
        return 1.0 if self._paths > MANY_PATHS else min(self._pictured / area, 1.0)

    def _save(self, _: list[Any]) -> None:
        if len(self._stack) < 500:
            self._stack.append(self.pen.state())

    def _restore(self, _: list[Any]) -> None:
        if self._stack:
            self.pen.restore(self._stack.pop())

    def _concat(self, operands: list[Any]) -> None:
        matrix = numbers(operands, 6)
        if matrix:
            self.pen.concat(matrix)  # type: ignore[arg-type]

    def _set_font(self, operands: list[Any]) -> None:
        if len(operands) >= 2:
            self.pen.take(self._face(operands[0]), operands)

    def _face(self, name: PdfValue) -> Face:
        entry: PdfValue = self._fonts.raw_get(name) if name in self._fonts else None
        key = (entry.idnum, entry.generation) if hasattr(entry, "idnum") else id(entry)
        face = self._faces.get(key)
        if face is None:
            resource = _resolved(entry)
            try:
                face = Face(resource if isinstance(resource, DictionaryObject) else None)
            except (AttributeError, LookupError, TypeError, ValueError):
                face = Face(None)
            self._faces[key] = face
        return face

    # -- paths, pictures and forms ------------------------------------------------------------------------

    def _rectangle(self, operands: list[Any]) -> None:
        values = numbers(operands, 4)
        if values and len(self._path) < MOST_RECTS:
            x, y, wide, high = values
            self._path.append(_corners(self.pen.ctm, x, y, x + wide, y + high))

    def _move_to(self, operands: list[Any]) -> None:
        point = numbers(operands, 2)
        self._at = (point[0], point[1]) if point else self._at

    def _line_to(self, operands: list[Any]) -> None:
        point = numbers(operands, 2)
        if point and len(self._path) < MOST_RECTS:
            (x0, y0), (x1, y1) = self._at, point
            if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:  # slanted lines rule no table
                self._path.append(_corners(self.pen.ctm, x0, y0, x1, y1))
            self._at = (x1, y1)

    def _stroke(self, _: list[Any]) -> None:
        self._paths += 1
        if len(self.rects) < MOST_RECTS:
            self.rects.extend(self._path)
        self._path = []

    def _fill(self, operands: list[Any]) -> None:
        for rect in self._path:
            rect.ruled = False
        self._stroke(operands)

    def _drop_path(self, _: list[Any]) -> None:
        self._path = []

    def _picture(self, _: list[Any]) -> None:
        """A picture fills the unit square of the space it is painted in."""
        a, b, c, d = self.pen.ctm[:4]
        self._pictured += abs(a * d - b * c)

    def _do(self, name: PdfValue, resources: PdfValue, depth: int) -> None:
        form = _resolved(self._objects.get(name)) if isinstance(name, str) else None
        if not isinstance(form, StreamObject):
            return
        if form.get("/Subtype") == "/Image":
            self._picture([])
        elif depth < MOST_NESTED and self._forms < MOST_FORMS and id(form) not in self._active:
            self._forms += 1
            self._active.add(id(form))
            self._form(form, resources, depth)
            self._active.discard(id(form))

    def _form(self, form: StreamObject, resources: PdfValue, depth: int) -> None:
        state, height = self.pen.state(), len(self._stack)
        self._concat(list(_resolved(form.get("/Matrix")) or []))
        own = _resolved(form.get("/Resources"))
        self.paint(ContentStream(form, self._pdf, "bytes"), own if own is not None else resources, depth + 1)
        del self._stack[height:]
        self.pen.restore(state)


def _entry(resources: PdfValue, key: str) -> DictionaryObject:
    value = _resolved(resources.get(key)) if isinstance(resources, DictionaryObject) else None
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _corners(ctm: Matrix, x0: float, y0: float, x1: float, y1: float) -> Rect:
    a, b, c, d, e, f = ctm
    u0, v0 = x0 * a + y0 * c + e, x0 * b + y0 * d + f
    u1, v1 = x1 * a + y1 * c + e, x1 * b + y1 * d + f
    return Rect(min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1))


DRAWING: dict[bytes, Callable[[_Painter, list[Any]], None]] = {
    b"q": _Painter._save,
    b"Q": _Painter._restore,
    b"cm": _Painter._concat,
    b"Tf": _Painter._set_font,
    b"re": _Painter._rectangle,
    b"m": _Painter._move_to,
    b"l": _Painter._line_to,
    **dict.fromkeys((b"S", b"s", b"B", b"B*", b"b", b"b*"), _Painter._stroke),
    **dict.fromkeys((b"f", b"F", b"f*"), _Painter._fill),
    b"n": _Painter._drop_path,
    b"INLINE IMAGE": _Painter._picture,
}
