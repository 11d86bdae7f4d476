"""Reads and understands files in a process of their own, which can be stopped: limits of time, memory, pages and size.

`python -m ingest.worker` is that process.
"""

import atexit
from pathlib import Path

from ingest.limits import SPLIT, Limits
from kb.errors import KBError, UnreadableFile
from kb.process import Allowed, Process, Stopped, Tell, serve
from kb.records import Document, Reading

RESAVE = "Open it in a viewer, save or print it as a new PDF, and add that one."


class Worker(Process):
    """One reading process. Use as a context manager, or call `close` when done."""

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__("ingest.worker")
        self.limits = limits or Limits()

    def read(self, path: Path | str, progress: Tell | None = None) -> tuple[Reading, Document]:
        """What is understood of a file, as `ingest.understand` tells it.

        Raises UnreadableFile where the file gives nothing, or costs more than the limits allow.
        """
        limits = self.limits
        try:
            return self.ask((str(path), limits), Allowed(limits.seconds, limits.memory, limits.ocr), progress)
        except Stopped as stopped:
            raise _unreadable(Path(path).name, stopped.why, limits) from None


def _unreadable(name: str, why: str, limits: Limits) -> UnreadableFile:
    if why == "time":
        return UnreadableFile(f"{name} took longer than {limits.seconds:g} seconds to read.", SPLIT)
    if why == "memory":
        return UnreadableFile(f"{name} needs more than {limits.memory} MB of memory to read.", SPLIT)
    return UnreadableFile(f"{name} made the reader break down.", RESAVE)


_worker: Worker | None = None


def read_safely(path: Path | str, progress: Tell | None = None) -> tuple[Reading, Document]:
    """What is understood of one file, read in the shared worker. Raises UnreadableFile, with its remedy; never hangs."""
    global _worker
    if _worker is None:
        _worker = Worker()
        atexit.register(_worker.close)
    return _worker.read(path, progress)


def _answer(asked: tuple[str, Limits], progress: Tell) -> tuple[Reading, Document]:
    from ingest.understand import understand

    path, limits = asked
    try:
        return understand(Path(path), limits, progress)
    except (KBError, MemoryError):
        raise
    except Exception as error:  # a damaged file may break any parser; here it costs this file only
        raise UnreadableFile(f"{Path(path).name} is damaged and cannot be read.", RESAVE) from error


if __name__ == "__main__":
    serve(_answer)
