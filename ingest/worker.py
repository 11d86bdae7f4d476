"""Reads files in a process of their own, which can be stopped: limits of time, memory, pages and size.

The process is started once, serves file after file, and is replaced when it had to be stopped.
`python -m ingest.worker` is that process; it talks over its standard input and output.
"""

import atexit
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ingest.ocr import SECONDS as OCR_SECONDS
from ingest.read import Limits
from kb.errors import KBError, UnreadableFile
from kb.records import Document

Message = Any  # a request is (path, limits); a reply is (kind, content)
LENGTH = struct.Struct(">Q")
SPLIT = "Split it into smaller files and add those."


class Worker:
    """One reading process. Use as a context manager, or call `close` when done."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.command = [sys.executable, "-m", "ingest.worker"]
        self._process: subprocess.Popen[bytes] | None = None
        self._replies: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._lock = threading.Lock()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path | str, progress: Callable[[str], None] | None = None) -> Document:
        """The file's Document, as `ingest.flow.flow` leaves it.

        Raises UnreadableFile where the file gives none, or costs more than the limits allow.
        """
        with self._lock:
            process = self._started()
            try:
                assert process.stdin is not None
                send(process.stdin, (str(path), self.limits))
                return self._answer(Path(path), progress)
            except (BrokenPipeError, EOFError) as error:
                self._stop()
                raise UnreadableFile(
                    f"{Path(path).name} made the reader break down.",
                    "Open it in a viewer, save or print it as a new PDF, and add that one.",
                ) from error

    def close(self) -> None:
        """Stop the process, if it runs."""
        with self._lock:
            self._stop()

    def _answer(self, path: Path, progress: Callable[[str], None] | None) -> Document:
        patience = self.limits.seconds
        while True:
            try:
                kind, content = self._replies.get(timeout=patience)
            except queue.Empty:
                self._stop()
                raise UnreadableFile(
                    f"{path.name} took longer than {self.limits.seconds:g} seconds to read.", SPLIT
                ) from None
            if kind == "end":
                raise EOFError
            if kind == "progress":
                patience = self.limits.seconds + 2 * OCR_SECONDS
                if progress is not None:
                    progress(content)
                continue
            if kind == "memory":
                self._stop()
                raise UnreadableFile(
                    f"{path.name} needs more than {self.limits.memory} MB of memory to read.", SPLIT
                )
            if kind == "error":
                raise UnreadableFile(*content)
            return content

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._process is None:
            root = str(Path(__file__).resolve().parent.parent)
            paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
            self._replies = queue.SimpleQueue()
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
                start_new_session=True,
            )
            listener = threading.Thread(
                target=_listen, args=(self._process.stdout, self._replies), daemon=True
            )
            listener.start()
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for pipe in filter(None, (process.stdin, process.stdout)):
                with suppress(OSError):  # what was still to be written goes nowhere
                    pipe.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Stop the process and what it started, such as OCR."""
    if process.poll() is None and hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _listen(pipe: IO[bytes], replies: "queue.SimpleQueue[Message]") -> None:
    """Hand on what the process says, until it says no more."""
    try:
        while True:
            replies.put(receive(pipe))
    except (EOFError, OSError, ValueError):
        replies.put(("end", None))


_worker: Worker | None = None


def read_safely(path: Path | str, progress: Callable[[str], None] | None = None) -> Document:
    """Read one file in the shared worker. Raises UnreadableFile, with its remedy; never hangs."""
    global _worker
    if _worker is None:
        _worker = Worker()
        atexit.register(_worker.close)
    return _worker.read(path, progress)


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message, its length first."""
    data = pickle.dumps(message)
    pipe.write(LENGTH.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Message:
    """Read one message. Raises EOFError at the end."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve() -> None:
    """Read files as they are asked for, until the input ends."""
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr
    os.dup2(2, 1)
    while True:
        try:
            path, limits = receive(inbox)
        except EOFError:
            return
        send(outbox, _reply(path, limits, lambda note: send(outbox, ("progress", note))))


def _reply(path: str, limits: Limits, progress: Callable[[str], None]) -> tuple[str, Any]:
    from ingest.flow import flow
    from ingest.read import read

    _limit_memory(limits.memory)
    try:
        return "document", flow(read(path, limits, progress))
    except KBError as error:
        return "error", (error.problem, error.remedy)
    except MemoryError:
        return "memory", None
    except Exception:  # a damaged file may break any parser; here it costs this file only
        name = Path(path).name
        return "error", (
            f"{name} is damaged and cannot be read.",
            "Open it in a viewer, save or print it as a new PDF, and add that one.",
        )


def _limit_memory(megabytes: int) -> None:
    """Cap this process, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    serve()
