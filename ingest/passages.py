"""Sections and items -> passages: whole items and whole sentences, never longer than the model reads.

What is counted is what will be embedded: `context(title, heading)`, a line break, and the text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.boilerplate import is_boilerplate
from ingest.facts import languages_of
from ingest.sections import heading_path
from ingest.spans import Span, groups
from kb.language import detect, fold, sentences
from kb.records import Document, Item, Passage, Section
from kb.taxonomy import CRITERIA, criteria_of

Count = Callable[[str], int]  # a text -> its word pieces, special tokens included

CONTEXT_SHARE = 4  # the context takes at most this part (a quarter) of what the model reads
TITLE_LETTERS = 120
LEAST_TELLING, TELLING = 40, 500  # letters that tell the language among the document's own, and among all
OWN_KIND = frozenset({"summary", "summary_matrix", "management_response", "annex"})  # sections that name the kind of all that stands in them
CLAUSE = re.compile(r"(?<=[;:])\s+|(?<=[,–—])\s+")
ABOUT = re.compile(
    r"(?:in terms of|regarding|with regard to|with respect to|concerning|as (?:for|regards)|on|"
    r"en (?:terminos|materia) de|en cuanto al?|respecto (?:a|de)l?|con respecto al?|en relacion con|sobre|"
    r"en (?:termes|matiere) d[e'’]|concernant|s.agissant d[eu]s?|quant (?:a|aux?)|pour|sur|au niveau d[eu]s?|sur le plan d[eu]s?)"
    r"\s*(?P<what>[^,:;.(]{4,50})[,:(]"
)
RUN_IN = re.compile(r"[\s*_]*+(?P<what>[^:.;,\s*_][^:.;,]{3,59}?)[*_\s]*(?::|\s[–—]\s)")


def context(report_title: str, heading: str) -> str:
    """What is embedded before a passage's text: where it stands."""
    return " › ".join(part for part in (report_title.strip(), heading.strip()) if part)


def passages(
    document: Document, sections: tuple[Section, ...], items: tuple[Item, ...], count: Count, max_pieces: int, title: str
) -> tuple[Passage, ...]:
    """The document cut into passages, in reading order.

    `count(context + line break + text)` is at most `max_pieces` for each. Headings and tables of contents
    are no passages of their own.
    """
    builder = _Builder(document, sections, items, count, max_pieces, title)
    return tuple(builder.passage(spans) for group in groups(document, sections, items) for spans in builder.packed(group))


class _Builder:
    """Packs spans into passages for one document and one model."""

    def __init__(self, document: Document, sections: tuple[Section, ...], items: tuple[Item, ...], count: Count, max_pieces: int, title: str) -> None:
        self.document, self.sections, self.items = document, sections, items
        self.count, self.max_pieces, self.title = count, max_pieces, title
        self.frame = count("")  # special tokens, counted in every text
        self.contexts: dict[int | None, str] = {}
        self.starts = [run.start for run in document.pages]
        self.language, self.languages = languages_of(document)

    def packed(self, group: list[Span]) -> Iterator[list[Span]]:
        """The spans of a group in runs that fit; a block too long by itself is cut between its sentences, evenly."""
        # Each run is filled before the next begins. Right passage in the first five, 302 questions on six reports: 49% in the
        # question's language and 63% across languages; runs of about the same length found 49% and 59%.
        run: list[Span] = []
        for span in group:
            if run and not self.fits(run[0].start, span.end, span.section):
                yield run
                run = []
            if run or self.fits(span.start, span.end, span.section):
                run.append(span)
            else:
                yield from ([part] for part in self.parts(span))
        if run:
            yield run

    def parts(self, span: Span) -> Iterator[Span]:
        """A span too long for one passage, as spans of whole sentences of about the same length."""
        pieces = [piece for sentence in self.sentences(span) for piece in self.pieces(*sentence, span.section)]
        room = self.max_pieces - self.count(self.context(span.section) + "\n")
        sizes = [self.count(self.document.text[start:end]) - self.frame for start, end in pieces]
        target = sum(sizes) / max(1, -(-sum(sizes) // max(1, room)))
        start, size = pieces[0][0], 0
        for place, (first, last) in enumerate(pieces):
            if first > start and (not self.fits(start, last, span.section) or size >= target - sizes[place] / 2):
                yield replace(span, start=start, end=pieces[place - 1][1])
                start, size = first, 0
            size += sizes[place]
        yield replace(span, start=start, end=pieces[-1][1])

    def pieces(self, start: int, end: int, section: int | None) -> list[tuple[int, int]]:
        """A sentence as it is where it fits, else cut between clauses, words, or at last letters."""
        if self.fits(start, end, section) or end - start < 2:
            return [(start, end)]
        text = self.document.text[start:end]
        half = len(text) // 2
        edges = [match.end() for match in CLAUSE.finditer(text)] or [match.end() for match in re.finditer(r"\s+", text)] or [half]
        edges = [edge for edge in edges if 0 < edge < len(text)] or [half]
        edge = start + min(edges, key=lambda edge: abs(edge - half))
        return [piece for part in ((start, edge), (edge, end)) for piece in self.pieces(*_stripped(self.document.text, *part), section)]

    def fits(self, start: int, end: int, section: int | None) -> bool:
        """Whether a text with its context is within what the model reads."""
        if end - start > self.max_pieces * 12:
            return False
        return self.count(f"{self.context(section)}\n{self.document.text[start:end]}") <= self.max_pieces

    def context(self, section: int | None) -> str:
        """The context of a section's passages, shortened to a quarter of what the model reads: the title first, then the headings."""
        if section not in self.contexts:
            path = heading_path(self.sections, section)
            title = _shortened(self.title, TITLE_LETTERS)
            while self.count(context(title, path)) - self.frame > self.max_pieces // CONTEXT_SHARE and (title or path):
                if len(title) > 40:
                    title = _shortened(title, len(title) * 3 // 4)
                elif len(path) > 30:
                    path = _shortened(path, len(path) * 3 // 4)
                else:
                    title, path = ("", path) if title else ("", "")
            self.contexts[section] = context(title, path)
        return self.contexts[section]

    def sentences(self, span: Span) -> list[tuple[int, int]]:
        """The sentences of a span, over the document's text."""
        found = sentences(self.document.text[span.start : span.end])
        return [(span.start + start, span.start + end) for start, end in found] or [(span.start, span.end)]

    def passage(self, spans: list[Span]) -> Passage:
        """One passage of neighbouring spans."""
        first = spans[0]
        start, end = _stripped(self.document.text, first.start, spans[-1].end)
        text = self.document.text[start:end]
        section = self.sections[first.section] if first.section is not None else None
        item = self.items[first.item] if first.item is not None else None
        kind = _kind(section, item, first.caption)
        pages = self.document.pages
        run = max(0, bisect_right(self.starts, start) - 1)
        last = max(run, bisect_left(self.starts, end) - 1)
        numbers = [page.page for page in pages[run : last + 1] if page.page is not None]
        return Passage(
            text,
            start,
            end,
            kind,
            self.language_of(text),
            heading=heading_path(self.sections, first.section),
            context=self.context(first.section),
            criteria=_criteria(text, kind, section, item),
            first_page=pages[run].page if pages else None,
            last_page=max(numbers) if numbers else None,
            page_label=pages[run].label if pages else None,
            sentences=tuple(sentence for span in spans for sentence in self.sentences(span)),
            section=first.section,
            item=first.item,
            paragraph=first.paragraph,
            boilerplate=is_boilerplate(text),
            ocr=any(number in self.document.ocr_pages for number in numbers),
        )

    def language_of(self, text: str) -> str:
        """The language of a passage; where few words tell, one that the document is written in."""
        plain = re.sub(r"\S*(?:://|www\.|@)\S+", "", text)
        found = detect(plain, self.language) if len(plain) >= LEAST_TELLING else self.language
        return found if found in self.languages or len(plain) >= TELLING else self.language


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _shortened(text: str, letters: int) -> str:
    """`text` cut at a word's end to at most `letters`, with an ellipsis where something is left out."""
    if len(text) <= letters:
        return text
    return text[: max(1, letters - 1)].rsplit(" ", 1)[0].rstrip(" ,;:–-›“«(") + "…"


def _kind(section: Section | None, item: Item | None, caption: bool) -> str:
    """The kind of a passage: its item's, except where the section names the kind of all that stands in it.

    A caption says what a picture shows: it is no finding, but one in an annex stays there.
    """
    if caption:
        return "annex" if section is not None and section.kind == "annex" else "other"
    if section is not None and (section.kind in OWN_KIND or item is None):
        return section.kind
    return item.kind if item else "other"


def _criteria(text: str, kind: str, section: Section | None, item: Item | None) -> tuple[str, ...]:
    """The criteria a passage speaks of, by strong evidence: its item's label, its headings, or how its sentences open."""
    if item is not None and item.label and item.criteria:
        return item.criteria
    found = set(section.criteria if section else ()) | set(item.criteria if item else ())
    if kind not in ("annex", "methodology", "background"):
        folded = fold(text)
        for match in (*(match for _, match in _openers(folded)), RUN_IN.match(folded)):
            found |= set(criteria_of(match["what"])) if match and len(match["what"].split()) <= 7 else set()
    return tuple(name for name in CRITERIA if name in found)


def _openers(folded: str) -> Iterator[tuple[int, re.Match[str]]]:
    """ "In terms of relevance, ..." at the head of a sentence."""
    for start in (0, *(match.end() for match in re.finditer(r"[.!?]\s+", folded))):
        match = ABOUT.match(folded, start)
        if match:
            yield start, match
