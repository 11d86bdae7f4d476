"""The Reports tab in a browser: files come in, are corrected and go, and questions see it at once."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright import sync_api as playwright
from web import browser, fill_two, page, serve, toy_opening

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")
expect = playwright.expect

REPORT = """Evaluación final del proyecto PERX11

HALLAZGOS

Las escuelas recibieron bibliotecas nuevas en todas las provincias de la sierra.

RECOMENDACIONES

- Sostenibilidad: Asignar un presupuesto anual para renovar las bibliotecas de las escuelas.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    fill_two(folder / "library")
    yield from serve(toy_opening(folder / "library", folder / "corpus"))


def test_reports_are_listed_with_facts_counts_and_warnings(page: playwright.Page, address: str) -> None:
    page.goto(f"{address}?tab=reports")
    row = page.locator(".report-row", has_text="training.pdf")
    expect(row.locator("h2")).to_have_text("Training <b>in</b> shelters")
    expect(row.locator(".facts")).to_have_text("Informe · 2020 · ABC12 · Peru · inglés · 2 páginas · training.pdf")
    expect(row.locator(".counts")).to_have_text("1 hallazgo · 1 otro")
    expect(row.locator(".warnings")).to_have_text("Page 1 has little text.")
    row.get_by_role("link", name="1 hallazgo").click()
    expect(page.locator("#results .count")).to_have_text("1 pasaje en 1 informe")


def test_a_file_comes_in_answers_is_corrected_and_goes(page: playwright.Page, address: str, folder: Path) -> None:
    sent = folder / "sent"
    sent.mkdir()
    (sent / "escuelas ñ #1.txt").write_text(REPORT, encoding="utf-8")
    (sent / "broken.pdf").write_text("no PDF")
    page.goto(f"{address}?tab=reports")
    page.set_input_files("#intake input[type=file]", [sent / "escuelas ñ #1.txt", sent / "broken.pdf"])
    broken = re.compile("^No se pudo leer: broken.pdf broken.pdf está dañado")
    expect(page.locator("#outcome li")).to_have_text(["Añadido: escuelas ñ _1.txt", broken])
    assert sorted(file.name for file in (folder / "corpus").iterdir()) == ["escuelas ñ _1.txt"]
    expect(page.locator("#status")).to_contain_text("3 informes")

    page.get_by_role("tab", name="Preguntar").click()
    page.fill("#question textarea", "¿Qué recibieron las escuelas de la sierra?")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1 .statement").first).to_contain_text("Las escuelas recibieron bibliotecas nuevas")

    page.get_by_role("tab", name="Informes").click()
    row = page.locator(".report-row", has_text="escuelas")
    row.get_by_text("Corregir datos").click()
    row.get_by_label("Año").fill("2021")
    row.get_by_label("Códigos (con comas)").fill("PERX11, PERX12")
    row.get_by_role("button", name="Guardar y volver a leer").click()
    expect(row.locator(".facts")).to_contain_text("2021 · PERX11, PERX12")
    assert 'codes = ["PERX11", "PERX12"]' in (folder / "corpus" / "escuelas ñ _1.toml").read_text(encoding="utf-8")

    row.get_by_text("Qué se entendió").click()
    expect(page.locator("#viewer .plain")).to_contain_text("RECOMENDACIONES")
    page.keyboard.press("Escape")

    row.get_by_text("Eliminar", exact=True).click()
    row.get_by_role("button", name="Sí, eliminar").click()
    expect(page.locator("#outcome")).to_have_text("Eliminado: escuelas ñ _1.txt")
    expect(page.locator("#status")).to_contain_text("2 informes")
    assert sorted(file.name for file in (folder / "corpus" / ".removed").iterdir()) == ["escuelas ñ _1.toml", "escuelas ñ _1.txt"]
    page.get_by_role("tab", name="Preguntar").click()
    page.fill("#question textarea", "¿Cuántas bibliotecas nuevas recibieron las escuelas?")
    page.keyboard.press("Enter")
    expect(page.locator("#turn-2 .declined")).to_be_visible()


def test_a_mistaken_correction_is_told_and_changes_nothing(page: playwright.Page, address: str, folder: Path) -> None:
    page.goto(f"{address}?tab=reports")
    row = page.locator(".report-row", has_text="training.pdf")
    row.get_by_text("Corregir datos").click()
    row.get_by_label("Año").fill("about 2020")
    row.get_by_role("button", name="Guardar y volver a leer").click()
    expect(page.locator("#outcome")).to_have_text("training.toml: year debe ser un número sin comillas. Corrija esa línea de training.toml.")
    assert not (folder / "training.toml").exists()
