"""Files are read in a process that can be stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typeset import column, typeset

from ingest.limits import Limits
from ingest.worker import Worker
from kb.errors import UnreadableFile

SPLIT = "Split it into smaller files and add those."


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return typeset(tmp_path / "a.pdf", column(70, 720, ["The evaluation was carried out in two coun-", "tries of the region by one evaluator."]))


def failure(worker: Worker, path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        worker.read(path)
    return str(caught.value)


def test_one_process_serves_many_files(paper: Path) -> None:
    with Worker() as worker:
        first = worker.read(paper)
        process = worker._process
        assert worker.read(paper) == first
        assert failure(worker, paper.parent / "none.txt") == f"There is no file at {paper.parent / 'none.txt'}. Check the path."
        assert worker._process is process
    assert first[1].text == "The evaluation was carried out in two countries of the region by one evaluator."


def test_what_takes_too_long_is_stopped(paper: Path) -> None:
    with Worker(Limits(seconds=0.001)) as worker:
        assert failure(worker, paper) == f"a.pdf took longer than 0.001 seconds to read. {SPLIT}"
        worker.limits = Limits()
        assert worker.read(paper)[1].page_count == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux caps the memory of a process")
def test_what_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_bytes(b"word " * 30_000_000)
    with Worker(Limits(memory=600)) as worker:
        assert failure(worker, big) == f"big.txt needs more than 600 MB of memory to read. {SPLIT}"
        worker.limits = Limits()
        big.write_text("A few words.")
        assert worker.read(big)[1].text == "A few words."


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs POSIX signals")
def test_a_reader_that_dies_is_replaced(paper: Path) -> None:
    with Worker() as worker:
        worker.read(paper)
        process = worker._process
        assert process is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert worker.read(paper)[1].page_count == 1
        assert worker._process is not process


def test_a_reader_that_breaks_down_names_the_file(paper: Path) -> None:
    with Worker() as worker:
        worker.command = [sys.executable, "-c", "import sys; sys.stdin.buffer.read(9)"]
        assert failure(worker, paper) == "a.pdf made the reader break down. Open it in a viewer, save or print it as a new PDF, and add that one."


def test_the_reader_loads_nothing_heavy() -> None:
    heavy = "{'torch', 'sentence_transformers', 'gradio', 'faiss', 'numpy'}"
    code = f"import sys, ingest.worker, ingest.flow, ingest.read_pdf; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    assert done.stdout.strip() == "set()"
