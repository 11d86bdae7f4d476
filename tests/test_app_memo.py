"""The Memo tab in a browser: from a question to a Word file with footnotes; a memo kept, opened, verified; nobody sees another's."""

import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright import sync_api as playwright
from test_app_access import axe, barriers  # noqa: F401 - a fixture
from web import DESIGN, SHELTERS, TRAINING, address, browser, page  # noqa: F401 - fixtures

from kb.memo import dumps
from kb.records import Memo, Pick

# Gradio counts its queue by means that the newest pandas is giving up.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def picked(page: playwright.Page, address: str, folder: Path) -> None:  # noqa: F811
    """Both recommendations in the memo, out of a memo file."""
    start = len(SHELTERS) + 2
    first = Pick("albergues.txt", start, start + len(TRAINING), TRAINING)
    second = Pick("albergues.txt", first.end + 2, first.end + 2 + len(DESIGN), DESIGN)
    page.goto(f"{address}?tab=memo")
    give(page, Memo((first, second), language="es"), folder)
    playwright.expect(page.locator("#memo-preview blockquote")).to_have_text([f"“{TRAINING[:-1]}”1.", f"“{DESIGN[:-1]}”2."])


def give(page: playwright.Page, memo: Memo, folder: Path) -> None:  # noqa: F811
    """Open a memo file in the page."""
    (folder / "given.json").write_text(dumps(memo), encoding="utf-8")
    playwright.expect(page.locator("#memo-list .empty")).to_be_visible()
    page.locator("#memo-keep input[type=file]").set_input_files(folder / "given.json")


def download(page: playwright.Page, button: str, folder: Path) -> Path:  # noqa: F811
    with page.expect_download() as coming:
        page.click(button)
    kept = folder / coming.value.suggested_filename
    coming.value.save_as(kept)
    return kept


def footnotes(docx: Path) -> list[str]:
    with zipfile.ZipFile(docx) as opened:
        root = ElementTree.fromstring(opened.read("word/footnotes.xml"))
    notes = ("".join(words.text or "" for words in note.iter(f"{W}t")).strip() for note in root.iter(f"{W}footnote"))
    return [note for note in notes if note]


def test_from_a_question_to_a_word_file_with_footnotes(page: playwright.Page, address: str, tmp_path: Path) -> None:  # noqa: F811
    page.goto(address)
    page.fill("#question textarea", "¿Cuáles son las recomendaciones?")
    page.keyboard.press("Enter")
    tab = page.locator('#tabs button[data-tab-id="memo"]')
    for number in ("1", "2"):
        page.locator(f"#cite-1-{number} [data-picks]").click()
        playwright.expect(tab).to_have_attribute("data-count", number)
    tab.click()
    page.get_by_label("Título").fill("Seguimiento: albergues")
    page.get_by_label("Destinatario").fill("Jefatura")
    playwright.expect(page.locator("#memo-preview h2")).to_have_text("Seguimiento: albergues")
    docx = download(page, "#memo-word", tmp_path)
    assert docx.name == "seguimiento-albergues.docx"
    assert footnotes(docx) == ["Albergues de México (2022), pág. 2.", "Albergues de México (2022), pág. 3."]
    page.goto(address)  # the memo is still there where its tab has not been opened yet
    playwright.expect(tab).to_have_attribute("data-count", "2")
    tab.click()
    playwright.expect(page.locator("#memo-preview h2")).to_have_text("Seguimiento: albergues")


def test_every_other_format(page: playwright.Page, address: str, tmp_path: Path) -> None:  # noqa: F811
    picked(page, address, tmp_path)
    assert f"> “{TRAINING[:-1]}”[^1]." in download(page, "#memo-markdown", tmp_path).read_text(encoding="utf-8")
    assert download(page, "#memo-html", tmp_path).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert download(page, "#memo-bibtex", tmp_path).read_text(encoding="utf-8").startswith("@techreport{albergues")
    assert download(page, "#memo-ris", tmp_path).read_text(encoding="utf-8").startswith("TY  - RPRT")
    assert json.loads(download(page, "#memo-csl-json", tmp_path).read_text(encoding="utf-8"))[0]["title"] == "Albergues de México"


def test_order_lines_and_removal_by_keyboard_and_after_a_reload(page: playwright.Page, address: str, tmp_path: Path) -> None:  # noqa: F811
    picked(page, address, tmp_path)
    down = page.get_by_label("Bajar la cita 1")
    down.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#memo-preview blockquote")).to_have_text([f"“{DESIGN[:-1]}”1.", f"“{TRAINING[:-1]}”2."])
    playwright.expect(page.get_by_label("Subir la cita 2")).to_be_focused()  # the one moved, whose other button is off now
    page.get_by_label("Frase antes de la cita 1").fill('Sobre el <b>diseño</b> [^1] "$x$":')
    page.keyboard.press("Tab")
    playwright.expect(page.locator("#memo-preview p", has_text="Sobre el")).to_have_text('Sobre el <b>diseño</b> [^1] "$x$":')
    page.reload()
    playwright.expect(page.get_by_label("Frase antes de la cita 1")).to_have_value('Sobre el <b>diseño</b> [^1] "$x$":')
    playwright.expect(page.locator(".picks blockquote")).to_have_text([DESIGN, TRAINING])
    page.get_by_label("Quitar la cita 1").click()
    playwright.expect(page.locator(".picks blockquote")).to_have_text([TRAINING])
    page.click("#memo-clear")  # the browser's question is answered with no, where nobody answers it
    page.wait_for_timeout(300)
    playwright.expect(page.locator(".picks blockquote")).to_have_text([TRAINING])
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#memo-clear")
    playwright.expect(page.locator("#memo-list .empty")).to_contain_text("Aún no hay citas.")
    playwright.expect(page.locator("#memo-word")).to_be_hidden()


def test_language_and_style_of_the_memo(page: playwright.Page, address: str, tmp_path: Path) -> None:  # noqa: F811
    picked(page, address, tmp_path)
    page.locator("#memo-language").get_by_label("Français").check()
    playwright.expect(page.locator("#memo-preview blockquote").first).to_have_text(f"«\u202f{TRAINING[:-1]}1\u202f».")
    playwright.expect(page.get_by_label("Frase antes de la cita 1")).to_have_attribute("placeholder", "L’évaluation a recommandé\u00a0:")
    page.get_by_label("Autor y año").check()
    cited = f"«\u202f{TRAINING[:-1]}\u202f» (Albergues de México, 2022, p. 2)."
    playwright.expect(page.locator("#memo-preview blockquote").first).to_have_text(cited)
    assert page.locator("#memo-preview .footnotes").count() == 0
    page.get_by_label("FR", exact=True).check()
    playwright.expect(page.locator('#tabs button[data-tab-id="memo"]')).to_have_text("Note")
    playwright.expect(page.get_by_label("Phrase avant la citation 1")).to_be_visible()
    playwright.expect(page.locator("#memo-verify")).to_have_text("Vérifier les citations")


def test_notes_of_the_preview_are_gone_to_and_back(page: playwright.Page, address: str, tmp_path: Path) -> None:  # noqa: F811
    picked(page, address, tmp_path)
    where = page.url
    page.locator("#memo-preview .footnote-ref").nth(1).click()
    playwright.expect(page.locator("#memo-fn2")).to_be_focused()
    page.locator("#memo-fn2 .footnote-back").click()
    playwright.expect(page.locator("#memo-fnref2")).to_be_focused()
    assert page.url == where


def test_a_memo_file_is_saved_opened_and_verified(page: playwright.Page, address: str, tmp_path: Path) -> None:  # noqa: F811
    picked(page, address, tmp_path)
    page.get_by_label("Título").fill("Uno")
    playwright.expect(page.locator("#memo-preview h2")).to_have_text("Uno")
    saved = download(page, "#memo-save", tmp_path)
    kept = json.loads(saved.read_text(encoding="utf-8"))
    assert saved.name == "uno.memo.json"
    assert (kept["title"], kept["language"], kept["style"]) == ("Uno", "es", "un")
    assert [(pick["report_path"], pick["quote"], len(pick["sha256"])) for pick in kept["picks"]] == [
        ("albergues.txt", TRAINING, 64), ("albergues.txt", DESIGN, 64),
    ]  # fmt: skip
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#memo-clear")
    playwright.expect(page.locator("#memo-list .empty")).to_be_visible()
    kept["picks"][0]["quote"] = "Nadie lo dijo."
    saved.write_text(json.dumps(kept), encoding="utf-8")
    page.locator("#memo-keep input[type=file]").set_input_files(saved)
    playwright.expect(page.locator(".picks .problem")).to_have_text("Estas palabras no están en el informe: albergues.txt")
    playwright.expect(page.get_by_label("Título")).to_have_value("Uno")
    page.click("#memo-verify")
    playwright.expect(page.locator("#memo-said p")).to_have_text("Citas verificadas textualmente: 1 de 2.")
    playwright.expect(page.locator("#memo-said li")).to_have_text("Cita 1: Estas palabras no están en el informe: albergues.txt")
    (tmp_path / "other.json").write_text("{}")
    page.locator("#memo-keep input[type=file]").set_input_files(tmp_path / "other.json")
    playwright.expect(page.locator("#memo-said [role=alert]")).to_contain_text("El archivo no es un memorando guardado.")
    playwright.expect(page.locator(".picks > li")).to_have_count(2)


def test_two_readers_have_two_memos(page: playwright.Page, browser: playwright.Browser, address: str, tmp_path: Path) -> None:  # noqa: F811
    picked(page, address, tmp_path)
    other = browser.new_context(locale="en-GB").new_page()
    other.goto(f"{address}?tab=memo")
    playwright.expect(other.locator("#memo-list .empty")).to_contain_text("No quotations yet.")
    playwright.expect(page.locator(".picks > li")).to_have_count(2)
    other.context.close()


@pytest.mark.parametrize("page", [(360, 740)], indirect=True)
def test_the_memo_fits_a_phone(page: playwright.Page, address: str, tmp_path: Path) -> None:  # noqa: F811
    memo = Memo((Pick("albergues.txt", 0, len(SHELTERS), SHELTERS), Pick("gone" * 40, 0, 4, "w" * 200)), "Título " * 12, "x" * 80, language="es")
    page.goto(f"{address}?tab=memo")
    give(page, memo, tmp_path)
    page.wait_for_selector("#memo-preview blockquote")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    beyond = page.evaluate("[...document.querySelectorAll('#memo-desk *, #memo-keep *')].filter((e) => e.getBoundingClientRect().right > 360).length")
    assert beyond == 0
    assert "[Sin verificar: el informe no está en la biblioteca.]" in page.inner_text("#memo-preview")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("style", ["un", "author-date"])
def test_a_memo_has_no_barrier(page: playwright.Page, address: str, axe: str, tmp_path: Path, style: str, scheme: str) -> None:  # noqa: F811
    page.emulate_media(color_scheme=scheme)
    memo = Memo((Pick("albergues.txt", 0, len(SHELTERS), SHELTERS), Pick("gone.txt", 0, 4, "Gone.")), "Título", language="fr", style=style)
    page.goto(f"{address}?tab=memo")
    give(page, memo, tmp_path)
    page.wait_for_selector("#memo-preview blockquote")
    page.click("#memo-verify")
    page.wait_for_selector("#memo-said li")
    assert barriers(page, axe) == []
