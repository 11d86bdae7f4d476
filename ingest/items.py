"""Sections -> items: each recommendation, finding, conclusion, lesson and good practice that a report enumerates.

An item is the enumerated statement itself, with the list that belongs to it; what explains it stands
in its section. Lists are items only where a heading or the sentence before them says of what.
"""

import re
from dataclasses import replace

from ingest.details import completed
from ingest.enumerations import ANNOUNCED, Enumerated, enumerated
from ingest.matrix import row_items
from ingest.openings import label_of, last_of_statement, opening
from ingest.sections import owners
from kb.records import Document, Item, Section
from kb.taxonomy import criteria_of

SHORT_TITLE = 60  # characters: a statement as short as this is a title, and goes on in the next paragraph


def items(document: Document, sections: tuple[Section, ...]) -> tuple[Item, ...]:
    """The report's items in reading order, with number, label, criteria, details and links."""
    owner = owners(document, sections)
    found = enumerated(document, sections, owner)
    statements = [_item(document, sections, owner, found, place) for place in range(len(found))]
    rows = row_items(document, sections, owner)
    taken = [(item.start, item.end) for item in rows]
    statements = [item for item in statements if not any(start <= item.start < end for start, end in taken)]
    ordered = sorted([*statements, *rows], key=lambda item: item.start)
    return completed(document, sections, tuple(replace(item, position=place) for place, item in enumerate(ordered)))


def _item(document: Document, sections: tuple[Section, ...], owner: list[int | None], found: list[Enumerated], index: int) -> Item:
    one = found[index]
    block = document.blocks[one.place]
    end = _end(document, found, index)
    label = label_of(document.text, one.opening.start, end)
    position = owner[one.place]
    over = sections[position].criteria if position is not None else ()
    own = criteria_of(label) if label else ()
    return Item(-1, one.kind, block.start, end, one.opening.number, label, own or over, section=position)


def _end(document: Document, found: list[Enumerated], index: int) -> int:
    """Where the item ends: with its block, the list under it, and the next paragraph where the block is but a title."""
    one = found[index]
    stop = found[index + 1].place if index + 1 < len(found) else len(document.blocks)
    last = last_of_statement(document, one.place) if one.opening.family == "named" else one.place
    end = document.blocks[last].end
    statement = document.text[one.opening.start : end]
    place = last + 1
    if len(statement.strip()) < SHORT_TITLE and not statement.rstrip().endswith((".", ";")) and place < stop and _goes_on(document, one.place, place):
        end = document.blocks[place].end
        place += 1
    while place < stop and _belongs(document, one, place, end):
        end = document.blocks[place].end
        place += 1
    return end


def _goes_on(document: Document, first: int, place: int) -> bool:
    """Whether the block at `place` is the statement under the title at `first`."""
    block = document.blocks[place]
    numbered = block.role == "item" and block.marker.strip("().").isdigit() and document.blocks[first].role != "item"
    return (
        (block.role == "paragraph" or numbered)
        and document.blocks[first].role in ("heading", "paragraph", "item")
        and block.end - block.start > SHORT_TITLE
    )


def _belongs(document: Document, one: Enumerated, place: int, end: int) -> bool:
    """Whether the block at `place` is part of a list inside the item, or the rest of its sentence."""
    block = document.blocks[place]
    words = document.text[block.start : block.end]
    if block.role == "paragraph" and words[:1].islower() and not re.search(r"[.:;!?…]['\"”»)\]]*$", document.text[:end].rstrip()):
        return True
    announced = ANNOUNCED.search(document.text[document.blocks[one.place].start : document.blocks[one.place].end])
    if block.role != "item" or (one.opening.family in ("bullet", "named") and not announced):
        return False
    said = opening(document.text, block)
    return (said.family, said.mark) != (one.opening.family, one.opening.mark)
