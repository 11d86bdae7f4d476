"""Pages of a PDF as pictures, and where on them a quote stands. The only owner of pypdfium2.

A file made to harm may bring PDFium down, so `python -m kb.pdfium` is a process of its own; `kb.pages` asks it.
"""

import ctypes
import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import UnreadableFile
from kb.language import fold
from kb.process import Tell, serve
from kb.records import Box

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

SHORTEST = 24  # letters and digits: a shorter piece of a quote may stand anywhere on a page
FEW = 4  # characters between two letters of a quote that are marked with them
ENOUGH = 0.5  # share of a quote that has to be found before any of it is marked
GAP = 3  # times a line's height: words of a line stand no further apart
FINE = 20_000  # device units across a page: boxes come in whole ones
MOST_PIXELS, LONGEST_SIDE = 40_000_000, 20_000  # of a picture: a sheet of A4 has 8 million at the largest width, 3400 high


@contextmanager
def _opened(path: Path) -> Iterator["PdfDocument"]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise not_shown(path) from error
    try:
        yield document
    except (pypdfium2.PdfiumError, ValueError, OSError) as error:
        raise not_shown(path) from error
    finally:
        document.close()


def not_shown(path: Path) -> UnreadableFile:
    """The error for a file of whose pages there is nothing to see."""
    return UnreadableFile(f"The pages of {path.name} cannot be shown.", "Check that the file is there and opens in a PDF reader.")


def page_count(path: Path) -> int:
    """The number of pages. Raises UnreadableFile where the file is gone or no PDF."""
    with _opened(path) as document:
        return len(document)


def page_size(path: Path, page: int) -> tuple[int, int]:
    """(width, height) of a page as it is shown, in points; `page` counts from 1."""
    with _opened(path) as document:
        width, height = document.get_page_size(page - 1)
    return round(width), round(height)


def picture(path: Path, page: int, width: int) -> bytes:
    """Page `page`, counted from 1, as a PNG `width` pixels wide. Raises UnreadableFile where there is no such page."""
    with _opened(path) as document:
        if not 1 <= page <= len(document):
            raise UnreadableFile(f"{path.name} has no page {page}.", f"It has {len(document)} pages.")
        sheet = document[page - 1]
        image = sheet.render(scale=_scale(*sheet.get_size(), width)).to_pil()
    kept = io.BytesIO()
    image.convert("P" if _is_grey(image) else "RGB").save(kept, "PNG")
    return kept.getvalue()


def _scale(wide: float, high: float, width: int) -> float:
    """Pixels to a point, so that a page is `width` pixels wide; fewer where it would be a picture beyond measure."""
    if not (0 < wide < math.inf and 0 < high < math.inf):
        raise ValueError("a page without extent")
    return min(width / wide, math.sqrt(MOST_PIXELS / (wide * high)), LONGEST_SIDE / max(wide, high))


def _is_grey(image: "Image") -> bool:
    """Whether the picture has few colours, so that a palette keeps them all."""
    return image.getcolors(256) is not None


def marks(path: Path, pages: tuple[int, ...], quote: str) -> dict[int, list[Box]]:
    """page -> the boxes of `quote`, a line each; nothing at all where less than half of it is found on `pages`."""
    wanted, ends = _letters(quote)
    found: dict[int, list[Box]] = {}
    done = located = 0
    with _opened(path) as document:
        for page in pages:
            if not wanted or not 1 <= page <= len(document):
                continue
            sheet = document[page - 1]
            words, places = _words_on(sheet)
            pieces, done = _pieces(wanted, ends, words, done)
            located += sum(end - start for start, end in pieces)
            found[page] = _boxes(sheet, [places[at] for start, end in pieces for at in range(start, end)])
    return {page: boxes for page, boxes in found.items() if boxes} if wanted and located >= ENOUGH * len(wanted) else {}


@cache
def _letter(character: str) -> str:
    return "".join(letter for letter in fold(character) if letter.isalnum())


def _letters(text: str) -> tuple[str, set[int]]:
    """(the letters and digits of `text`, folded: what line breaks and hyphens leave the same; where among them words end)."""
    letters, ends = "", set()
    for character in text:
        letter = _letter(character)
        letters += letter
        if not letter:
            ends.add(len(letters))
    return letters, ends | {len(letters)}


def _words_on(sheet: "PdfPage") -> tuple[str, list[int]]:
    """(the letters and digits of a page, the number of the character that each stands for)."""
    import pypdfium2.raw as pdfium

    text = sheet.get_textpage()
    letters, places = [], []
    for number in range(text.count_chars()):
        for letter in _letter(chr(pdfium.FPDFText_GetUnicode(text.raw, number))):
            letters.append(letter)
            places.append(number)
    return "".join(letters), places


def _pieces(wanted: str, ends: set[int], page: str, begin: int) -> tuple[list[tuple[int, int]], int]:
    """(where pieces of `wanted` from `begin` on stand on `page`, how far into `wanted` they reach).

    The whole where it stands there; else, in order, the longest runs of words that do: a caption may stand between.
    """
    spans: list[tuple[int, int]] = []
    at, reached = begin, begin
    while at < len(wanted):
        length = _longest(wanted, at, page)
        while at + length not in ends and length:
            length -= 1
        if length < min(SHORTEST, len(wanted) - begin):
            at += 1
            continue
        start = page.find(wanted[at : at + length], spans[-1][1] if spans else 0)
        if start < 0:  # only before a piece found already: the order of the text is not that of the page
            start = page.find(wanted[at : at + length])
        spans.append((start, start + length))
        at = reached = at + length
    return spans, reached


def _longest(wanted: str, at: int, page: str) -> int:
    """The length of the longest piece of `wanted` from `at` on that stands on `page`."""
    low, high = 0, len(wanted) - at
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[at : at + middle] in page else (low, middle - 1)
    return low


Corners = tuple[float, float, float, float]  # left, bottom, right, top, in the page's own units


def _boxes(sheet: "PdfPage", characters: list[int]) -> list[Box]:
    """The boxes of `characters` and of the signs between them, those of one line joined."""
    text = sheet.get_textpage()
    lines: list[Corners] = []
    for number in _with_signs(sorted(set(characters))):
        corners = text.get_charbox(number, loose=True)
        if corners[0] == corners[2]:  # a line's end has no width
            continue
        if lines and _goes_on(lines[-1], corners):
            left, bottom, right, top = zip(lines[-1], corners, strict=True)
            lines[-1] = (min(left), min(bottom), max(right), max(top))
        else:
            lines.append(corners)
    return [_as_shown(sheet, corners) for corners in lines]


def _with_signs(characters: list[int]) -> Iterator[int]:
    """`characters` in order, and the few signs and spaces that stand between two of them."""
    last = None
    for number in characters:
        yield from range(last + 1 if last is not None and number - last <= FEW else number, number + 1)
        last = number


def _goes_on(line: Corners, corners: Corners) -> bool:
    """Whether a character goes on where `line` ends; what stands further off is another column, or another line."""
    middle = (corners[1] + corners[3]) / 2
    return line[1] <= middle <= line[3] and abs(corners[0] - line[2]) < GAP * (line[3] - line[1])


def _as_shown(sheet: "PdfPage", corners: Corners) -> Box:
    """A box in shares of the page as it is shown: turned and cropped."""
    import pypdfium2.raw as pdfium

    at = []
    for x, y in (corners[:2], corners[2:]):
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(sheet.raw, 0, 0, FINE, FINE, 0, x, y, across, down)
        at.append((across.value / FINE, down.value / FINE))
    (x0, y0), (x1, y1) = at
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


VERBS = {"count": page_count, "size": page_size, "picture": picture, "marks": marks}


def _answer(asked: tuple[str, tuple[Any, ...]], tell: Tell) -> Any:  # noqa: ANN401 - what the verb gives
    verb, given = asked
    return VERBS[verb](*given)


if __name__ == "__main__":
    serve(_answer)
