"""What stands around an answer: what was understood, as chips, and what can be done with it."""

from html import escape
from urllib.parse import quote

from kb.cite import reference, shown
from kb.feedback import LONGEST_NOTE, VERDICTS
from kb.markdown import literal
from kb.records import Answer
from kb.taxonomy import criterion_label, kind_label
from kb.ui.asking import removable, understood
from kb.ui.turn import Turn
from kb.ui.words import say, say_count


def chips(turn: Turn, number: int, language: str) -> str:
    """What the question was understood to ask for; what can be taken away is a button."""
    question = turn.answer.question
    parts = "".join(_chip(turn, number, name, value, removable(question, name), language) for name, value in understood(question))
    return f'<p class="chips"><span class="legend">{say("ask.understood", language)}</span>{parts}</p>' if parts else ""


def _chip(turn: Turn, number: int, name: str, value: str | int, can_go: bool, language: str) -> str:
    label = escape(_label(turn, name, value, language))
    if not can_go:
        return f'<span class="chip">{label}</span>'
    return (
        f'<button type="button" class="chip" data-do="delete" data-turn="{number}" data-field="{name}" data-value="{escape(str(value))}">'
        f'<span class="unseen">{say("search.remove", language)} </span>{label} <span aria-hidden="true">×</span></button>'
    )


def _label(turn: Turn, name: str, value: str | int, language: str) -> str:
    if name == "reports":
        return next((", ".join(report.codes) or shown(report.title) for report in turn.named if report.id == value), str(value))
    return (kind_label if name == "kinds" else criterion_label)(str(value), language)


def tools(turn: Turn, number: int, last: bool, language: str) -> str:
    """Retry, edit, the answer as a file, and what the reader thinks of it; under the last answer what could follow."""
    buttons = [
        f'<button type="button" data-do="retry" data-turn="{number}">{say("ask.retry", language)}</button>',
        f'<button type="button" data-refill="{escape(turn.question)}">{say("ask.edit", language)}</button>',
    ]
    if turn.answer and turn.answer.answered:
        file = quote(as_markdown(turn.answer, language))
        buttons.append(
            f'<a download="{say("ask.file", language)}.md" href="data:text/markdown;charset=utf-8,{file}">{say("ask.export", language)}</a>'
        )
    opinion = _opinion(turn, number, language) if turn.answer else ""
    return f'<div class="tools">{"".join(buttons)}{opinion}</div>{_suggested(turn, language) if last else ""}'


def _opinion(turn: Turn, number: int, language: str) -> str:
    if turn.verdict:
        return f'<span class="thanks" role="status">{say("feedback.kept", language)}</span>'
    choices = "".join(_choice(verdict, language) for verdict in VERDICTS)
    return (
        f'<details class="opinion"><summary>{say("feedback.ask", language)}</summary><form onsubmit="return false">'
        f'<fieldset><legend class="unseen">{say("feedback.ask", language)}</legend>{choices}</fieldset>'
        f'<label class="note">{say("feedback.note", language)} <input name="note" maxlength="{LONGEST_NOTE}" autocomplete="off"></label>'
        f'<button type="submit" data-do="like" data-turn="{number}">{say("feedback.keep", language)}</button></form></details>'
    )


def _choice(verdict: str, language: str) -> str:
    chosen = " checked" if verdict == VERDICTS[0] else ""
    return f'<label><input type="radio" name="verdict" value="{verdict}"{chosen}> {say(f"feedback.{verdict}", language)}</label>'


def _suggested(turn: Turn, language: str) -> str:
    items = "".join(
        f'<li><button type="button" data-do="click" data-question="{escape(text)}">{escape(text)}</button></li>' for text in turn.suggested
    )
    return f'<h3 class="follow">{say("ask.follow", language)}</h3><ul class="examples">{items}</ul>' if items else ""


def coverage_line(answer: Answer, language: str) -> str:
    """In how many of the reports searched something was found."""
    reports = say_count("library.reports", answer.coverage.reports_searched, language)
    return say_count("ask.coverage", answer.coverage.reports_with_hits, language, reports=reports)


def as_markdown(answer: Answer, language: str) -> str:
    """The whole answer with its citations: the statements with their marks, then each reference with its quote."""
    mark = "1. " if answer.question.wants_list else ""
    stated = [f"{mark}{literal(shown(one.text))} {''.join(f'[{number}]' for number in one.citations)}" for one in answer.statements]
    sources = [f"[{one.number}] {literal(reference(one, language))}\n\n> {literal(shown(one.quote))}" for one in answer.citations]
    head = [f"# {literal(answer.question.asked)}", coverage_line(answer, language)]
    return "\n\n".join([*head, *stated, f"## {say('ask.sources', language)}", *sources]) + "\n"
