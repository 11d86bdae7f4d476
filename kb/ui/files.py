"""What the browser fetches by address: page pictures, the viewer, a report's own file. Reports are named by their number
in the library, never by a path, so nothing else on this machine can be asked for."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from kb.errors import InvalidRequest, KBError
from kb.export import as_csv, as_xlsx
from kb.feedback import as_gold, kept
from kb.library import Library
from kb.pages import picture
from kb.ui.opening import Opening
from kb.ui.query import parse
from kb.ui.results import hits_of
from kb.ui.told import plainly
from kb.ui.viewer import WIDTHS, Place, inspection, see
from kb.ui.words import LANGUAGES

TABLES = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}
FRESH = {"Cache-Control": "no-store"}  # a report that is deleted leaves no picture behind


def routes(opening: Opening, inspect: Callable[[Path], list[str]]) -> list[Route]:
    """The addresses, to be served before Gradio's own."""

    def page(request: Request) -> Response:
        file = file_read(opening.library(), request.path_params["report"])
        width = min(max(number(request, "width", WIDTHS[0]), 200), WIDTHS[-1])
        return Response(picture(file, request.path_params["page"], width), media_type="image/png", headers=FRESH)

    def viewer(request: Request) -> Response:
        library = opening.library()
        place = Place(*(number(request, name, 0) for name in ("start", "end", "page")))
        return HTMLResponse(see(library, library.report(request.path_params["report"]), place, language(request)), headers=FRESH)

    def original(request: Request) -> Response:
        file = file_read(opening.library(), request.path_params["report"])
        if not file.is_file():
            raise KBError(f"The file {file.name} is no longer where it was read.", "Put it back, or delete the report.")
        return FileResponse(file, filename=file.name, headers=FRESH)

    def inspected(request: Request) -> Response:
        library = opening.library()
        report = library.report(request.path_params["report"])
        return HTMLResponse(inspection(report, inspect(file_read(library, report.id)), language(request)), headers=FRESH)

    def results(request: Request) -> Response:
        hits, _ = hits_of(opening.finder(), parse(request.url.query))
        kind = request.path_params["format"]
        if kind not in TABLES:
            raise InvalidRequest(f"Results are not written as {kind!r}.", "Ask for results.csv or results.xlsx.")
        write, media_type = TABLES[kind]
        name = {"Content-Disposition": f'attachment; filename="passages.{kind}"'}
        return Response(write(hits, language(request)), media_type=media_type, headers=FRESH | name)

    def opinions(request: Request) -> Response:
        lines = (json.dumps(asdict(question), ensure_ascii=False) + "\n" for question in as_gold(kept(opening.library().folder)))
        name = {"Content-Disposition": 'attachment; filename="gold.jsonl"'}
        return Response("".join(lines), media_type="application/jsonl", headers=FRESH | name)

    return [
        Route("/gold.jsonl", calmly(opinions)),
        Route("/results.{format}", calmly(results)),
        Route("/page/{report:int}/{page:int}.png", calmly(page)),
        Route("/see/{report:int}", calmly(viewer)),
        Route("/inspect/{report:int}", calmly(inspected)),
        Route("/original/{report:int}", calmly(original)),
    ]


def file_read(library: Library, number: int) -> Path:
    """The file of a report. Its path was followed to its end when it was read: a link that stands there now leads to another file."""
    file = library.file_of(library.report(number))
    if file.is_symlink() or file.resolve() != file:
        raise KBError(f"In the place of the file {file.name} there is now a link.", "Put the file back, or delete the report.")
    return file


def calmly(serve: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """`serve`, with an error told as its two sentences, in the reader's language, under the status 404."""

    def served(request: Request) -> Response:
        try:
            return serve(request)
        except KBError as problem:
            return PlainTextResponse(plainly(problem, language(request)), status_code=404, headers=FRESH)

    return served


def number(request: Request, name: str, default: int) -> int:
    """A whole number of the address, or `default` where it has none."""
    said = request.query_params.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else default


def language(request: Request) -> str:
    """The interface language of the address, else the first of the browser's that there is; else English."""
    accepted = (one.strip()[:2] for one in request.headers.get("accept-language", "").split(","))
    return next((said for said in (request.query_params.get("language", ""), *accepted) if said in LANGUAGES), "en")
