"""The web app: python app.py, then open the address it prints."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from kb.errors import KBError
from kb.folder import default_folder
from kb.library import Library
from kb.plain import one_line, tell
from kb.ui import log, page, serving
from kb.ui.access import Door, Rules
from kb.ui.api import endpoints
from kb.ui.ask import ask_tab
from kb.ui.files import routes
from kb.ui.memo import memo_tab
from kb.ui.no_fetching import fetch_nothing
from kb.ui.opening import Opening, Progress
from kb.ui.page import word
from kb.ui.picking import let_pick
from kb.ui.readers import reader_of
from kb.ui.reports import reports_tab
from kb.ui.reserved import WithoutReserved
from kb.ui.search import search_tab
from kb.ui.tools import adapt_tools
from kb.ui.way_in import Result, WayIn
from kb.ui.words import translations

CORPUS = Path(__file__).parent / "corpus"


def build(opening: Opening) -> gr.Blocks:
    """The page, its tabs in their order."""
    with gr.Blocks(title="Evaluation reports", analytics_enabled=False, fill_width=True) as demo:
        frame = page.header(opening)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(word("tab.ask"), id="ask"):
                let_pick(frame, ask_tab(frame))
            with gr.Tab(word("tab.search"), id="search"):
                let_pick(frame, search_tab(frame))
            with gr.Tab(word("tab.memo"), id="memo"):
                memo_tab(frame)
            with gr.Tab(word("tab.reports"), id="reports"):
                reports_tab(frame, WAY_IN)
        endpoints(opening)
        page.speak(demo, frame.language)
    return demo


def launch(demo: gr.Blocks, opening: Opening, port: int | None = None, mcp: bool = False, rules: Rules | None = None) -> str:
    """Serve the page as `rules` say, on this machine only where they are not given, and return its address.

    `port`: without it the first free one from 7860. `mcp` serves the named endpoints as tools at /gradio_api/mcp/ too.
    """
    rules = rules or Rules()
    _stay_on_this_machine(rules.host)
    door = Middleware(Door, rules=rules, ready=opening.ready)
    named = {} if rules.everyone else {"auth_dependency": lambda request: reader_of(request).name or None}
    secure = {"ssl_certfile": str(rules.certificate), "ssl_keyfile": str(rules.key), "ssl_verify": False} if rules.certificate else {}
    _, address, _ = demo.queue(default_concurrency_limit=4, max_size=rules.limits.waiting).launch(
        server_name=rules.host, server_port=port, share=False, quiet=True, prevent_thread_lock=True, ssr_mode=False,
        run_history=False, enable_monitoring=False, footer_links=[], mcp_server=mcp, i18n=gr.I18n(**translations()),
        theme=page.theme(), css_paths=page.STYLESHEETS, head=page.head(), max_file_size=rules.limits.upload,
        app_kwargs={"routes": routes(opening, inspect), "middleware": [door, Middleware(WithoutReserved)]}, **named, **secure,
    )  # fmt: skip
    if mcp and not demo.mcp_server:
        raise KBError(f"The MCP server could not be started ({demo.mcp_error}).", "Install what it needs: pip install 'gradio[mcp]'")
    adapt_tools(demo)
    return address


def main(arguments: Sequence[str] | None = None) -> None:
    """Open the library, or build it from `corpus/` on first start, and serve the page until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="app.py", description="Ask and search evaluation reports in a web page.")
    parser.add_argument("--library", type=Path, default=default_folder(), metavar="DIR", help="the library's folder (default: KB_LIBRARY or .kb)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="DIR", help="reports to build the library from on first start")
    parser.add_argument("--port", type=int, help="port to listen on (default: the first free one from 7860)")
    parser.add_argument("--mcp", action="store_true", help="serve ask, search, memo and reports as MCP tools too (needs: pip install 'gradio[mcp]')")
    serving.add_to(parser)
    options = parser.parse_args(arguments)
    opening = Opening(options.library, options.corpus, add)
    try:
        rules = serving.rules_of(options)
        _switch_on_logs(rules, options.log_questions)
        demo = build(opening)
        address = launch(demo, opening, options.port, options.mcp, rules)
    except KBError as problem:
        sys.exit(str(problem))
    print(f"Evaluation reports: {address} (Ctrl+C stops)", serving.warning(rules), sep="\n", flush=True)
    opening.start()
    demo.block_thread()


def _switch_on_logs(rules: Rules, questions: Path | None) -> None:
    if not rules.everyone:
        log.acts_to_the_terminal()
    if questions:
        log.questions_to(questions)


def add(library: Library, paths: list[Path], progress: Progress) -> None:
    """Read files into the library; a file that cannot be read is named in the terminal."""
    from ingest.pipeline import ingest  # only when there is something to read

    for failure in ingest(paths, library.folder, progress, library).failed:
        tell(one_line(f"{failure.path}: {failure.error} {failure.remedy}"))


def add_file(library: Library, path: Path, progress: Progress, again: bool, actor: str) -> Result:
    """Read one file into the library for `actor`, and say what became of it."""
    from ingest.pipeline import Outcome, ingest

    told: list[Outcome] = []
    ingest([path], library.folder, progress, library, told.append, again, actor)
    if not told:
        return Result(path.name, "failed", ("There is no such file, or it is of a type that is not read.",))
    return Result(path.name, told[0].outcome, (told[0].error, told[0].remedy, told[0].note))


def inspect(path: Path) -> list[str]:
    """What is understood of a file, line by line."""
    from ingest.inspect import as_lines
    from ingest.inspect import inspect as understood

    return as_lines(understood(path))


def correct(library: Library, path: Path, said: dict[str, Any], actor: str) -> None:
    """Write what `actor` says of a report beside its file."""
    from ingest.pipeline import correct as corrected

    corrected(path, said, library, actor)


WAY_IN = WayIn((".pdf", ".docx", ".txt", ".md", ".html", ".htm"), add_file, inspect, correct)


def _stay_on_this_machine(host: str) -> None:
    """No usage figures to Gradio, no proxy between the app and its own address, and nobody's word on who asks but that of the rules."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["FORWARDED_ALLOW_IPS"] = ""  # or the server under Gradio would take the address of a client from whoever tells one
    for name in ("NO_PROXY", "no_proxy"):
        own = [*os.environ.get(name, "").split(","), "127.0.0.1", "localhost", host]
        os.environ[name] = ",".join(dict.fromkeys(filter(None, own)))
    fetch_nothing()


if __name__ == "__main__":
    main()
