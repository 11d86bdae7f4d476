"""The folder that holds a library: what lies in it, where it is, and the lock by which one process at a time writes."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kb.errors import CannotWrite, LibraryBusy, LibraryMissing
from kb.records import Change
from kb.store import Store
from kb.thresholds import FILE as THRESHOLDS

DEFAULT_FOLDER = ".kb"
DATABASE = "library.sqlite"
LOCK = "write.lock"
UNFINISHED = ".restore"  # folder in which a backup is unpacked and tried
GLOSSARY = "glossary.toml"
SIDE_FILES = (GLOSSARY, THRESHOLDS, "feedback.jsonl")  # what an office has said, kept in the folder beside the library itself


def default_folder() -> Path:
    """The library's folder where none is named: KB_LIBRARY, else `.kb`."""
    return Path(os.environ.get("KB_LIBRARY") or DEFAULT_FOLDER)


def make(folder: Path) -> None:
    """Make `folder` where there is none. Raises CannotWrite where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"The folder {folder} cannot be made ({error.strerror}).", "Name another one with --library DIR.") from error


def changes_in(folder: Path) -> list[Change]:
    """The record of the library in `folder`, whatever its model. Raises LibraryMissing or LibraryDamaged."""
    with closing(store_in(folder)) as store:
        return store.changes()


def store_in(folder: Path) -> Store:
    """The database of the library in `folder`, whatever its model. Raises LibraryMissing or LibraryDamaged."""
    if not (folder / DATABASE).exists():
        raise LibraryMissing(f"There is no library in {folder}.", "Make one: python -m ingest corpus/")
    return Store(folder / DATABASE)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the library in `folder` for writing. Raises LibraryBusy while another process does, CannotWrite where none can."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryBusy("Another ingestion is writing to the library.", "Wait until it has finished, then run this again.") from error
    except OSError as error:
        problem = f"The library in {folder} cannot be opened for writing ({error.strerror})."
        raise CannotWrite(problem, "See that you may write in the folder, or name another one with --library DIR.") from error
    try:
        yield
    finally:
        lock.release()
