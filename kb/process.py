"""Work done in a process of its own, which can be stopped: limits of time and memory, and nothing outlives its parent.

The process is started once, answers request after request, and is replaced when it had to be stopped. It talks over its
standard input and output, and ends when its input does: also where the process that started it was killed.
"""

import math
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from kb.errors import KBError

Message = Any  # a request is (what is asked, limits); a reply is (kind, content)
Tell = Callable[[str], None]
LENGTH = struct.Struct(">Q")
LONGEST = 500 << 20  # bytes of a message: more is not taken into memory
GRACE = 60  # seconds of computing left to a process that nobody stops


class Stopped(Exception):
    """The work was stopped. `why`: it took too much "time" or "memory", or the process came to its "end"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Allowed:
    """What one request may cost: seconds, `more` of them once it tells of its progress, and MB of memory."""

    seconds: float
    memory: int
    more: float = 0.0


class Process:
    """One process that runs a module. Use as a context manager, or call `close` when done."""

    def __init__(self, module: str) -> None:
        self.command = [sys.executable, "-m", module]
        self._process: subprocess.Popen[bytes] | None = None
        self._replies: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._folder: TemporaryDirectory[str] | None = None  # where it may write, emptied when it ends
        self._lock = threading.Lock()

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, request: Message, allowed: Allowed, progress: Tell | None = None) -> Any:  # noqa: ANN401 - what the module answers
        """The answer to one request. Raises the KBError that it ends in, or Stopped."""
        with self._lock:
            process = self._started()
            try:
                assert process.stdin is not None
                send(process.stdin, (request, allowed))
                return self._answer(allowed, progress)
            except (BrokenPipeError, EOFError) as error:
                self._stop()
                raise Stopped("end") from error

    def close(self) -> None:
        """Stop the process, if it runs."""
        with self._lock:
            self._stop()

    def _answer(self, allowed: Allowed, progress: Tell | None) -> Any:  # noqa: ANN401
        began, patience = time.monotonic(), allowed.seconds
        while True:
            try:
                kind, content = self._replies.get(timeout=max(0.0, began + patience - time.monotonic()))
            except queue.Empty:
                self._stop()
                raise Stopped("time") from None
            if kind == "answer":
                return content
            if kind == "error":
                raise content
            if kind == "progress":
                patience = allowed.seconds + allowed.more
                if progress is not None:
                    progress(content)
            elif kind == "memory":
                self._stop()
                raise Stopped("memory")
            else:
                raise EOFError

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self._stop()
        if self._process is None:
            root = str(Path(__file__).resolve().parent.parent)
            paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
            self._replies, self._folder = queue.SimpleQueue(), TemporaryDirectory(prefix="kb-", ignore_cleanup_errors=True)
            self._process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
                env={**os.environ, "PYTHONPATH": paths, "TMPDIR": self._folder.name},
            )  # fmt: skip
            threading.Thread(target=_listen, args=(self._process.stdout, self._replies), daemon=True).start()
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for pipe in filter(None, (process.stdin, process.stdout)):
                with suppress(OSError):  # what was still to be written goes nowhere
                    pipe.close()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Stop the process and what it started, such as OCR."""
    if process.poll() is None and hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _listen(pipe: IO[bytes], replies: "queue.SimpleQueue[Message]") -> None:
    """Hand on what the process says, until it says no more."""
    try:
        while True:
            replies.put(receive(pipe))
    except (EOFError, OSError, ValueError):
        replies.put(("end", None))


def send(pipe: IO[bytes], message: Message) -> None:
    """Write one message, its length first."""
    data = pickle.dumps(message)
    pipe.write(LENGTH.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Message:
    """Read one message. Raises EOFError at the end, and where it is longer than any may be."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = pipe.read(length) if length <= LONGEST else b""
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def serve(answer: Callable[[Message, Tell], Message]) -> None:
    """What such a process does: answer requests as they come, until the input ends. Does not return."""
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    sys.stdout = sys.stderr
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_hear, args=(inbox, requests), daemon=True).start()
    while True:
        request, allowed = requests.get()
        _limit(allowed)
        try:
            send(outbox, ("answer", answer(request, lambda note: send(outbox, ("progress", note)))))
        except KBError as error:
            send(outbox, ("error", error))
        except MemoryError:
            send(outbox, ("memory", None))


def _hear(inbox: IO[bytes], requests: "queue.SimpleQueue[Message]") -> None:
    """Hand on the requests; end this process, and what it started, as soon as nobody can send any."""
    try:
        while True:
            requests.put(receive(inbox))
    except (EOFError, OSError, ValueError):
        if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(0)


def _limit(allowed: Allowed) -> None:
    """Cap this process, and each that it starts, where the system can. Time is kept by the parent; should that be gone, the cap on computing is."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = math.ceil(time.process_time() + allowed.seconds + allowed.more) + GRACE
    caps = ((resource.RLIMIT_AS, allowed.memory << 20), (resource.RLIMIT_CPU, used), (resource.RLIMIT_CORE, 0))
    for name, most in caps:
        with suppress(ValueError, OSError):  # a cap set from outside may be lower
            resource.setrlimit(name, (most, resource.getrlimit(name)[1]))
