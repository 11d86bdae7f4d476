"""The app with accounts in a browser: logging in and out, what each reader keeps in it, a session that is over."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

from collections.abc import Iterator
from pathlib import Path

import pytest
from doors import PASSWORD, behind
from playwright import sync_api as playwright
from web import TRAINING, browser

from kb.accounts import add
from kb.ui.limits import Limits

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
expect = playwright.expect
QUESTION = "¿Cuáles son las recomendaciones?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("accounts") / "library"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    yield from behind(folder, limits=Limits(burst=10_000, per_second=10_000))


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    """A page of a Spanish browser; a refusal is an error in its console here."""
    context = browser.new_context(locale="es-MX", viewport={"width": 1280, "height": 860})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


def log_in(page: playwright.Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Nombre de usuario").fill(name)
    page.get_by_label("Contraseña").fill(password)
    page.get_by_role("button", name="Entrar").click()


def come_in(page: playwright.Page, address: str, name: str) -> None:
    page.goto(address)
    log_in(page, name)
    expect(page.locator(".who")).to_have_text(name)
    expect(page.locator("#status")).not_to_be_empty()


def leave(page: playwright.Page) -> None:
    page.get_by_role("button", name="Cerrar sesión").click()
    expect(page.get_by_role("heading", name="Iniciar sesión")).to_be_visible()


def ask_and_pick(page: playwright.Page) -> None:
    """A question asked, and the first passage of its answer put into the memo; both are in the browser's store then."""
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.locator("#turn-1 .card [data-picks]").first.click()
    full = "(key) => /^kb-(conversation|memo) /.test(key) && localStorage[key].length > 300"  # an empty memo has 177 letters
    page.wait_for_function(f"Object.keys(localStorage).filter({full}).length == 2")


def memo(page: playwright.Page) -> playwright.Locator:
    page.get_by_role("tab", name="Memorando").click()
    return page.locator("#memo-list li")


def test_what_a_reader_asked_and_picked_is_not_seen_by_the_next_one_at_the_same_browser(page: playwright.Page, address: str) -> None:
    come_in(page, address, "ana")
    ask_and_pick(page)
    leave(page)
    come_in(page, address, "luc")
    expect(page.locator("#welcome h2")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    expect(memo(page)).to_have_count(0)
    expect(page.locator("#memo-list .empty")).to_be_visible()
    assert TRAINING not in page.content()
    leave(page)
    come_in(page, address, "ana")
    expect(page.locator("#turn-1 .question")).to_contain_text(QUESTION)
    expect(memo(page)).to_have_count(1)


def test_after_log_out_the_way_back_shows_nothing(page: playwright.Page, address: str) -> None:
    come_in(page, address, "ana")
    leave(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Iniciar sesión")).to_be_visible()
    page.goto(f"{address}?tab=reports")
    expect(page.get_by_role("heading", name="Iniciar sesión")).to_be_visible()
    log_in(page, "ana")
    expect(page.locator(".report-row").first).to_be_visible()


def test_a_session_that_is_over_leads_to_the_log_in_page_and_back(page: playwright.Page, address: str, folder: Path) -> None:
    add(folder, "eva", "reader", PASSWORD)
    page.goto(f"{address}?tab=search&q=albergues")
    log_in(page, "eva")
    expect(page.locator("#results .card").first).to_be_visible()
    add(folder, "eva", "reader", "quite other words")
    page.get_by_role("tab", name="Preguntar").click()
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Iniciar sesión")).to_be_visible()
    log_in(page, "eva", "quite other words")
    expect(page.locator("#question textarea")).to_be_visible()


def test_a_wrong_password_is_told_in_a_sentence(page: playwright.Page, address: str) -> None:
    page.goto(address)
    log_in(page, "ana", "not the words")
    expect(page.get_by_role("alert")).to_have_text("El nombre o la contraseña no son correctos.")
    expect(page.get_by_label("Nombre de usuario")).to_have_value("ana")
    expect(page.get_by_label("Contraseña")).to_have_value("")


def test_a_reader_is_offered_no_change_and_an_editor_is(page: playwright.Page, address: str) -> None:
    come_in(page, f"{address}?tab=reports", "luc")
    expect(page.locator(".report-row")).to_have_count(2)
    expect(page.locator("#upload")).to_be_hidden()
    expect(page.get_by_text("Eliminar", exact=True)).to_have_count(0)
    leave(page)
    come_in(page, f"{address}?tab=reports", "ana")
    expect(page.locator("#upload")).to_be_visible()
    expect(page.get_by_text("Eliminar", exact=True)).to_have_count(2)
