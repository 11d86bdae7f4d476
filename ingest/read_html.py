"""HTML -> pieces: headings, paragraphs, list items and table rows of the page's content."""

import re
from pathlib import Path
from typing import Any

from ingest.pieces import Piece, row_text
from ingest.read_text import decode
from kb.errors import UnreadableFile

SKIPPED = {"script", "style", "noscript", "template", "svg", "nav", "head", "form", "button", "iframe", "footer"}
BLOCKS = {"p", "div", "section", "article", "main", "header", "body", "html", "ul", "ol", "dl", "dt", "dd", "li"}
BLOCKS |= {"table", "thead", "tbody", "tfoot", "tr", "blockquote", "pre", "figure", "figcaption", "caption", "hr"}
BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "aside", "address", "details", "summary", "center"}
CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)
Element = Any  # lxml gives its elements no public type
MARK = re.compile(r"\[?(?:\d{1,3}|[*†‡])\]?")


def read_html(path: Path) -> tuple[list[Piece], dict[str, Any]]:
    """Pieces of the page in order, and its title, author and date where it states them."""
    from lxml import etree, html

    text = decode(path, _charset(path))
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFile(f"{path.name} holds no HTML.", "Save the page again from the browser.") from error
    page = _Page()
    page.walk(root)
    page.close()
    return page.pieces, {"metadata": _metadata(root)}


def _charset(path: Path) -> str | None:
    with path.open("rb") as stream:
        match = CHARSET.search(stream.read(4096))
    return match[1].decode("ascii") if match else None


def _metadata(root: Element) -> dict[str, str]:
    found = {"title": root.findtext(".//title") or ""}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").casefold().split(":")[-1]
        if name in ("author", "date", "published_time") and meta.get("content"):
            found.setdefault("author" if name == "author" else "date", meta.get("content"))
    return {key: " ".join(value.split()) for key, value in found.items() if value.strip()}


class _Page:
    """Collects the words between the starts and ends of blocks."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._words = ""
        self._role = "paragraph"
        self._level: int | None = None
        self._marker = ""

    def walk(self, node: Element) -> None:
        """The node's own text and that of its children, in order."""
        if not isinstance(node.tag, str) or node.tag in SKIPPED or _is_hidden(node):
            return
        if node.tag == "table" and _is_data(node):
            self.close()
            self._table(node)
            return
        if node.tag == "br":
            self._words += "\n"
        elif node.tag in BLOCKS:
            self.close()
            self._open(node)
        if not _is_note_mark(node, self._words):
            self._words += node.text or ""
            for child in node:
                self.walk(child)
                self._words += child.tail or ""
        if node.tag in BLOCKS:
            self.close()

    def close(self) -> None:
        """End the block that is open."""
        text = "\n".join(" ".join(line.split()) for line in self._words.split("\n")).strip()
        if text:
            self.pieces.append(Piece(text, role=self._role, level=self._level, marker=self._marker))
            self._role, self._level, self._marker = "paragraph", None, ""
        self._words = ""

    def _open(self, node: Element) -> None:
        if re.fullmatch(r"h[1-6]", node.tag):
            self._role, self._level, self._marker = "heading", int(node.tag[1]), ""
        elif node.tag == "li":
            self._role, self._level, self._marker = "item", None, _marker(node)
        elif node.tag in ("figcaption", "caption"):
            self._role, self._level, self._marker = "caption", None, ""
        elif node.tag not in ("p", "div") or self._role != "item":
            self._role, self._level, self._marker = "paragraph", None, ""

    def _table(self, table: Element) -> None:
        for caption in table.iterchildren("caption"):
            self.walk(caption)
        for row in table.iter("tr"):
            cells = [" ".join(_said(cell).split()) for cell in row.iterchildren("td", "th")]
            if any(cells):
                self.pieces.append(Piece(row_text(cells), role="row"))


def _is_hidden(node: Element) -> bool:
    style = (node.get("style") or "").replace(" ", "").casefold()
    return node.get("hidden") is not None or "display:none" in style


def _is_data(table: Element) -> bool:
    """A table of data, and not one that only lays out the page?"""
    rows = list(table.iter("tr"))
    wide = any(len(list(row.iterchildren("td", "th"))) > 1 for row in rows)
    return wide and table.find(".//table") is None and not any(table.iter("h1", "h2", "h3"))


def _is_note_mark(node: Element, before: str) -> bool:
    text = "".join(node.itertext()).strip()
    return node.tag == "sup" and bool(MARK.fullmatch(text)) and bool(re.search(r"[^\W\d_]{3}$|[.,;:!?”»\")]$", before))


def _marker(node: Element) -> str:
    parent = node.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    before = sum(1 for _ in node.itersiblings("li", preceding=True))
    start = parent.get("start") or "1"
    number = (int(start) if start.isdigit() else 1) + before
    return f"{chr(96 + number)})" if parent.get("type") == "a" and number <= 26 else f"{number}."


def _said(cell: Element) -> str:
    return " ".join(cell.itertext())
