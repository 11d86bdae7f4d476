"""A document cut into spans: the blocks and parts of blocks that stay whole in a passage, and which of them may share one."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts import fact_lines
from ingest.headings import contents_places
from ingest.matrix import is_heading_row
from ingest.sections import owners
from kb.records import Block, Document, Item, Section

APART = frozenset({"caption", "footnote"})  # never joined with the running text
PARAGRAPH_NUMBER = re.compile(r"\(?(?P<number>\d{1,3})[.)]?")
COUNTED_FROM, COUNTED_SHARE = 12, 0.4  # a report counts its paragraphs where the numbers go this far, over this share of them


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that stays whole: sentences of one block. `group` tells apart what may not share a passage."""

    start: int
    end: int
    group: tuple[object, ...]
    item: int | None = None
    section: int | None = None
    paragraph: str | None = None
    caption: bool = False


def groups(document: Document, sections: tuple[Section, ...], items: tuple[Item, ...]) -> Iterator[list[Span]]:
    """Neighbouring spans that may share passages."""
    group: list[Span] = []
    for span in _spans(document, sections, items):
        if group and span.group != group[-1].group:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _spans(document: Document, sections: tuple[Section, ...], items: tuple[Item, ...]) -> Iterator[Span]:
    """The blocks, or the parts of them that are items or lines of facts, in reading order, each with its group."""
    owner = owners(document, sections)
    contents = contents_places(document)
    facts = fact_lines(document)
    starts = [item.start for item in items]
    counted = _paragraph_numbers(document)
    run, number = 0, None
    for place, block in enumerate(document.blocks):
        if place in contents or block.role == "contents" or not document.text[block.start : block.end].strip():
            run += 1
            continue
        section = owner[place]
        first = max(0, bisect_right(starts, block.start) - 1)
        inside = [item for item in items[first : bisect_left(starts, block.end)] if item.end > block.start]
        if not inside and _is_heading_block(document, block, sections[section] if section is not None else None):
            run += 1
            continue
        apart = block.role in APART or place in facts or block.role == "row"
        run += block.role in APART or place in facts
        cut = _cut(block, inside, facts.get(place, []))
        number = (section, counted[place]) if place in counted else number if number and number[0] == section else None
        for part, (start, end, item) in enumerate(cut):
            group = (section, run, item, part if len(cut) > 1 else 0, block.role if apart else "", number)
            yield Span(start, end, group, item, section, number[1] if number else None, block.role == "caption")
        run += block.role in APART or place in facts


def _is_heading_block(document: Document, block: Block, section: Section | None) -> bool:
    """Whether a block is nothing but the heading of its section, or names the columns of a table of items."""
    if section is None:
        return False
    words = " ".join(document.text[block.start : block.end].strip(" *_#:").split())
    return (
        (block.role != "row" and words.endswith(section.heading.strip()) and len(words) <= len(section.heading))
        or (section.heading.endswith(words) and block.start - section.start <= 8)
        or is_heading_row(document, block)
    )


def _cut(block: Block, inside: list[Item], facts: list[tuple[int, int]]) -> list[tuple[int, int, int | None]]:
    """The block's text as (start, end, item): cut where items or lines of facts begin, nothing left out."""
    if block.role != "row" and inside:
        edges = sorted({block.start, *(item.start for item in inside if block.start < item.start)})
    else:
        edges = sorted({block.start, *(start for start, _ in facts)})
    spans = []
    for start, end in zip(edges, [*edges[1:], block.end], strict=True):
        here = [item for item in inside if item.start < end and item.end > start]
        spans.append((start, end, here[-1].position if here else None))
    return spans


def _paragraph_numbers(document: Document) -> dict[int, str]:
    """place of a block -> the number the report gives its paragraph, where it counts its paragraphs from one end to the other."""
    counted: dict[int, str] = {}
    last = 0
    for place, block in enumerate(document.blocks):
        match = PARAGRAPH_NUMBER.fullmatch(block.marker.strip())
        if match and last < int(match["number"]) <= last + 2:
            last = int(match["number"])
            counted[place] = match["number"]
    running = sum(block.role in ("paragraph", "item") for block in document.blocks)
    return counted if last >= COUNTED_FROM and len(counted) >= COUNTED_SHARE * running else {}
