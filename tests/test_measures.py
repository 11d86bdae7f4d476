import pytest

from kb.gold import GoldQuestion
from kb.measures import ANSWERING, RANKING, TIME, Outcome, aligned, summarize


def asked(kind: str = "fact", language: str = "en", answerable: bool = True) -> GoldQuestion:
    return GoldQuestion("q", "Who?", language, answerable, type=kind)


OUTCOMES = [
    Outcome(asked(), rank=1, gain=1.0, found_in="en", answered=True, statements=2, right=1, quoted=1.0, paged=True, seconds=0.010),
    Outcome(asked("list", "es"), rank=4, gain=0.5, found_in="en", answered=True, statements=3, right=3, quoted=0.75, paged=False, seconds=0.020),
    Outcome(asked("list"), rank=10, gain=0.25, found_in="en", answered=True, statements=1, right=0, quoted=0.0, seconds=0.030),
    Outcome(asked(language="es"), rank=None, answered=False, seconds=0.040),
    Outcome(asked("false-premise", answerable=False), answered=False, seconds=0.050),
    Outcome(asked("false-premise", "es", answerable=False), answered=True, statements=1, seconds=1.000),
]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("recall@1", 1 / 4),
        ("recall@5", 2 / 4),
        ("recall@10", 3 / 4),
        ("MRR", (1 + 1 / 4 + 1 / 10) / 4),
        ("nDCG@10", (1 + 0.5 + 0.25) / 4),
        ("exact page", 1 / 2),
        ("precision", 4 / 6),
        ("right", 2 / 4),
        ("complete", 0.75 / 2),
        ("answered", 3 / 4),
        ("declined", 1 / 2),
        ("p50 ms", 30),
        ("p95 ms", 1000),
    ],
)
def test_measure(measure: str, value: float) -> None:
    assert (RANKING | ANSWERING | TIME)[measure](OUTCOMES) == pytest.approx(value)


@pytest.mark.parametrize("measure", [*RANKING, *ANSWERING, *TIME])
def test_no_outcomes_tell_nothing(measure: str) -> None:
    assert (RANKING | ANSWERING | TIME)[measure]([]) is None


def test_groups_are_languages_sides_and_types() -> None:
    summary = summarize(OUTCOMES, RANKING)
    assert {name: values["questions"] for name, values in summary.items()} == {
        "all": 6,
        "asked in en": 3,
        "asked in es": 3,
        "same language": 2,
        "across languages": 1,
        "en -> en": 2,
        "es -> en": 1,
        "fact": 2,
        "false-premise": 2,
        "list": 2,
    }
    assert summary["asked in es"]["recall@5"] == 0.5
    assert summary["false-premise"]["recall@5"] is None


def test_table_is_aligned_and_leaves_out_what_nothing_tells() -> None:
    summary = {"all": {"questions": 12, "recall@5": 0.75, "p50 ms": 41.6}, "list": {"questions": 2, "recall@5": None, "p50 ms": 8.0}}
    assert aligned(summary) == "\n".join(
        [
            "      questions  recall@5  p50 ms",
            "all          12     0.750      42",
            "list          2         -       8",
        ]
    )
