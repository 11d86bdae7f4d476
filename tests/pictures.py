"""Makes the pictures of the README anew: python tests/pictures.py

The four tabs, light and dark, over the reports in corpus/, in tests/pictures/.
"""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright import sync_api as playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from web import ARGUMENTS, browser_file  # noqa: E402

import app  # noqa: E402 - found by the line above
from kb.ui.opening import Opening  # noqa: E402

PICTURES = ROOT / "tests" / "pictures"
QUESTION = "¿Cuáles son las recomendaciones sobre sostenibilidad?"


def main() -> None:
    """One picture for each tab and colour scheme."""
    PICTURES.mkdir(exist_ok=True)
    with served() as address, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_file(), args=ARGUMENTS)
        for scheme in ("light", "dark"):
            page = browser.new_context(locale="es-MX", viewport={"width": 1280, "height": 800}, color_scheme=scheme).new_page()
            page.goto(address)
            for tab, ready in TABS.items():
                ready(page)
                page.wait_for_timeout(700)  # until nothing moves any more
                page.screenshot(path=PICTURES / f"{tab}-{scheme}.png")
                print(PICTURES / f"{tab}-{scheme}.png")
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The address of the app over the reports in corpus/."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        opening = Opening(Path(folder) / "library", ROOT / "corpus", app.add)
        demo = app.build(opening)
        address = app.launch(demo, opening, port)
        opening.start()
        opening.wait()
        yield address
        demo.close(verbose=False)
        opening.close()


def ask(page: playwright.Page) -> None:
    """An answer, two of its quotes picked for the memo."""
    page.wait_for_selector(".welcome .examples button")
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn-1 .card")
    for card in (1, 2):
        page.click(f"#cite-1-{card} >> text=Añadir al memorando")


def search(page: playwright.Page) -> None:
    """Words, narrowed by kind."""
    page.get_by_role("tab", name="Buscar").click()
    page.fill("#words input, #words textarea", "albergues")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results mark.word")


def memo(page: playwright.Page) -> None:
    """The quotes picked, as a memo."""
    page.get_by_role("tab", name="Memorando").click()
    page.wait_for_selector("#memo-preview :text('albergues')")


def reports(page: playwright.Page) -> None:
    """What the library holds."""
    page.get_by_role("tab", name="Informes").click()
    page.wait_for_selector(".report-row")


TABS = {"ask": ask, "search": search, "memo": memo, "reports": reports}


if __name__ == "__main__":
    main()
