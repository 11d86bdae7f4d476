"""Plain text and Markdown -> pieces."""

import re
from pathlib import Path
from typing import Any

from ingest.page.ink import Ink, Rect, Span
from ingest.page.margins import margins
from ingest.pieces import Piece, row_text
from kb.errors import UnreadableFile

ACRONYM = re.compile(r"[A-Z]{2,6}")
LINE = 12.0  # points between the lines of a text that is looked at as if it were typeset
WIDE = 160  # characters; longer lines were not wrapped
ITEM = re.compile(r"\s*([-*+\x7f•▪◦–]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)])\s+(?=\S)")
HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
ROW = re.compile(r"\|.+\|")
DIVIDER = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?")
RULE = re.compile(r"={3,}|-{3,}|\*{3,}|_{3,}")


def read_text(path: Path) -> tuple[list[Piece], dict[str, Any]]:
    """Paragraphs, headings and items of a text file; form feeds start pages. Also the printed page labels."""
    pages = [page.split("\n") for page in decode(path).split("\f")]
    while len(pages) > 1 and not any(line.strip() for line in pages[-1]):
        pages.pop()
    if len(pages) == 1:
        return _pieces(pages[0], None), {}
    pages, labels = _without_margins(pages)
    pieces = [piece for number, page in enumerate(pages, 1) for piece in _pieces(page, number)]
    return pieces, {"labels": labels, "page_count": len(pages)}


def _without_margins(pages: list[list[str]]) -> tuple[list[list[str]], dict[int, str]]:
    """The pages without the headers and footers they repeat, and the labels printed there."""
    inks = [Ink(_spans(page), box=Rect(0, 0, 100, LINE * len(page))) for page in pages]
    places, labels = margins(inks)
    kept = [
        [line for line, span in zip(page, ink.spans, strict=True) if not any(p.holds(span.x0, span.y, 0) for p in gone)]
        for page, ink, gone in zip(pages, inks, places, strict=True)
    ]
    return kept, labels


def _spans(page: list[str]) -> list[Span]:
    """The lines as if they were typeset."""
    return [Span(0, 100, LINE * (len(page) - place - 0.5), 10.0, line) for place, line in enumerate(page)]


def _pieces(lines: list[str], page: int | None) -> list[Piece]:
    wrapped = max(map(len, lines), default=0) <= WIDE
    pieces = [_piece(group) for group in _paragraphs(lines, wrapped)]
    for piece in pieces:
        piece.page = page
    return pieces


def decode(path: Path, stated: str | None = None) -> str:
    """The file's text: UTF-8, UTF-16 with its mark, the encoding `stated` in it, else Windows-1252.

    Raises UnreadableFile where the bytes are no text.
    """
    data = path.read_bytes()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", *filter(None, [stated]), "cp1252", "latin-1"]:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _is_text(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableFile(
        f"{path.name} holds no readable text.",
        "Save it as plain text in UTF-8, or add the PDF or Word file it came from.",
    )


def _is_text(text: str) -> bool:
    odd = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\v") or "\x7f" < c < "\xa0" for c in text)
    return odd <= len(text) / 200


def _paragraphs(lines: list[str], wrapped: bool) -> list[list[str]]:
    """The lines of each paragraph, heading, item and table row. In a text whose lines are not
    `wrapped` at some width, a line is a paragraph.
    """
    found: list[list[str]] = [[]]
    for line in lines:
        bare = line.strip()
        alone = bool(HEADING.match(bare) or ROW.fullmatch(bare))
        if not bare or alone or ITEM.match(line) or (found[-1] and _ends(found[-1][-1], bare, wrapped)):
            found.append([])
        if RULE.fullmatch(bare) and not ROW.fullmatch(bare):
            last = found[-1]
            if bare[0] in "=-" and len(last) == 1 and len(last[0]) < 100:
                last[0] = ("# " if bare[0] == "=" else "## ") + last[0]
            found.append([])
        elif bare and not DIVIDER.fullmatch(bare):
            found[-1].append(bare)
    return [group for group in found if group]


def _ends(above: str, line: str, wrapped: bool) -> bool:
    """Does the paragraph, heading or row end with the line above?"""
    if HEADING.match(above) or ROW.fullmatch(above):
        return True
    if ACRONYM.fullmatch(above):
        return False  # its words follow
    if _capitals(above) != _capitals(line):  # a title in capitals may take two lines
        return _capitals(above) or above[-1] in ".!?"
    return not wrapped and not _capitals(line) and above[-1] not in ":,;-" and not line[0].islower()


def _piece(lines: list[str]) -> Piece:
    text = "\n".join(lines)
    if match := HEADING.match(text):
        return Piece(text[match.end() :], role="heading", level=len(match[1]), marker=match[1])
    if ROW.fullmatch(text):
        return Piece(row_text(text.removeprefix("|").removesuffix("|").split("|")), role="row")
    if match := ITEM.match(text):
        return Piece(text[match.end() :], role="item", marker=match[1])
    if _capitals(text):
        return Piece(text, role="heading")
    return Piece(text)


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and len(text) <= 120 and all(c.isupper() for c in letters)
