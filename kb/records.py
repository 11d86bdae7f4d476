"""The nouns of the project. Verbs live in the other files.

A report's text is kept once and whole. Sections, items, passages, facts and quotes are spans
`start:end` over it, and the page of any offset is found by bisecting the report's page runs:
a quote that does not stand in the report, or stands on another page, cannot be built.
"""

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PageRun:
    """From `start` (an offset in the report's text) on, the text stands on this page.

    `page` counts from 1 in the file; None where the format has no pages (text, HTML, Word).
    `label` is what is printed on the page ("ix", "23"), or None where it is unknown.
    A paragraph stitched across a page break gives two runs, so a page may own several runs.
    """

    start: int
    page: int | None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row of a document, and how it was typeset.

    `role` is one of: heading, paragraph, item, row, caption, footnote, contents.
    `level` is the heading's depth where the file says it (1 = top), `size` is in points.
    `marker` is what opened a list item and is not part of its text: "-", "3.", "a)".
    """

    start: int
    end: int
    role: str = "paragraph"
    level: int | None = None
    size: float | None = None
    bold: bool = False
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: one clean text, its blocks in reading order, and its pages."""

    path: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[PageRun, ...]
    page_count: int | None = None
    outline: tuple[tuple[int, str, int | None], ...] = ()  # (level, title, page) of bookmarks
    metadata: dict[str, str] = field(default_factory=dict)  # what the file says of itself
    ocr_pages: frozenset[int] = frozenset()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a report states about itself.

    `start:end` is the span it was read from; None where a sidecar file says it.
    `project` is the project code the fact belongs to, in an evaluation of several projects.
    """

    name: str
    value: str
    start: int | None = None
    end: int | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `position` is its place in the report, `parent` its parent's."""

    position: int
    heading: str
    start: int
    end: int
    level: int = 1
    parent: int | None = None
    kind: str = "other"
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A recommendation, finding, conclusion, lesson or good practice that the report enumerates."""

    position: int
    kind: str
    start: int
    end: int
    number: str | None = None
    label: str | None = None
    criteria: tuple[str, ...] = ()
    addressee: str | None = None
    priority: str | None = None
    due: str | None = None
    status: str | None = None  # of a management response
    links: tuple[int, ...] = ()  # positions of the items it answers or rests on
    repeats: int | None = None  # position of the item in the body that a summary or a matrix says again
    section: int | None = None  # position of its section


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched and cited: whole sentences or a whole item, never longer than the model reads.

    `sentences` are spans over the report's text. `item` and `section` are positions in the report.
    `heading` is the path of headings, joined by " › ". `id` is 0 until the library has given one.
    """

    text: str
    start: int
    end: int
    kind: str
    language: str
    heading: str = ""
    context: str = ""  # report title and headings, shortened: embedded before the text, never shown
    criteria: tuple[str, ...] = ()
    first_page: int | None = None
    last_page: int | None = None
    page_label: str | None = None
    sentences: tuple[tuple[int, int], ...] = ()
    section: int | None = None
    item: int | None = None
    paragraph: str | None = None  # the number the report gives its paragraph
    boilerplate: bool = False  # the same words open every report of an office: never ranked
    ocr: bool = False
    id: int = 0
    report_id: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation report: what it says of itself, and its text."""

    path: str
    sha256: str
    title: str
    text: str
    pages: tuple[PageRun, ...]
    year: int | None = None
    language: str = "und"
    languages: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    evaluation_kind: str | None = None
    facts: tuple[Fact, ...] = ()
    page_count: int | None = None
    group: str | None = None  # files of one evaluation share it
    role: str = "report"  # report, brief, annex, management_response, terms_of_reference
    warnings: tuple[str, ...] = ()
    id: int = 0

    def page_at(self, offset: int) -> PageRun:
        """The page run that holds `offset`."""
        return self.pages[max(0, bisect_right(self.pages, offset, key=lambda run: run.start) - 1)]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that ingestion understood of one file: what the library keeps."""

    report: Report
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the library's record: who did what to which report, and when (UTC). `verb` is added, updated, removed, edited,
    reindexed or restored; `sha256` is that of the report's file, "" where the change is about no single report."""

    at: str
    actor: str
    verb: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Which passages may be found. An empty field filters nothing; the values of one field are alternatives."""

    kinds: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    reports: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in shares of the page's width and height from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its report, best first. `score` compares hits of one search only."""

    passage: Passage
    report: Report
    score: float
    rank: int = 0
    words: float = 0.0  # share of the question's content words that the passage has, 0 to 1
    meaning: float = 0.0  # cosine of question and passage, -1 to 1


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote that stands in the report at `start:end`, numbered within its answer."""

    number: int
    quote: str
    passage: Passage
    report: Report
    start: int
    end: int

    @property
    def page(self) -> PageRun:
        """The page on which the quote begins."""
        return self.report.page_at(self.start)


@dataclass(frozen=True, slots=True)
class Statement:
    """Whole sentences or one whole item, verbatim, and the numbers of the citations they stand on."""

    text: str
    citations: tuple[int, ...]
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many reports were searched, and in how many something was found."""

    reports_searched: int
    reports_with_hits: int


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question.

    `stems` are its own stem in every language read; `concepts` are those of the glossary it stands for,
    and `synonyms` the stem sequences that stand for them in any language. A name is a code, a number,
    an acronym, a country or another proper name: without it a passage is about something else.
    """

    word: str
    stems: frozenset[str]
    concepts: frozenset[str] = frozenset()
    synonyms: frozenset[tuple[str, ...]] = frozenset()
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `filters` are certain; `preferences` only raise the passages that fit them.

    `text` is what is searched: a follow-up is completed from the question before it, else it is `asked` unchanged.
    """

    asked: str
    text: str
    language: str
    terms: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()  # "exact words"
    prefixes: tuple[str, ...] = ()  # word*
    excluded: tuple[str, ...] = ()  # -word
    concepts: frozenset[str] = frozenset()  # of the glossary
    filters: Filters = field(default_factory=Filters)
    preferences: Filters = field(default_factory=Filters)
    numbers: tuple[str, ...] = ()  # of the items named: "recommendation 3"
    wants_list: bool = False
    wants_number: bool = False  # how many, how much, when: a sentence without a number is no answer
    wants_count: bool = False  # how many: neither money nor a date is an answer
    counted: Term | None = None  # how many of these
    wants_reason: bool = False  # why: the question takes something for granted, which may be false


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reports say about a question: statements with citations, or none.

    `message` is the sentence to show where nothing was found; `closest` are hits that are no answer.
    """

    question: Question
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    coverage: Coverage
    message: str = ""
    closest: tuple[Hit, ...] = ()

    @property
    def answered(self) -> bool:
        return bool(self.statements)

    @property
    def language(self) -> str:
        return self.question.language


@dataclass(frozen=True, slots=True)
class Pick:
    """A quote chosen for a memo, its words frozen with the place where they stood. `before` is the author's line above it."""

    report_path: str
    start: int
    end: int
    quote: str
    passage_id: int = 0
    sha256: str = ""  # of the report's file; "" where it was not noted
    before: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo: its picks in order. `date` is ISO (2026-11-23), `language` es, en or fr, `style` "un" or "author-date"."""

    picks: tuple[Pick, ...] = ()
    title: str = ""
    addressee: str = ""
    date: str = ""
    language: str = "en"
    style: str = "un"


@dataclass(frozen=True, slots=True)
class Check:
    """A pick looked up in the library as it is now: its citation, or in `missing` what is gone, "report" or "quote"."""

    pick: Pick
    citation: Citation | None = None
    missing: str = ""
