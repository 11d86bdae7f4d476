"""Document as read -> clean text: lines joined, hyphens undone, broken paragraphs stitched back."""

import re
import unicodedata
from dataclasses import replace

from ingest.pieces import CELL, compose, pieces_of, row_text
from ingest.stitch import Hyphens, stitch, stitch_rows
from kb.plain import TAGS, TURNING
from kb.records import Document

SPACES = re.compile(r"\s+")
LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}
UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)) | TURNING | TAGS
CONTROLS = dict.fromkeys((*range(9), *range(14, 32), *range(0x7F, 0xA0)), " ")
PRIVATE = re.compile("[\ue000-\uf8ff\ufffe\uffff]+")
UNNAMED = re.compile("[\x7f\ue000-\uf8ff\ufffe\uffff]+")  # as the mark of a list: a bullet of a font's own
RAISED = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”»\"')\]]))[¹²³⁰⁴-⁹]+")
ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303"}
APART = re.compile(r"([¨ˆ˜])([aeiounAEIOUN])|([´`¨ˆ˜])\s?ı")


def flow(document: Document) -> Document:
    """The same document with clean text; blocks and page runs follow the words they stood on."""
    pieces = pieces_of(document.text, document.blocks, document.pages)
    hyphens = Hyphens(piece.text for piece in pieces)
    for piece in pieces:
        cells = piece.text.split(CELL) if piece.role == "row" else [piece.text]
        piece.text = row_text(clean(hyphens.undo(cell)) for cell in cells)
        piece.marker = UNNAMED.sub("•", piece.marker)
    pieces = stitch([piece for piece in pieces if piece.text], hyphens)
    pieces = stitch_rows(pieces)
    labels = {run.page: run.label for run in document.pages}
    text, blocks, pages = compose(pieces, labels)
    return replace(document, text=text, blocks=blocks, pages=pages)


def clean(text: str) -> str:
    """One line of text: ligatures, odd spaces and unseen characters folded; the rest verbatim."""
    text = APART.sub(_accented, text.translate(LIGATURES | UNSEEN | CONTROLS))
    text = RAISED.sub("", PRIVATE.sub(" ", unicodedata.normalize("NFC", text)))
    return SPACES.sub(" ", text).strip()


def _accented(match: re.Match[str]) -> str:
    """A letter whose accent was painted beside it, as TeX does."""
    return (match[2] or "i") + ACCENTS[match[1] or match[3]]
