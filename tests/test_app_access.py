"""The web app for everyone: no barrier that axe-core finds, and the whole way from a question to its page by keyboard."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright import sync_api as playwright
from web import address_of_two, browser, page

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")
expect = playwright.expect

READY = {"ask": ".welcome .examples button", "search": "#results .card", "memo": "#memo", "reports": ".report-row"}


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, as its Python wrapper carries it."""
    found = find_spec("axe_playwright_python")
    if found is None:
        pytest.skip("axe-core is not installed: pip install axe-playwright-python")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def barriers(page: playwright.Page, axe: str) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tab", READY)
def test_no_tab_has_a_barrier(page: playwright.Page, address_of_two: str, axe: str, tab: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address_of_two}?tab={tab}")
    page.wait_for_selector(READY[tab])
    assert barriers(page, axe) == []


def test_an_answer_its_filters_and_its_page_have_no_barrier(page: playwright.Page, address_of_two: str, axe: str) -> None:
    page.goto(address_of_two)
    page.fill("#question textarea", "¿Cuáles son las recomendaciones?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-1 .card")
    page.click(".opinion summary")
    page.click("#narrow")
    assert barriers(page, axe) == []
    page.keyboard.press("Escape")
    page.click("#turn-1 [data-see] >> nth=0")
    page.wait_for_selector("#viewer .sheet")
    assert barriers(page, axe) == []
    page.goto(f"{address_of_two}?tab=search&view=reports")
    page.wait_for_selector(".heatmap")
    assert barriers(page, axe) == []


def test_that_a_barrier_would_be_found(page: playwright.Page, address_of_two: str, axe: str) -> None:
    page.goto(address_of_two)
    page.wait_for_selector(READY["ask"])
    page.evaluate("document.body.append(document.createElement('button'))")
    assert barriers(page, axe) == ["button-name: <button></button>"]


def test_from_a_question_to_its_page_by_keyboard(page: playwright.Page, address_of_two: str) -> None:
    page.goto(address_of_two)
    page.wait_for_selector(READY["ask"])
    page.focus("#question textarea")
    page.keyboard.type("How was the training of shelter staff rated?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cite-1-1")
    page.focus("#turn-1 .mark")
    page.keyboard.press("Enter")
    expect(page.locator("#cite-1-1")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.see !== undefined"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#viewer .box").first).to_be_visible()
    expect(page.get_by_role("button", name="Cerrar", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#viewer")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.see !== undefined")
