"""The Ask tab: a conversation with the reports, and beside each answer the passages it rests on."""

from collections.abc import Iterator
from dataclasses import replace
from time import monotonic
from typing import Any

import gradio as gr

from kb import feedback
from kb.records import Filters
from kb.ui import log
from kb.ui.asking import answered
from kb.ui.drawer import drawer
from kb.ui.examples import examples
from kb.ui.history import kept, restored
from kb.ui.opening import Opening
from kb.ui.page import ACT, QUIET, Frame, word
from kb.ui.turn import Turn
from kb.ui.turns import conversation, welcome

LONGEST = 2000  # characters of a question

Update = tuple[str, list[Turn], str]  # (box, turns, conversation as HTML)


def ask_tab(frame: Frame) -> gr.HTML:
    """The tab's content and what its parts do. Returns the conversation, on whose cards other tabs hang their buttons."""
    opening, language = frame.opening, frame.language
    turns, memory = gr.State([]), gr.BrowserState([], storage_key="kb-conversation", secret="kb")
    greeting = gr.HTML("", apply_default_css=False, elem_id="welcome", js_on_load=ACT)  # hidden once there is a conversation
    spoken = gr.HTML("", apply_default_css=False, elem_id="conversation", js_on_load=ACT)
    within = drawer(frame)
    with gr.Row(elem_id="composer"):
        box = gr.Textbox(
            "", label=word("ask.box"), placeholder=word("ask.placeholder"), show_label=False, container=False,
            lines=1, max_lines=6, max_length=LONGEST, scale=1, autofocus=True, elem_id="question",
        )  # fmt: skip
        send = gr.Button(word("ask.button"), variant="primary", scale=0, elem_id="ask")
        narrow = gr.Button(word("ask.filters"), variant="secondary", scale=0, elem_id="narrow")
        clear = gr.Button(word("ask.clear"), variant="secondary", scale=0, elem_id="clear")

    def put(question: str, before: list[Turn], filters: Filters, chosen: str) -> Iterator[Update]:
        yield from _put(opening, Turn(question.strip(), within=filters), before, chosen)

    def put_example(before: list[Turn], filters: Filters, chosen: str, event: gr.EventData) -> Iterator[Update]:
        yield from _put(opening, Turn(event.question, within=filters), before, chosen)

    def again(before: list[Turn], chosen: str, event: gr.EventData) -> Iterator[Update]:
        yield from _again(opening, before, int(event.turn), (), chosen)

    def drop(before: list[Turn], chosen: str, event: gr.EventData) -> Iterator[Update]:
        yield from _again(opening, before, int(event.turn), ((event.field, event.value),), chosen)

    def judge(said: list[Turn], chosen: str, event: gr.EventData) -> tuple[list[Turn], str]:
        return _judge(opening, said, chosen, event)

    outputs: list[Any] = [box, turns, spoken]
    busy = {"concurrency_limit": 4, "concurrency_id": "ask", **QUIET}
    asked = [
        gr.on([box.submit, send.click], put, [box, turns, within, language], outputs, **busy),
        gr.on([greeting.click, spoken.click], put_example, [turns, within, language], outputs, **busy),
    ]
    redone = [spoken.retry(again, [turns, language], outputs, **busy), spoken.delete(drop, [turns, language], outputs, **busy)]
    stopped = spoken.stop(_stop, [box, turns, language], outputs, **QUIET)
    stopped.then(None, None, None, js="() => kb.focusQuestion()", **QUIET)
    cleared = clear.click(lambda: ("", [], ""), None, outputs, **QUIET)
    for event in asked:
        event.then(None, None, None, js="() => kb.reveal()", **QUIET)
    judged = spoken.like(judge, [turns, language], [turns, spoken], **QUIET)
    for event in (*asked, *redone, stopped, cleared, judged):
        event.then(kept, turns, memory, **QUIET)
    narrow.click(None, None, None, js="() => kb.unfold('drawer')", **QUIET)
    _follow_the_page(frame, turns, memory, greeting, spoken)
    return spoken


def _follow_the_page(frame: Frame, turns: gr.State, memory: gr.BrowserState, greeting: gr.HTML, spoken: gr.HTML) -> None:
    """What the tab shows once the library is open, and in which language; the conversation of before a reload comes back."""
    opening = frame.opening

    def show(said: list[Turn], told: object, chosen: str) -> tuple[str, Any, Any]:
        """Where there is nothing to show, or an answer is on its way, the conversation is not touched."""
        if opening.stage.name != "ready":
            return welcome([], chosen), gr.skip(), gr.skip()
        greeting = welcome(examples(opening.library(), chosen), chosen)
        before = [] if said else restored(opening.library(), told)
        turns = said or before
        settled = turns and all(turn.over for turn in turns)
        return greeting, before or gr.skip(), conversation(turns, chosen) if settled else gr.skip()

    frame.changed.change(show, [turns, memory, frame.language], [greeting, turns, spoken], **QUIET)


def _put(opening: Opening, asked: Turn, before: list[Turn], language: str) -> Iterator[Update]:
    """The conversation with the question waiting for its answer, then with the answer."""
    done = [turn for turn in before if turn.over]
    if not asked.question:
        yield "", done, conversation(done, language)
        return
    yield from _replace(opening, [*done, asked], len(done), "", language)


def _again(opening: Opening, before: list[Turn], number: int, dropped: tuple[tuple[str, str], ...], language: str) -> Iterator[Update]:
    """Turn `number`, counted from 1, asked again: without what was dropped, or as it was asked at first where nothing is."""
    if not 1 <= number <= len(before):
        yield gr.skip(), before, gr.skip()
        return
    turn = before[number - 1]
    asked = Turn(turn.question, within=turn.within, dropped=turn.dropped + dropped if dropped else (), former=turn if turn.over else None)
    yield from _replace(opening, [*before[: number - 1], asked, *before[number:]], number - 1, gr.skip(), language)


def _replace(opening: Opening, turns: list[Turn], at: int, box: Any, language: str) -> Iterator[Update]:
    waiting = replace(turns[at], waiting="ask.searching" if opening.stage.over else "ask.waiting")
    turns = [*turns[:at], waiting, *turns[at + 1 :]]
    yield box, turns, conversation(turns, language)
    answered = _answer(opening, waiting, turns[:at])
    if waiting.halt.is_set():  # the page has gone on without it; without this line Gradio would send again what was sent last
        yield gr.skip(), gr.skip(), gr.skip()
        return
    after = [*turns[:at], answered, *turns[at + 1 :]]
    yield gr.skip(), after, conversation(after, language)


def _answer(opening: Opening, asked: Turn, before: list[Turn]) -> Turn:
    opening.wait(asked.halt)
    if asked.halt.is_set():
        return asked
    if opening.problem:
        return replace(asked, problem=opening.problem)
    begun = monotonic()
    turn = answered(opening.library(), asked, tuple(turn.question for turn in before))
    if turn.answer:
        log.asked(turn.answer, monotonic() - begun)
    return turn


def _stop(written: str, turns: list[Turn], language: str) -> Update:
    """What is not answered yet ends and is gone: a new question is in the box again, one asked anew has its former answer."""
    halted = [turn for turn in turns if not turn.over]
    for turn in halted:
        turn.halt.set()
    after = [turn if turn.over else turn.former for turn in turns if turn.over or turn.former]
    taken_back = next((turn.question for turn in halted if not turn.former), "")
    return (gr.skip() if written.strip() or not taken_back else taken_back), after, conversation(after, language)


def _judge(opening: Opening, turns: list[Turn], language: str, event: gr.EventData) -> tuple[list[Turn], str]:
    number = int(event.turn)
    turn = turns[number - 1]
    history = tuple(one.question for one in turns[: number - 1])
    if turn.answer and not turn.verdict and event.verdict in feedback.VERDICTS:
        feedback.keep(opening.folder, feedback.feedback_on(turn.answer, event.verdict, event.note, history))
        turns = [*turns[: number - 1], replace(turn, verdict=event.verdict), *turns[number:]]
    return turns, conversation(turns, language)
