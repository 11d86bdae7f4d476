"""The page a quote stands on: its picture with the quote marked; where there are no pages, the text around it."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from kb.cite import shown
from kb.errors import UnreadableFile
from kb.library import Library
from kb.pages import Box, marks, page_count, page_size
from kb.plain import one_line, plain
from kb.records import Report
from kb.ui.addresses import see_address
from kb.ui.cards import prose
from kb.ui.words import say

WIDTHS = (1200, 2400)  # of a page picture, in pixels: as it opens, and enlarged
AROUND = 3000  # characters of text shown on either side of a quote


@dataclass(frozen=True, slots=True)
class Place:
    """What to see: a span of a report's text; on `page` of its file, or where the span begins for 0."""

    start: int
    end: int
    page: int = 0


def see(library: Library, report: Report, place: Place, language: str) -> str:
    """The inside of the viewer, as HTML."""
    start, end = _within(report, place)
    file = library.file_of(report)
    try:
        if file.suffix.lower() == ".pdf":
            return _page(report, file, Place(start, end, place.page), language)
    except UnreadableFile:
        return _text(report, start, end, language, say("viewer.gone", language, name=escape(one_line(file.name))))
    return _text(report, start, end, language)


def _within(report: Report, place: Place) -> tuple[int, int]:
    """The span, inside the report's text whatever was asked for."""
    start = max(0, min(place.start, len(report.text)))
    return start, max(start, min(place.end, len(report.text)))


def _page(report: Report, file: Path, place: Place, language: str) -> str:
    """The page asked for, or that on which the quote begins, with what of the quote stands on it."""
    quote = report.text[place.start : place.end]
    first = report.page_at(place.start).page or 1
    last = max(first, report.page_at(max(place.start, place.end - 1)).page or first)
    pages = page_count(file)
    page = max(1, min(place.page or first, pages))
    found = marks(file, tuple(range(first, last + 1)), quote)
    note = "" if found else f'<p class="note">{say("viewer.unmarked", language)}</p>'
    label = next((run.label for run in report.pages if run.page == page and run.label), None)
    places = [*([say("card.page", language, label=escape(label))] if label else []), say("viewer.page", language, page=page, pages=pages)]
    return (
        _head(report, places, _steps(report, place, page, pages, language), language)
        + note
        + _sheet(report, page, page_size(file, page), found.get(page, []), quote, language)
    )


def _sheet(report: Report, page: int, size: tuple[int, int], boxes: list[Box], quote: str, language: str) -> str:
    """The picture, the marks over it, and for those who do not see it the words marked."""
    small, large = (f"/page/{report.id}/{page}.png?width={width}" for width in WIDTHS)
    marked = "".join(map(_box, boxes))
    told = f'<p class="unseen">{prose(quote)}</p>' if boxes else ""
    alt = say("viewer.alt", language, page=page)
    image = f'<img src="{small}" data-large="{large}" alt="{alt}" width="{size[0]}" height="{size[1]}">'
    return f'<div class="sheet" tabindex="0"><div class="leaf">{image}{marked}</div>{told}</div>'


def _box(box: Box) -> str:
    shares = (box.left, box.top, box.right - box.left, box.bottom - box.top)
    left, top, width, height = (f"{100 * share:.3f}%" for share in shares)
    return f'<span class="box" style="left:{left};top:{top};width:{width};height:{height}"></span>'


def _steps(report: Report, place: Place, page: int, pages: int, language: str) -> str:
    """A page back, a page on, smaller, larger."""
    return (
        _step(report, place, page - 1, page > 1, say("viewer.before", language), "←")
        + _step(report, place, page + 1, page < pages, say("viewer.after", language), "→")
        + f'<button type="button" data-zoom="-1" aria-label="{say("viewer.smaller", language)}">−</button>'
        + f'<button type="button" data-zoom="1" aria-label="{say("viewer.larger", language)}">+</button>'
    )


def _step(report: Report, place: Place, page: int, there: bool, label: str, sign: str) -> str:
    off = "" if there else " disabled"
    return f'<button type="button" data-see="{see_address(report, place.start, place.end, page)}" aria-label="{label}"{off}>{sign}</button>'


def _text(report: Report, start: int, end: int, language: str, note: str = "") -> str:
    """The quote in the text around it, which begins and ends with a whole line."""
    opens = report.text.rfind("\n", 0, max(0, start - AROUND)) + 1
    closes = report.text.find("\n", min(len(report.text), end + AROUND))
    closes = len(report.text) if closes < 0 else closes
    before, quote, after = (escape(shown(report.text[a:b])) for a, b in ((opens, start), (start, end), (end, closes)))
    told = f'<p class="note">{note}</p>' if note else ""
    around = f"{'… ' if opens else ''}{before}<mark>{quote}</mark>{after}{' …' if closes < len(report.text) else ''}"
    return _head(report, [], "", language) + told + f'<div class="sheet text" tabindex="0" lang="{escape(report.language)}">{around}</div>'


def inspection(report: Report, lines: list[str], language: str) -> str:
    """The inside of the viewer for what was understood of a report."""
    words = "\n".join(map(escape, map(plain, lines)))
    return f'{_head(report, [say("reports.inspect", language)], "", language)}<div class="sheet text plain" tabindex="0" lang="en">{words}</div>'


def _head(report: Report, places: list[str], steps: str, language: str) -> str:
    year = f" ({report.year})" if report.year else ""
    original = f'<a href="/original/{report.id}" download>{say("viewer.original", language)}</a>'
    close = f'<button type="button" data-close aria-label="{say("viewer.close", language)}">×</button>'
    return (
        f'<header><h2 id="viewer-title">{escape(shown(report.title))}{year}</h2>{close}</header>'
        f'<div class="steps"><p class="place" role="status">{" · ".join(places)}</p>{steps}{original}</div>'
    )
