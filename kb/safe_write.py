"""Files written whole or not at all, whatever stops the writing: the process killed, the disk full, the power gone."""

import os
from contextlib import suppress
from glob import escape
from pathlib import Path
from threading import get_ident

from kb.errors import CannotWrite


def write_whole(path: Path, content: bytes, lasting: bool = True) -> None:
    """Put `content` at `path` in one step: who reads sees the old file or the new one. Raises CannotWrite, the old file as it was.

    Without `lasting` it does not wait for the disk: for files that can be made again, and that tell if they are torn.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.tmp")
    try:
        _clear(path)
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        unfinished.replace(path)
        if lasting:
            _settle(path.parent)
    except OSError as error:
        with suppress(OSError):  # where nothing can be written, perhaps nothing can be deleted
            unfinished.unlink(missing_ok=True)
        problem = f"{path.name} cannot be written in {path.parent} ({error.strerror})."
        raise CannotWrite(problem, "See that the disk has space and that you may write in the folder, then do it again.") from error


def unfinished_files(folder: Path, name: str = "*") -> list[Path]:
    """What writers of `name` (or of any file) in `folder` left behind when they were killed."""
    return sorted(folder.glob(f".{name}.*-*.tmp"))


def _clear(path: Path) -> None:
    for left in unfinished_files(path.parent, escape(path.name)):
        left.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make a file's new name outlast a power cut. Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
