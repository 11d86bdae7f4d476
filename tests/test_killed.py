"""Processes killed (SIGKILL) at any moment: the library opens, holds what was said to be added, and the next run finishes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import ToyEmbedder

from kb.doctor import examine
from kb.folder import DATABASE
from kb.library import Library
from kb.records import Filters

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed")
HERE = Path(__file__).parent
ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"}
KILLS = 60  # of the long test
READ = """
import sys
from conftest import ToyEmbedder
from kb import library
library.SentenceEmbedder = ToyEmbedder
from ingest.cli import main
sys.exit(main(sys.argv[1:]))
"""


def killed_everywhere(place: Path, stride: int) -> dict[str, dict[str, object]]:
    """In memory where there is a disk in memory: a killed process leaves the same behind there."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else place) as name:
        command = [sys.executable, HERE / "killing.py", name, str(stride)]
        done = subprocess.run(command, env=os.environ | ALONE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_killed_at_some_steps_of_every_action_nothing_is_lost(tmp_path: Path) -> None:
    found = killed_everywhere(tmp_path, 11)
    assert list(found) == ["first", "add", "change", "move", "remove", "reindex", "correct", "search", "backup", "restore"]
    assert [said for one in found.values() for said in one["lost"]] == []
    assert sum(one["kills"] for one in found.values()) > 40


@pytest.mark.long
def test_killed_at_every_step_of_every_action_nothing_is_lost(tmp_path: Path) -> None:
    found = killed_everywhere(tmp_path, 1)
    lost = [said for one in found.values() for said in one["lost"]]
    counts = ", ".join(f"{action} {one['kills']}" for action, one in found.items())
    print(f"\nkilled at every step: {counts}; lost: {len(lost)}")
    assert lost == []


class Reports:
    """A folder of reports that changes, and what of it a reader was told is in the library: name -> text."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.folder, self.chance = home / "reports", chance
        self.folder.mkdir()
        self.told: dict[str, str] = {}
        self.written: dict[str, str] = {}
        for number in range(8):
            self.write(f"report{number}.md", number)

    def write(self, name: str, number: int) -> None:
        place = f"District{number}"
        lessons = "".join(f"Lesson {line} of {place} is that wells and roads need owners, {self.chance.random()}.\n\n" for line in range(60))
        self.written[name] = f"# Final evaluation of the {place} Fund in Malawi\n\n## Lessons\n\n{lessons}"
        (self.folder / name).write_text(self.written[name])

    def change(self) -> None:
        for name in self.chance.sample(sorted(self.written), 3):
            self.write(name, self.chance.randrange(1000))


def run(arguments: list[str], home: Path, lines: int = 0, seconds: float | None = None) -> list[str]:
    """The command line with the toy model, killed `seconds` after it has printed `lines` (never for None): what it printed."""
    environment = os.environ | ALONE | {"KB_LIBRARY": str(home / "library")}
    process = subprocess.Popen([sys.executable, "-c", READ, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    printed = list(islice(process.stdout, lines))
    if seconds is not None:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    assert process.returncode in (0, -signal.SIGKILL), err
    return [line.rstrip() for line in [*printed, *out.splitlines()]]


@pytest.mark.long
def test_killed_at_random_times_nothing_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20260731)
    reports = Reports(tmp_path, chance)
    removals = told = 0
    for number in range(KILLS):
        if number % 4 == 3 and reports.told:
            name = chance.choice(sorted(reports.told))
            run(["remove", str(reports.folder / name)], tmp_path, seconds=chance.uniform(0.1, 1.5))
            removals += 1
            reports.told.pop(name)
        else:
            reports.change()
            for line in run([str(reports.folder)], tmp_path, chance.randrange(8), chance.uniform(0, 0.3)):
                if line.startswith(("added", "updated", "unchanged")):
                    name = Path(line.split()[1]).name
                    reports.told[name] = reports.written[name]
                    told += 1
        look(tmp_path, reports)
    run([str(reports.folder)], tmp_path)
    reports.told = dict(reports.written)
    look(tmp_path, reports)
    print(f"\nkilled at random: {KILLS} runs ({removals} of them removals), {told} reports told of in between; lost: 0")
    assert told > KILLS


def look(home: Path, reports: Reports) -> None:
    """The library opens and is whole; what was told is there, in the words told or, where its file has changed since, in newer ones."""
    if not (home / "library" / DATABASE).exists():
        assert reports.told == {}
        return
    assert [finding for finding in examine(home / "library") if finding.problems] == []
    with Library.open(home / "library", ToyEmbedder()) as library:
        held = {Path(report.path).name: report for report in library.reports()}
        for name, text in reports.told.items():
            assert name in held, f"{name} was told of and is gone"
            texts = [passage.text for passage in library.browse(Filters(reports=(held[name].id,)))]
            assert all(words in text or words in reports.written[name] for words in texts)
            assert len(texts) >= 2
