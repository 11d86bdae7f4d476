"""The web app: python app.py, then open the address it prints."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import gradio as gr

from kb.library import Library, default_folder
from kb.ui import page
from kb.ui.ask import ask_tab
from kb.ui.opening import Opening
from kb.ui.page import word
from kb.ui.search import search_tab
from kb.ui.words import translations

CORPUS = Path(__file__).parent / "corpus"


def build(opening: Opening) -> gr.Blocks:
    """The page, its tabs in their order."""
    with gr.Blocks(title="Evaluation reports", analytics_enabled=False, fill_width=True) as demo:
        frame = page.header(opening)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(word("tab.ask"), id="ask"):
                ask_tab(frame)
            with gr.Tab(word("tab.search"), id="search"):
                search_tab(frame)
        page.speak(demo, frame.language)
    return demo


def launch(demo: gr.Blocks, port: int | None = None) -> str:
    """Serve the page on this machine only, and return its address. `port`: without it the first free one from 7860."""
    _, address, _ = demo.queue(default_concurrency_limit=4).launch(
        server_name="127.0.0.1", server_port=port, share=False, quiet=True, prevent_thread_lock=True, ssr_mode=False,
        run_history=False, enable_monitoring=False, footer_links=[], i18n=gr.I18n(**translations()),
        theme=page.theme(), css_paths=page.STYLESHEET, head=page.head(),
    )  # fmt: skip
    return address


def main(arguments: Sequence[str] | None = None) -> None:
    """Open the library, or build it from `corpus/` on first start, and serve the page until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="app.py", description="Ask and search evaluation reports in a web page on this machine.")
    parser.add_argument("--library", type=Path, default=default_folder(), metavar="DIR", help="the library's folder (default: KB_LIBRARY or .kb)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="DIR", help="reports to build the library from on first start")
    parser.add_argument("--port", type=int, help="port to listen on (default: the first free one from 7860)")
    options = parser.parse_args(arguments)
    _stay_on_this_machine()
    opening = Opening(options.library, options.corpus, add)
    demo = build(opening)
    print(f"Evaluation reports: {launch(demo, options.port)} (Ctrl+C stops)", flush=True)
    opening.start()
    demo.block_thread()


def add(library: Library, paths: list[Path], progress: Callable[[int, int], None]) -> None:
    """Read files into the library; a file that cannot be read is named in the terminal."""
    from ingest.pipeline import ingest  # only when there is something to read

    for failure in ingest(paths, library.folder, progress, library).failed:
        print(f"{failure.path}: {failure.error} {failure.remedy}", flush=True)


def _stay_on_this_machine() -> None:
    """No usage figures to Gradio, no proxy between the app and its own address."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), "127.0.0.1", "localhost")))


if __name__ == "__main__":
    main()
