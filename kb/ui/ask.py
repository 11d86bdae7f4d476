"""The Ask tab: a conversation with the reports, and beside each answer the passages it rests on."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from kb.answer import answer
from kb.errors import KBError
from kb.ui.examples import examples
from kb.ui.opening import Opening
from kb.ui.page import QUIET, Frame, word
from kb.ui.turns import Turn, conversation, welcome

LONGEST = 2000  # characters of a question
# Buttons inside the conversation carry data-do; a click on one is the component's click, with its data.
ACT = """element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) trigger("click", {...button.dataset});
});"""

Update = tuple[str, list[Turn], str]  # (box, turns, conversation as HTML)


def ask_tab(frame: Frame) -> None:
    """The tab's content and what its parts do."""
    language = frame.language
    turns = gr.State([])
    greeting = gr.HTML("", apply_default_css=False, elem_id="welcome", js_on_load=ACT)  # hidden once there is a conversation
    spoken = gr.HTML("", apply_default_css=False, elem_id="conversation", js_on_load=ACT)
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            "", label=word("ask.box"), placeholder=word("ask.placeholder"), show_label=False, container=False,
            lines=1, max_lines=6, max_length=LONGEST, scale=1, autofocus=True, elem_id="question",
        )  # fmt: skip
        send = gr.Button(word("ask.button"), variant="primary", scale=0, elem_id="ask")
        clear = gr.Button(word("ask.clear"), variant="secondary", scale=0, elem_id="clear")

    def put(question: str, before: list[Turn], chosen: str) -> Iterator[Update]:
        yield from _put(frame.opening, question, before, chosen)

    def put_example(before: list[Turn], chosen: str, event: gr.EventData) -> Iterator[Update]:
        yield from _put(frame.opening, event.question, before, chosen)

    outputs: list[Any] = [box, turns, spoken]
    for asked in (
        gr.on([box.submit, send.click], put, [box, turns, language], outputs, concurrency_limit=4, **QUIET),
        gr.on([greeting.click, spoken.click], put_example, [turns, language], outputs, concurrency_limit=4, **QUIET),
    ):
        asked.then(None, None, None, js="() => kb.reveal()", **QUIET)
    clear.click(lambda: ("", [], ""), None, outputs, **QUIET)
    frame.changed.change(lambda chosen: _greeting(frame.opening, chosen), language, greeting, **QUIET)
    # With no turns there is nothing to put into another language, and a question may be on its way.
    frame.changed.change(lambda said, chosen: conversation(said, chosen) if said else gr.skip(), [turns, language], spoken, **QUIET)


def _put(opening: Opening, question: str, before: list[Turn], language: str) -> Iterator[Update]:
    """The conversation with the question waiting for its answer, then with the answer."""
    answered = [turn for turn in before if turn.over]
    if not question.strip():
        yield question, answered, conversation(answered, language)
        return
    asked = Turn(question.strip(), waiting="ask.searching" if opening.stage.over else "ask.waiting")
    yield "", [*answered, asked], conversation([*answered, asked], language)
    after = [*answered, _answer(opening, asked, answered)]
    yield "", after, conversation(after, language)


def _answer(opening: Opening, asked: Turn, before: list[Turn]) -> Turn:
    history = tuple(turn.question for turn in before)
    try:
        return replace(asked, answer=answer(opening.library(), asked.question, history=history))
    except KBError as problem:
        return replace(asked, problem=problem)


def _greeting(opening: Opening, language: str) -> str:
    return welcome(examples(opening.library(), language) if opening.stage.name == "ready" else [], language)
