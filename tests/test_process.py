"""Work is done in a process that can be stopped, and that does not outlive the one that asked for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.errors import InvalidRequest
from kb.process import Allowed, Process, Stopped

ROOT = Path(__file__).parent.parent
ALLOWED = Allowed(seconds=20, memory=1000)
# Does what it is asked: to wait, to take memory, to die, to raise, to compute without end; and says its number and that of a child.
ANSWERS = """
import os, subprocess, sys, time
from kb.errors import InvalidRequest
from kb.process import serve

def answer(asked, tell):
    if asked == "wait":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        tell(f"{os.getpid()} {child.pid}")
        time.sleep(600)
    if asked == "take":
        return len(bytearray(2 << 30))
    if asked == "die":
        os._exit(3)
    if asked == "refuse":
        raise InvalidRequest("No.", "Ask for something else.")
    return asked

serve(answer)
"""
ASKS = """
import sys
from kb.process import Allowed, Process
process = Process("none")
process.command = [sys.executable, "-c", sys.argv[1]]
process.ask("wait", Allowed(600, 1000), lambda said: print(said, flush=True))
"""


@pytest.fixture
def process() -> Iterator[Process]:
    with Process("none") as made:
        made.command = [sys.executable, "-c", ANSWERS]
        yield made


def is_over(number: int) -> bool:
    """Whether no process of this number runs; one that ended may still be listed."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def soon(holds: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


def test_one_process_answers_request_after_request(process: Process) -> None:
    assert process.ask("first", ALLOWED) == "first"
    first = process._process
    assert process.ask({"second": 2}, ALLOWED) == {"second": 2}
    with pytest.raises(InvalidRequest, match=r"^No\. Ask for something else\.$"):
        process.ask("refuse", ALLOWED)
    assert process._process is first


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("wait", "time"),
        ("die", "end"),
        pytest.param("take", "memory", marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux caps the memory of a process")),
    ],
)
def test_what_costs_too_much_is_stopped_and_the_next_request_answered(process: Process, asked: str, why: str) -> None:
    with pytest.raises(Stopped) as stopped:
        process.ask(asked, Allowed(seconds=1.5, memory=1000))
    assert stopped.value.why == why
    assert process.ask("next", ALLOWED) == "next"


def test_progress_gives_more_time_but_once(process: Process) -> None:
    process.command = [
        sys.executable,
        "-c",
        ANSWERS.replace("time.sleep(600)\n    if", "[(time.sleep(0.2), tell('still')) for _ in range(999)]\n    if"),
    ]
    process.ask("started", ALLOWED)
    told: list[str] = []
    began = time.monotonic()
    with pytest.raises(Stopped, match="time"):
        process.ask("wait", Allowed(seconds=1, memory=1000, more=1), told.append)
    assert 2 <= time.monotonic() - began < 4
    assert told.count("still") >= 5


def test_what_it_wrote_for_itself_is_deleted_with_it(process: Process) -> None:
    process.ask("started", ALLOWED)
    assert process._folder is not None
    folder = Path(process._folder.name)
    (folder / "page.png").write_bytes(b"confidential")
    process.close()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_neither_it_nor_its_children_outlive_a_parent_that_is_killed() -> None:
    command = [sys.executable, "-c", ASKS, ANSWERS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}) as parent:
        assert parent.stdout is not None
        numbers = [int(number) for number in parent.stdout.readline().split()]
        assert len(numbers) == 2 and not any(map(is_over, numbers))
        parent.send_signal(signal.SIGKILL)
    assert soon(lambda: all(map(is_over, numbers)))
