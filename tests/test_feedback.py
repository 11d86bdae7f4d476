"""Verdicts on answers: kept as they come, whoever writes at once, and made into gold questions."""

import json
from pathlib import Path
from threading import Thread

import pytest
from conftest import make_reading

from kb.errors import InvalidRequest
from kb.feedback import FILE, LONGEST_NOTE, Feedback, as_gold, feedback_on, keep, kept
from kb.gold import read_gold
from kb.records import Answer, Citation, Coverage, Question, Statement


def answer(*quotes: str) -> Answer:
    made = make_reading("b.txt", ("finding", "Shelters were full. Staff left."))
    cited = tuple(Citation(n, quote, made.passages[0], made.report, 0, len(quote)) for n, quote in enumerate(quotes, 1))
    return Answer(Question("What?", "What?", "en"), tuple(Statement(one.quote, (one.number,)) for one in cited), cited, Coverage(1, len(quotes)))


def test_a_verdict_is_kept_with_the_evidence_shown(tmp_path: Path) -> None:
    keep(tmp_path, feedback_on(answer("Shelters were full."), "wrong_evidence", " not \n this ", ("And?",)))
    (one,) = kept(tmp_path)
    assert (one.question, one.verdict, one.note, one.reports, one.quotes, one.pages, one.history) == (
        "What?", "wrong_evidence", "not \n this", ("b.txt",), ("Shelters were full.",), (1,), ("And?",),
    )  # fmt: skip
    assert len((tmp_path / FILE).read_text().splitlines()) == 1
    assert len(feedback_on(answer(), "useful", "x" * 5000).note) == LONGEST_NOTE


def test_verdicts_given_at_once_are_all_kept_whole(tmp_path: Path) -> None:
    writers = [Thread(target=lambda n=n: [keep(tmp_path, Feedback(f"{n}-{m}" * 900, "en", "useful")) for m in range(20)]) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len({one.question for one in kept(tmp_path)}) == 160


def test_a_library_without_verdicts_has_none_and_a_damaged_file_is_named(tmp_path: Path) -> None:
    assert kept(tmp_path) == []
    (tmp_path / FILE).write_text("{not json\n")
    with pytest.raises(InvalidRequest, match=r"Line 1 of feedback\.jsonl is no JSON object"):
        kept(tmp_path)


def test_useful_answers_become_gold_questions(tmp_path: Path) -> None:
    said = [feedback_on(answer("Shelters were full."), "useful"), feedback_on(answer(), "useful"), feedback_on(answer("Staff left."), "not_useful")]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps({name: getattr(one, name) for name in one.__slots__}) + "\n" for one in as_gold(said)))
    found, declined = read_gold(gold)
    assert (found.question, found.answerable, found.report, found.quotes, found.pages) == ("What?", True, "b.txt", ("Shelters were full.",), (1,))
    assert (declined.answerable, declined.quotes) == (False, ())
