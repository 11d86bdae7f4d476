"""A turn of the conversation answered: the question understood, narrowed as the reader wants it, and its follow-ups found."""

import logging
from dataclasses import replace

from kb.answer import answer, answer_understood
from kb.errors import KBError
from kb.library import Library
from kb.records import Answer, Filters, Question
from kb.search import interpret
from kb.ui.follow_up import follow_ups
from kb.ui.stopping import Stopped, stoppable
from kb.ui.turn import Turn

FIELDS = ("kinds", "criteria", "reports")  # of what is understood, shown as chips
LOG = logging.getLogger(__name__)
UNEXPECTED = KBError("The question could not be answered because of an error in the tool.", "Ask again; if it happens again, the terminal says why.")


def answered(library: Library, turn: Turn, history: tuple[str, ...]) -> Turn:
    """`turn` with its answer, or with the problem that kept it from one; as it is where its reader stopped it.

    `history` are the questions before it, oldest first.
    """
    library = stoppable(library, turn.halt)
    try:
        found = _answer(library, turn, history)
        named = tuple(library.report(number) for number in found.question.filters.reports)
        return replace(turn, answer=found, named=named, suggested=tuple(follow_ups(library, found)))
    except Stopped:
        return turn
    except KBError as problem:
        return replace(turn, problem=problem)
    except Exception:  # whatever it is, the reader gets a sentence and the terminal the trace
        LOG.exception("A question could not be answered.")
        return replace(turn, problem=UNEXPECTED)


def _answer(library: Library, turn: Turn, history: tuple[str, ...]) -> Answer:
    if not turn.dropped:
        return answer(library, turn.question, turn.within, history)
    question = interpret(library, turn.question, history)
    return answer_understood(library, without(question, turn.dropped), turn.within)


def without(question: Question, dropped: tuple[tuple[str, str], ...]) -> Question:
    """`question` without the values that the reader took away, of its filters as of its preferences; a criterion goes with its words."""
    gone = {value for name, value in dropped if name == "criteria"}
    terms = tuple(term for term in question.terms if not term.concepts & gone)
    return replace(question, terms=terms, filters=_left(question.filters, dropped), preferences=_left(question.preferences, dropped))


def _left(filters: Filters, dropped: tuple[tuple[str, str], ...]) -> Filters:
    return replace(filters, **{name: tuple(value for value in getattr(filters, name) if (name, str(value)) not in dropped) for name in FIELDS})


def understood(question: Question) -> list[tuple[str, str | int]]:
    """(field, value) of what a question was understood to ask for, each once."""
    both = (question.filters, question.preferences)
    return list(dict.fromkeys((name, value) for name in FIELDS for filters in both for value in getattr(filters, name)))


def removable(question: Question, name: str) -> bool:
    """Whether anything is left to ask for without what was understood in the field `name`."""
    with_it = set(question.preferences.criteria) if name == "criteria" else set()
    left = [term for term in question.terms if not term.concepts & with_it]
    return bool(left or question.phrases or question.prefixes) or any(other != name for other, _ in understood(question))
