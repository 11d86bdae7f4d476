"""The Reports tab: what the library holds, files added to it, read anew, corrected and deleted."""

from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any

import gradio as gr

from kb.errors import KBError
from kb.library import Library
from kb.records import Report
from kb.ui.log import act
from kb.ui.opening import Opening
from kb.ui.page import ACT, QUIET, Frame, refresh, word
from kb.ui.readers import EDITORS_ONLY, reader_of
from kb.ui.report_list import library_line, report_list
from kb.ui.results_of_files import results_list
from kb.ui.told import problem_line
from kb.ui.way_in import Result, WayIn, put_aside, take

LISTS = ("codes", "countries")  # fields that hold several values, parted by commas


def reports_tab(frame: Frame, way_in: WayIn) -> None:
    """The tab's content and what its parts do."""
    opening = frame.opening
    with gr.Row(elem_id="intake") as intake:
        upload = gr.UploadButton(
            word("reports.upload"), file_count="multiple", file_types=list(way_in.suffixes), variant="primary", scale=0, elem_id="upload"
        )
        gr.Markdown(word("reports.upload.hint"), elem_id="upload-hint")
    outcome = gr.HTML("", apply_default_css=False, elem_id="outcome")
    listed = gr.HTML("", apply_default_css=False, elem_id="reports", js_on_load=ACT)

    def bring(files: list[str], language: str, request: gr.Request) -> Iterator[str]:
        brought = [Path(file) for file in files or []]
        may = _may(request, "reports sent", files=[file.name for file in brought])
        yield from _bring(opening, way_in, brought, language, _actor(request)) if may else _turn_away(brought, language)

    def again(language: str, event: gr.EventData, request: gr.Request) -> Iterator[str]:
        may = _may(request, "report read anew", report=event.report)
        yield from _read(opening, way_in, event.report, language, _actor(request)) if may else [problem_line(EDITORS_ONLY, language)]

    def edit(language: str, event: gr.EventData, request: gr.Request) -> Iterator[str]:
        may = _may(request, "report corrected", report=event.report)
        yield from _edit(opening, way_in, event, language, _actor(request)) if may else [problem_line(EDITORS_ONLY, language)]

    def delete(language: str, event: gr.EventData, request: gr.Request) -> str:
        may = _may(request, "report deleted", report=event.report)
        return _delete(opening, event.report, language, _actor(request)) if may else problem_line(EDITORS_ONLY, language)

    def show(language: str, request: gr.Request) -> tuple[str, Any]:
        editor = reader_of(request).editor
        return _page(opening, language, editor), gr.update(visible=editor)

    one_at_a_time = {"concurrency_limit": 1, "concurrency_id": "write", **QUIET}
    for event in (
        upload.upload(bring, [upload, frame.language], outcome, **one_at_a_time),
        listed.retry(again, frame.language, outcome, **one_at_a_time),
        listed.edit(edit, frame.language, outcome, **one_at_a_time),
        listed.delete(delete, frame.language, outcome, **one_at_a_time),
    ):
        refresh(frame, event)
        event.then(None, None, None, js="() => kb.see('outcome')", **QUIET)
    frame.changed.change(show, frame.language, [listed, intake], **QUIET)


def _may(request: gr.Request, event: str, **what: object) -> bool:
    """Whether whoever asks may change the library; written down either way."""
    reader = reader_of(request)
    act(event if reader.editor else f"refused: {event}", name=reader.name, **what)
    return reader.editor


def _actor(request: gr.Request) -> str:
    """Who stands in the record of changes: the account, or the app where it has none."""
    return reader_of(request).name or "app"


def _turn_away(files: list[Path], language: str) -> Iterator[str]:
    for file in files:
        file.unlink(missing_ok=True)
    yield problem_line(EDITORS_ONLY, language)


def _page(opening: Opening, language: str, editor: bool) -> str:
    if opening.stage.name != "ready":
        return ""
    return library_line(opening.library(), language) + report_list(opening.library(), language, editor)


def _bring(opening: Opening, way_in: WayIn, files: list[Path], language: str, actor: str) -> Iterator[str]:
    """Read uploaded files one after the other, telling how far it is; a file that gives no report is not kept."""
    results: list[Result] = []
    for number, file in enumerate(files, start=1):
        known = {opening.library().file_of(report) for report in opening.library().reports()}
        place = take(file, opening.corpus)
        for step in _reading(opening, way_in, place, False, actor):
            if isinstance(step, Result):
                results.append(step)
                if step.outcome in ("failed", "unchanged") and place not in known:
                    place.unlink(missing_ok=True)
            else:
                yield results_list(results, language, (place.name, number, len(files), step))
    yield results_list(results, language)


def _reading(opening: Opening, way_in: WayIn, file: Path, again: bool, actor: str) -> Iterator[int | Result]:
    """Percents, as they rise, then what became of the file."""
    told: SimpleQueue[int | Result] = SimpleQueue()

    def run() -> None:
        try:
            told.put(way_in.add(opening.library(), file, lambda done, total: told.put(100 * done // max(1, total)), again, actor))
        except KBError as problem:
            told.put(Result(file.name, "failed", (problem.problem, problem.remedy)))
        except BaseException:
            told.put(Result(file.name, "failed", ("An error in the tool stopped it; the terminal says which.",)))
            raise

    yield 0
    Thread(target=run, name=f"reading {file.name}", daemon=True).start()
    last = 0
    while not isinstance(step := told.get(), Result):
        if step > last:
            yield step
        last = max(step, last)
    yield step


def _read(opening: Opening, way_in: WayIn, number: str, language: str, actor: str) -> Iterator[str]:
    """A report of the library read anew."""
    try:
        file = opening.library().file_of(opening.library().report(int(number)))
    except KBError as problem:
        yield problem_line(problem, language)
        return
    for step in _reading(opening, way_in, file, True, actor):
        yield results_list([step], language) if isinstance(step, Result) else results_list([], language, (file.name, 1, 1, step))


def _edit(opening: Opening, way_in: WayIn, event: gr.EventData, language: str, actor: str) -> Iterator[str]:
    """What the form says goes beside the file, as far as it differs from what is known; then the file is read anew."""
    try:
        report = opening.library().report(int(event.report))
        way_in.correct(opening.library(), opening.library().file_of(report), _said(report, event), actor)
    except KBError as problem:
        yield problem_line(problem, language)
        return
    yield from _read(opening, way_in, event.report, language, actor)


def _said(report: Report, event: gr.EventData) -> dict[str, Any]:
    """field -> what the form says, where that is another than the report has."""
    said: dict[str, Any] = {name: getattr(event, name).strip() for name in ("title", "evaluation_kind", "role")}
    said |= {name: [part for value in getattr(event, name).split(",") if (part := value.strip())] for name in LISTS}
    year = event.year.strip()
    said["year"] = int(year) if year.isascii() and year.isdigit() else year
    return {name: value for name, value in said.items() if value != _known(report, name)}


def _known(report: Report, name: str) -> Any:
    value = getattr(report, name)
    return list(value) if isinstance(value, tuple) else value or ""


def _delete(opening: Opening, number: str, language: str, actor: str) -> str:
    library: Library = opening.library()
    try:
        report = library.report(int(number))
        file = library.file_of(report)
        with library.writing(), put_aside(file, opening.corpus):
            library.remove(file, actor)
    except KBError as problem:
        return problem_line(problem, language)
    return results_list([Result(file.name, "removed")], language)
