"""A citation to the form in which an office cites it, and a text to the form in which people see it.

House form for reports without a document symbol, after the United Nations Editorial Manual:
author, title (codes) (place, year), page. What is not known is left out, never invented.
"""

import re
from textwrap import shorten

from kb.organizations import ORGANIZATIONS
from kb.plain import plain
from kb.records import Citation, Hit, PageRun, Report

PAGE = {"en": "p.", "es": "pág.", "fr": "p."}
PAGES = {"en": "pp.", "es": "págs.", "fr": "p."}
PARAGRAPH = {"en": "para.", "es": "párr.", "fr": "par."}
PARAGRAPHS = {"en": "paras.", "es": "párrs.", "fr": "par."}
AND = {"en": " and ", "es": " y ", "fr": " et "}  # between two pages
TO = {"en": "–", "es": " a ", "fr": " à "}  # between the first and the last of several

# where organizations publish: what English, Spanish and French call one city
CITIES: tuple[dict[str, str], ...] = (
    {"en": "Vienna", "es": "Viena", "fr": "Vienne"},
    {"en": "Geneva", "es": "Ginebra", "fr": "Genève"},
    {"en": "New York", "es": "Nueva York", "fr": "New York"},
    {"en": "Rome", "es": "Roma", "fr": "Rome"},
    {"en": "Paris", "es": "París", "fr": "Paris"},
    {"en": "Copenhagen", "es": "Copenhague", "fr": "Copenhague"},
    {"en": "Mexico City", "es": "Ciudad de México", "fr": "Mexico"},
    {"en": "Panama City", "es": "Ciudad de Panamá", "fr": "Panama"},
    {"en": "Guatemala City", "es": "Ciudad de Guatemala", "fr": "Guatemala"},
    {"en": "Addis Ababa", "es": "Addis Abeba", "fr": "Addis-Abeba"},
    {"en": "Beirut", "es": "Beirut", "fr": "Beyrouth"},
    {"en": "Cairo", "es": "El Cairo", "fr": "Le Caire"},
)


def reference(citation: Citation, language: str) -> str:
    """The reference line of `citation`, in es, en or fr (English for any other language), with a full stop."""
    return _reference(citation.report, [citation.page], citation.passage.paragraph, language)


def hit_reference(hit: Hit, language: str) -> str:
    """The reference line of the passage of `hit`."""
    passage = hit.passage
    return _reference(hit.report, [PageRun(passage.start, passage.first_page, passage.page_label)], passage.paragraph, language)


def footnote(citation: Citation, language: str) -> str:
    """The reference line of `citation` with every page on which the quote stands."""
    return _reference(citation.report, _pages_of(citation), citation.passage.paragraph, language)


def author_date(citation: Citation, language: str, letter: str = "") -> str:
    """`(UNODC, 2022, p. 23)`. `letter` tells apart two reports of one author and year: `(UNODC, 2022a, p. 23)`."""
    year = f"{citation.report.year}{letter}" if citation.report.year else letter
    return f"({', '.join(filter(None, [short_author(citation.report), year, locator(citation, language)]))})"


def list_entry(report: Report, language: str, letter: str = "") -> str:
    """The line of `report` in the list of references that goes with author-date citations."""
    name, acronym = author(report, language), short_author(report)
    who = f"{name} [{acronym}]" if name and acronym not in name else name
    year = f"({report.year}{letter})" if report.year else f"({letter})" if letter else ""
    what = " ".join(filter(None, [title(report), _codes(report)]))
    first = f"{who} {year}".strip() if who else ""
    parts = [first, what if who or not year else f"{what} {year}", place(report, language)]
    return " ".join(part.removesuffix(".") + "." for part in parts if part)


def locator(citation: Citation, language: str) -> str:
    """Where in the report the quote stands: paragraph numbers before printed pages before pages of the file; "" if unknown."""
    return _locator(_pages_of(citation), citation.passage.paragraph, language)


def _reference(report: Report, pages: list[PageRun], paragraph: str | None, language: str) -> str:
    known = ", ".join(filter(None, [place(report, language), str(report.year or "")]))
    source = " ".join(filter(None, [title(report), _codes(report), f"({known})" if known else ""]))
    parts = [author(report, language), source, _locator(pages, paragraph, language)]
    return ", ".join(filter(None, parts)).removesuffix(".") + "."


def title(report: Report) -> str:
    """The title as people see it, without the codes that follow it in the reference anyway."""
    words = shown(report.title)
    for code in report.codes:
        words = re.sub(rf"\s*\({re.escape(code)}\)", "", words)
    return re.sub(r"[ \t\r\n\v\f]+", " ", words).strip()


def author(report: Report, language: str) -> str:
    """The name of the organization whose report it is, or "" where the report does not say."""
    stated = _stated(report, "organization")
    return ORGANIZATIONS.get(stated, {}).get(language) or ORGANIZATIONS.get(stated, {}).get("en") or stated


def short_author(report: Report) -> str:
    """The acronym of the organization, as the report states it; else the project codes, else the beginning of the title."""
    return _stated(report, "organization") or ", ".join(report.codes) or shorten(title(report), 60, placeholder="…")


def place(report: Report, language: str) -> str:
    """The city of publication, under the name that `language` gives it, or "" where the report does not say."""
    stated = _stated(report, "place")
    return next((names.get(language, stated) for names in CITIES if stated in names.values()), stated)


def _stated(report: Report, name: str) -> str:
    return next((plain(fact.value) for fact in report.facts if fact.name == name), "")


def _codes(report: Report) -> str:
    return f"({', '.join(report.codes)})" if report.codes else ""


def _pages_of(citation: Citation) -> list[PageRun]:
    """The pages on which the quote stands, each once."""
    runs = [run for run in citation.report.pages if citation.start < run.start < citation.end]
    pages = {(run.page, run.label): run for run in [citation.page, *runs]}
    return sorted(pages.values(), key=lambda run: run.page or 0)


def _locator(pages: list[PageRun], paragraph: str | None, language: str) -> str:
    language = language if language in PAGE else "en"
    labels = [run.label for run in pages if run.label]
    numbers = [str(run.page) for run in pages if run.page is not None]
    parts = []
    if paragraph:
        several = re.search(r"\d\W+\d", paragraph) is not None and "." not in paragraph
        parts.append(f"{(PARAGRAPHS if several else PARAGRAPH)[language]} {paragraph}")
    elif labels:
        parts.append(_span(labels, language))
    if numbers and (paragraph or numbers != labels):
        parts.append(f"[PDF {_span(numbers, language)}]")
    return " ".join(parts)


def _span(pages: list[str], language: str) -> str:
    """`p. 5`, `pp. 5 and 6`, `pp. 5–7`."""
    if len(pages) == 1:
        return f"{PAGE[language]} {pages[0]}"
    return f"{PAGES[language]} {pages[0]}{(AND if len(pages) == 2 else TO)[language]}{pages[-1]}"


_ESCAPED = re.compile(r"\\([$*_#%&\[\](){}<>~`|.!+-])")
_MARKS = re.compile(r"\*\*+|(?<!\w)__|__(?!\w)")


def shown(text: str) -> str:
    """`text` for people: layout marks that a conversion left in the file ("**", "\\$") and characters that do not show hidden,
    table cells apart, words untouched."""
    return _MARKS.sub("", _ESCAPED.sub(r"\1", plain(text))).replace("\t", " | ")
