"""The facets of a search as lists of check boxes, each with how many passages choosing it would show."""

from collections import Counter
from html import escape

from kb.cite import shown
from kb.facets import FIELDS, toggled
from kb.records import Filters, Report
from kb.taxonomy import CRITERIA, KINDS, criterion_label, kind_label
from kb.ui.query import Query
from kb.ui.words import language_name, say

OPEN = ("criteria", "kinds")  # the rest unfold
Value = str | int


def facet_list(query: Query, counts: dict[str, Counter[Value]], reports: dict[int, Report], language: str, prefix: str = "facet") -> str:
    """All facets that tell passages apart; one of a single value that is not chosen tells nothing. Ids begin with `prefix`."""
    facets = (_facet(name, query, counts[name], reports, language) for name in FIELDS if _tells(name, query.filters, counts[name]))
    return "".join(facets).replace('id="facet-', f'id="{prefix}-')


def _tells(name: str, filters: Filters, counted: Counter[Value]) -> bool:
    return len(counted) > 1 or bool(getattr(filters, name)) or (name in OPEN and bool(counted))


def _facet(name: str, query: Query, counted: Counter[Value], reports: dict[int, Report], language: str) -> str:
    chosen = getattr(query.filters, name)
    lines = "".join(
        _line(name, query, value, counted[value], value in chosen, label_of(name, value, reports, language))
        for value in _in_order(name, {*counted, *chosen}, reports, language)
    )
    opened = " open" if name in OPEN or chosen else ""
    number = f' <span class="n">{len(chosen)}</span>' if chosen else ""
    return f'<details class="facet" id="facet-{name}"{opened}><summary>{say(f"search.{name}", language)}{number}</summary><ul>{lines}</ul></details>'


def _line(name: str, query: Query, value: Value, count: int, chosen: bool, label: str) -> str:
    to = escape(query.with_filters(toggled(query.filters, name, value)).address)
    state = " checked" if chosen else ""
    key = escape(f"facet-{name}-{value}")
    box = f'<input type="checkbox" id="{key}" data-do="click" data-to="{to}"{state}>'
    return f'<li><label>{box}<span>{label}</span> <span class="n">{count}</span></label></li>'


def _in_order(name: str, found: set[Value], reports: dict[int, Report], language: str) -> list[Value]:
    """Criteria and kinds in the order of the reports' own chapters, years from the latest, the rest by name."""
    fixed: tuple[Value, ...] = {"criteria": CRITERIA, "kinds": KINDS}.get(name, ())
    if fixed:
        return [value for value in fixed if value in found]
    if name == "years":
        return sorted(found, reverse=True)
    return sorted(found, key=lambda value: label_of(name, value, reports, language).casefold())


def label_of(name: str, value: Value, reports: dict[int, Report], language: str) -> str:
    """What a value of the filter `name` is called, escaped."""
    if name == "reports":
        return escape(shown(reports[value].title)) if value in reports else say("search.report.gone", language)
    called = {"criteria": criterion_label, "kinds": kind_label, "languages": language_name}.get(name)
    return escape(called(value, language) if called else str(value))
