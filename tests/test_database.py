"""The SQLite file: transactions, the record, and what goes wrong with disks, by name and with the old state intact."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from conftest import ToyEmbedder, make_reading

from ingest.sidecar import sidecar_path, write_sidecar
from kb.database import REBUILD, Database
from kb.doctor import examine
from kb.errors import CannotWrite, LibraryDamaged
from kb.folder import DATABASE
from kb.library import Library, reindex
from kb.records import Filters
from kb.search import search

ROOT = Path(__file__).parent.parent


def long_reading(path: str) -> object:
    return make_reading(path, *(("finding", f"Finding {number} of {path} is that wells need owners. It is said twice.") for number in range(200)))


# making


def test_several_processes_may_make_a_library_at_once(tmp_path: Path) -> None:
    wrong, together = [], Barrier(8)

    def make() -> None:
        together.wait()
        try:
            with closing(Database(tmp_path / DATABASE, create=True)) as made:
                assert made.meta("id")
        except BaseException as error:
            wrong.append(error)

    threads = [Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_library_of_before_gets_its_record_when_it_is_opened(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("a.txt", ("finding", "One.")))
    library.close()
    with closing(sqlite3.connect(library.folder / DATABASE)) as connection:
        connection.executescript("DROP TABLE changes; DROP TABLE unfinished;")
    with Library.open(library.folder, embedder) as again:
        assert again.changes() == []
        again.remove("a.txt")
        assert [(change.verb, change.path) for change in again.changes()] == [("removed", "a.txt")]


def test_a_library_of_before_words_had_vectors_serves_and_gets_them_by_reindexing(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("a.txt", ("finding", "The wells were dug by hand.")))
    library.close()
    with closing(sqlite3.connect(library.folder / DATABASE)) as connection:
        connection.executescript("ALTER TABLE embeddings DROP COLUMN words; ALTER TABLE unfinished DROP COLUMN words;")
    with Library.open(library.folder, embedder) as again:
        [hit] = search(again, "wells dug")
        assert hit.passage.text == "The wells were dug by hand."
        before = len(embedder.encoded)
    reindex(library.folder, embedder)
    assert len(embedder.encoded) == before + 2  # the passage with its context, and its sentence


def test_every_commit_is_on_the_disk_before_it_counts(tmp_path: Path) -> None:
    with closing(Database(tmp_path / DATABASE, create=True)) as made:
        assert made.rows("PRAGMA synchronous") == [(2,)]
        assert made.rows("PRAGMA journal_mode") == [("wal",)]
        assert made.rows("PRAGMA foreign_keys") == [(1,)]


# the record


def test_the_record_says_who_did_what(library: Library) -> None:
    made = make_reading("a.txt", ("finding", "One."))
    library.add(made)
    library.add(made, actor="Ana")
    library.note("edited", "a.txt", made.report.sha256, "Ana")
    library.remove("a.txt", "Luc")
    library.remove("a.txt", "nobody")
    digest = made.report.sha256
    assert [(change.actor, change.verb, change.path, change.sha256) for change in library.changes()] == [
        ("cli", "added", "a.txt", digest), ("Ana", "updated", "a.txt", digest),
        ("Ana", "edited", "a.txt", digest), ("Luc", "removed", "a.txt", digest),
    ]  # fmt: skip
    assert library.changes()[0].at.endswith("+00:00")


@pytest.mark.parametrize(
    "sql", ["UPDATE changes SET actor = 'somebody else'", "DELETE FROM changes", "REPLACE INTO changes VALUES (1, '', '', '', '', '')"]
)
def test_the_record_is_only_added_to(library: Library, sql: str) -> None:
    library.add(make_reading("a.txt", ("finding", "One.")))
    before = library.changes()
    said = "the record is only added to"
    with closing(sqlite3.connect(library.folder / DATABASE)) as connection, pytest.raises(sqlite3.IntegrityError, match=said):
        connection.execute(sql)
    assert library.changes() == before


def test_a_change_that_failed_is_not_on_record(library: Library) -> None:
    with pytest.raises(ValueError, match="zip"):
        library._store.add(make_reading("a.txt", ("finding", "One."), ("finding", "Two.")), [[b"only one"]])
    assert library.changes() == []


# full and read-only disks


def test_a_full_disk_leaves_the_library_as_it_was(library: Library) -> None:
    library.add(make_reading("a.txt", ("finding", "One.")))
    (pages,) = library._store.rows("PRAGMA page_count")[0]
    library._store.rows(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(CannotWrite) as caught:
        library.add(long_reading("b.txt"))
    assert caught.value.problem == f"The library in {library.folder} cannot be written: its disk is full or fails (database or disk is full)."
    assert caught.value.remedy == "Free some space there, then run this again. What was added before is kept."
    assert [report.path for report in library.reports()] == ["a.txt"]
    assert [finding for finding in examine(library.folder) if finding.problems] == []
    library._store.rows("PRAGMA max_page_count = 1000000")
    library.add(long_reading("b.txt"))
    assert [report.path for report in library.reports()] == ["a.txt", "b.txt"]


FILL = """
import resource, sys
from conftest import ToyEmbedder
from ingest.worker import read_safely
from kb import language, library
read_safely(sys.argv[3])  # this process and the reading one have unpacked what they need
language.detect("its model is unpacked into a file")
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
library.SentenceEmbedder = ToyEmbedder
from ingest.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no limit of file sizes there")
def test_a_disk_that_fills_up_during_ingestion_is_named_in_one_line(tmp_path: Path) -> None:
    for number in range(6):
        findings = "".join(f"Finding {line} of place {number} is that wells need owners.\n\n" for line in range(80))
        (tmp_path / f"r{number}.md").write_text(f"# Evaluation of District{number} in Malawi\n\n## Findings\n\n{findings}")
    command = [sys.executable, "-c", FILL, "--library", str(tmp_path / "library"), str(tmp_path / "r0.md"), str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"python -m ingest: The library in {tmp_path / 'library'} cannot be written: its disk is full or fails (")
    assert done.stderr.count("\n") == 1
    with Library.open(tmp_path / "library", ToyEmbedder()) as library:
        assert [f"added     {tmp_path / report.path}" for report in library.reports()] == done.stdout.splitlines()
    assert [finding for finding in examine(tmp_path / "library") if finding.problems] == []


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """`folder` cannot be written: not even by root, who is somebody else meanwhile."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    folder.chmod(0o555)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can look into."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


def test_a_read_only_folder_is_named_and_left_as_it_was(open_folder: Path) -> None:
    folder = open_folder / "library"
    with Library.open(folder, ToyEmbedder(), create=True) as library:
        library.add(make_reading("a.txt", ("finding", "One.")))
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with read_only(folder), pytest.raises(CannotWrite) as caught:
        Library.open(folder, ToyEmbedder())
    assert caught.value.problem.startswith(f"The library in {folder} cannot be opened for writing (")
    assert caught.value.remedy == "See that you may write in the folder, or name another one with --library DIR. Nothing in it was changed."
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_read_only_folder_cannot_be_held_for_writing(open_folder: Path) -> None:
    with Library.open(open_folder / "library", ToyEmbedder(), create=True) as library:  # noqa: SIM117
        with read_only(library.folder), pytest.raises(CannotWrite, match=r"cannot be opened for writing \(Permission denied\)"), library.writing():
            pass


def test_a_sidecar_in_a_read_only_folder_stays_as_it_was(open_folder: Path) -> None:
    report = open_folder / "report.pdf"
    write_sidecar(report, {"year": 2020})
    before = sidecar_path(report).read_bytes()
    with read_only(open_folder), pytest.raises(CannotWrite, match=r"^report\.toml cannot be written in .* \(Permission denied\)\."):
        write_sidecar(report, {"year": 2022})
    assert sidecar_path(report).read_bytes() == before
    assert [file.name for file in open_folder.iterdir()] == ["report.toml"]


# damage


def test_damage_inside_the_database_is_named_when_it_is_met(library: Library, embedder: ToyEmbedder) -> None:
    library.add(long_reading("a.txt"))
    library.close()
    file = library.folder / DATABASE
    content = bytearray(file.read_bytes())
    content[8 * 4096 :] = b"\xff" * (len(content) - 8 * 4096)
    file.write_bytes(content)
    with pytest.raises(LibraryDamaged) as caught, Library.open(library.folder, embedder) as damaged:
        search(damaged, "wells", words_only=True)
        damaged.browse(Filters())
    assert caught.value.problem.startswith("The library's database library.sqlite cannot be read (")
    assert caught.value.remedy == REBUILD
    assert "python -m ingest corpus/" in REBUILD
