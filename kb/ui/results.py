"""What a search found, as a page: how many, how they are sorted, what narrows them, and their cards."""

from dataclasses import replace
from html import escape

from kb.facets import FIELDS, Finder, counts, coverage, in_report_order, narrowed, toggled
from kb.library import Library
from kb.records import Hit, Question, Report
from kb.ui.cards import hit_card, hit_citation, pick_name
from kb.ui.facet_list import facet_list, label_of
from kb.ui.heatmap import KINDS_COUNTED, heatmap
from kb.ui.query import SORTS, VIEWS, Query
from kb.ui.words import say, say_count

PER_PAGE = 20


def hits_of(finder: Finder, query: Query) -> tuple[list[Hit], Question | None]:
    """All that a search finds, in the order asked for, and how its words were understood."""
    found = finder.find(query.words)
    hits = narrowed(found.hits, query.filters)
    return (in_report_order(hits) if query.sort == "report" else hits), found.question


def search_page(library: Library, finder: Finder, query: Query, language: str) -> tuple[str, str]:
    """(the results, the facets) of a search, as HTML."""
    hits, question = hits_of(finder, query)
    reports = {report.id: report for report in library.reports()}
    facets = facet_list(query, counts(finder.find(query.words).hits, query.filters), reports, language)
    return _results(query, hits, question, reports, language), facets


def _results(query: Query, hits: list[Hit], question: Question | None, reports: dict[int, Report], language: str) -> str:
    chips = chips_of(query, reports, language)
    if not hits:
        return f'{chips}<p class="none" role="status">{say("search.none", language)}</p>'
    if query.view != "passages":
        body = heatmap(query, coverage(hits, query.view, KINDS_COUNTED), reports, language)
    else:
        page = min(query.page, _pages(hits))
        shown = hits[(page - 1) * PER_PAGE : page * PER_PAGE]
        cards = "".join(hit_card(hit, language, question) for hit in shown)
        body = f'{_pick_all(shown, language)}<div class="cards">{cards}</div>{_paging(query, page, _pages(hits), language)}'
    return f"{_toolbar(query, hits, language)}{chips}{body}"


def _pick_all(hits: list[Hit], language: str) -> str:
    """A button that puts all the passages shown into the memo."""
    names = ",".join(pick_name(hit_citation(hit)) for hit in hits)
    words = say_count("search.pick", len(hits), language)
    picked = say("card.picked", language)
    return f'<p class="actions"><button type="button" data-do="select" data-picks="{names}" data-picked="{picked}">{words}</button></p>'


def _pages(hits: list[Hit]) -> int:
    return -(-len(hits) // PER_PAGE)


def _toolbar(query: Query, hits: list[Hit], language: str) -> str:
    reports = say_count("library.reports", len({hit.report.id for hit in hits}), language)
    count = say_count("search.found", len(hits), language, reports=reports)
    views = "".join(_choice(replace(query, view=view, page=1), say(f"search.view.{view}", language), view == query.view) for view in VIEWS)
    sorts = "".join(_choice(replace(query, sort=sort, page=1), say(f"search.sort.{sort}", language), sort == query.sort) for sort in SORTS)
    sorting = (
        f'<span class="choices" role="group" aria-label="{say("search.sort", language)}">{sorts}</span>'
        if query.words and query.view == "passages"
        else ""
    )
    asked = escape(f"{query.address.removeprefix('/')}&language={language}")
    files = "".join(f'<a href="/results.{kind}{asked}" download>{name}</a>' for kind, name in (("csv", "CSV"), ("xlsx", "Excel")))
    return (
        f'<div class="toolbar"><p class="count" role="status">{count}</p>'
        f'<span class="choices" role="group" aria-label="{say("search.view", language)}">{views}</span>{sorting}'
        f'<span class="choices">{say("search.export", language)} {files}</span></div>'
    )


def _choice(query: Query, label: str, current: bool) -> str:
    return link(query, label, ' aria-current="true"' if current else "")


def link(query: Query, label: str, attributes: str = "") -> str:
    """A link that opens a search in place; `label` is HTML."""
    to = escape(query.address)
    return f'<a href="{to}" data-do="click" data-to="{to}"{attributes}>{label}</a>'


def chips_of(query: Query, reports: dict[int, Report], language: str, legend: str = "") -> str:
    """What narrows the search, each removable."""
    chips = "".join(
        link(query.with_filters(toggled(query.filters, name, value)), _removable(label_of(name, value, reports, language), language), ' class="chip"')
        for name in FIELDS
        for value in getattr(query.filters, name)
    )
    before = f'<span class="legend">{legend}</span>' if legend else ""
    return f'<p class="chips">{before}{chips}</p>' if chips else ""


def _removable(label: str, language: str) -> str:
    return f'<span class="unseen">{say("search.remove", language)} </span>{label} <span aria-hidden="true">×</span>'


def _paging(query: Query, page: int, pages: int, language: str) -> str:
    if pages == 1:
        return ""
    before = link(replace(query, page=page - 1), say("search.before", language)) if page > 1 else ""
    after = link(replace(query, page=page + 1), say("search.after", language)) if page < pages else ""
    place = f"<span>{say('search.page', language, page=page, pages=pages)}</span>"
    return f'<nav class="paging" aria-label="{say("search.paging", language)}">{before}{place}{after}</nav>'
