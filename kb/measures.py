"""What became of gold questions, in numbers. A measure turns outcomes into a number, or None where none of them tells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil

from kb.gold import GoldQuestion


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question."""

    gold: GoldQuestion
    rank: int | None = None  # of the first right passage among the first ten
    gain: float = 0.0  # nDCG@10
    found_in: str = ""  # language of the right passages, the question's own if one of them is in it; "" where there are none
    answered: bool = False
    statements: int = 0
    right: int = 0  # statements that quote right words
    quoted: float = 0.0  # share of the gold quotes that the answer quotes
    paged: bool | None = None  # whether right words are cited with a gold page; None where nothing tells
    seconds: float = 0.0


Measure = Callable[[list[Outcome]], float | None]
Table = dict[str, dict[str, float | None]]  # group of outcomes -> measure -> number


def recall_at(k: int) -> Measure:
    """The measure recall@k: share of the answerable questions with a right passage among the first k."""
    return lambda outcomes: _mean(outcome.rank is not None and outcome.rank <= k for outcome in _answerable(outcomes))


def reciprocal_rank(outcomes: list[Outcome]) -> float | None:
    """MRR: mean over the answerable questions of 1 / rank of the first right passage; 0 where it is not among ten."""
    return _mean(1 / outcome.rank if outcome.rank else 0.0 for outcome in _answerable(outcomes))


def cumulated_gain(outcomes: list[Outcome]) -> float | None:
    """nDCG@10: mean over the answerable questions; every passage that holds a gold quote gains 1."""
    return _mean(outcome.gain for outcome in _answerable(outcomes))


def exact_page(outcomes: list[Outcome]) -> float | None:
    """Of the answers with right words to questions with gold pages: share that cite such words with one of these pages."""
    return _mean(outcome.paged for outcome in outcomes if outcome.paged is not None)


def quote_precision(outcomes: list[Outcome]) -> float | None:
    """Share of all the statements made to answerable questions that are right."""
    made = sum(outcome.statements for outcome in _answerable(outcomes))
    return sum(outcome.right for outcome in _answerable(outcomes)) / made if made else None


def right_answers(outcomes: list[Outcome]) -> float | None:
    """Share of the answerable questions whose answer has a right statement."""
    return _mean(outcome.right > 0 for outcome in _answerable(outcomes))


def list_completeness(outcomes: list[Outcome]) -> float | None:
    """Mean over the questions of type "list" of the share of their gold quotes that the answer quotes."""
    return _mean(outcome.quoted for outcome in _answerable(outcomes) if outcome.gold.type == "list")


def answered_rate(outcomes: list[Outcome]) -> float | None:
    """Share of the answerable questions that are answered, rightly or not."""
    return _mean(outcome.answered for outcome in _answerable(outcomes))


def abstention_rate(outcomes: list[Outcome]) -> float | None:
    """Share of the questions that must be declined that are declined."""
    return _mean(not outcome.answered for outcome in outcomes if not outcome.gold.answerable)


def latency(share: float) -> Measure:
    """The measure of time: milliseconds within which this share of the questions was dealt with (nearest rank)."""

    def milliseconds(outcomes: list[Outcome]) -> float | None:
        seconds = sorted(outcome.seconds for outcome in outcomes)
        return 1000 * seconds[ceil(share * len(seconds)) - 1] if seconds else None

    return milliseconds


def _answerable(outcomes: list[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.gold.answerable]


def _mean(values: Iterable[float]) -> float | None:
    values = list(values)
    return sum(values) / len(values) if values else None


RANKING: dict[str, Measure] = {
    "recall@1": recall_at(1),
    "recall@5": recall_at(5),
    "recall@10": recall_at(10),
    "MRR": reciprocal_rank,
    "nDCG@10": cumulated_gain,
}
ANSWERING: dict[str, Measure] = {
    "exact page": exact_page,
    "precision": quote_precision,
    "right": right_answers,
    "complete": list_completeness,
    "answered": answered_rate,
    "declined": abstention_rate,
}
TIME: dict[str, Measure] = {"p50 ms": latency(0.5), "p95 ms": latency(0.95)}


def summarize(outcomes: list[Outcome], measures: dict[str, Measure]) -> Table:
    """The `measures`, rounded to four places, of all outcomes, of each question language, of the questions whose answer stands
    in their own language and in others, of each pair of languages (question -> passages), and of each type."""
    members = {"all": outcomes}
    for language in sorted({outcome.gold.language for outcome in outcomes}):
        members[f"asked in {language}"] = [outcome for outcome in outcomes if outcome.gold.language == language]
    placed = [outcome for outcome in outcomes if outcome.found_in]
    members["same language"] = [outcome for outcome in placed if outcome.found_in == outcome.gold.language]
    members["across languages"] = [outcome for outcome in placed if outcome.found_in != outcome.gold.language]
    for pair in sorted({(outcome.gold.language, outcome.found_in) for outcome in placed}):
        members[" -> ".join(pair)] = [outcome for outcome in placed if (outcome.gold.language, outcome.found_in) == pair]
    for kind in sorted({outcome.gold.type for outcome in outcomes} - {""}):
        members[kind] = [outcome for outcome in outcomes if outcome.gold.type == kind]
    return {name: {"questions": len(own)} | _computed(own, measures) for name, own in members.items() if own}


def _computed(outcomes: list[Outcome], measures: dict[str, Measure]) -> dict[str, float | None]:
    values = {name: measure(outcomes) for name, measure in measures.items()}
    return {name: None if value is None else round(value, 4) for name, value in values.items()}


def aligned(summary: Table) -> str:
    """`summary` as lines of aligned columns; "-" where a group tells nothing of a measure."""
    columns = list(next(iter(summary.values()), {}))
    rows = [["", *columns]] + [[name, *(_cell(column, values[column]) for column in columns)] for name, values in summary.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in rows)


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if column == "questions" or column.endswith(" ms") else f"{value:.3f}"
