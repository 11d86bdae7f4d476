"""Spans -> lines: joined along the baseline, cut at wide gaps, footnote marks set apart."""

import re

from ingest.page.ink import Line, Span, weighted

MARK = re.compile(r"\(?(?:\d{1,3}(?:\s*[,;]\s*\d{1,3})*|[*†‡§]{1,3}|[ivx]{1,4})\)?")
OPENER = re.compile(r"[•●○◦▪▫■□►➢➤✓✔❖❑·‣⁃–—*\uf000-\uf0ffo§Øüvq-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]")
UNIT = re.compile(r"(?:^|[\s(/\d])(?:[kcdm]?m|CO|[A-Z]|\d|10)$")


def lines_of(spans: list[Span]) -> list[Line]:
    """The page's lines from top to bottom and from left to right, cut where a column may end."""
    found: list[Line] = []
    for row in _rows(_unique(spans)):
        row.sort(key=lambda span: span.x0)
        start = 0
        for at in range(1, len(row) + 1):
            if at == len(row) or _apart(row[at - 1], row[at]):
                found.append(_line(row[start:at]))
                start = at
    return [line for line in found if line.text or line.mark]


def _apart(left: Span, right: Span) -> bool:
    gap, em = right.x0 - left.x1, max(left.size, right.size, 6.0)
    return gap > (5 * em if OPENER.fullmatch(left.text.strip()) else em)


def _unique(spans: list[Span]) -> list[Span]:
    """Text painted twice on the same spot, for shadow or weight, counts once."""
    seen: set[tuple[int, int, str]] = set()
    kept: list[Span] = []
    for span in spans:
        x, y = round(span.x0 / 2), round(span.y / 2)
        near = [(x + i, y + j, span.text) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if len(span.text) > 1 and any(key in seen for key in near):
            continue
        seen.add((x, y, span.text))
        kept.append(span)
    return kept


def _rows(spans: list[Span]) -> list[list[Span]]:
    """Spans that share a baseline, from top to bottom."""
    found: list[list[Span]] = []
    base = size = 0.0
    for span in sorted(spans, key=lambda span: -span.y):
        if found and base - span.y < 0.4 * min(max(size, span.size), 14):
            found[-1].append(span)
            if span.size >= size:
                base, size = span.y, span.size
        else:
            found.append([span])
            base, size = span.y, span.size
    return found


def _line(spans: list[Span]) -> Line:
    size = weighted((s.size, len(s.text.strip())) for s in spans)
    base = max(spans, key=lambda s: (s.size > 0.9 * size, len(s.text))).y
    text = mark = ""
    left = spans[0].x0
    if _is_bullet(spans):
        text, spans = "• ", spans[1:]
    end: float | None = None
    bold = letters = 0
    for span in spans:
        bare = span.text.strip()
        if _is_mark(span, size, base, text):
            mark = mark or ("" if text else bare.strip("()"))
            end = None if end is None else span.x1
            text += " " if text and span.text.endswith(" ") else ""
            continue
        if end is not None and span.x0 - end > 0.12 * span.size:
            text += " "
        text += span.text
        end = span.x1
        count = sum(c.isalnum() for c in bare)
        letters += count
        bold += count * span.bold
    x1 = max(s.x1 for s in spans)
    faces = {span.face for span in spans if any(c.isalpha() for c in span.text)}
    face = faces.pop() if len(faces) == 1 else 0
    text = " ".join(text.split())
    return Line(left, x1, base, size, text, 0 < letters <= bold, mark, face, _is_labelled(spans, text))


def _is_labelled(spans: list[Span], text: str) -> bool:
    """Does the line open with a label and a colon, in another font than what follows?"""
    label = text.find(":")
    words = [span for span in spans if any(c.isalnum() for c in span.text)]
    if not 2 < label < 45 or len(words) < 2 or words[0].face == words[-1].face:
        return False
    first = len("".join(words[0].text.split()))
    return first <= len("".join(text[: label + 1].split()))


def _is_bullet(spans: list[Span]) -> bool:
    """A letter that stands for a bullet, as in Wingdings: alone, in a font of its own."""
    first = spans[0].text.strip()
    return len(spans) > 1 and len(first) == 1 and first in "o§Øüvq·ðà" and spans[1].face != spans[0].face


def _is_mark(span: Span, size: float, base: float, before: str) -> bool:
    """Is the span a footnote mark, and no exponent or ordinal?"""
    if not span.raised and not (span.size < 0.85 * size and span.y - base > 0.1 * size):
        return False
    return bool(MARK.fullmatch(span.text.strip())) and not UNIT.search(before)
