"""The numbers that Word prints before list items: stored nowhere, counted here."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
Element = Any  # lxml gives its elements no public type
Style = Any  # a style of python-docx, or None


def chain(style: Style) -> Iterator[Style]:
    """The style and those it is based on."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = getattr(style, "base_style", None)


class Lists:
    """Counts the numbers that Word prints before list items and stores nowhere."""

    def __init__(self, document: Element) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._abstract: dict[str, str] = {}
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        root = part.element if part is not None else ()
        levels = {
            node.get(W + "abstractNumId"): {int(x.get(W + "ilvl")): x for x in node.iterchildren(W + "lvl")}
            for node in root
            if node.tag == W + "abstractNum"
        }
        for node in root:
            if node.tag == W + "num":
                abstract = node.find(W + "abstractNumId").get(W + "val")
                self._levels[node.get(W + "numId")] = levels.get(abstract, {})
                self._abstract[node.get(W + "numId")] = abstract

    def marker(self, element: Element, style: Style) -> str:
        """What Word prints before the paragraph: "3.", "a)", "•"; empty where it is no list item."""
        for node in [element] + [s.element for s in chain(style)]:
            found = node.find(f"{W}pPr/{W}numPr")
            number = found.find(W + "numId") if found is not None else None
            if number is not None:
                level = found.find(W + "ilvl")
                return self._count(number.get(W + "val"), int(level.get(W + "val")) if level is not None else 0)
        return ""

    def _count(self, number: str, level: int) -> str:
        shape = self._levels.get(number, {}).get(level)
        if shape is None:
            return ""
        counts = self._counts[self._abstract[number]]
        counts[level] = counts.get(level, self._start(number, level) - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        kind, pattern = _value(shape, "numFmt"), _value(shape, "lvlText")
        if kind in ("bullet", "none", ""):
            return "•" if kind == "bullet" else ""

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self._levels[number].get(at, shape)
            return _numeral(counts.get(at, self._start(number, at)), _value(other, "numFmt"))

        return re.sub(r"%(\d)", printed, pattern).strip()

    def _start(self, number: str, level: int) -> int:
        shape = self._levels[number].get(level)
        start = _value(shape, "start") if shape is not None else "1"
        return int(start) if start.isdigit() else 1


def _value(shape: Element, name: str) -> str:
    node = shape.find(W + name)
    return node.get(W + "val") or "" if node is not None else ""


def _numeral(count: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in ROMAN:
            roman, count = roman + sign * (count // value), count % value
        return roman.upper() if kind == "upperRoman" else roman
    return str(count)
