"""A search as an address, and back."""

import pytest

from kb.records import Filters
from kb.ui.query import Query, parse


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(
            '"formación" de -guías & más', Filters(("finding",), ("sustainability", "gender"), (3,), ("es",), (2020, 2022), ("Haïti",), ("BOL/V32",))
        ),
        Query("x", sort="report", page=3, view="years"),
    ],
)
def test_an_address_says_the_whole_search(query: Query) -> None:
    assert parse(query.address) == query


def test_an_address_is_short_and_readable() -> None:
    assert Query().address == "/?tab=search"
    assert Query("agua", Filters(kinds=("lesson",), criteria=("impact",))).address == "/?tab=search&q=agua&criterion=impact&kind=lesson"


def test_what_an_address_may_not_say_is_passed_over() -> None:
    found = parse("?q=a&criterion=beauty&kind=finding&kind=finding&report=../../etc&report=4&year=-1&p=zero&sort=random&view=<b>")
    assert found == Query("a", Filters(kinds=("finding",), reports=(4,)))
    assert parse("?p=0").page == 1
    assert len(parse("?q=" + "x" * 5000).words) == 1000


def test_narrowing_goes_back_to_the_first_page() -> None:
    assert Query("a", page=4).with_filters(Filters(years=(2020,))).page == 1
