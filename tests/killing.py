"""Kills a process at every step of an action, and sees what is left: `python tests/killing.py FOLDER STRIDE [ACTION...]`.

A step is a statement of SQL or one of the calls by which files change. For each step there is a fresh copy of the same
library, a forked process that does the action and kills itself (SIGKILL) at that step, and a second one that looks at what
is left and does the action again. Nothing of this is known to the tool itself. Prints JSON: the steps, the kills, and what was lost.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from conftest import ToyEmbedder

import ingest.pipeline as pipeline
from ingest.understand import understand
from kb.backup import backup, restore
from kb.doctor import examine
from kb.folder import DATABASE
from kb.library import Library, reindex
from kb.records import Filters
from kb.store import Store
from kb.vectors import VectorIndex

NAMES = {
    "roads": "# Final evaluation of the Roads Fund in Malawi\n\n## Findings\n\nRoads improved in the north. Bridges did not.\n",
    "health": "# Final evaluation of the Health Fund in Peru\n\n## Findings\n\nClinics opened in the south. Nurses were trained.\n",
    "water": "# Final evaluation of the Water Fund in Chad\n\n## Lessons\n\nWells need owners. Pumps need parts.\n",
}
TOLD = "told.txt"  # what a killed process had said it did


class Other(ToyEmbedder):
    """Another model."""

    name = "other"

    def __init__(self) -> None:
        super().__init__("other 1")


def embedder_of(library: Path) -> ToyEmbedder:
    """The model that the library says it was made with."""
    if not (library / DATABASE).exists():
        return ToyEmbedder()
    with closing(Store(library / DATABASE, create=True)) as store:
        return Other() if store.meta("model") == "other 1" else ToyEmbedder()


def tell(home: Path, said: str) -> None:
    with (home / TOLD).open("a") as file:
        file.write(said + "\n")


def read_all(home: Path) -> None:
    with Library.open(home / "library", embedder_of(home / "library"), create=True) as library:
        pipeline.ingest([home / "reports"], library.folder, library=library, tell=lambda one: tell(home, f"{one.outcome} {Path(one.path).name}"))


def change(home: Path) -> None:
    (home / "reports" / "roads.md").write_text(NAMES["roads"].replace("north", "east"))
    read_all(home)


def move(home: Path) -> None:
    if (home / "reports" / "roads.md").exists():
        (home / "reports" / "roads.md").rename(home / "reports" / "malawi.md")
    read_all(home)


def remove(home: Path) -> None:
    with Library.open(home / "library", ToyEmbedder()) as library:
        pipeline.remove([home / "reports" / "roads.md"], library.folder, library)


def embed_anew(home: Path) -> None:
    reindex(home / "library", Other())


def correct(home: Path) -> None:
    with Library.open(home / "library", ToyEmbedder()) as library:
        pipeline.correct(home / "reports" / "roads.md", {"title": "Roads for all", "year": 2019}, library)
    read_all(home)


def search(home: Path) -> None:
    with Library.open(home / "library", ToyEmbedder()) as library:
        library.search_vectors(library.encoded("roads").vector, Filters())


def save(home: Path) -> None:
    backup(home / "library", home / "whole.zip")


def bring_back(home: Path) -> None:
    restore(home / "whole.zip", home / "library")


ACTIONS: dict[str, Callable[[Path], None]] = {
    "first": read_all, "add": read_all, "change": change, "move": move, "remove": remove, "reindex": embed_anew, "correct": correct,
    "search": search, "backup": save, "restore": bring_back,
}  # fmt: skip


def prepare(action: str, home: Path) -> None:
    """What there is before the action."""
    (home / "reports").mkdir(parents=True)
    names = [] if action == "first" else ["roads", "health"]
    for name in names:
        (home / "reports" / f"{name}.md").write_text(NAMES[name])
    if names:
        read_all(home)
        search(home)
    if action == "restore":
        save(home)
        remove(home)
    for name in {"first": ["roads", "health"], "add": ["water"], "restore": ["water"]}.get(action, []):
        (home / "reports" / f"{name}.md").write_text(NAMES[name])
    if action == "restore":
        read_all(home)
    (home / TOLD).unlink(missing_ok=True)


def state(home: Path) -> dict[str, str]:
    """What the library answers with: path of a report -> its text. Everything that is found has to be of a report there is."""
    if not (home / "library" / DATABASE).exists():
        return {}
    with Library.open(home / "library", embedder_of(home / "library"), create=True) as library:
        texts = {report.id: report.text for report in library.reports()}
        everything = Filters()
        for passage in library.passages(library.search_vectors(library.encoded("the").vector, everything)):
            assert passage.text in texts[passage.report_id], passage
        found = library.search_words('"in" OR "road" OR "clinic" OR "well"', everything)
        assert len(library.passages(found)) == len(found)
        assert {passage.report_id for passage in library.browse(everything)} == set(texts), "a report without passages"
        return {report.path: f"{report.title}\n{report.text}" for report in library.reports()}


def kill_at(step: int) -> None:
    """From now on, this process ends at the `step`-th thing it does to the disk."""
    left = [step]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            count()
            result = function(*arguments, **named)
            count()
            return result

        return call

    def connect(*arguments: object, **named: object) -> sqlite3.Connection:
        connection = opened(*arguments, **named)
        connection.set_trace_callback(count)
        return connection

    opened, sqlite3.connect = sqlite3.connect, connect
    for owner, name in ((os, "fsync"), (os, "replace"), (Path, "replace"), (Path, "unlink"), (Path, "write_bytes"), (Path, "mkdir"), (os, "open")):
        setattr(owner, name, counted(getattr(owner, name)))


def in_child(work: Callable[[], None]) -> tuple[int, str]:
    """Do `work` in a process of its own: (the signal that ended it, or 0; what went wrong)."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            work()
        except BaseException:
            os.write(writer, traceback.format_exc()[-3000:].encode())
            os._exit(1)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        wrong = said.read()
    _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, wrong


def check(action: str, home: Path, before: dict[str, str], after: dict[str, str]) -> None:
    """What a killed process has left is the state before or after, or on the way; doing it again finishes it."""
    folder = home / "library"
    told = (home / TOLD).read_text().splitlines() if (home / TOLD).exists() else []
    left = state(home)
    if (folder / DATABASE).exists():
        assert [finding for finding in examine(folder) if finding.problems] == []
    assert all(left[path] in (before.get(path), after.get(path)) for path in left), f"neither before nor after: {left}"
    assert set(left) >= set(before) & set(after), f"lost: {set(before) & set(after) - set(left)}"
    for outcome, name in (line.split() for line in told if line.split()[0] in ("added", "updated")):
        assert left[f"reports/{name}"] == after[f"reports/{name}"], f"{name} was {outcome} and is not there"
    ACTIONS[action](home)
    assert state(home) == after, f"not finished: {state(home)}"
    assert [finding for finding in examine(folder) if finding.problems or (finding.note and finding.check != "sources")] == []
    assert list((home / "reports").glob(".*")) == list(home.glob(".*")) == []


def warm_up(home: Path) -> None:
    """Load once what every child would load."""
    home.mkdir()
    (home / "roads.md").write_text(NAMES["roads"])
    reading, document = understand(home / "roads.md")
    pipeline.passages(document, reading.sections, reading.items, ToyEmbedder().count, 64, "")
    VectorIndex(2)


def before_and_after(action: str, place: Path) -> list[dict[str, str]]:
    """Make the library that `action` begins with in `place`/start, and say what it holds before and after the action."""
    start, end, states = place / "start", place / "end", []
    _, wrong = in_child(lambda: prepare(action, start))
    assert not wrong, wrong
    shutil.copytree(start, end)
    for home, work in ((start, lambda: None), (end, lambda: ACTIONS[action](end))):

        def note(home: Path = home, work: Callable[[], None] = work) -> None:
            work()
            (place / f"{home.name}.json").write_text(json.dumps(state(home)))

        _, wrong = in_child(note)
        assert not wrong, wrong
        states.append(json.loads((place / f"{home.name}.json").read_text()))
    return states


def kill_everywhere(action: str, place: Path, stride: int) -> dict[str, object]:
    """Kill `action` at every `stride`-th step, from the first to the last: how often, and what was lost."""
    states = before_and_after(action, place)
    step, kills, lost = 1, 0, []
    while True:
        home = place / "run"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(place / "start", home)

        def killed(home: Path = home, step: int = step) -> None:
            kill_at(step)
            ACTIONS[action](home)

        ended, wrong = in_child(killed)
        if not wrong and ended == 0:
            return {"steps": step - 1, "kills": kills, "lost": lost}
        kills += 1
        _, wrong_after = in_child(lambda: check(action, place / "run", *states))
        lost += [f"step {step}: {said}" for said in (wrong, wrong_after) if said]
        step += stride


def main(place: Path, stride: int, actions: list[str]) -> None:
    pipeline.read_safely = understand  # in this process: what is killed is the library's own work
    warm_up(place / "warm")
    print(json.dumps({action: kill_everywhere(action, place / action, stride) for action in actions or ACTIONS}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
