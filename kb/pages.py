"""Pages of a PDF as pictures, and where on them a quote stands: drawn in a process of its own, within limits."""

import atexit
from functools import cache
from pathlib import Path
from typing import Any

from kb.errors import UnreadableFile
from kb.process import Allowed, Process, Stopped
from kb.records import Box

__all__ = ["Box", "marks", "page_count", "page_size", "picture"]
ALLOWED = Allowed(seconds=30, memory=2000)
WHY = {
    "time": ("It takes longer than {0.seconds:g} seconds.", "Read its text here, or open the file itself."),
    "memory": ("It needs more than {0.memory} MB of memory.", "Read its text here, or open the file itself."),
    "end": ("It made the program that draws it break down.", "Read its text here; open the file itself with care."),
}


def page_count(path: Path) -> int:
    """The number of pages. Raises UnreadableFile where the file is gone or no PDF."""
    return _asked("count", path)


def page_size(path: Path, page: int) -> tuple[int, int]:
    """(width, height) of a page as it is shown, in points; `page` counts from 1."""
    return _asked("size", path, page)


def picture(path: Path, page: int, width: int) -> bytes:
    """Page `page`, counted from 1, as a PNG `width` pixels wide. Raises UnreadableFile where there is no such page."""
    return _asked("picture", path, page, width)


def marks(path: Path, pages: tuple[int, ...], quote: str) -> dict[int, list[Box]]:
    """page -> the boxes of `quote`, a line each; nothing at all where less than half of it is found on `pages`."""
    return _asked("marks", path, pages, quote)


def _asked(verb: str, path: Path, *given: object) -> Any:  # noqa: ANN401 - what the verb gives
    if not path.is_file():  # a device, say, is never opened
        raise UnreadableFile(f"The pages of {path.name} cannot be shown.", "Check that the file is there and opens in a PDF reader.")
    try:
        return _process().ask((verb, (path, *given)), ALLOWED)
    except Stopped as stopped:
        problem, remedy = WHY[stopped.why]
        raise UnreadableFile(f"The pages of {path.name} cannot be shown. {problem.format(ALLOWED)}", remedy) from None


@cache
def _process() -> Process:
    """The process that draws, started with the first page and stopped with the program."""
    process = Process("kb.pdfium")
    atexit.register(process.close)
    return process
