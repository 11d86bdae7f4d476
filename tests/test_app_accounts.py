"""The app with accounts in a browser: from log-in to log-out, and two people at one machine."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

from collections.abc import Iterator
from pathlib import Path

import pytest
from doors import PASSWORD, behind
from playwright import sync_api as playwright
from web import TRAINING, browser, page

from kb.accounts import add

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
expect = playwright.expect
PICKED = '#tabs button[data-tab-id="memo"][data-count="1"]'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounts") / "library"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    yield from behind(folder)


def log_in(page: playwright.Page, name: str, password: str = PASSWORD) -> None:
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")


def test_log_in_ask_pick_log_out_and_the_next_reader_sees_none_of_it(page: playwright.Page, address: str) -> None:
    page.goto(address)
    expect(page).to_have_url(f"{address.rstrip('/')}/login")
    log_in(page, "ana")
    page.click("text=¿Cuáles son las recomendaciones?")
    expect(page.locator("#turn-1 .statement").first).to_contain_text(TRAINING)
    page.click("#turn-1 [data-picks] >> nth=0")
    expect(page.locator(PICKED)).to_be_visible()
    expect(page.locator(".who")).to_have_text("ana")
    page.click("text=Cerrar sesión")
    expect(page.locator("h2")).to_have_text("Iniciar sesión")
    page.go_back()  # what was on the page is not shown to whoever sits down next
    expect(page.locator("[name=password]")).to_be_visible()

    log_in(page, "luc")
    expect(page.locator(".who")).to_have_text("luc")
    expect(page.locator(".welcome")).to_be_visible()
    assert page.locator(".turn").count() == 0
    assert page.locator(PICKED).count() == 0
    page.click("text=Cerrar sesión")

    log_in(page, "ana")
    expect(page.locator("#turn-1 .statement").first).to_contain_text(TRAINING)
    expect(page.locator(PICKED)).to_be_visible()


def test_a_wrong_password_is_told_in_a_sentence_and_the_name_stays(browser: playwright.Browser, address: str) -> None:
    opened = browser.new_context(locale="fr-FR").new_page()
    opened.goto(address)
    log_in(opened, "ana", "some other words")
    expect(opened.get_by_role("alert")).to_have_text("Le nom ou le mot de passe est incorrect.")
    assert opened.input_value("[name=username]") == "ana"
    assert opened.input_value("[name=password]") == ""
    opened.context.close()


def test_a_session_that_is_over_leads_to_the_log_in_page_and_back(browser: playwright.Browser, address: str, folder: Path) -> None:
    add(folder, "eva", "reader", PASSWORD)
    opened = browser.new_context(locale="es-MX").new_page()
    opened.goto(f"{address}?tab=search&q=albergues")
    log_in(opened, "eva")
    expect(opened.locator("#results .card").first).to_be_visible()
    add(folder, "eva", "reader", "quite other words")  # which ends her session
    opened.fill("#words textarea, #words input", "formación")
    opened.keyboard.press("Enter")
    expect(opened.locator("[name=password]")).to_be_visible()
    log_in(opened, "eva", "quite other words")
    expect(opened.locator("#results .card").first).to_be_visible()
    opened.context.close()


def test_a_reader_is_not_offered_what_editors_do(browser: playwright.Browser, address: str) -> None:
    for name, offered in [("luc", 0), ("ana", 1)]:
        opened = browser.new_context(locale="en-GB").new_page()
        opened.goto(f"{address}?tab=reports")
        log_in(opened, name)
        expect(opened.locator(".report-row").first).to_be_visible()
        assert min(1, opened.locator("[data-do=delete]").count()) == offered, name
        opened.context.close()
