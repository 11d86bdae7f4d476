"""Coverage: how many findings and recommendations each report, or year, has on each criterion; a cell opens its search."""

from dataclasses import replace
from html import escape
from math import ceil, log1p

from kb.cite import shown
from kb.records import Report
from kb.taxonomy import CRITERIA, criterion_label, kind_label
from kb.ui.query import Query
from kb.ui.words import say

KINDS_COUNTED = ("finding", "recommendation")
LEVELS = 4  # of shade
Counts = dict[tuple[str | int, str, str], int]


def heatmap(query: Query, counted: Counts, reports: dict[int, Report], language: str) -> str:
    """The table: reports or years down, criteria across, in each cell the numbers of findings and of recommendations."""
    if not counted:
        return f'<p class="none">{say("heatmap.none", language)}</p>'
    rows = sorted({row for row, _, _ in counted}, key=lambda row: _name(query, row, reports).casefold(), reverse=query.view == "years")
    criteria = [criterion for criterion in CRITERIA if any(criterion == other for _, other, _ in counted)]
    head = "".join(f'<th scope="col"><span>{escape(criterion_label(criterion, language))}</span></th>' for criterion in criteria)
    body = "".join(_row(query, row, criteria, counted, reports, language) for row in rows)
    kinds = " · ".join(f'<span class="badge kind {kind}">{escape(kind_label(kind, language, plural=True))}</span>' for kind in KINDS_COUNTED)
    caption = say("heatmap.caption", language)
    return (
        f'<p class="legend">{caption} {kinds}</p><div class="wide" tabindex="0" role="region" aria-label="{caption}"><table class="heatmap">'
        f'<thead><tr><th scope="col">{say(f"heatmap.{query.view}", language)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(query: Query, row: str | int, criteria: list[str], counted: Counts, reports: dict[int, Report], language: str) -> str:
    name = _name(query, row, reports)
    cells = "".join(_cell(query, row, criterion, counted, name, language) for criterion in criteria)
    return f'<tr><th scope="row" title="{escape(name)}">{escape(name)}</th>{cells}</tr>'


def _name(query: Query, row: str | int, reports: dict[int, Report]) -> str:
    return shown(reports[row].title) if query.view == "reports" and row in reports else str(row)


def _cell(query: Query, row: str | int, criterion: str, counted: Counts, name: str, language: str) -> str:
    most = max(counted.values())
    links = "".join(_number(query, row, criterion, kind, counted.get((row, criterion, kind), 0), most, name, language) for kind in KINDS_COUNTED)
    return f"<td>{links}</td>"


def _number(query: Query, row: str | int, criterion: str, kind: str, count: int, most: int, name: str, language: str) -> str:
    if not count:
        return f'<span class="cell {kind}" aria-hidden="true">·</span>'
    filters = replace(query.filters, **{query.view: (row,), "criteria": (criterion,), "kinds": (kind,)})
    to = escape(replace(query.with_filters(filters), view="passages").address)
    shade = ceil(LEVELS * log1p(count) / log1p(most))  # one long report would leave all others pale
    label = escape(f"{count} {kind_label(kind, language, plural=count > 1).lower()}, {criterion_label(criterion, language)}, {name}")
    return f'<a class="cell {kind} l{shade}" href="{to}" data-do="click" data-to="{to}" aria-label="{label}">{count}</a>'
