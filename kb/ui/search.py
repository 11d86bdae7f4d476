"""The Search tab: words or nothing at all, narrowed by criterion and kind; what is found, as cards."""

import gradio as gr

from kb.errors import KBError
from kb.records import Filters, Hit
from kb.search import search
from kb.taxonomy import CRITERIA, KINDS
from kb.ui.cards import hit_card
from kb.ui.page import QUIET, Frame, word
from kb.ui.turns import problem_line
from kb.ui.words import say, say_count

SHOWN = 30
OFFERED_KINDS = tuple(kind for kind in KINDS if kind != "other")


def search_tab(frame: Frame) -> None:
    """The tab's content and what its parts do."""
    with gr.Row(elem_id="searchbox"):
        box = gr.Textbox(
            "", label=word("search.box"), placeholder=word("search.placeholder"), show_label=False, container=False,
            max_lines=1, max_length=1000, scale=1, elem_id="words",
        )  # fmt: skip
        send = gr.Button(word("search.button"), variant="primary", scale=0, elem_id="find")
        unfold = gr.Button(word("search.filters"), variant="secondary", scale=0, elem_id="show-filters")  # on a phone
    with gr.Row(elem_id="search"):
        with gr.Column(scale=0, elem_id="filters"):
            criteria = gr.CheckboxGroup(
                [(word(f"criterion.{key}"), key) for key in CRITERIA], label=word("search.criteria"), elem_classes="facet"
            )
            kinds = gr.CheckboxGroup(
                [(word(f"kind.{key}"), key) for key in OFFERED_KINDS], label=word("search.kinds"), elem_classes="facet"
            )
        with gr.Column(scale=1, elem_id="found"):
            results = gr.HTML("", apply_default_css=False, elem_id="results")
    unfold.click(None, None, None, js="() => kb.unfold('filters')", **QUIET)

    def find(words: str, chosen: list[str], of_kind: list[str], language: str) -> str:
        if not frame.opening.stage.over:
            return f'<p class="waiting">{say("library.opening", language)}</p>'
        try:
            hits = search(frame.opening.library(), words, Filters(kinds=tuple(of_kind), criteria=tuple(chosen)), limit=SHOWN)
        except KBError as problem:
            return problem_line(problem)
        return results_page(hits, language)

    events = [box.submit, send.click, criteria.change, kinds.change, frame.changed.change]
    gr.on(events, find, [box, criteria, kinds, frame.language], results, concurrency_limit=4, trigger_mode="always_last", **QUIET)


def results_page(hits: list[Hit], language: str) -> str:
    """What was found, best first, under a line that counts it."""
    if not hits:
        return f'<p class="none" role="status">{say("search.none", language)}</p>'
    reports = say_count("library.reports", len({hit.report.id for hit in hits}), language)
    cut = len(hits) == SHOWN
    count = say("search.first", language, shown=SHOWN, reports=reports) if cut else say_count("search.found", len(hits), language, reports=reports)
    return f'<p class="count" role="status">{count}.</p><div class="cards">{"".join(hit_card(hit, language) for hit in hits)}</div>'
