"""Word files -> pieces: headings by their styles, list items with their numbers, tables row by row."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from ingest.pieces import Piece, row_text
from ingest.read_docx_lists import Element, Lists, Style, W, chain
from kb.errors import UnreadableFile

SKIPPED = {W + "del", W + "txbxContent", W + "moveFrom", W + "pPr", W + "rPr", W + "instrText"}
SKIPPED |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
SPACING = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": ""}


DAMAGE = (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, SyntaxError, TypeError, ValueError, zlib.error)
MOST_PARTS = 10_000  # files in a Word file: one for each picture


def read_docx(path: Path, most: int = 300) -> tuple[list[Piece], dict[str, Any]]:
    """Pieces of the file in order, and its metadata. Raises UnreadableFile where it is none, or unpacks to more than `most` MB."""
    from docx import Document as open_docx

    try:
        _check_size(path, most)
        document = open_docx(str(path))
        body = document.element.body
    except DAMAGE as error:
        raise UnreadableFile(
            f"{path.name} is damaged and cannot be opened as a Word file.",
            "Open it in Word, save it again as .docx, and add that one.",
        ) from error
    word = _Word(document)
    pieces = list(word.pieces(body)) + word.notes()
    return pieces, {"metadata": _metadata(document)}


def _check_size(path: Path, most: int) -> None:
    """Look at what the file says it unpacks to; no more than that is ever unpacked."""
    with ZipFile(path) as archive:
        parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > most << 20 or len(parts) > MOST_PARTS:
        raise UnreadableFile(
            f"{path.name} unpacks to {size >> 20} MB in {len(parts)} parts, more than the {most} MB in {MOST_PARTS} that are read.",
            "Make its pictures smaller or split it, and add the result.",
        )


def _metadata(document: Element) -> dict[str, str]:
    core = document.core_properties
    found = {"title": core.title, "author": core.author, "date": core.created}
    return {key: str(value).strip() for key, value in found.items() if str(value or "").strip()}


class _Word:
    """A Word file: its styles, its list numbers as they count on, its footnotes."""

    def __init__(self, document: Element) -> None:
        self._document = document
        self._styles = {style.style_id: style for style in document.styles}
        self._lists = Lists(document)

    def pieces(self, parent: Element) -> Iterator[Piece]:
        """Paragraphs and table rows under `parent`, in order, those of text boxes included."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._rows(child)
            elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
                yield from self.pieces(child)

    def _paragraph(self, element: Element) -> Iterator[Piece]:
        text = _text(element).strip()
        if text:
            yield self._piece(element, text)
        for box in _boxes(element):
            yield from self.pieces(box)

    def _piece(self, element: Element, text: str) -> Piece:
        style = self._style(element)
        name = (style.name or "").casefold() if style is not None else ""
        piece = Piece(text, size=_size(element, style), bold=_bold(element, style))
        level = _outline_level(element, style)
        marker = self._lists.marker(element, style)
        if name.startswith("toc ") or name.startswith("table of"):
            piece.role = "contents"
        elif level is not None or name == "title":
            piece.role, piece.level = "heading", level or 1
            piece.text = f"{marker} {text}" if marker and marker[-1:] != "•" else text
        elif name.startswith("caption"):
            piece.role = "caption"
        elif marker:
            piece.role, piece.marker = "item", marker
        elif piece.bold and len(text) <= 120 and not re.search(r"[.;,:]$", text) and "\n" not in text:
            piece.role = "heading"
        return piece

    def _style(self, element: Element) -> Style:
        found = element.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(found.get(W + "val")) if found is not None else None

    def _rows(self, table: Element) -> Iterator[Piece]:
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is not table:
                continue
            cells = [self._cell(cell) for cell in row.iterchildren(W + "tc", W + "sdt")]
            if any(cells):
                yield Piece(row_text(cells), role="row")

    def _cell(self, cell: Element) -> str:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(W + "val") != "restart":
            return ""
        content = cell.find(W + "sdtContent/" + W + "tc") if cell.tag == W + "sdt" else cell
        parts = self.pieces(content) if content is not None else ()
        return " ".join(" ".join(f"{p.marker} {p.text}".split()) for p in parts)

    def notes(self) -> list[Piece]:
        """The footnotes, each with its number as marker."""
        for relation in self._document.part.rels.values():
            if relation.reltype.endswith("/footnotes"):
                return _notes(relation.target_part.blob)
        return []


def _notes(blob: bytes) -> list[Piece]:
    from docx.oxml import parse_xml

    found: list[Piece] = []
    for note in parse_xml(blob).iterchildren(W + "footnote"):
        text = " ".join(_text(p).strip() for p in note.iter(W + "p")).strip()
        if note.get(W + "type") in (None, "normal") and text:
            found.append(Piece(text, role="footnote", marker=str(len(found) + 1)))
    return found


def _text(element: Element) -> str:
    """The words of a paragraph, deletions and the text of boxes left out."""
    parts: list[str] = []

    def walk(node: Element) -> None:
        for child in node:
            if child.tag == W + "t":
                parts.append(child.text or "")
            elif child.tag in SPACING:
                parts.append(SPACING[child.tag])
            elif child.tag not in SKIPPED:
                walk(child)

    walk(element)
    return "".join(parts)


def _boxes(element: Element) -> list[Element]:
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    return [
        box
        for box in element.iter(W + "txbxContent")
        if next(box.iterancestors(fallback), None) is None and next(box.iterancestors(W + "p")) is element
    ]


def _outline_level(element: Element, style: Style) -> int | None:
    """1 for the top level of headings; None for running text."""
    own = [element] + [s.element for s in chain(style)]
    for node in own:
        found = node.find(f"{W}pPr/{W}outlineLvl")
        if found is not None:
            level = int(found.get(W + "val"))
            return level + 1 if level < 9 else None
    return None


def _is_on(node: Element) -> bool:
    return node is not None and node.get(W + "val") not in ("0", "false", "off")


def _bold(element: Element, style: Style) -> bool:
    inherited = any(_is_on(s.element.find(f"{W}rPr/{W}b")) for s in chain(style))
    runs = [run for run in element.iter(W + "r") if any((t.text or "").strip() for t in run.iter(W + "t"))]
    own = [run.find(f"{W}rPr/{W}b") for run in runs]
    return bool(runs) and all(_is_on(b) if b is not None else inherited for b in own)


def _size(element: Element, style: Style) -> float | None:
    nodes = [element.find(f"{W}r/{W}rPr/{W}sz")] + [s.element.find(f"{W}rPr/{W}sz") for s in chain(style)]
    for node in nodes:
        if node is not None and (node.get(W + "val") or "").isdigit():
            return int(node.get(W + "val")) / 2
    return None
