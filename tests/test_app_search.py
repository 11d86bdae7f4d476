"""The Search tab in a browser: facets, words, coverage, addresses, files; and the page that a quote stands on."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

import csv
import io
import urllib.error
import urllib.request

import pytest
from playwright import sync_api as playwright
from web import DESIGN, SHELTERS, TRAINED, TRAINING, address_of_two, browser, page

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")
expect = playwright.expect


def fetched(address: str) -> tuple[int, str, bytes]:
    """(status, type, content) of an address of the app."""
    try:
        with urllib.request.urlopen(address) as reply:  # the app of this test
            return reply.status, reply.headers["Content-Type"], reply.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"], refused.read()


def test_facets_count_and_narrow_and_their_choice_stands_in_the_address(page: playwright.Page, address_of_two: str) -> None:
    page.goto(f"{address_of_two}?tab=search")
    expect(page.locator("#results .count")).to_have_text("5 pasajes en 2 informes")
    expect(page.locator("#facet-kinds label")).to_have_text(["Hallazgo 2", "Recomendación 2", "Otro 1"])
    page.check("#facet-kinds-recommendation")
    expect(page.locator("#results blockquote")).to_have_text([TRAINING, DESIGN])
    expect(page.locator("#facet-kinds-recommendation")).to_be_focused()
    expect(page.locator("#facet-criteria label")).to_have_text(["Impacto 1", "Sostenibilidad 1", "Diseño 1"])
    assert page.url == f"{address_of_two}?tab=search&kind=recommendation"
    page.get_by_role("link", name="Quitar Recomendación").click()
    expect(page.locator("#results .count")).to_have_text("5 pasajes en 2 informes")
    page.go_back()
    expect(page.locator("#results blockquote")).to_have_text([TRAINING, DESIGN])


def test_words_are_marked_through_accents_and_stems(page: playwright.Page, address_of_two: str) -> None:
    page.goto(f"{address_of_two}?tab=search")
    page.fill("#words input, #words textarea", "formacion")
    page.keyboard.press("Enter")
    expect(page.locator("#results mark.word").first).to_be_visible()
    assert set(page.locator("#results mark.word").all_inner_texts()) == {"formación", "training"}  # the glossary knows the English word
    page.fill("#words input, #words textarea", '"420 personas" -guías')
    page.click("#find")
    expect(page.locator("#results blockquote")).to_have_text([SHELTERS])


def test_an_address_opens_its_search(page: playwright.Page, address_of_two: str) -> None:
    page.goto(f"{address_of_two}?tab=search&q=indicadores&criterion=impact&sort=report")
    expect(page.locator("#results blockquote")).to_have_text([DESIGN])
    assert page.locator("#words input, #words textarea").input_value() == "indicadores"
    expect(page.locator("#facet-criteria-impact")).to_be_checked()
    assert page.locator("[aria-current=true]").all_inner_texts() == ["Pasajes", "En el orden del informe"]


def test_a_cell_of_the_coverage_opens_its_search(page: playwright.Page, address_of_two: str) -> None:
    page.goto(f"{address_of_two}?tab=search&view=reports")
    expect(page.locator(".heatmap tbody th")).to_have_text(["Albergues de México", "Training <b>in</b> shelters"])
    expect(page.locator(".heatmap thead th")).to_have_text(["Informe", "Pertinencia", "Eficacia", "Impacto", "Sostenibilidad", "Diseño"])
    page.get_by_role("link", name="1 hallazgo, Pertinencia, Training <b>in</b> shelters").click()
    expect(page.locator("#results blockquote")).to_have_text([" ".join(TRAINED)])
    page.goto(f"{address_of_two}?tab=search&view=years")
    expect(page.locator(".heatmap tbody th")).to_have_text(["2022", "2020"])


def test_results_come_as_files(page: playwright.Page, address_of_two: str) -> None:
    page.goto(f"{address_of_two}?tab=search&kind=recommendation")
    with page.expect_download() as caught:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(caught.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["Pasaje"] for row in rows] == [TRAINING, DESIGN]
    status, kind, content = fetched(f"{address_of_two}results.xlsx?q=&kind=finding&language=fr")
    assert (status, kind[-5:], content[:2]) == (200, "sheet", b"PK")
    assert fetched(f"{address_of_two}results.exe?q=")[0] == 404


def test_the_quote_is_marked_on_its_page(page: playwright.Page, address_of_two: str) -> None:
    page.goto(f"{address_of_two}?tab=search&criterion=relevance")
    page.click("text=Ver la página")
    viewer = page.locator("#viewer")
    expect(viewer.locator("img")).to_have_attribute("alt", "Imagen de la página 2 del PDF")
    expect(viewer.locator(".place")).to_have_text("pág. 2 · PDF, pág. 2 de 2")
    assert viewer.locator(".box").count() == 2
    line, leaf = viewer.locator(".box").first.bounding_box(), viewer.locator(".leaf").bounding_box()
    assert (line["x"] - leaf["x"]) / leaf["width"] == pytest.approx(72 / 595, abs=0.01)
    assert (line["y"] - leaf["y"]) / leaf["height"] == pytest.approx(1 - 709 / 842, abs=0.02)
    viewer.get_by_role("button", name="Ampliar").click()
    assert viewer.locator(".leaf").bounding_box()["width"] > 1.4 * leaf["width"]
    viewer.get_by_role("button", name="Página anterior").click()
    expect(viewer.locator(".place")).to_have_text("pág. 1 · PDF, pág. 1 de 2")
    assert viewer.locator(".box").count() == 0
    expect(viewer.get_by_role("button", name="Página anterior")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.locator("text=Ver la página")).to_be_focused()


def test_a_text_report_shows_the_passage_in_its_text(page: playwright.Page, address_of_two: str) -> None:
    page.goto(f"{address_of_two}?tab=search&criterion=sustainability")
    page.click("text=Ver en el texto")
    expect(page.locator("#viewer mark")).to_have_text(TRAINING)
    expect(page.locator("#viewer .sheet")).to_contain_text(DESIGN)


@pytest.mark.parametrize(
    "asked", ["page/99/1.png", "page/1/99.png", "see/99", "original/99", "original/..%2f..%2fetc%2fpasswd", "page/1/../../etc/passwd", "original/0"]
)
def test_only_reports_of_the_library_are_served(address_of_two: str, asked: str) -> None:
    status, _, content = fetched(f"{address_of_two}{asked}")
    assert status == 404
    assert b"root:" not in content


def test_an_original_is_served_whole_under_its_name(address_of_two: str) -> None:
    status, kind, content = fetched(f"{address_of_two}original/2")
    assert (status, kind, content[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_report_without_its_file_is_told_calmly(address_of_two: str) -> None:
    status, kind, content = fetched(f"{address_of_two}see/2?start=abc&end=-1&language=xx")
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert b"Training &lt;b&gt;in&lt;/b&gt; shelters (2020)" in content
