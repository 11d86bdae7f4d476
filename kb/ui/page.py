"""The frame of the app: look, language, and the line that says what is in the library."""

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.i18n import I18nData

from kb.library import Library
from kb.ui.login import leave
from kb.ui.opening import Opening
from kb.ui.readers import reader_of
from kb.ui.told import problem_line
from kb.ui.words import LANGUAGES, language_name, say, say_count, translations

FOLDER = Path(__file__).parent
STYLESHEETS = [FOLDER / "style.css", *sorted(set(FOLDER.glob("*.css")) - {FOLDER / "style.css"})]
SCRIPTS = [FOLDER / "page.js", *sorted(set(FOLDER.glob("*.js")) - {FOLDER / "page.js"})]
TRANSLATED = ("label", "placeholder", "value")  # what of a component may hold words
# Buttons and links that the app draws itself carry data-do: the name of the component's event that a click on them is, with their data.
ACT = """element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button || event.ctrlKey || event.metaKey) return;
  if (button.tagName === "A") event.preventDefault();
  const form = button.closest("form");
  trigger(button.dataset.do, {...button.dataset, ...(form ? Object.fromEntries(new FormData(form)) : {})});
});"""
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": True}


@dataclass(frozen=True, slots=True)
class Frame:
    """What every tab needs: the language chosen, a signal that changes with it and with the library, and what was picked."""

    opening: Opening
    language: gr.Radio
    changed: gr.State
    status: gr.HTML
    picks: gr.State  # of this reader, for the memo: dicts as kb.ui.memo.add_pick makes them
    memo: gr.BrowserState  # the memo as the browser keeps it; outside the tabs, which are not there before they are opened


def word(key: str) -> I18nData:
    """Words that the browser puts into its own language, before the first answer of the server."""
    return I18nData(key)


def header(opening: Opening) -> Frame:
    """The title, what the library holds, and the choice of language."""
    with gr.Row(elem_id="masthead"):
        gr.Markdown(word("title.heading"), elem_id="title")
        status = gr.HTML("", apply_default_css=False, elem_id="status")
        reader = gr.HTML("", apply_default_css=False, elem_id="reader")
        language = gr.Radio([(code.upper(), code) for code in LANGUAGES], label=word("language"), container=False, elem_id="language")
    kept = gr.BrowserState(None, storage_key="kb-memo", secret="kb")  # no secret: the key must outlive the app
    frame = Frame(opening, language, gr.State(""), status, gr.State([]), kept)
    ticks = gr.Timer(0.5, active=False)

    def look(chosen: str | None) -> tuple[str, str, gr.Timer]:
        return *_look(opening, chosen or "en"), gr.Timer(active=not opening.stage.over)

    def who(chosen: str | None, request: gr.Request) -> str:
        asking = reader_of(request)
        return leave(asking.name, asking.logged_in, chosen or "en")

    language.change(who, language, reader, **QUIET)
    gr.on([language.change, ticks.tick], look, language, [status, frame.changed, ticks], **QUIET)
    return frame


def refresh(frame: Frame, event: gr.events.Dependency) -> None:
    """After `event`, which may have changed the library, every tab of this reader shows it as it now is."""
    event.then(lambda chosen: _look(frame.opening, chosen), frame.language, [frame.status, frame.changed], **QUIET)


def _look(opening: Opening, language: str) -> tuple[str, str]:
    """(the line that says what is in the library, a value that differs whenever that, or the language, does)."""
    stage = opening.stage
    generation = opening.library().generation if stage.name == "ready" else ""
    return _status(opening, language), f"{language} {stage.name if stage.over else ''} {generation}"


def speak(demo: gr.Blocks, language: gr.Radio) -> None:
    """Call last: the language is the one chosen before, else the browser's; all words change with it."""
    blocks = [(block, keys) for block in demo.blocks.values() if (keys := _translated(block))]

    def translate(chosen: str) -> list[dict[str, Any]]:
        words = translations()[chosen]
        return [gr.update(**_in_words(keys, words)) for _, keys in blocks]

    demo.load(None, None, language, js="() => { kb.begin(new URLSearchParams(location.search).get('tab') || 'ask'); return kb.language(); }", **QUIET)
    language.change(translate, language, [block for block, _ in blocks], **QUIET)
    language.change(None, language, None, js="(language) => kb.speak(language)", **QUIET)


def theme() -> gr.themes.Base:
    """Gradio's plainest theme on system fonts; all colours come from the stylesheet."""
    return gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]).set(
        body_background_fill="#fbfaf6", body_background_fill_dark="#16181b", body_text_color="#1d1f22", body_text_color_dark="#e8e6e0"
    )


def head() -> str:
    """What goes into the page's head: the scripts, with the page's title in each language."""
    titles, failed, emptied = ({language: say(key, language) for language in LANGUAGES} for key in ("title", "viewer.failed", "memo.clear.sure"))
    scripts = "\n".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    return f"<script>const TITLES = {titles}, FAILED = {failed}, EMPTIED = {emptied};\n{scripts}</script>"


def _translated(block: Block) -> dict[str, Any]:
    """The attributes of a component that hold words, with the keys of these words."""
    found: dict[str, Any] = {name: key for name in TRANSLATED if (key := _key(getattr(block, name, None)))}
    choices = getattr(block, "choices", None) or []
    if any(_key(label) for label, _ in choices):
        found["choices"] = [(_key(label), value) for label, value in choices]
    return found


def _key(words: object) -> str | None:
    """The key of words to be translated; a component's value has by now been made a string around it."""
    if isinstance(words, I18nData):
        return words.key
    marked = re.fullmatch(r"__i18n__(\{.*\})", words) if isinstance(words, str) else None
    return json.loads(marked[1])["key"] if marked else None


def _in_words(keys: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    return {name: [(words[label], value) for label, value in key] if name == "choices" else words[key] for name, key in keys.items()}


def _status(opening: Opening, language: str) -> str:
    stage = opening.stage
    if opening.problem:
        return problem_line(opening.problem, language)
    if stage.name == "ready":
        return f"<p>{_holdings(opening.library(), language)}</p>"
    words = say(f"library.{stage.name}", language, percent=stage.percent)
    extent = f'value="{stage.percent}" max="100"' if stage.name == "building" else ""
    return f'<p role="status">{words} <progress {extent} aria-label="{words}"></progress></p>'


def _holdings(library: Library, language: str) -> str:
    reports, passages = library.counts()
    if not reports:
        return say("library.empty", language)
    scope = ", ".join(language_name(code, language) for code in library.embedder.languages or ())
    reads = say("library.scope", language, languages=scope) if scope else say("library.scope.unknown", language)
    model = say("library.model", language, name=escape(library.embedder.name), scope=escape(reads))
    held = f"{say_count('library.reports', reports, language)} · {say_count('library.passages', passages, language)}"
    return f'{held}<span class="model"> · {model}</span>'
