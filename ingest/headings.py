"""Which blocks of a document are headings, and which heading stands under which.

Evidence: the reader's own marks (Word, HTML, Markdown), bookmarks, the contents page, numbering,
type (size, weight, capitals), and the words.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from ingest.labels import detail_of, facts_in
from ingest.openings import last_of_statement, named
from kb.language import fold
from kb.records import Document
from kb.taxonomy import criteria_of, kind_of_heading

NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-H](?:\.\d{1,2})*)(?:[.):]|\s?[–-](?=\s)|(?<=\d)(?=\s))\s*(?=\S)")
ENTRY = re.compile(r"^(?P<title>.{3,200}?)[\s.·…_]*[\s._·…](?P<page>\d{1,3}|[ivxlc]{1,6})$")
ANNEX = re.compile(r"\W*(?:annex(?:e|es)?|anexos?|appendi(?:x|ces)|apendices?)(?:\s+(?:[a-z]|\d{1,2}|[ivx]{1,5})\b|\W*$|\s*[:.–-])")
LEADERS = re.compile(r"\.{4,}|_{4,}|…{2,}|(?:\. ){4,}")
CONTENTS = frozenset(
    "contents|table of contents|list of contents|indice|indice de contenidos|indice general|contenido|contenidos|tabla de contenido|"
    "tabla de contenidos|sommaire|table des matieres|list of figures|list of tables|list of figures and tables|list of tables and figures|"
    "list of boxes|figures|tables|indice de tablas|indice de figuras|indice de graficos|indice de cuadros|lista de tablas|"
    "lista de figuras|liste des tableaux|liste des figures|liste des graphiques|sumario".split("|")
)
BY_CRITERION = frozenset({"summary", "finding", "conclusion", "recommendation", "lesson", "good_practice"})  # chapters divided by criterion
LONGEST_CONTENTS_HEADING = 60  # characters
LONGEST_HEADING = 180  # characters


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `start:end` with its number, `text` without line breaks, `place` of its block."""

    place: int
    start: int
    end: int
    text: str
    number: str | None
    level: int | None
    size: float | None
    bold: bool
    item: str | None = None  # the kind of the item it opens: "Recommendation 3: ..."

    @property
    def capitals(self) -> bool:
        return self.text.isupper()

    @property
    def depth(self) -> int | None:
        """How deep its decimal number goes: 1 for "4.", 2 for "4.1"; None without one."""
        return self.number.count(".") + 1 if self.number and self.number[0].isdigit() else None


def headings(document: Document) -> list[Heading]:
    """The document's headings in reading order."""
    contents = contents_places(document)
    known = _titles_listed(document, contents)
    body = _body_size(document)
    levels = {_title_key(title): level for level, title, _ in document.outline}
    found: list[Heading] = []
    stated = -1  # the last block of the statement that an item's heading opened
    for place, block in enumerate(document.blocks):
        listed = place in contents and not is_contents_heading(document.text[block.start : block.end])
        if place > stated and not listed and _is_heading(document, place, known, body):
            heading = _heading(document, place)
            stated = last_of_statement(document, place) if heading.item else place
            level = levels.get(_title_key(heading.text), block.level)
            found.append(replace(heading, level=level))
    return found


def is_contents_heading(text: str) -> bool:
    """Whether a heading opens a table of contents or a list of figures or tables."""
    return len(text) <= LONGEST_CONTENTS_HEADING and _title_key(text) in CONTENTS


def contents_places(document: Document) -> frozenset[int]:
    """The places of the blocks that are a table of contents: its heading, if any, and its entries."""
    places, inside = set(), False
    for place, block in enumerate(document.blocks):
        words = document.text[block.start : block.end].strip()
        entry = ENTRY.match(" ".join(words.split())) is not None or LEADERS.search(words) is not None
        inside = (inside and entry) or is_contents_heading(words)
        if block.role == "contents" or inside or (LEADERS.search(words) and entry):
            places.add(place)
    return frozenset(places)


def opens_annex(heading: Heading) -> bool:
    """Whether a heading opens a whole annex: "Annex A. Case studies", "Anexo 2", "Annexes"."""
    return ANNEX.match(fold(heading.text)) is not None


def under(heading: Heading, above: Heading) -> bool:
    """Whether `heading` stands one or more steps under `above`, which comes before it."""
    if is_contents_heading(above.text):
        return False
    if above.item:
        return heading.item is None and _smaller(heading, above) is True
    if heading.item:
        return True
    if heading.level is not None and above.level is not None:
        return heading.level > above.level
    if heading.depth is not None and above.depth is not None:
        return heading.depth > above.depth
    smaller = None if heading.size == above.size and _names_criterion(heading) and _names_criterion(above) else _smaller(heading, above)
    return _subject_under_chapter(heading, above) if smaller is None else smaller


def _smaller(heading: Heading, above: Heading) -> bool | None:
    """Whether `heading` is set in lesser type than `above`; None where the type does not tell."""
    if heading.size and above.size and abs(heading.size - above.size) > 0.4:
        return heading.size < above.size
    if heading.capitals != above.capitals:
        return above.capitals
    if heading.bold != above.bold:
        return above.bold
    return None


def _subject_under_chapter(heading: Heading, above: Heading) -> bool:
    """In like type: a heading that only names a criterion stands under the chapter that names a kind."""
    return _names_criterion(heading) and kind_of_heading(above.text) in BY_CRITERION


def _names_criterion(heading: Heading) -> bool:
    """Whether a heading names a criterion and no kind: "Efficiency"."""
    return bool(criteria_of(heading.text)) and kind_of_heading(heading.text) is None


def _is_heading(document: Document, place: int, known: frozenset[str], body: float) -> bool:
    block = document.blocks[place]
    words = " ".join(document.text[block.start : block.end].split())
    if block.role not in ("heading", "paragraph", "item") or not _could_be_heading(words):
        return False
    if detail_of(words + " ") and not words.rstrip().endswith(":"):
        return False
    if facts_in(words) and ":" in words[:60]:
        return words.rstrip().endswith(":") and block.role == "heading"
    if named(document.text, block):
        return block.role != "item"
    speaks = kind_of_heading(words) is not None or bool(criteria_of(words)) or is_contents_heading(words)
    if block.role == "heading" and not speaks and _is_caption_or_byline(document, place, words):
        return False
    if block.role == "heading":
        return len(words) <= LONGEST_HEADING and (block.level is not None or not _is_sentence(words))
    listed = _title_key(words) in known
    loud = block.bold or words.isupper() or bool(block.size and block.size > 1.08 * body)
    short = len(words.split()) <= 12 and not re.search(r"[.;,]$", words)
    return short and (
        listed or (loud and (speaks or (block.role == "paragraph" and words.isupper()))) or (block.role == "paragraph" and _is_bare_name(words))
    )


def _could_be_heading(words: str) -> bool:
    return 3 <= len(words) <= 1500 and sum(letter.isalpha() for letter in words) >= max(3, len(words) // 3) and LEADERS.search(words) is None


def _is_caption_or_byline(document: Document, place: int, words: str) -> bool:
    """Whether what is set like a heading is the head of a table, a value beside its name, or a list of people."""
    after = document.blocks[place + 1].role if place + 1 < len(document.blocks) else ""
    before = document.blocks[place - 1].role if place else ""
    numbered = NUMBERED.match(words) is not None
    names = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    byline = "," in words and len(names) > 3 and all(word[0].isupper() for word in names) and not words.isupper()
    return not numbered and ((after == "row" and before == "row") or byline or re.search(r"\w\s?: \d+$", words) is not None)


def _is_sentence(words: str) -> bool:
    return len(words.split()) > 8 and words.endswith(".")


def _is_bare_name(words: str) -> bool:
    """Whether a line in ordinary type is nothing but the name of a kind or a criterion: "Lessons learned", "4. Eficacia"."""
    bare = NUMBERED.sub("", words, count=1).rstrip(": ")
    names = kind_of_heading(bare) not in (None, "background", "annex") or bool(criteria_of(bare))
    return len(bare.split()) <= 3 and bare[:1].isupper() and names and not words.endswith(".")


def _heading(document: Document, place: int) -> Heading:
    block = document.blocks[place]
    start = block.start - len(block.marker) - 1 if block.marker else block.start
    start = start if document.text[max(start, 0) : block.start].startswith(block.marker) else block.start
    words = " ".join(document.text[start : block.end].split())
    item = named(document.text, block)
    number = None if item else NUMBERED.match(words)
    return Heading(place, start, block.end, words, number["number"] if number else None, None, block.size, block.bold, item.kind if item else None)


def _titles_listed(document: Document, contents: frozenset[int]) -> frozenset[str]:
    """The titles that the contents page and the bookmarks list, as keys."""
    titles = {_title_key(title) for _, title, _ in document.outline}
    for place in contents:
        block = document.blocks[place]
        for line in document.text[block.start : block.end].splitlines():
            entry = ENTRY.match(" ".join(line.split()))
            titles.add(_title_key(entry["title"]) if entry else "")
    return frozenset(titles - {""})


def _title_key(title: str) -> str:
    """A title as it is compared: folded, without number, marks and leaders."""
    words = " ".join(title.strip(" *_#:.\t\n").split())
    return re.sub(r"\W+", " ", fold(NUMBERED.sub("", words, count=1))).strip()


def _body_size(document: Document) -> float:
    """The type size, in points, in which most of the text is set; 0 where sizes are not known."""
    sizes: Counter[float] = Counter()
    for block in document.blocks:
        sizes[block.size or 0.0] += block.end - block.start
    return sizes.most_common(1)[0][0] if sizes else 0.0
