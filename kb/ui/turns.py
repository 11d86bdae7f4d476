"""A conversation as a page: each question with its answer, and beside it the passages cited."""

from html import escape

from kb.records import Answer, Statement
from kb.ui.cards import citation_card, close_card, kind_badge, prose
from kb.ui.told import problem_line
from kb.ui.turn import Turn
from kb.ui.turn_tools import chips, coverage_line, tools
from kb.ui.words import say

# Turns shown with their cards; of those before, the questions and what was answered. The browser is sent the conversation three times
# a turn: on ten reports 1.7 MB for the tenth, 5.7 MB and 1.2 s for the thirtieth, when all were shown whole.
WHOLE = 8


def conversation(turns: list[Turn], language: str) -> str:
    """All turns, oldest first."""
    older = max(0, len(turns) - WHOLE)
    brief = "".join(_brief(turn, number, language) for number, turn in enumerate(turns[:older], 1))
    return brief + "".join(_turn(turn, number, number == len(turns), language) for number, turn in enumerate(turns[older:], older + 1))


def _brief(turn: Turn, number: int, language: str) -> str:
    """A turn of long ago without its cards; asked again it is the newest."""
    answer = ""
    if turn.answer:
        answer = "".join(_statement(one, turn.answer, 0, language) for one in turn.answer.statements) or _message(turn.answer)
    again = f'<button type="button" data-do="click" data-question="{escape(turn.question)}">{say("ask.retry", language)}</button>'
    return _section(turn, number, f'<div class="answer">{answer}<div class="tools">{again}</div></div>', language)


def welcome(examples: list[str], language: str) -> str:
    """What stands where no question has been asked yet: what an answer is, and questions to begin with."""
    buttons = "".join(f'<li><button type="button" data-do="click" data-question="{escape(text)}">{escape(text)}</button></li>' for text in examples)
    questions = f'<h3>{say("ask.examples", language)}</h3><ul class="examples">{buttons}</ul>' if examples else ""
    return f'<section class="welcome"><h2>{say("ask.welcome", language)}</h2><p>{say("ask.promise", language)}</p>{questions}</section>'


def _turn(turn: Turn, number: int, last: bool, language: str) -> str:
    left, right = _sides(turn, number, language)
    name = f"{say('ask.evidence', language)} {number}"
    beside = f'<div class="evidence" role="region" tabindex="0" aria-label="{name}">{right}</div>' if right else ""
    below = tools(turn, number, last, language) if turn.over else ""
    return _section(turn, number, f'<div class="spread"><div class="answer">{left}{below}</div>{beside}</div>', language)


def _section(turn: Turn, number: int, inside: str, language: str) -> str:
    return (
        f'<section class="turn" id="turn-{number}" aria-labelledby="question-{number}">'
        f'<h2 class="question" id="question-{number}" tabindex="-1"><span class="unseen">{say("ask.you", language)}: </span>'
        f"{escape(turn.question)}</h2>{inside}</section>"
    )


def _sides(turn: Turn, number: int, language: str) -> tuple[str, str]:
    """(what is answered, what it rests on), as HTML."""
    if turn.problem:
        return problem_line(turn.problem, language), ""
    if turn.answer is None:
        return _waiting(turn, number, language), ""
    understood = chips(turn, number, language)
    if not turn.answer.answered:
        message, cards = _declined(turn.answer, language)
        return understood + message, cards
    cards = "".join(citation_card(citation, f"cite-{number}-{citation.number}", language) for citation in turn.answer.citations)
    return understood + _statements(turn.answer, number, language), cards


def _waiting(turn: Turn, number: int, language: str) -> str:
    words = f'<p class="waiting" role="status">{say(turn.waiting, language)}</p>'
    return f'{words}<div class="tools"><button type="button" data-do="stop" data-turn="{number}">{say("ask.stop", language)}</button></div>'


def _declined(answer: Answer, language: str) -> tuple[str, str]:
    cards = "".join(close_card(hit, language) for hit in answer.closest)
    return _message(answer), f"<h3>{say('ask.closest', language)}</h3>{cards}" if cards else ""


def _message(answer: Answer) -> str:
    return f'<p class="declined" lang="{escape(answer.language)}">{escape(answer.message)}</p>'


def _statements(answer: Answer, number: int, language: str) -> str:
    """The coverage line, then the statements under the badge of their kind, each kind where it first comes."""
    groups: dict[str, list[str]] = {}
    for statement in answer.statements:
        groups.setdefault(statement.kind, []).append(_statement(statement, answer, number, language))
    element = "ol" if answer.question.wants_list else "div"
    shown = "".join(_group(kind, lines, element, language) for kind, lines in groups.items())
    return f'<p class="coverage">{coverage_line(answer, language)}</p>{shown}'


def _group(kind: str, lines: list[str], element: str, language: str) -> str:
    badge = "" if kind == "other" else f"<h3>{kind_badge(kind, language, plural=len(lines) > 1)}</h3>"
    body = "".join(f"<li>{line}</li>" if element == "ol" else line for line in lines)
    return f'{badge}<{element} class="statements">{body}</{element}>'


def _statement(statement: Statement, answer: Answer, number: int, language: str) -> str:
    """The words of a report, in the report's language, and their marks; without marks where the turn has no `number`."""
    cited = [citation for citation in answer.citations if citation.number in statement.citations]
    marks = "\u202f" + "".join(_mark(citation.number, number, language) for citation in cited) if number else ""
    return f'<p class="statement"><span lang="{escape(cited[0].passage.language)}">{prose(statement.text)}</span>{marks}</p>'


def _mark(citation: int, turn: int, language: str) -> str:
    anchor = f"cite-{turn}-{citation}"
    label = say("card.mark", language, n=citation)
    return f'<a class="mark" href="#{anchor}" data-goto="{anchor}" aria-label="{label}">[{citation}]</a>'
