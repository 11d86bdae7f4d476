"""The web app served to a browser: a library of a few reports, the server, the browser, and what every page must keep to."""

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import gradio as gr
import pytest
from conftest import ToyEmbedder, make_reading
from playwright import sync_api as playwright
from typeset import column, typeset

import app
from kb.library import Library
from kb.records import Item
from kb.ui.access import Rules
from kb.ui.opening import Opening

T = TypeVar("T")
playwright.expect.set_options(timeout=20_000)

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# What Gradio's own client says when a page is reloaded while an answer is under way.
CUT_SHORT = ("AbortError: signal is aborted", "Unexpected error Connection errored out")
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


TRAINED = ["The training of shelter staff reached four hundred people", "in two years and was rated highly relevant by them."]


def fill_two(folder: Path) -> None:
    """The same, and an English report typeset as a PDF, with a finding on relevance on its second page; the files lie beside the library."""
    fill(folder)
    (folder.parent / "albergues.txt").write_text(f"{SHELTERS}\n\n{TRAINING}\n\n{DESIGN}\n", encoding="utf-8")
    typeset(folder.parent / "training.pdf", column(72, 700, ["Contents of the report"]), column(72, 700, TRAINED))
    made = make_reading(
        "training.pdf", ("other", "Contents of the report"), ("finding", " ".join(TRAINED)), title="Training <b>in</b> shelters", year=2020
    )
    report = replace(made.report, page_count=2, codes=("ABC12",), countries=("Peru",), warnings=("Page 1 has little text.",))
    with open_with_toy(folder) as library:
        library.add(replace(made, report=report, passages=(made.passages[0], replace(made.passages[1], criteria=("relevance",)))))


def open_with_toy(folder: Path) -> Library:
    return Library.open(folder, ToyEmbedder(), create=True)


def in_a_loop(start: Callable[[], T]) -> T:
    """What `start` gives, called where an event loop runs. Where none does Gradio makes some, and leaves them and their sockets open,
    which is told in whatever test comes next. (The browser's driver runs one; where there is no browser, there is none.)"""

    async def started() -> T:
        return start()

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(started())
    return start()


def toy_opening(folder: Path, corpus: Path) -> Opening:
    """The library in `folder` as it opens with the toy embedder, nothing read from `corpus` by itself."""
    return Opening(folder, corpus, lambda library, paths, progress: None, open_with_toy)


def serve(opening: Opening, rules: Rules | None = None, mcp: bool = False) -> Iterator[str]:
    """The address of the app on a free port of this machine; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def start() -> tuple[gr.Blocks, str]:
        demo = app.build(opening)
        return demo, app.launch(demo, opening, port, mcp, rules)

    demo, address = in_a_loop(start)
    opening.start()
    try:
        yield address
    finally:
        demo.close(verbose=False)
        opening.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app") / "library"
    fill(folder)
    yield from serve(toy_opening(folder, folder))


@pytest.fixture(scope="module")
def address_of_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("app") / "library"
    fill_two(folder)
    yield from serve(toy_opening(folder, folder.parent))


def browser_file() -> str | None:
    """A browser of this machine that starts; a system may have one by name only, which says how to install it and stops."""
    for found in filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        if subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return found
    return None


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    """Where there is no browser the test is skipped before the driver is started: one that cannot go on leaves its sockets open."""
    file = browser_file()
    if file is None:
        reason = "no chromium on this machine: install the package chromium"
        (pytest.fail if os.environ.get("KB_REQUIRE_BROWSER") == "1" else pytest.skip)(reason)
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=file, args=ARGUMENTS)
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
    context.on("console", lambda message: message.type == "error" and not message.text.startswith(CUT_SHORT) and errors.append(message.text))
    context.on("weberror", lambda thrown: errors.append(str(thrown.error)))
    yield opened
    context.close()
    if hosts != {"127.0.0.1"} or errors:
        pytest.fail(f"asked of other machines: {hosts - {'127.0.0.1'}}; errors in the console: {errors}")
