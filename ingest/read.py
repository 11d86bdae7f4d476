"""File -> Document, as it stands: one text, its blocks in reading order, its pages."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.content import mistaken
from ingest.limits import Limits
from ingest.pieces import Piece, compose
from kb.errors import UnreadableFile
from kb.plain import HALVES, plain
from kb.records import Document

SUFFIXES = (".pdf", ".docx", ".txt", ".md", ".html", ".htm")
DATA = re.compile(r"[!-\u024f]{1000,}+")  # a picture written out as letters, say: no words, and hours to search for some


def read(path: Path | str, limits: Limits | None = None, progress: Callable[[str], None] | None = None) -> Document:
    """Read one file. Raises UnreadableFile, with its remedy, where it gives no text.

    `ingest.worker` keeps the limits of time and memory, `ingest.understand` that of letters; the others are kept here.
    `progress` is told of what takes long, such as a page read by OCR.
    """
    path, limits = Path(path), limits or Limits()
    check(path, limits)
    error = mistaken(path)
    if error is not None:
        raise error
    pieces, fields = _pieces(path, limits, progress or (lambda note: None))
    for piece in pieces:
        piece.text = DATA.sub(" ", piece.text.translate(HALVES))
    pieces = [piece for piece in pieces if piece.text.strip()]
    if not pieces:
        raise UnreadableFile(f"{path.name} holds no text.", "Add a version of the file that has text.")
    fields = _plain(fields)
    labels = fields.pop("labels", {})
    text, blocks, pages = compose(pieces, labels)
    return Document(str(path), digest(path), text, blocks, pages, **fields)


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """What the file says of itself and of its pages, in text that can do nothing."""
    said = {name: {key: plain(value) if value else value for key, value in fields[name].items()} for name in ("labels", "metadata") if name in fields}
    outline = tuple((level, plain(title), page) for level, title, page in fields.get("outline", ()))
    return fields | said | ({"outline": outline} if outline else {})


def _pieces(path: Path, limits: Limits, progress: Callable[[str], None]) -> tuple[list[Piece], dict[str, Any]]:
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        from ingest.read_pdf import read_pdf

        return read_pdf(path, limits.pages, limits.ocr, progress)
    if suffix == ".docx":
        from ingest.read_docx import read_docx

        return read_docx(path, limits.size)
    if suffix in (".html", ".htm"):
        from ingest.read_html import read_html

        return read_html(path)
    from ingest.read_text import read_text

    return read_text(path)


def check(path: Path, limits: Limits) -> None:
    """Raise UnreadableFile where there is nothing to read at `path`."""
    if path.exists() and not path.is_file():
        raise UnreadableFile(f"{path.name} is a folder or a device, not a file.", "Name the file itself.")
    if not path.is_file():
        raise UnreadableFile(f"There is no file at {path}.", "Check the path.")
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableFile(
            f"{path.name} is of a type that cannot be read.",
            "Files that can be read end in .pdf, .docx, .txt, .md or .html.",
        )
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile(f"{path.name} is empty.", "Add a file that has text.")
    if size > limits.size << 20:
        raise UnreadableFile(
            f"{path.name} has {size >> 20} MB, more than the {limits.size} MB that are read.",
            "Make its pictures smaller or split it, and add the result.",
        )


def digest(path: Path) -> str:
    """The file's sha256, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
