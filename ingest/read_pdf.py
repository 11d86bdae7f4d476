"""PDF -> pieces, page by page: text, printed labels, bookmarks, and what the file says of itself."""

import logging
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest import ocr
from ingest.limits import SPLIT
from ingest.page.arrange import arrange
from ingest.page.ink import Group, Ink, Rect, Span, most, weighted
from ingest.page.margins import margins
from ingest.page.paragraphs import BULLET, LEADER, NUMBER
from ingest.pieces import Piece, row_text
from ingest.read_fonts import Face
from ingest.read_spans import page_ink
from kb.errors import UnreadableFile

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

PAGE_WORD = re.compile(r"^\s*(?:page|p[aá]gina|p[aá]g\.|p\.)\s+", re.IGNORECASE)
RESAVE = "Open it in a PDF viewer, save or print it as a new PDF, and add that one."
DAMAGE: tuple[type[Exception], ...] = (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError)
DAMAGE += (NotImplementedError, OSError, RecursionError, TypeError, ValueError, zlib.error)  # what pypdf raises on damaged files
LEAST = 60  # characters; fewer on a page read by OCR are a logo or noise
CAPTION = re.compile(
    r"(?:fig(?:ure|ura)?|table|tabla|tableau|cuadro|gr[aá]fic[oa]|graphique|graph|chart|ilustraci[oó]n|"
    r"illustration|imagen|image|foto(?:graf[ií]a)?|photo(?:graphie)?|mapa?|carte|diagrama?|sch[eé]ma)"
    r"\.?\s*(?:n[.º°o]*\s*)?(?:\d[\d.\-]*|[IVX]{1,5}|[A-Z])\s*[.:–—-]?\s|"
    r"(?:source|fuente|photo|foto|cr[eé]dit[os]*|elaboraci[oó]n|elaborado|notas?|notes?)\s*:",
    re.IGNORECASE,
)


def read_pdf(path: Path, most_pages: int, ocr_seconds: float, progress: Callable[[str], None]) -> tuple[list[Piece], dict[str, Any]]:
    """Pieces of every page, and fields for the Document (labels, page_count, outline, metadata)."""
    reader = open_pdf(path)
    count = len(reader.pages)
    if count > most_pages:
        raise UnreadableFile(
            f"{path.name} has {count} pages, more than the {most_pages} that are read.",
            SPLIT,
        )
    inks, broken = _inks(reader)
    places, printed = margins(inks)
    for ink, gone in zip(inks, places, strict=True):
        ink.spans = [s for s in ink.spans if not any(_within(s, place) for place in gone)]
    pictures = [n for n, ink in enumerate(inks, 1) if ink.pictured > 0.03 and not ink.spans]
    recognised, late = _recognise(path, inks, pictures, ocr_seconds, progress)
    pictures = [page for page in pictures if page not in recognised and page not in late]
    pieces = _pieces(inks)
    if not pieces:
        raise ocr.no_text(path, pictures) if pictures else _unreadable(path, broken, late)
    fields: dict[str, Any] = {
        "page_count": count,
        "labels": page_labels(reader) or printed,
        "outline": outline(reader),
        "metadata": metadata(reader),
        "ocr_pages": frozenset(recognised),
        "warnings": (*_warnings(path, pictures, broken), *([ocr.too_late(path, late, ocr_seconds)] if late else [])),
    }
    return pieces, fields


def _inks(reader: PdfReader) -> tuple[list[Ink], list[int]]:
    """What every page shows, and the pages that are too damaged to say."""
    faces: dict[Any, Face] = {}
    inks: list[Ink] = []
    broken: list[int] = []
    for number in range(1, len(reader.pages) + 1):
        try:
            inks.append(page_ink(reader.pages[number - 1], faces))
        except DAMAGE:
            inks.append(Ink())
            broken.append(number)
    return inks, broken


def _recognise(path: Path, inks: list[Ink], pictures: list[int], seconds: float, progress: Callable[[str], None]) -> tuple[list[int], list[int]]:
    """Put the text that OCR finds on the pages that are pictures. (which pages gave some, for which there was no time)"""

    def note(page: int) -> None:
        progress(f"{path.name}: OCR of page {page}")

    done: list[int] = []
    sides = {page: max(inks[page - 1].box.x1 - inks[page - 1].box.x0, inks[page - 1].box.y1 - inks[page - 1].box.y0) for page in pictures}
    with ocr.recognised(path, sides, seconds, note) as found:
        for page, made in found.items():
            if made is None:
                continue
            try:
                ink = page_ink(PdfReader(str(made[0])).pages[made[1]], {})
            except DAMAGE:
                continue
            if sum(len(span.text) for span in ink.spans) >= LEAST:
                inks[page - 1] = Ink(ink.spans, [], inks[page - 1].pictured, ink.box)
                done.append(page)
    return done, [page for page in pictures if page not in found] if ocr.engine() else []


def _pieces(inks: list[Ink]) -> list[Piece]:
    spans = [span for ink in inks for span in ink.spans]
    body = weighted((span.size, len(span.text)) for span in spans)
    face = most((s.face, len(s.text)) for s in spans if abs(s.size - body) < 0.6) or 0
    pieces = [piece_of(group, number, body, face) for number, ink in enumerate(inks, 1) for group in arrange(ink, body)]
    pieces = [piece for piece in pieces if piece.text.strip()]
    _guess_headings(pieces, body)
    return pieces


def _warnings(path: Path, pictures: list[int], broken: list[int]) -> Iterator[str]:
    if pictures:
        yield f"In {path.name}, {ocr.left_out(pictures, 'only pictures')}. {ocr.INSTALL}"
    if broken:
        yield f"In {path.name}, {ocr.left_out(broken, 'damaged')}. {RESAVE}"


def _unreadable(path: Path, broken: list[int], late: list[int]) -> UnreadableFile:
    if late:
        return UnreadableFile(f"{path.name} holds only pictures, more than OCR reads in its time.", SPLIT)
    if broken:
        return UnreadableFile(f"{path.name} is damaged: none of its pages can be read.", RESAVE)
    return UnreadableFile(f"{path.name} holds no text.", "Add a version of the file that has text.")


def _within(span: Span, place: Rect) -> bool:
    return place.holds((span.x0 + span.x1) / 2, span.y, 0.0) and span.angle == 0


def open_pdf(path: Path) -> PdfReader:
    """The file opened, with the empty password where it is locked."""
    try:
        reader = PdfReader(str(path))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(
                f"{path.name} is protected by a password.",
                "Save a copy without the password and add that one.",
            )
        len(reader.pages)
    except DAMAGE as error:
        raise UnreadableFile(f"{path.name} is damaged and cannot be opened as a PDF.", RESAVE) from error
    return reader


def piece_of(group: Group, page: int, body: float, face: int) -> Piece:
    """A group as a piece; its text keeps one line per line of the page."""
    if group.role == "row":
        return Piece(row_text(group.cells), page, "row", size=body)
    text = group.text
    piece = Piece(text, page, group.role, size=group.size, bold=group.bold)
    mark = group.lines[0].mark
    if mark and (group.role == "footnote" or group.size < 0.93 * body):
        piece.role, piece.marker = "footnote", mark
    elif LEADER.search(text):
        piece.role = "contents"
    elif CAPTION.match(text) and len(text) < 400:
        piece.role = "caption"
    elif match := BULLET.match(text) or NUMBER.match(text):
        if match.end() < len(text):
            piece.role, piece.marker, piece.text = "item", match[0].strip(), text[match.end() :]
    elif len(group.lines) == 1 and group.face not in (0, face) and _stands_alone(text):
        piece.role = "heading"
    return piece


def _stands_alone(text: str) -> bool:
    """A few words in another font, without a full stop: a heading rather than a sentence."""
    return len(text) <= 60 and text[:1].isupper() and text[-1].isalnum() and ":" not in text


def _guess_headings(pieces: list[Piece], body: float) -> None:
    for piece in pieces:
        if piece.role in ("paragraph", "item") and _looks_like_heading(piece, body):
            if piece.marker:
                piece.text, piece.marker = f"{piece.marker} {piece.text}", ""
            piece.role = "heading"


def _looks_like_heading(piece: Piece, body: float) -> bool:
    text = piece.text
    if len(text) > 160 or not any(c.isalpha() for c in text) or text[:1].islower():
        return False
    if re.search(r"[.;,:]$", text) and not (piece.bold and text.endswith(":") and len(text) < 80):
        return False
    size = piece.size or 0
    if size >= 1.12 * body or piece.bold or (text.isupper() and len(text) < 90):
        return True
    return size >= body + 0.8 and "\n" not in text and len(text) < 100


def page_labels(reader: PdfReader) -> dict[int | None, str | None]:
    """Page number in the file -> label, where the PDF carries page labels."""
    try:
        if "/PageLabels" not in reader.root_object:
            return {}
        found = reader.page_labels
    except DAMAGE:
        return {}
    return {number: PAGE_WORD.sub("", label).strip() or None for number, label in enumerate(found, 1)}


def outline(reader: PdfReader) -> tuple[tuple[int, str, int | None], ...]:
    """Bookmarks as (level, title, page), in order; level 1 is the top."""
    found: list[tuple[int, str, int | None]] = []

    def walk(entries: list[Any], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, level + 1)
                continue
            number = reader.get_destination_page_number(entry)
            title = " ".join(str(entry.title or "").split())
            if title:
                found.append((level, title, number + 1 if number is not None and number >= 0 else None))

    try:
        walk(reader.outline, 1)
    except DAMAGE:
        return ()
    return tuple(found)


def metadata(reader: PdfReader) -> dict[str, str]:
    """What the file says of itself, as strings."""
    try:
        info: Mapping[str, object] = reader.metadata or {}
        found = {"title": info.get("/Title"), "author": info.get("/Author"), "date": info.get("/CreationDate")}
    except DAMAGE:
        return {}
    return {key: str(value).strip() for key, value in found.items() if str(value or "").strip()}
