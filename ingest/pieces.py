"""Pieces of a document, and how they are laid out as one text with blocks and pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.records import Block, PageRun


@dataclass(slots=True)
class Piece:
    """A block that still carries its own text. `turns` are (offset in text, page) where its page changes."""

    text: str
    page: int | None = None
    role: str = "paragraph"
    level: int | None = None
    size: float | None = None
    bold: bool = False
    marker: str = ""
    turns: list[tuple[int, int | None]] = field(default_factory=list)


TIGHT = {"item", "row"}
CELL = "\t"  # between the cells of a row: white space, so that a quote of the row stands in the file once white space is folded


def row_text(cells: Iterable[str]) -> str:
    """The text of a row. Empty cells before and between others keep their place, those at its end are dropped."""
    return CELL.join(cell.replace(CELL, " ").strip() for cell in cells).rstrip()


def row_cells(row: str) -> list[tuple[int, str]]:
    """Where each cell of a row's text starts in it, and its words."""
    found, start = [], 0
    for cell in row.split(CELL):
        found.append((start + len(cell) - len(cell.lstrip()), cell.strip()))
        start += len(cell) + len(CELL)
    return found


def compose(pieces: list[Piece], labels: dict[int | None, str | None]) -> tuple[str, tuple[Block, ...], tuple[PageRun, ...]]:
    """One text with its blocks and page runs. `labels` maps a page to its printed label."""
    parts: list[str] = []
    blocks: list[Block] = []
    runs: list[PageRun] = []
    offset = 0
    previous: Piece | None = None
    for piece in pieces:
        lead = _gap(previous, piece)
        parts.append(lead)
        offset += len(lead)
        turn(runs, offset, piece.page, labels)
        mark = f"{piece.marker} " if piece.marker else ""
        start = offset + len(mark)
        end = start + len(piece.text)
        for inside, page in piece.turns:
            turn(runs, start + inside, page, labels)
        parts.append(mark + piece.text)
        blocks.append(Block(start, end, piece.role, piece.level, piece.size, piece.bold, piece.marker))
        offset = end
        previous = piece
    return "".join(parts), tuple(blocks), tuple(runs) or (PageRun(0, None, None),)


def pieces_of(text: str, blocks: tuple[Block, ...], pages: tuple[PageRun, ...]) -> list[Piece]:
    """The way back: blocks as pieces that can be edited."""
    pieces: list[Piece] = []
    run = 0
    for block in blocks:
        while run + 1 < len(pages) and pages[run + 1].start <= block.start:
            run += 1
        inner = [(p.start - block.start, p.page) for p in pages[run + 1 :] if p.start < block.end]
        pieces.append(
            Piece(
                text[block.start : block.end],
                pages[run].page,
                block.role,
                block.level,
                block.size,
                block.bold,
                block.marker,
                inner,
            )
        )
    return pieces


def turn(runs: list[PageRun], start: int, page: int | None, labels: dict[int | None, str | None]) -> None:
    """Note that from `start` on the text stands on `page`, unless it already does."""
    if runs and runs[-1].page == page:
        return
    if not runs:
        start = 0
    runs.append(PageRun(start, page, labels.get(page)))


def _gap(previous: Piece | None, piece: Piece) -> str:
    if previous is None:
        return ""
    return "\n" if previous.role == piece.role and piece.role in TIGHT else "\n\n"
