"""From when on a quote is evidence enough, found on gold questions: the thresholds of the library's model.

Of all pairs on a grid the one is taken by which most is right: the mean of the share of answerable questions that are answered
and the share of the others that are declined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.answer import material
from kb.errors import InvalidRequest
from kb.evidence import ranked_quotes, strength
from kb.gold import GoldQuestion
from kb.library import Library
from kb.records import Filters
from kb.safe_write import write_whole
from kb.search import interpret
from kb.thresholds import FILE, Thresholds, with_own

SPREADS = [round(0.1 + 0.01 * step, 2) for step in range(26)]
NEARNESSES = [round(0.2 + 0.05 * step, 2) for step in range(31)]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Thresholds and what they do: the shares of answerable questions answered and of the others declined, and how many there were."""

    thresholds: Thresholds
    answered: float
    declined: float
    questions: int


def calibrate(library: Library, gold: Sequence[GoldQuestion]) -> Calibration:
    """The best thresholds for the model of `library` on `gold`; of several as good ones the strictest.

    Raises InvalidRequest where `gold` has not both questions with an answer and questions without.
    """
    answerable = [_strength(library, question) for question in gold if question.answerable]
    others = [_strength(library, question) for question in gold if not question.answerable]
    if not answerable or not others:
        problem = "Thresholds are found between two kinds of questions, and the file has one."
        raise InvalidRequest(problem, "Add questions that must be declined, or answered.")
    tried = [
        Calibration(thresholds, _passing(answerable, thresholds), 1 - _passing(others, thresholds), len(gold))
        for thresholds in (Thresholds(spread, enough) for spread in SPREADS for enough in reversed(NEARNESSES))
    ]
    return max(tried, key=lambda one: one.answered + one.declined)


def keep(library: Library, thresholds: Thresholds) -> Path:
    """Write `thresholds` into the library's folder, beside those of other models, and return the file."""
    path = library.folder / FILE
    write_whole(path, with_own(library.embedder.name, thresholds, path).encode())
    return path


def _strength(library: Library, gold: GoldQuestion) -> Thresholds | bool:
    """What the evidence for an answer passes; True where none is needed, False where there is none."""
    question = interpret(library, gold.question, gold.history)
    quotes, hits = material(library, question, Filters())
    ranked = [] if quotes else ranked_quotes(library, question, hits)
    return strength(question, ranked[0]) if ranked else bool(quotes)


def _passing(strengths: list[Thresholds | bool], needed: Thresholds) -> float:
    """The share of `strengths` that pass."""
    return sum(one.meet(needed) if isinstance(one, Thresholds) else one for one in strengths) / len(strengths)
