"""Reports of much the same text are pointed out; those that only share their office's phrases are not."""

from dataclasses import replace

from conftest import make_reading

from kb.duplicates import likeness, near_duplicates
from kb.records import Report


def report(number: int, text: str) -> Report:
    return replace(make_reading(f"{number}.txt", ("finding", text)).report, id=number)


BODY = " ".join(f"In village {n} the shelter took in {n * 7} people and trained {n * 3} of its staff in the year." for n in range(120))
OTHER = " ".join(f"The court of district {n} heard {n * 5} cases of fraud and closed {n * 2} of them before the audit." for n in range(120))


def test_a_draft_and_its_final_text_are_alike() -> None:
    draft, final = report(1, BODY), report(2, f"Foreword by the director. {BODY} {OTHER[:2000]}")
    assert likeness(draft, final) > 0.95
    assert near_duplicates([draft, report(3, OTHER), final]) == {1: [2], 2: [1]}


def test_a_shared_paragraph_is_not_enough() -> None:
    shared = BODY[:1500]
    assert near_duplicates([report(1, f"{shared} {OTHER}"), report(2, BODY)]) == {}


def test_short_texts_are_not_compared() -> None:
    assert likeness(report(1, "The shelters were full."), report(2, "The shelters were full.")) == 0.0
