"""Documents typeset from a few lines of marked text, as the reader would give them."""

import re

from ingest.pieces import row_text
from kb.records import Block, Document, PageRun

SIZES = {1: 20.0, 2: 14.0, 3: 12.0}  # points of "#", "##" and "###" headings
BODY = 11.0


def paper(marked: str, path: str = "report.pdf", typed: bool = True, **fields: object) -> Document:
    """A document with one block for each line of `marked`.

    "# " to "### " open headings, "! " bold paragraphs, "- ", "• ", "1. ", "a) " items, "| a | b |" rows,
    "^ " footnotes, "~ " captions, ". " contents; "---" begins the next page, "---ix" one labelled ix.
    Without `typed` nothing is known of sizes and weights, and only lines in capitals are headings.
    """
    text, blocks, page, label = "", [], 1, "1"
    pages = [PageRun(0, 1, "1")]
    for line in (line.strip() for line in marked.strip().splitlines()):
        if line.startswith("---"):
            page, label = page + 1, line[3:].strip() or str(page + 1)
            pages.append(PageRun(len(text), page, label))
        elif line:
            role, level, marker, words = _parts(line)
            start = len(text) + (len(marker) + 1 if marker else 0)
            text += f"{marker} {words}\n\n" if marker else f"{words}\n\n"
            heading = role == "heading"
            if not typed:
                role = "heading" if words.isupper() and role in ("heading", "paragraph") else "paragraph" if heading else role
            size = SIZES.get(level, BODY) if typed else None
            blocks.append(Block(start, start + len(words), role, None, size, typed and (heading or line.startswith("!")), marker))
    return Document(path, "0" * 64, text, tuple(blocks), tuple(pages), page, **fields)


def _parts(line: str) -> tuple[str, int, str, str]:
    """(role, depth of a heading, marker, words)"""
    if match := re.match(r"(#{1,3})\s+(.*)", line):
        return "heading", len(match[1]), "", match[2]
    if line.startswith("|"):
        return "row", 0, "", row_text(line.removeprefix("|").removesuffix("|").split("|"))
    for mark, role in (("! ", "paragraph"), ("^ ", "footnote"), ("~ ", "caption"), (". ", "contents")):
        if line.startswith(mark):
            return role, 0, "", line[2:]
    if match := re.match(r"([-•▪o]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+(.*)", line):
        return "item", 0, match[1], match[2]
    return "paragraph", 0, "", line
