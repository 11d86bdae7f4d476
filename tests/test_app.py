"""The web app in a browser: ask, see the cited passage, search by criterion. No page asks anything of another machine."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from playwright import sync_api as playwright
from web import DESIGN, TRAINING, address, browser, fill, open_with_toy, page, serve

import app
import kb.ui.asking
from kb.library import Library
from kb.records import Answer
from kb.ui.opening import Opening
from kb.ui.stopping import Stopped

# Gradio counts its queue by means that the newest pandas is giving up.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")


def ask(page: playwright.Page, question: str) -> None:
    playwright.expect(page.locator("#status")).not_to_be_empty()  # the page knows its reader's language by then
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
    asked = '<img src=x onerror="alert(1)"> **b** $x$ {{value}} ${value} `z` NEAR( \'; DROP TABLE'
    ask(page, asked)
    page.wait_for_selector("#turn-1 .declined, #turn-1 .statement")
    playwright.expect(page.locator("#turn-1 .question")).to_have_text(f"Pregunta: {asked}")
    assert page.locator("#turn-1 img").count() == 0


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
    assert page.get_by_role("tab").all_inner_texts() == ["Preguntar", "Buscar", "Memorando", "Informes"]
    page.get_by_role("tab", name="Buscar").click()
    page.wait_for_selector("#results .card")
    assert not page.locator("#facet-criteria").is_visible()
    page.click("#show-filters")
    playwright.expect(page.locator("#facet-criteria")).to_be_visible()
    for tab in ("Memorando", "Informes"):
        page.get_by_role("tab", name=tab).click()
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_was_understood_can_be_taken_away(page: playwright.Page, address: str) -> None:
    page.goto(address)
    ask(page, "¿Cuáles son las recomendaciones sobre sostenibilidad?")
    playwright.expect(page.locator("#turn-1 .chip")).to_have_text(["Quitar Recomendación ×", "Quitar Sostenibilidad ×"])
    playwright.expect(page.locator("#turn-1 .statement")).to_have_text([f"{TRAINING}\u202f[1]"])
    page.get_by_role("button", name="Quitar Sostenibilidad").click()
    playwright.expect(page.locator("#turn-1 .statement")).to_have_count(2)
    playwright.expect(page.locator("#turn-1 .chip")).to_have_text(["Recomendación"])  # what is left of the question
    page.get_by_role("button", name="Repetir").click()
    playwright.expect(page.locator("#turn-1 .statement")).to_have_count(1)


def test_a_follow_up_is_offered_and_the_conversation_survives_a_reload(page: playwright.Page, address: str) -> None:
    page.goto(address)
    ask(page, "¿Cuáles son las recomendaciones?")
    page.wait_for_function("localStorage.getItem('kb-conversation')?.length > 400")
    one = page.evaluate("localStorage.getItem('kb-conversation').length")
    page.get_by_role("button", name="¿Y los hallazgos?").click()
    playwright.expect(page.locator("#turn-2 .statement")).to_contain_text("Los albergues atendieron a 420 personas.")
    page.wait_for_function(f"localStorage.getItem('kb-conversation').length > {one}")  # the second is kept too
    page.reload()
    playwright.expect(page.locator("#turn-2 .statement")).to_contain_text("Los albergues atendieron a 420 personas.")
    playwright.expect(page.locator("#cite-1-2 mark")).to_have_text(DESIGN)


def test_filters_narrow_what_is_asked(page: playwright.Page, address: str) -> None:
    page.goto(address)
    page.click("#narrow")
    page.check("#only-kinds-finding")
    playwright.expect(page.locator("#within .chip")).to_have_text("Quitar Hallazgo ×")
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#drawer")).to_be_hidden()
    ask(page, "¿Qué formación se dio en los albergues?")
    playwright.expect(page.locator("#turn-1 .card .kind").first).to_have_text("Hallazgo")
    page.click("#within .chip")
    playwright.expect(page.locator("#within .chip")).to_have_count(0)


def test_an_answer_is_copied_downloaded_and_judged(page: playwright.Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    ask(page, "¿Cuántas personas atendieron los albergues?")
    page.click("#cite-1-1 >> text=Copiar con la cita")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "Los albergues atendieron a 420 personas. (Albergues de México (2022), pág. 1.)"
    with page.expect_download() as caught:
        page.click("text=Descargar la respuesta")
    written = caught.value.path().read_text(encoding="utf-8")
    assert "Los albergues atendieron a 420 personas. [1]" in written
    assert "## Fuentes\n\n[1] Albergues de México (2022), pág. 1.\n\n> Los albergues atendieron a 420 personas.\n" in written
    page.click("text=¿Le sirvió?")
    page.get_by_label("Pasajes equivocados").check()
    page.get_by_label("Nota (opcional)").fill("otra página")
    page.click("text=Guardar")
    playwright.expect(page.locator("#turn-1 .thanks")).to_have_text("Gracias, guardado en la biblioteca.")


def test_two_readers_do_not_see_each_other(page: playwright.Page, browser: playwright.Browser, address: str) -> None:
    page.goto(address)
    ask(page, "¿Cuáles son las recomendaciones?")
    other = browser.new_context(locale="en-GB").new_page()
    other.goto(address)
    ask(other, "How many people did the shelters attend?")
    playwright.expect(page.locator("#turn-1 .question")).to_have_text("Pregunta: ¿Cuáles son las recomendaciones?")
    playwright.expect(other.locator("#turn-1 .question")).to_have_text("Question: How many people did the shelters attend?")
    assert (page.locator(".turn").count(), other.locator(".turn").count()) == (1, 1)
    other.wait_for_selector("#turn-1 .tools")
    other.wait_for_function("localStorage.getItem('kb-conversation')?.length > 100")
    other.reload()
    playwright.expect(other.locator(".turn")).to_have_count(1)
    other.context.close()


def test_an_unexpected_error_is_told_in_a_sentence(page: playwright.Page, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kb.ui.asking.answer", broken)
    page.goto(address)
    ask(page, "¿Cuáles son las recomendaciones?")
    playwright.expect(page.locator("#turn-1 .problem")).to_contain_text("No se pudo responder a la pregunta por un error de la herramienta.")
    monkeypatch.undo()
    page.get_by_role("button", name="Repetir").click()
    playwright.expect(page.locator("#turn-1 .statement")).to_have_count(2)


def slow(monkeypatch: pytest.MonkeyPatch, go_on: Event, ended: list[str]) -> None:
    """Answers that go on asking the library until `go_on` is set, and tell how they ended."""
    quick = kb.ui.asking.answer

    def answer(library: Library, *arguments: object) -> Answer:
        try:
            while not go_on.wait(0.05):
                library.counts()
        except Stopped:
            ended.append("stopped")
            raise
        ended.append("answered")
        return quick(library, *arguments)

    monkeypatch.setattr("kb.ui.asking.answer", answer)


def test_a_stopped_question_ends_and_is_in_the_box_again(page: playwright.Page, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, ended = Event(), []
    slow(monkeypatch, go_on, ended)
    page.goto(address)
    ask(page, "¿Cuáles son las recomendaciones?")
    page.get_by_role("button", name="Detener").click()
    playwright.expect(page.locator(".turn")).to_have_count(0)
    playwright.expect(page.locator("#question textarea")).to_have_value("¿Cuáles son las recomendaciones?")
    playwright.expect(page.locator("#question textarea")).to_be_focused()
    page.wait_for_timeout(300)
    assert ended == ["stopped"]
    go_on.set()
    page.keyboard.type(" Todas.")
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#turn-1 .question")).to_have_text("Pregunta: ¿Cuáles son las recomendaciones? Todas.")
    playwright.expect(page.locator("#turn-1 .statement")).to_have_count(2)


def test_an_answer_asked_again_and_stopped_stays_as_it_was(page: playwright.Page, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page.goto(address)
    ask(page, "¿Cuáles son las recomendaciones?")
    playwright.expect(page.locator("#turn-1 .statement")).to_have_count(2)
    go_on, ended = Event(), []
    slow(monkeypatch, go_on, ended)
    page.get_by_role("button", name="Repetir").click()
    page.get_by_role("button", name="Detener").click()
    playwright.expect(page.locator("#turn-1 .statement")).to_have_count(2)
    playwright.expect(page.locator("#question textarea")).to_have_value("")
    page.wait_for_timeout(300)
    assert ended == ["stopped"]


def test_the_page_is_up_while_the_library_is_being_built(page: playwright.Page, tmp_path: Path) -> None:
    go_on = Event()

    def add(library: Library, paths: list[Path], progress: Callable[[int, int], None]) -> None:
        progress(1, 2)
        go_on.wait(30)
        fill(library.folder)

    for served in serve(Opening(tmp_path / "library", tmp_path, add, open_with_toy)):
        page.goto(served)
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
