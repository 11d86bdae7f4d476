"""The bars the app is held to, on a library of 20 reports: an answer within a second, and to each reader his own.

Ten who ask at once are in test_app_api.py: ten browsers would take longer to start than to answer.
"""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from conftest import make_reading
from playwright import sync_api as playwright
from web import browser, open_with_toy, page, serve, toy_opening

from kb.records import Item

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")
PLACES = "Oaxaca Puebla Sonora Chiapas Jalisco Colima Durango Hidalgo Morelos Nayarit Sinaloa Tabasco Campeche Yucatán Guerrero Zacatecas".split()
REPORTS, READERS = 20, 4


def fill(folder: Path) -> None:
    """Twenty reports of 30 findings and a recommendation on a place each."""
    with open_with_toy(folder) as library:
        for number in range(REPORTS):
            place = PLACES[number % len(PLACES)]
            found = [("finding", f"El taller {n} de {place} formó a {100 * number + n} personas. Nadie lo abandonó.") for n in range(30)]
            asked = ("recommendation", f"Repetir en {place} la formación {number}.")
            made = make_reading(f"{number}.txt", *found, asked, title=f"Informe {number}", language="es")
            *others, last = made.passages
            items = (Item(0, last.kind, last.start, last.end),)
            library.add(replace(made, passages=(*others, replace(last, item=0)), items=items))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("bars") / "library"
    fill(folder)
    yield from serve(toy_opening(folder, folder))


def question(number: int) -> str:
    return f"¿A cuántas personas formó el taller {number} de {PLACES[number % len(PLACES)]}?"


def ready(page: playwright.Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".welcome .examples button")


def p95(times: list[float]) -> float:
    return sorted(times)[round(0.95 * (len(times) - 1))]


def test_an_answer_is_on_the_screen_within_a_second(page: playwright.Page, address: str) -> None:
    ready(page, address)
    times = []
    for number in range(1, 11):
        page.fill("#question textarea", question(number))
        began = perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_selector(f"#turn-{number} :is(.statement, .declined)")
        times.append(perf_counter() - began)
    assert page.locator("#turn-1 .statement").first.inner_text().startswith("El taller 1 de Puebla formó a ")
    assert p95(times) < 1, [f"{time:.2f}" for time in times]


def test_readers_who_ask_at_once_each_have_their_own_conversation(page: playwright.Page, browser: playwright.Browser, address: str) -> None:
    pages = [page, *(browser.new_context(locale="es-MX").new_page() for _ in range(READERS - 1))]
    for number, reader in enumerate(pages):
        ready(reader, address)
        reader.fill("#question textarea", question(number))
    began = perf_counter()
    for reader in pages:
        reader.keyboard.press("Enter")
    times = []
    for number, reader in enumerate(pages):
        reader.wait_for_selector("#turn-1 :is(.statement, .declined)")
        times.append(perf_counter() - began)
        playwright.expect(reader.locator(".question")).to_have_text([f"Pregunta: {question(number)}"])
        playwright.expect(reader.locator("#turn-1 .statement").first).to_contain_text(f"El taller {number} de {PLACES[number]} formó a ")
    for reader in pages[1:]:
        reader.context.close()
    assert max(times) < 5
