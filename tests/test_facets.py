"""All that fits some words, and the counts beside each thing it can be narrowed to."""

from collections import Counter
from dataclasses import replace

import pytest
from conftest import make_reading

from kb.facets import Finder, counts, coverage, find, in_report_order, narrowed, toggled
from kb.library import Library
from kb.records import Filters


@pytest.fixture
def filled(library: Library) -> Library:
    """b.txt (2022, Mexico): a finding and a recommendation on sustainability; a.txt (2020): a recommendation on relevance."""
    first = make_reading(
        "b.txt", ("finding", "Shelters were overcrowded."), ("recommendation", "Repair the shelters."), year=2022, countries=("México",)
    )
    marked = tuple(replace(passage, criteria=("sustainability",)) for passage in first.passages)
    library.add(replace(first, passages=marked))
    second = make_reading(
        "a.txt", ("recommendation", "Recruit interpreters for every hearing held in the court of this district."), year=2020, codes=("MEXW55",)
    )
    library.add(replace(second, passages=(replace(second.passages[0], criteria=("relevance",)),)))
    return library


def texts(hits: list) -> list[str]:
    return [hit.passage.text for hit in hits]


def test_no_words_find_everything_in_report_order(filled: Library) -> None:
    assert texts(find(filled, "").hits) == [
        "Recruit interpreters for every hearing held in the court of this district.",
        "Shelters were overcrowded.",
        "Repair the shelters.",
    ]


def test_words_find_the_passages_that_hold_one_of_them(filled: Library) -> None:
    found = find(filled, "shelters")
    assert sorted(texts(found.hits)) == ["Repair the shelters.", "Shelters were overcrowded."]
    assert [term.word for term in found.question.terms] == ["shelters"]


def test_a_word_of_the_title_does_not_find_the_whole_report(library: Library) -> None:
    library.add(
        make_reading(
            "b.txt", ("finding", "Shelters were full."), ("finding", "The court of this district heard many cases in the spring."), title="Shelters"
        )
    )
    assert texts(find(library, "shelters").hits) == ["Shelters were full."]


def test_exclusion_and_phrase_narrow(filled: Library) -> None:
    assert texts(find(filled, "shelters -repair").hits) == ["Shelters were overcrowded."]
    assert texts(find(filled, '"the shelters"').hits) == ["Repair the shelters."]
    assert texts(find(filled, "interp*").hits) == ["Recruit interpreters for every hearing held in the court of this district."]


def test_the_name_of_a_kind_or_criterion_finds_what_carries_it(filled: Library) -> None:
    assert sorted(texts(find(filled, "recommendations").hits)) == [
        "Recruit interpreters for every hearing held in the court of this district.",
        "Repair the shelters.",
    ]
    assert "Recruit interpreters for every hearing held in the court of this district." in texts(find(filled, "relevance").hits)


def test_a_facet_counts_what_choosing_it_would_show(filled: Library) -> None:
    hits = find(filled, "").hits
    plain = counts(hits, Filters())
    assert plain["kinds"] == Counter({"recommendation": 2, "finding": 1})
    assert plain["criteria"] == Counter({"sustainability": 2, "relevance": 1})
    assert plain["years"] == Counter({2022: 2, 2020: 1})
    assert plain["countries"] == Counter({"México": 2})
    assert plain["codes"] == Counter({"MEXW55": 1})
    assert plain["languages"] == Counter({"en": 3})
    chosen = counts(hits, Filters(kinds=("finding",)))
    assert chosen["kinds"] == plain["kinds"]  # its own filter is passed over
    assert chosen["criteria"] == Counter({"sustainability": 1})


def test_filters_of_two_fields_hold_at_once_and_values_of_one_are_alternatives(filled: Library) -> None:
    hits = find(filled, "").hits
    assert texts(narrowed(hits, Filters(kinds=("recommendation",), years=(2022,)))) == ["Repair the shelters."]
    assert len(narrowed(hits, Filters(years=(2020, 2022)))) == 3


def test_coverage_counts_by_row_criterion_and_kind(filled: Library) -> None:
    (first, second) = filled.reports()
    found = coverage(find(filled, "").hits, "reports", ("finding", "recommendation"))
    assert found == {
        (first.id, "relevance", "recommendation"): 1, (second.id, "sustainability", "finding"): 1, (second.id, "sustainability", "recommendation"): 1,
    }  # fmt: skip
    assert coverage(find(filled, "").hits, "years", ("finding",)) == {(2022, "sustainability", "finding"): 1}


def test_a_search_is_remembered_until_the_library_changes(filled: Library) -> None:
    finder = Finder(filled)
    before = finder.find(" shelters ")
    assert finder.find("shelters") is before
    filled.add(make_reading("c.txt", ("finding", "New shelters were built.")))
    assert "New shelters were built." in texts(finder.find("shelters").hits)


def test_report_order_and_toggling(filled: Library) -> None:
    assert texts(in_report_order(reversed(find(filled, "").hits)))[0] == "Recruit interpreters for every hearing held in the court of this district."
    chosen = toggled(Filters(years=(2020,)), "years", 2022)
    assert chosen.years == (2020, 2022)
    assert toggled(chosen, "years", 2020).years == (2022,)
