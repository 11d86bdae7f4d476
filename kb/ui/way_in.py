"""What the Reports tab needs of the way in, handed to it by app.py: kb does not know how files are read."""

import filecmp
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import CannotWrite
from kb.library import Library

RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # Windows takes these names for devices
Progress = Callable[[int, int], None]  # (done, in all)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: added, updated, unchanged, removed or failed, and the sentences that say why, in English as the library says them."""

    name: str
    outcome: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WayIn:
    """How files come in: `add` reads one (anew where the last argument but one says so), `inspect` tells what is understood of it,
    `correct` writes what a reader says of a report beside its file and raises KBError where that cannot be. Who does it comes last."""

    suffixes: tuple[str, ...]
    add: Callable[[Library, Path, Progress, bool, str], Result]
    inspect: Callable[[Path], list[str]]
    correct: Callable[[Library, Path, dict[str, Any], str], None]


def safe_name(name: str) -> str:
    """A file name that is only that: no folder, no hidden file, letters, digits and a few signs, 120 characters at most."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, suffix = re.sub(r"[^\w .()+-]", "_", plain).strip(" .").rpartition(".")
    name = (stem or suffix)[:110].strip(" .") or "report"
    return f"{'_' if RESERVED.fullmatch(name) else ''}{name}{dot and '.' + suffix.lower()[:8] if stem else ''}"


def take(file: Path, folder: Path) -> Path:
    """Move an uploaded file into `folder` under a safe name that no other file has; the same file again keeps its name."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / safe_name(file.name)
    place, number = wanted, 1
    while place.exists() and not filecmp.cmp(place, file, shallow=False):
        number += 1
        place = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
    shutil.move(file, place)
    return place


def _aside(file: Path, folder: Path) -> Path:
    """Where in `folder` the file is now. Raises CannotWrite where it cannot be moved."""
    try:
        folder.mkdir(exist_ok=True)
        return file.replace(folder / file.name)
    except OSError as error:
        problem = f"{file.name} cannot be written in {folder} ({error.strerror})."
        raise CannotWrite(problem, "See that the disk has space and that you may write in the folder, then do it again.") from error


@contextmanager
def put_aside(file: Path, folder: Path) -> Iterator[None]:
    """Around the deletion of a report: its file, with what is said beside it, goes out of the reports' `folder` into its `.removed`
    first, and comes back if the deletion fails. A file that lies elsewhere stays where it is.

    First, because where the process is killed between the two the report can be deleted again; a file that was left would be read again.
    """
    moved: list[tuple[Path, Path]] = []
    for each in (file, file.with_suffix(".toml")):
        if os.path.isfile(each) and each.resolve().is_relative_to(folder.resolve()):
            moved.append((_aside(each, folder / ".removed"), each))
    try:
        yield
    except BaseException:
        for aside, place in moved:
            aside.replace(place)
        raise
