"""The Memo tab: the quotes picked, in an order, with lines between them; how the memo will look; and the files it becomes."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from re import sub
from typing import Any

import gradio as gr

from kb import word as pandoc
from kb.bibliography import to_bibtex, to_csl, to_ris
from kb.errors import KBError
from kb.language import fold
from kb.library import Library
from kb.markdown import to_markdown
from kb.memo import LANGUAGES, STYLES, check, cited_reports, dumps, loads, memo_from, sealed
from kb.records import Check, Memo
from kb.ui.page import QUIET, Frame, word
from kb.ui.picks import Picks, add_pick, change_picks, key_of, list_page, verified_page
from kb.ui.told import problem_line
from kb.ui.words import LANGUAGES as INTERFACE
from kb.ui.words import say

__all__ = ["add_pick", "memo_tab"]

Writer = Callable[[Memo, list[Check], int], str | bytes]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[str, tuple[str, str, Writer]] = {  # button -> (ending, type, what writes it)
    "Word": (".docx", DOCX, pandoc.to_word),
    "Markdown": (".md", "text/markdown", to_markdown),
    "HTML": (".html", "text/html", pandoc.to_html),
    "BibTeX": (".bib", "application/x-bibtex", lambda memo, checks, _: to_bibtex(cited_reports(checks), memo.language)),
    "RIS": (".ris", "application/x-research-info-systems", lambda memo, checks, _: to_ris(cited_reports(checks), memo.language)),
    "CSL-JSON": (".csl.json", "application/json", lambda memo, checks, _: to_csl(cited_reports(checks), memo.language)),
}
SAVED = (".memo.json", "application/json", lambda memo, checks, _: dumps(sealed(memo, checks)))


def memo_tab(frame: Frame) -> None:
    """The tab's content and what its parts do."""
    restored = gr.State(False)
    drawn = gr.State(None)  # what the list shows, so that it is not drawn anew under a reader's hands
    with gr.Row(elem_id="memo"):
        with gr.Column(elem_id="memo-desk"):
            fields = _fields()
            listing = gr.HTML("", apply_default_css=False, elem_id="memo-list", js_on_load="memo.listen(element, trigger)")
        with gr.Column(elem_id="memo-sheet"):
            buttons, verify, save, opened, clear = _buttons()
            said = gr.HTML("", apply_default_css=False, elem_id="memo-said")
            preview = gr.HTML("", apply_default_css=False, elem_id="memo-preview", js_on_load="memo.stay(element)")
    file = gr.JSON(visible="hidden", elem_id="memo-file")
    sure = gr.Checkbox(visible=False)  # whether the reader wants the memo emptied, told by the browser
    inputs: list[Any] = [frame.picks, *fields, frame.language]

    def look(picks: Picks, title: str, addressee: str, spoken: str, style: str, language: str, back: bool, before: object) -> tuple[Any, ...]:
        return _look(frame, _settings(title, addressee, spoken, style), picks, language, before) if back else (gr.skip(),) * 4

    def restore(held: dict[str, Any] | None, picks: Picks, language: str, back: bool) -> tuple[Any, ...]:
        return (gr.skip(),) * 6 if back else (*_restored(held, picks, language), True)

    draw: dict[str, Any] = {"inputs": [*inputs, restored, drawn], "outputs": [listing, preview, frame.memo, drawn], "concurrency_limit": 4, **QUIET}
    begun = frame.changed.change(restore, [frame.memo, frame.picks, frame.language, restored], [frame.picks, *fields, restored], **QUIET)
    changed = gr.on([frame.picks.change, *(field.change for field in fields)], look, trigger_mode="always_last", **draw)
    for drawing in (begun.then(look, **draw), changed):
        drawing.then(None, frame.memo, None, js="(kept) => memo.arrived(kept)", **QUIET)
    listing.click(_act, frame.picks, frame.picks, concurrency_limit=1, trigger_mode="multiple", **QUIET)
    for button, (ending, kind, writer) in buttons.items():
        _download(button, partial(_file, frame, ending, kind, writer), inputs, [file, said])
    _download(save, partial(_file, frame, *SAVED), inputs, [file, said])
    verify.click(partial(_verify, frame), inputs, said, **QUIET)
    opened.upload(_open, [opened, *inputs], [frame.picks, *fields, said], **QUIET)
    clear.click(_empty, sure, [frame.picks, *fields[:2], said], js="() => memo.sure()", **QUIET)


def _fields() -> list[Any]:
    """Title, addressee, language, style."""
    with gr.Row(elem_classes="fields"):
        title = gr.Textbox("", label=word("memo.title"), max_lines=1, max_length=300, elem_id="memo-title")
        addressee = gr.Textbox("", label=word("memo.addressee"), max_lines=1, max_length=300, elem_id="memo-addressee")
    with gr.Row(elem_classes="fields"):
        spoken = gr.Radio([(INTERFACE[code], code) for code in LANGUAGES], label=word("memo.language"), elem_id="memo-language")
        style = gr.Radio([(word(f"memo.style.{name}"), name) for name in STYLES], value="un", label=word("memo.style"), elem_id="memo-style")
    return [title, addressee, spoken, style]


def _buttons() -> tuple[dict[gr.Button, tuple[str, str, Writer]], gr.Button, gr.Button, gr.UploadButton, gr.Button]:
    """(export button -> file, verify, save, open, empty)"""
    exports: dict[gr.Button, tuple[str, str, Writer]] = {}
    for caption, names in (("memo.export", ("Word", "Markdown", "HTML")), ("memo.references", ("BibTeX", "RIS", "CSL-JSON"))):
        with gr.Row(elem_classes="buttons export"):
            gr.Markdown(word(caption), elem_classes="caption")
            for name in names:
                button = gr.Button(name, variant="primary" if name == "Word" else "secondary", size="sm", scale=0, elem_id=f"memo-{name.lower()}")
                exports[button] = FILES[name]
    with gr.Row(elem_classes="buttons", elem_id="memo-keep"):
        verify = gr.Button(word("memo.verify"), size="sm", scale=0, elem_id="memo-verify")
        save = gr.Button(word("memo.save"), size="sm", scale=0, elem_id="memo-save")
        opened = gr.UploadButton(word("memo.open"), file_types=[".json"], type="binary", size="sm", scale=0, elem_id="memo-open")
        clear = gr.Button(word("memo.clear"), size="sm", scale=0, elem_id="memo-clear")
    return exports, verify, save, opened, clear


def _download(button: gr.Button, make: Callable[..., Any], inputs: list[Any], outputs: list[Any]) -> None:
    """On a click the server makes the file, and the browser keeps it: nothing is left on the server's disk."""
    button.click(make, inputs, outputs, concurrency_limit=2, **QUIET).then(None, outputs[0], None, js="(file) => memo.download(file)", **QUIET)


def _settings(title: str, addressee: str, spoken: str | None, style: str) -> dict[str, str]:
    return {"title": title, "addressee": addressee, "language": spoken or "en", "style": style, "date": date.today().isoformat()}


def _checked(library: Library, settings: dict[str, str], picks: Picks) -> tuple[Memo, list[Check], int]:
    memo = memo_from({**settings, "picks": picks})
    return memo, check(library, memo), len(library.reports())


def _look(frame: Frame, settings: dict[str, str], picks: Picks, language: str, before: object) -> tuple[Any, ...]:
    """(list, preview, what the browser keeps, what the list shows)"""
    if not frame.opening.stage.over or language not in INTERFACE:
        return (gr.skip(),) * 4
    held = {**settings, "picks": picks}
    try:
        memo, checks, searched = _checked(frame.opening.library(), settings, picks)
        after = (language, settings["language"], frame.opening.library().generation, [key_of(pick) for pick in picks])
        listing = gr.skip() if after == before else list_page(checks, picks, settings["language"], language)
        page = _sheet(pandoc.preview(memo, checks, searched), settings["language"], language) if picks else ""
    except KBError as problem:
        return gr.skip(), problem_line(problem, language), held, before
    return listing, page, held, after


def _sheet(inside: str, spoken: str, language: str) -> str:
    inside = inside.replace("<table>", '<div class="wide" role="region" tabindex="0"><table>').replace("</table>", "</table></div>")
    return f'<div class="sheet" role="region" tabindex="0" aria-label="{say("memo.preview", language)}"><div lang="{spoken}">{inside}</div></div>'


def _restored(held: dict[str, Any] | None, picks: Picks, language: str) -> tuple[Any, ...]:
    """(picks, title, addressee, language, style) as the browser kept them; a new memo is in the language of the page."""
    try:
        memo = memo_from(held or {})
    except (KBError, TypeError, ValueError, KeyError, AttributeError):  # kept by another version
        memo = memo_from({})
    together = [asdict(pick) for pick in memo.picks]
    for pick in picks:
        together = add_pick(together, pick)
    spoken = memo.language if held else language
    return together, memo.title or gr.skip(), memo.addressee or gr.skip(), spoken, memo.style  # what is being typed stays


def _act(picks: Picks, event: gr.EventData) -> Picks:
    return change_picks(picks, event._data or {})


def _file(
    frame: Frame, ending: str, kind: str, writer: Writer, picks: Picks, title: str, addressee: str, spoken: str, style: str, language: str
) -> tuple[dict[str, str] | None, str]:
    """(the file for the browser, nothing to say), or (no file, the problem)"""
    try:
        content = writer(*_checked(frame.opening.library(), _settings(title, addressee, spoken, style), picks))
    except KBError as problem:
        return None, problem_line(problem, language)
    data = b64encode(content.encode() if isinstance(content, str) else content).decode()
    return {"name": f"{_slug(title) or 'memo'}{ending}", "type": kind, "data": data}, ""


def _slug(title: str) -> str:
    return sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:60]


def _verify(frame: Frame, picks: Picks, title: str, addressee: str, spoken: str, style: str, language: str) -> str:
    try:
        _, checks, _ = _checked(frame.opening.library(), _settings(title, addressee, spoken, style), picks)
    except KBError as problem:
        return problem_line(problem, language)
    return verified_page(checks, language)


def _empty(sure: bool) -> tuple[Any, ...]:
    return ([], "", "", "") if sure else (gr.skip(),) * 4


def _open(content: bytes, *now: object) -> tuple[Any, ...]:
    """(picks, title, addressee, language, style, what is said) of a memo file; all as it was where the file is none"""
    try:
        memo = loads(content)
    except KBError as problem:
        return *now[:-1], problem_line(problem, str(now[-1]))
    return [asdict(pick) for pick in memo.picks], memo.title, memo.addressee, memo.language, memo.style, ""
