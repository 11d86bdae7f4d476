"""Typesets small PDFs for the tests: words at places, ruled lines, labels, bookmarks, passwords."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

PAGE = (595.0, 842.0)
BOLD = "Helvetica-Bold"
Mark = tuple[Any, ...]


def text(x: float, y: float, words: str, size: float = 10, font: str = "Helvetica") -> Mark:
    """Words with their left end at (x, y), in points from the lower left corner."""
    return ("text", x, y, words, size, font)


def turned(x: float, y: float, words: str, size: float = 10) -> Mark:
    """Words that run upwards from (x, y)."""
    return ("turned", x, y, words, size)


def box(x0: float, y0: float, x1: float, y1: float) -> Mark:
    """The outline of a rectangle."""
    return ("box", x0, y0, x1 - x0, y1 - y0)


def column(x: float, y: float, lines: Iterable[str], size: float = 10, leading: float = 13) -> list[Mark]:
    """Lines one below the other, the first at (x, y)."""
    return [text(x, y - leading * place, line, size) for place, line in enumerate(lines)]


def rule(x0: float, y0: float, x1: float, y1: float) -> Mark:
    """A thin line."""
    return ("rule", x0, y0, x1, y1)


def grid(xs: list[float], ys: list[float]) -> list[Mark]:
    """The ruled lines of a table."""
    across = [rule(xs[0], y, xs[-1], y) for y in ys]
    return across + [rule(x, ys[0], x, ys[-1]) for x in xs]


def picture(x: float, y: float, width: float, height: float) -> Mark:
    """A grey picture."""
    return ("picture", x, y, width, height)


def typeset(
    path: Path,
    *pages: Iterable[Mark],
    labels: Iterable[tuple[int, str, int]] = (),
    bookmarks: Iterable[tuple[int, str, int]] = (),
    info: dict[str, str] | None = None,
    password: tuple[str, str] | None = None,
) -> Path:
    """Write a PDF and return its path.

    `labels` are (page from 1, style "r" or "1", first number); `bookmarks` are (page, title, level
    from 0); `password` is (for the reader, for the owner).
    """
    locked = StandardEncryption(*password, strength=128) if password else None
    canvas = Canvas(str(path), pagesize=PAGE, encrypt=locked)
    canvas.setTitle((info or {}).get("title", ""))
    canvas.setAuthor((info or {}).get("author", ""))
    styles = {"r": "ROMAN_LOWER", "1": "ARABIC"}
    for page, style, start in labels:
        canvas.addPageLabel(page - 1, style=styles[style], start=start)
    for number, marks in enumerate(pages, 1):
        for page, title, level in bookmarks:
            if page == number:
                canvas.bookmarkPage(title)
                canvas.addOutlineEntry(title, title, level)
        for mark in marks:
            _draw(canvas, mark)
        canvas.showPage()
    canvas.save()
    return path


def _draw(canvas: Canvas, mark: Mark) -> None:
    kind, *values = mark
    if kind == "text":
        x, y, words, size, font = values
        canvas.setFont(font, size)
        canvas.drawString(x, y, words)
    elif kind == "turned":
        x, y, words, size = values
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(90)
        canvas.setFont("Helvetica", size)
        canvas.drawString(0, 0, words)
        canvas.restoreState()
    elif kind == "box":
        canvas.rect(*values)
    elif kind == "rule":
        canvas.setLineWidth(0.5)
        canvas.line(*values)
    else:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        canvas.drawImage(ImageReader(Image.new("L", (20, 20), 128)), *values)
