"""A library as one file, and back again, while others use it: a zip of the database, what the office keeps beside it, and a list.

The vector file is left out, since it is made from the database.
"""

import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from kb import checks
from kb.errors import BackupDamaged, CannotWrite, InvalidRequest, LibraryDamaged
from kb.folder import DATABASE, SIDE_FILES, UNFINISHED, held, store_in
from kb.safe_write import write_whole
from kb.store import Store

LIST = "backup.json"
FORMAT = 1


def backup(folder: Path, file: Path) -> dict[str, Any]:
    """Write the library in `folder`, as it is at this moment, to `file`, whole or not at all; returns what it holds.

    Raises LibraryMissing or LibraryDamaged, InvalidRequest where `file` is something else, CannotWrite where the disk is full.
    """
    if file.exists() and not _is_backup(file):
        raise InvalidRequest(f"{file} is there already and is no backup.", "Name another file.")
    with _writable(file.parent), _workplace(file.with_name(f".{file.name}.unfinished")) as place:
        with closing(store_in(folder)) as store:
            store.copy_to(place / DATABASE)
        for side in SIDE_FILES:
            if (folder / side).is_file():
                (place / side).write_bytes((folder / side).read_bytes())
        listed = _listed(place)
        _pack(place, listed, place / "whole.zip")
        (place / "whole.zip").replace(file)
    return listed


@contextmanager
def _workplace(place: Path) -> Iterator[Path]:
    """An empty folder for as long as it is needed; what one left there that was killed goes first."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, CannotWrite) as error:
        problem = f"Nothing can be written in {folder} ({getattr(error, 'strerror', None) or error.__cause__})."
        raise CannotWrite(problem, "See that its disk has space and that you may write there, or name another file.") from error


def _is_backup(file: Path) -> bool:
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as whole:
        return LIST in whole.namelist()


def _listed(place: Path) -> dict[str, Any]:
    """What the files in `place` are."""
    with closing(Store(place / DATABASE)) as copy:
        reports, passages = copy.counts()
        about = {"format": FORMAT, "made": datetime.now(UTC).isoformat(timespec="seconds"), "library": copy.meta("id"), "model": copy.meta("model")}
    return about | {"reports": reports, "passages": passages, "files": {file.name: _digest(file) for file in _files(place)}}


def _files(place: Path) -> list[Path]:
    return [place / name for name in (DATABASE, *SIDE_FILES) if (place / name).is_file()]


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _pack(place: Path, listed: dict[str, Any], target: Path) -> None:
    with target.open("xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
            whole.writestr(LIST, json.dumps(listed, indent=2))
            for file in _files(place):
                whole.write(file, file.name)
        stream.flush()
        os.fsync(stream.fileno())


def restore(file: Path, folder: Path, actor: str = "cli") -> dict[str, Any]:
    """Put the library of a backup in the place of the one in `folder`, in one step; returns what it holds.

    The backup is tried first. The record of changes goes on, and an app that serves the library sees the new state.
    A side file that is replaced is kept beside it, as NAME.before-restore; a damaged database in a folder damaged-N.
    Raises BackupDamaged, LibraryBusy or CannotWrite, the library as it was.
    """
    with _writable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder), _workplace(folder / UNFINISHED) as place:
            listed = _unpacked(file, place)
            _tried(file, place / DATABASE)
            _restore_sides(place, folder)
            _restore_database(place / DATABASE, folder, file.name, listed["files"][DATABASE], actor)
    return listed


def _unpacked(file: Path, place: Path) -> dict[str, Any]:
    """Put the files of a backup into `place`, each as it was when it was backed up. Returns its list."""
    if not file.is_file():
        raise InvalidRequest(f"There is no file at {file}.", "Check the path.")
    try:
        with zipfile.ZipFile(file) as whole:
            listed = json.loads(whole.read(LIST))
            names = [name for name in (DATABASE, *SIDE_FILES) if name in listed["files"]]
            for name in names:
                whole.extract(name, place)
        sound = DATABASE in names and all(_digest(place / name) == listed["files"][name] for name in names)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, TypeError, ValueError, EOFError, NotImplementedError, zlib.error) as error:
        raise _no_backup(file, f"{type(error).__name__}: {error}") from error
    if not sound:
        raise _no_backup(file, "its files are not what they were")
    if listed["format"] > FORMAT:
        raise BackupDamaged(f"{file.name} was made by a newer version of this tool.", "Update the tool.")
    return listed


def _no_backup(file: Path, why: str) -> BackupDamaged:
    return BackupDamaged(f"{file.name} is no whole backup ({why}).", "Use another backup; the library is as it was.")


def _tried(file: Path, database: Path) -> None:
    """Raises BackupDamaged where a library opened from the backup would not be whole."""
    try:
        with closing(Store(database)) as store:
            faults = checks.unreadable(store) or checks.untrue_reports(store) or checks.parentless(store)
    except LibraryDamaged as error:
        raise _no_backup(file, error.problem) from error
    if faults:
        raise _no_backup(file, "the library in it is damaged")


def _restore_sides(place: Path, folder: Path) -> None:
    for name in SIDE_FILES:
        if not (place / name).is_file():
            continue
        content, old = (place / name).read_bytes(), folder / name
        if old.is_file() and old.read_bytes() != content:
            write_whole(old.with_name(f"{name}.before-restore"), old.read_bytes())
        write_whole(old, content)


def _restore_database(staged: Path, folder: Path, name: str, sha256: str, actor: str) -> None:
    current = _readable(folder / DATABASE)
    with closing(Store(staged)) as copy:
        if current:
            copy.follow(current)
        copy.note("restored", name, sha256, actor)
    if current:
        with closing(current):
            current.become(staged)
        return
    _put_aside(folder)
    staged.replace(folder / DATABASE)


def _readable(database: Path) -> Store | None:
    """The database there is, open; None where there is none that can be read."""
    if not database.exists():
        return None
    try:
        store = Store(database, create=True)
        if not checks.unreadable(store):
            return store
        store.close()
    except LibraryDamaged:
        return None
    return None


def _put_aside(folder: Path) -> None:
    """Move a damaged database, with its journals, into a folder of its own."""
    files = sorted(folder.glob(f"{DATABASE}*"))
    if files:
        aside = next(place for number in range(1, 10_000) if not (place := folder / f"damaged-{number}").exists())
        aside.mkdir()
        for file in files:
            file.replace(aside / file.name)
