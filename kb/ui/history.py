"""A conversation as it is kept in the reader's browser, and put together again after a reload.

Only places are kept: the words are read from the library again. A passage that has since been removed or read anew has
another number, and the question is then asked again.
"""

from dataclasses import asdict
from typing import Any

from kb.errors import KBError
from kb.library import Library
from kb.records import Answer, Citation, Coverage, Filters, Statement
from kb.search import interpret
from kb.ui.asking import answered, without
from kb.ui.turn import Turn

MOST = 20  # turns kept

Kept = dict[str, Any]


def kept(turns: list[Turn]) -> list[Kept]:
    """The last turns that have an answer, in plain types."""
    return [_kept(turn) for turn in turns if turn.answer][-MOST:]


def _kept(turn: Turn) -> Kept:
    found = turn.answer
    return {
        "question": turn.question,
        "within": {name: list(values) for name, values in asdict(turn.within).items() if values},
        "dropped": [list(pair) for pair in turn.dropped],
        "verdict": turn.verdict,
        "quotes": [[one.passage.id, one.start, one.end] for one in found.citations],
        "statements": [[one.kind, list(one.citations)] for one in found.statements],
        "coverage": [found.coverage.reports_searched, found.coverage.reports_with_hits],
        "suggested": list(turn.suggested),
    }


def restored(library: Library, told: object) -> list[Turn]:
    """The conversation that was kept. What the browser tells is not trusted: a turn that cannot be read is left out."""
    turns: list[Turn] = []
    for one in told if isinstance(told, list) else []:
        try:
            turns.append(_turn(library, one, tuple(turn.question for turn in turns)))
        except (KeyError, TypeError, ValueError, IndexError):
            continue
    return turns[-MOST:]


def _turn(library: Library, one: Kept, history: tuple[str, ...]) -> Turn:
    within = Filters(**{name: tuple(values) for name, values in one["within"].items()})
    dropped = tuple((str(name), str(value)) for name, value in one["dropped"])
    turn = Turn(str(one["question"]), within=within, dropped=dropped, verdict=str(one["verdict"]), suggested=tuple(map(str, one["suggested"])))
    citations = _citations(library, one["quotes"])
    if citations is None or not one["statements"]:
        return answered(library, turn, history)
    question = interpret(library, turn.question, history)
    question = without(question, dropped)
    quotes = {citation.number: citation.quote for citation in citations}
    statements = tuple(Statement(quotes[numbers[0]], tuple(numbers), str(kind)) for kind, numbers in one["statements"])
    found = Answer(question, statements, citations, Coverage(*map(int, one["coverage"])))
    return _with(turn, found, library)


def _with(turn: Turn, found: Answer, library: Library) -> Turn:
    named = tuple(library.report(number) for number in found.question.filters.reports)
    return Turn(turn.question, found, within=turn.within, dropped=turn.dropped, named=named, suggested=turn.suggested, verdict=turn.verdict)


def _citations(library: Library, quotes: list[list[int]]) -> tuple[Citation, ...] | None:
    """The citations at these places; None where one of their passages is gone."""
    passages = library.passages(int(number) for number, _, _ in quotes)
    if len(passages) != len(quotes):
        return None
    try:
        reports = [library.report(passage.report_id) for passage in passages]
    except KBError:
        return None
    placed = zip(quotes, passages, reports, strict=True)
    return tuple(
        Citation(number, report.text[start:end], passage, report, start, end)
        for number, ((_, start, end), passage, report) in enumerate(placed, start=1)
    )
