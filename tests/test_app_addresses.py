"""Whatever is typed after the question mark, the ordinary page opens."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

import urllib.request

import pytest
from playwright import sync_api as playwright
from web import address_of_two, browser, page

from kb.ui.reserved import without_reserved

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")
expect = playwright.expect
ODD = [
    "page=x", "page=", "page=&page=y", "p%61ge=x", "deep_link=x", "deep_link=../x", "tab=nonsense", "tab=%22%5D", "lang=xx", "lang=xx&lang=yy",
    "__theme=zzz", "view=api", "view=settings", "logs=build&__sign=x", "&&&=", "%00", "%ff=%FE",
]  # fmt: skip
ODD_SEARCHES = {  # after ?tab=search -> what it says it found
    "&q=%00": "Ningún pasaje corresponde. Quite un filtro o use otras palabras.",
    "&q=%ff%FE": "Ningún pasaje corresponde. Quite un filtro o use otras palabras.",
    "&q=%22unclosed%20-%20*": "Ningún pasaje corresponde. Quite un filtro o use otras palabras.",
    f"&q={'a%20' * 4000}": "Ningún pasaje corresponde. Quite un filtro o use otras palabras.",
    "&criterion=zzz&kind=&report=x&year=-1&p=0&view=api&sort=zzz": "5 pasajes en 2 informes",
    "&tab=memo&q=indicadores&q=zzz&page=x": "1 pasaje en 1 informe",
    "&p=999": "5 pasajes en 2 informes",
}


def test_an_odd_address_is_answered_as_the_plain_one(address_of_two: str) -> None:
    with urllib.request.urlopen(address_of_two) as plain:  # the app of this test
        ordinary = plain.read()
    for query in [*ODD, *(f"tab=search{rest}" for rest in ODD_SEARCHES)]:
        with urllib.request.urlopen(f"{address_of_two}?{query}") as reply:
            assert (query, reply.status, reply.read() == ordinary) == (query, 200, True)


def test_an_odd_address_opens_a_page_that_works(page: playwright.Page, address_of_two: str) -> None:
    for query in ("page=x&deep_link=x&__theme=zzz&lang=xx", "tab=nonsense&page=", "view=api&tab=%22%5D"):
        page.goto(f"{address_of_two}?{query}")
        expect(page.locator(".welcome .examples button").first).to_be_visible()
        expect(page.get_by_role("tab", selected=True)).to_have_text("Preguntar")
        assert page.get_by_text("Deep link").count() == 0


@pytest.mark.parametrize(("rest", "said"), ODD_SEARCHES.items())
def test_an_odd_search_is_calm(page: playwright.Page, address_of_two: str, rest: str, said: str) -> None:
    page.goto(f"{address_of_two}?tab=search{rest}")
    expect(page.locator("#results")).to_contain_text(said)
    expect(page.locator(".problem")).to_have_count(0)


def test_the_apps_own_names_are_kept() -> None:
    assert without_reserved(b"tab=search&page=2&q=a+b%26page=3&deep%5Flink=x&p=2") == b"tab=search&q=a+b%26page=3&p=2"
