"""The app on a phone 360 pixels wide, with titles longer than that."""

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests

from collections.abc import Iterator

import pytest
from conftest import make_reading
from playwright import sync_api as playwright
from web import browser, open_with_toy, page, serve, toy_opening

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")
expect = playwright.expect
LONG = "Evaluación_final_independiente_del_programa_regional_de_albergues_y_de_atención " * 2


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("phone") / "library"
    with open_with_toy(folder) as library:
        paragraphs = [("recommendation", "Formar a los formadores."), ("finding", f"Los albergues atendieron a {'4' * 90} personas.")]
        library.add(make_reading("largo.txt", *paragraphs, title=LONG, language="es", year=2022))
    yield from serve(toy_opening(folder, folder.parent))


@pytest.mark.parametrize("page", [(360, 740)], indirect=True)
@pytest.mark.parametrize("tab", ["ask", "search", "search&view=reports", "memo", "reports"])
def test_a_long_title_leaves_the_language_switch_in_view(page: playwright.Page, address: str, tab: str) -> None:
    page.goto(f"{address}?tab={tab}")
    expect(page.locator("#status")).to_contain_text("1 informe")
    if tab == "ask":
        page.fill("#question textarea", "¿Cuántas personas atendieron los albergues?")
        page.keyboard.press("Enter")
        expect(page.locator("#turn-1 .card").first).to_be_visible()
    page.locator("#title h1").evaluate("(title, words) => (title.textContent = words)", LONG)
    for language in ("ES", "EN", "FR"):
        expect(page.get_by_text(language, exact=True)).to_be_in_viewport(ratio=1)
    title, switch = page.locator("#title h1").bounding_box(), page.locator("#language").bounding_box()
    assert title["x"] + title["width"] <= switch["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
