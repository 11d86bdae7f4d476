"""The Search tab: words or nothing at all, narrowed by facets. The whole state of a search is its address."""

from html import escape
from typing import Any

import gradio as gr

from kb.errors import KBError
from kb.ui.page import ACT, QUIET, Frame, word
from kb.ui.query import LONGEST, parse
from kb.ui.results import search_page
from kb.ui.told import problem_line
from kb.ui.words import say

Update = tuple[Any, str, str]  # (the words or gr.skip(), results, facets)


def search_tab(frame: Frame) -> gr.HTML:
    """The tab's content and what its parts do. Returns the results, on whose cards other tabs hang their buttons."""
    with gr.Row(elem_id="searchbox"):
        box = gr.Textbox(
            "", label=word("search.box"), placeholder=word("search.placeholder"), show_label=False, container=False,
            max_lines=1, max_length=LONGEST, interactive=True, scale=1, elem_id="words",
        )  # fmt: skip
        send = gr.Button(word("search.button"), variant="primary", scale=0, elem_id="find")
        unfold = gr.Button(word("search.filters"), variant="secondary", scale=0, elem_id="show-filters")  # on a phone
    gr.Markdown(word("search.hint"), elem_id="hint")
    with gr.Row(elem_id="search"):
        with gr.Column(scale=0, elem_id="filters"):
            facets = gr.HTML("", apply_default_css=False, js_on_load=ACT)
        with gr.Column(scale=1, elem_id="found"):
            results = gr.HTML("", apply_default_css=False, elem_id="results", js_on_load=ACT)
    here = gr.Textbox(visible=False)  # an address, put in by the browser
    unfold.click(None, None, None, js="() => kb.unfold('filters')", **QUIET)

    def show(address: str, language: str) -> Update:
        return _show(frame, address, language)

    def follow(language: str, event: gr.EventData) -> Update:
        return _show(frame, event.to, language)

    outputs = [box, results, facets]
    often = {"concurrency_limit": 4, "trigger_mode": "always_last", **QUIET}
    asked = gr.on([box.submit, send.click], show, [here, frame.language], outputs, js="(_, language) => [search.words(), language]", **often)
    followed = gr.on([results.click, facets.click], follow, frame.language, outputs, **often)
    for event in (asked, followed):
        event.then(None, None, None, js="() => search.arrived()", **QUIET)
    opened = frame.changed.change(show, [here, frame.language], outputs, js="(_, language) => [search.here(), language]", **often)
    opened.then(None, None, None, js="() => search.arrived()", **QUIET)
    return results


def _show(frame: Frame, address: str, language: str) -> Update:
    """What an address asks for. Words that the reader may be typing are left alone where it has none."""
    query = parse(address)
    words = query.words or gr.skip()
    if not frame.opening.stage.over:
        return words, f'<p class="waiting">{say("library.opening", language)}</p>', ""
    try:
        results, facets = search_page(frame.opening.library(), frame.opening.finder(), query, language)
    except KBError as problem:
        return words, problem_line(problem, language), ""
    return words, f'<div data-asked="{escape(address)}" data-address="{escape(query.address)}">{results}</div>', facets
