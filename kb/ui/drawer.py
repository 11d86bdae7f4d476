"""The drawer of filters of the Ask tab, and the line that says which are set."""

import gradio as gr

from kb.facets import counts
from kb.records import Filters
from kb.ui.facet_list import facet_list
from kb.ui.page import ACT, QUIET, Frame
from kb.ui.query import Query, parse
from kb.ui.results import chips_of
from kb.ui.words import say


def drawer(frame: Frame) -> gr.State:
    """The filters that questions are asked within."""
    within = gr.State(Filters())
    shelf = gr.HTML("", apply_default_css=False, elem_id="drawer", js_on_load=ACT)
    line = gr.HTML("", apply_default_css=False, elem_id="within", js_on_load=ACT)

    def show(filters: Filters, language: str) -> tuple[str, str]:
        if frame.opening.stage.name != "ready":
            return "", ""
        return _drawn(frame, filters, language)

    def choose(language: str, event: gr.EventData) -> tuple[Filters, str, str]:
        filters = parse(event.to).filters
        return filters, *_drawn(frame, filters, language)

    gr.on([shelf.click, line.click], choose, frame.language, [within, shelf, line], trigger_mode="always_last", **QUIET).then(
        None, None, None, js="() => search.refocus()", **QUIET
    )
    frame.changed.change(show, [within, frame.language], [shelf, line], **QUIET)
    return within


def _drawn(frame: Frame, filters: Filters, language: str) -> tuple[str, str]:
    """(the drawer, the line)."""
    library, query = frame.opening.library(), Query(filters=filters)
    reports = {report.id: report for report in library.reports()}
    lists = facet_list(query, counts(frame.opening.finder().find("").hits, filters), reports, language, prefix="only")
    close = f'<button type="button" data-fold="drawer" aria-label="{say("ask.filters.close", language)}">×</button>'
    empty = f'<button type="button" data-do="click" data-to="{Query().address}">{say("ask.filters.clear", language)}</button>'
    head = f"<header><h2>{say('ask.filters.title', language)}</h2>{empty if filters != Filters() else ''}{close}</header>"
    shelf = f'<aside aria-label="{say("ask.filters", language)}">{head}{lists}</aside>'
    return shelf, chips_of(query, reports, language, say("ask.within", language))
