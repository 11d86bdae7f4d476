"""Rows of a table -> items: a summary matrix of findings and recommendations, a table of recommendations with who and when."""

import re
from dataclasses import dataclass, replace

from ingest.labels import ADDRESSEE, DUE, PRIORITY, STATUS, detail_named
from ingest.openings import label_of, named, opening
from ingest.pieces import row_cells
from ingest.responses import status_of
from ingest.sections import STRONG, within
from kb.records import Block, Document, Item, Section
from kb.taxonomy import criteria_of, kind_of_heading

NUMBER_COLUMN = re.compile(r"(?:no?|num(?:ero)?|number|ref|id|r)?[\s.#°ºo]*", re.IGNORECASE)
SHORTEST = 15  # characters of a cell that is an item


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a table holds: items of a kind, a detail of them, their number or criterion, or something else ("")."""

    kind: str = ""
    detail: str = ""
    number: bool = False


def row_items(document: Document, sections: tuple[Section, ...], owner: list[int | None]) -> list[Item]:
    """The items in tables whose heading row names a kind; those of one row are linked. Positions count within the result."""
    found: list[Item] = []
    for table in _tables(document, sections, owner):
        columns = _columns(document, document.blocks[table[0]])
        if not any(column.kind for column in columns):
            continue
        for place in table[1:]:
            position = owner[place]
            over = sections[position].criteria if position is not None else ()
            row = _of_row(document, document.blocks[place], columns, over)
            found += [replace(item, section=position, links=_linked(item, row, len(found))) for item in row]
    return found


def cells(text: str, block: Block) -> list[tuple[int, int]]:
    """The spans of a row's cells."""
    return [(block.start + start, block.start + start + len(words)) for start, words in row_cells(text[block.start : block.end])]


def _tables(document: Document, sections: tuple[Section, ...], owner: list[int | None]) -> list[list[int]]:
    """Runs of row blocks outside annexes, as places of blocks."""
    tables: list[list[int]] = []
    for place, block in enumerate(document.blocks):
        outside = not within(sections, owner[place], "annex") or within(sections, owner[place], "management_response")
        if block.role != "row" or not outside:
            continue
        if tables and tables[-1][-1] == place - 1:
            tables[-1].append(place)
        else:
            tables.append([place])
    return [table for table in tables if len(table) > 1]


def _columns(document: Document, block: Block) -> list[Column]:
    columns = []
    for start, end in cells(document.text, block):
        words = re.sub(r"\([^)]*\)", "", document.text[start:end]).strip(" *_")
        kind = kind_of_heading(words) if len(words) <= 80 else None
        detail = detail_named(words) or ""
        number = NUMBER_COLUMN.fullmatch(words) is not None
        columns.append(Column(kind if kind in STRONG and not detail else "", detail, number))
    return columns if len(columns) > 1 else []


def _of_row(document: Document, block: Block, columns: list[Column], over: tuple[str, ...]) -> list[Item]:
    spans = cells(document.text, block)
    longest = max(range(len(spans)), key=lambda place: spans[place][1] - spans[place][0])
    if 1 < len(spans) < len(columns) and columns[longest].kind:
        spans += [(block.end, block.end)] * (len(columns) - len(spans))  # empty cells at the end of a row are not written
    if len(spans) != len(columns):
        return _longest_cell(document, spans, columns, over)
    details = {column.detail: document.text[slice(*span)] for column, span in zip(columns, spans, strict=True) if column.detail}
    number = next((document.text[slice(*span)] for column, span in zip(columns, spans, strict=True) if column.number), None)
    found = [
        _cell_item(document, column.kind, span, number, details, over)
        for column, span in zip(columns, spans, strict=True)
        if column.kind and span[1] - span[0] >= SHORTEST
    ]
    asked = next((item for item in found if item.kind == "recommendation"), None)
    answers = [span for column, span in zip(columns, spans, strict=True) if column.detail == STATUS and _said(document.text[slice(*span)])]
    return found + [_answer(document, asked, span) for span in answers if asked]


def _answer(document: Document, asked: Item, span: tuple[int, int]) -> Item:
    """The management's response in one cell to the recommendation in another of the same row."""
    status = status_of(document.text[slice(*span)])
    return replace(asked, kind="management_response", start=span[0], end=span[1], label=None, priority=None, status=status)


def _said(cell: str | None) -> str | None:
    """What a cell says; None for an empty one or a dash."""
    words = " ".join((cell or "").split()).strip(" .")
    return words if any(letter.isalnum() for letter in words) else None


def _longest_cell(document: Document, spans: list[tuple[int, int]], columns: list[Column], over: tuple[str, ...]) -> list[Item]:
    """A row whose cells do not match the heading's gives one item, where the table holds items of one kind only."""
    kinds = {column.kind for column in columns if column.kind}
    span = max(spans, key=lambda span: span[1] - span[0])
    if len(kinds) != 1 or span[1] - span[0] < 2 * SHORTEST or len(spans) < 2:
        return []
    first = document.text[slice(*spans[0])].strip(" .")
    return [_cell_item(document, kinds.pop(), span, first if re.fullmatch(r"[A-Z]{0,3}\d{1,2}(?:\.\d+)?", first) else None, {}, over)]


def _cell_item(document: Document, kind: str, span: tuple[int, int], number: str | None, details: dict[str, str], over: tuple[str, ...]) -> Item:
    block = Block(*span, role="row")
    said = named(document.text, block) or opening(document.text, block)
    start = said.start if said.family == "bullet" else span[0]
    stated = said.number if said.family in ("named", "number", "letter") else None
    digits = re.search(r"\d+(?:\.\d+)*", number or "")
    label = label_of(document.text, said.start, span[1])
    own = criteria_of(label) if label else ()
    return Item(
        -1, kind, start, span[1], stated or (digits.group() if digits else None), label, own or over,
        _said(details.get(ADDRESSEE)), _said(details.get(PRIORITY)), _said(details.get(DUE)),
    )  # fmt: skip


def _linked(item: Item, row: list[Item], first: int) -> tuple[int, ...]:
    """The positions of the items in the same row that an item rests on, or answers."""
    if item.kind == "management_response":
        return tuple(first + place for place, other in enumerate(row) if other.kind == "recommendation")
    if item.kind not in ("recommendation", "lesson", "good_practice"):
        return ()
    return tuple(first + place for place, other in enumerate(row) if other.kind in ("finding", "conclusion"))


def is_heading_row(document: Document, block: Block) -> bool:
    """Whether a row does nothing but name the columns of a table of items."""
    if block.role != "row":
        return False
    columns = _columns(document, block)
    named_columns = sum(bool(column.kind or column.detail or column.number) for column in columns)
    return named_columns > 1 and all(end - start <= 60 for start, end in cells(document.text, block))
