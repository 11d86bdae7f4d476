"""The web app in a browser: ask, see the cited passage, search by criterion. No page asks anything of another machine."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest
from conftest import ToyEmbedder, make_reading
from playwright import sync_api as playwright

import app
from kb.library import Library
from kb.records import Item
from kb.ui.opening import Opening

# Gradio counts its queue by means that the newest pandas is giving up.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")

playwright.expect.set_options(timeout=20_000)

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

SHELTERS = "Los albergues atendieron a 420 personas. El personal recibió formación durante tres años."
TRAINING = "Formar a formadores en cada albergue para que los resultados duren."
DESIGN = "Definir indicadores de impacto antes de diseñar la intervención."


def fill(folder: Path) -> None:
    """A library of one report: a finding and two recommendations, one of them on sustainability."""
    paragraphs = [("finding", SHELTERS), ("recommendation", TRAINING), ("recommendation", DESIGN)]
    made = make_reading("albergues.txt", *paragraphs, title="Albergues de México", language="es", year=2022)
    criteria = [("effectiveness",), ("sustainability",), ("design", "impact")]
    passages = tuple(replace(passage, criteria=names) for passage, names in zip(made.passages, criteria, strict=True))
    items = tuple(Item(n, passage.kind, passage.start, passage.end, criteria=passage.criteria) for n, passage in enumerate(passages[1:]))
    linked = (passages[0], replace(passages[1], item=0), replace(passages[2], item=1))
    with open_with_toy(folder) as library:
        library.add(replace(made, passages=linked, items=items))


def open_with_toy(folder: Path) -> Library:
    return Library.open(folder, ToyEmbedder(), create=True)


def serve(opening: Opening) -> Iterator[str]:
    """The address of the app on a free port of this machine; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    demo = app.build(opening)
    address = app.launch(demo, port)
    opening.start()
    yield address
    demo.close(verbose=False)
    opening.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app") / "library"
    fill(folder)
    yield from serve(Opening(folder, folder, lambda library, paths, progress: None, open_with_toy))


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    if BROWSER is None:
        reason = "no chromium on this machine: install the package chromium"
        (pytest.fail if os.environ.get("KB_REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: playwright.Browser, request: pytest.FixtureRequest) -> Iterator[playwright.Page]:
    """A page of a Spanish browser. At its end: nothing was asked of another machine, and the console holds no error."""
    width, height = getattr(request, "param", (1280, 860))
    context = browser.new_context(locale="es-MX", viewport={"width": width, "height": height})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    hosts: set[str | None] = set()
    errors: list[str] = []
    context.on("request", lambda asked: asked.url.startswith(("data:", "blob:")) or hosts.add(urlsplit(asked.url).hostname))
    context.on("console", lambda message: message.type == "error" and errors.append(message.text))
    context.on("weberror", lambda thrown: errors.append(str(thrown.error)))
    yield opened
    context.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []


def ask(page: playwright.Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")


def test_a_question_is_answered_with_the_passage_beside_it(page: playwright.Page, address: str) -> None:
    page.goto(address)
    ask(page, "¿Cuántas personas atendieron los albergues?")
    playwright.expect(page.locator("#turn-1 .statement")).to_have_text("Los albergues atendieron a 420 personas.\u202f[1]")
    assert page.inner_text("#cite-1-1 mark") == "Los albergues atendieron a 420 personas."
    card = page.inner_text("#cite-1-1")
    assert "Hallazgo" in card
    assert "Eficacia" in card
    assert "pág. 1 · PDF, pág. 1 · español" in card
    assert "Albergues de México (2022)" in card
    page.click("#turn-1 .mark")
    playwright.expect(page.locator("#cite-1-1")).to_be_focused()
    playwright.expect(page.locator("#cite-1-1")).to_be_in_viewport()
    page.click("#cite-1-1 .number")
    playwright.expect(page.locator("#turn-1 .mark")).to_be_focused()


def test_the_conversation_goes_on_and_begins_anew(page: playwright.Page, address: str) -> None:
    page.goto(address)
    page.click("text=¿Cuáles son las recomendaciones?")
    playwright.expect(page.locator("#turn-1 .statement")).to_have_text([f"{TRAINING}\u202f[1]", f"{DESIGN}\u202f[2]"])
    ask(page, "¿Quién ganó el mundial de fútbol?")
    playwright.expect(page.locator("#turn-2 .declined")).to_have_text("El informe consultado no lo dice.")
    playwright.expect(page.locator("#turn-1 .question")).to_have_text("Pregunta: ¿Cuáles son las recomendaciones?")
    page.click("#clear")
    playwright.expect(page.locator(".welcome")).to_be_visible()
    assert page.locator(".turn").count() == 0


def test_a_question_is_text_and_not_markup(page: playwright.Page, address: str) -> None:
    page.goto(address)
    asked = "<img src=x onerror=\"alert(1)\"> **b** $x$ {{value}} ${value} `z` NEAR( '; DROP TABLE"
    ask(page, asked)
    page.wait_for_selector("#turn-1 .declined, #turn-1 .statement")
    playwright.expect(page.locator("#turn-1 .question")).to_have_text(f"Pregunta: {asked}")
    assert page.locator("#turn-1 img").count() == 0


def test_search_by_criterion_and_kind(page: playwright.Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="Buscar").click()
    playwright.expect(page.locator("#results .count")).to_have_text("3 pasajes en 1 informe.")
    page.get_by_label("Sostenibilidad").check()
    playwright.expect(page.locator("#results blockquote")).to_have_text([TRAINING])
    page.get_by_label("Diseño").check()
    playwright.expect(page.locator("#results blockquote")).to_have_text([TRAINING, DESIGN])
    page.get_by_label("Hallazgo").check()
    playwright.expect(page.locator("#results .none")).to_have_text("Ningún pasaje corresponde. Quite un filtro o use otras palabras.")
    page.get_by_label("Hallazgo").uncheck()
    page.fill("#words input, #words textarea", "indicadores")
    page.click("#find")
    playwright.expect(page.locator("#results blockquote").first).to_have_text(DESIGN)


def test_the_interface_changes_its_language_and_remembers_it(page: playwright.Page, address: str) -> None:
    page.goto(address)
    playwright.expect(page.locator("#title")).to_have_text("Informes de evaluación")
    page.get_by_label("FR").check()
    playwright.expect(page.get_by_role("tab", name="Interroger")).to_be_visible()
    later = page.context.new_page()
    later.goto(address)
    playwright.expect(later.get_by_role("tab", name="Interroger")).to_be_visible()
    playwright.expect(later.locator(".welcome h2")).to_have_text("Interrogez les rapports")
    playwright.expect(later.locator("#title h1")).to_have_text("Rapports d’évaluation")
    assert later.title() == "Rapports d’évaluation"
    assert later.get_attribute("html", "lang") == "fr"
    assert "Preguntar" not in later.inner_text("body")


@pytest.mark.parametrize("page", [(360, 740)], indirect=True)
def test_on_a_phone_the_cards_stand_below_and_nothing_overflows(page: playwright.Page, address: str) -> None:
    page.goto(address)
    page.click("text=¿Cuáles son las recomendaciones?")
    page.wait_for_selector("#cite-1-2")
    answer, cards = page.locator("#turn-1 .answer").bounding_box(), page.locator("#turn-1 .evidence").bounding_box()
    assert cards["y"] >= answer["y"] + answer["height"]
    page.get_by_role("tab", name="Buscar").click()
    page.wait_for_selector("#results .card")
    assert not page.get_by_label("Sostenibilidad").is_visible()
    page.get_by_role("button", name="Filtros").click()
    playwright.expect(page.get_by_label("Sostenibilidad")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_page_is_up_while_the_library_is_being_built(page: playwright.Page, tmp_path: Path) -> None:
    go_on = Event()

    def add(library: Library, paths: list[Path], progress: Callable[[int, int], None]) -> None:
        progress(1, 2)
        go_on.wait(30)
        fill(library.folder)

    for address in serve(Opening(tmp_path / "library", tmp_path, add, open_with_toy)):
        page.goto(address)
        playwright.expect(page.locator("#status")).to_contain_text("Leyendo los informes por primera vez: 50 %")
        ask(page, "¿Cuántas personas atendieron los albergues?")
        playwright.expect(page.locator("#turn-1 .waiting")).to_have_text("Preparando la biblioteca; la respuesta aparecerá aquí.")
        go_on.set()
        playwright.expect(page.locator("#turn-1 .statement")).to_have_text("Los albergues atendieron a 420 personas.\u202f[1]")
        playwright.expect(page.locator("#status")).to_have_text("1 informe · 3 pasajes · modelo toy (idiomas no declarados)")
        page.context.close()  # before its server


def test_help_is_printed_without_opening_anything(tmp_path: Path) -> None:
    script = Path(app.__file__)
    done = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert "--library DIR" in done.stdout
    assert list(tmp_path.iterdir()) == []
