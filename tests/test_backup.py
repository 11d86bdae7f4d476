"""python -m kb backup and restore: one file, while others use the library; the old state or the new one, never half of either."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import ToyEmbedder, make_reading

from kb.backup import backup, restore
from kb.cli import main
from kb.doctor import examine
from kb.errors import BackupDamaged, InvalidRequest, LibraryBusy, LibraryMissing
from kb.folder import DATABASE
from kb.library import Library
from kb.records import Filters
from kb.search import search


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "library", ToyEmbedder(), create=True) as library:
        library.add(make_reading("a.txt", ("finding", "Alpha shelters. They are old.")))
    (tmp_path / "library" / "glossary.toml").write_text("# old")
    return tmp_path / "library"


@pytest.fixture
def saved(folder: Path, tmp_path: Path) -> Path:
    """A backup of the library with a.txt; after it a.txt went and b.txt came."""
    backup(folder, tmp_path / "whole.zip")
    with Library.open(folder, ToyEmbedder()) as library:
        library.remove("a.txt", "Ana")
        library.add(make_reading("b.txt", ("finding", "Beta shelters. They are new.")), actor="Ana")
    return tmp_path / "whole.zip"


def found(library: Library) -> list[str]:
    return [hit.report.path for hit in search(library, "shelters")]


def test_what_a_backup_holds(saved: Path) -> None:
    with zipfile.ZipFile(saved) as whole:
        assert sorted(whole.namelist()) == ["backup.json", "glossary.toml", "library.sqlite"]
        listed = json.loads(whole.read("backup.json"))
    assert (listed["format"], listed["model"], listed["reports"], listed["passages"]) == (1, "toy 1", 1, 1)
    assert sorted(path.name for path in saved.parent.iterdir()) == ["library", "whole.zip"]


def test_a_library_comes_back_under_those_who_use_it(folder: Path, saved: Path) -> None:
    with Library.open(folder, ToyEmbedder()) as serving:
        assert found(serving) == ["b.txt"]
        assert restore(saved, folder)["reports"] == 1
        assert found(serving) == ["a.txt"]
        assert [passage.text for passage in serving.browse(Filters())] == ["Alpha shelters. They are old."]
    assert [finding for finding in examine(folder) if finding.problems] == []


def test_a_backup_can_be_made_while_another_writes(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, ToyEmbedder()) as library, library.writing(), library._store.writing():
        backup(folder, tmp_path / "meanwhile.zip")
    restore(tmp_path / "meanwhile.zip", tmp_path / "elsewhere")
    with Library.open(tmp_path / "elsewhere", ToyEmbedder()) as other:
        assert found(other) == ["a.txt"]


def test_restoring_waits_its_turn(folder: Path, saved: Path) -> None:
    with Library.open(folder, ToyEmbedder()) as library, library.writing():
        with pytest.raises(LibraryBusy):
            restore(saved, folder)
        assert found(library) == ["b.txt"]


def test_the_record_goes_on_and_no_number_is_given_twice(folder: Path, saved: Path) -> None:
    restore(saved, folder, "Luc")
    with Library.open(folder, ToyEmbedder()) as library:
        assert [(change.actor, change.verb, change.path) for change in library.changes()] == [
            ("cli", "added", "a.txt"), ("Ana", "removed", "a.txt"), ("Ana", "added", "b.txt"), ("Luc", "restored", "whole.zip"),
        ]  # fmt: skip
        assert library.add(make_reading("c.txt", ("finding", "Gamma."))).id == 3
        assert max(passage.id for passage in library.browse(Filters())) == 3


def test_a_vector_file_of_the_state_before_is_not_taken_for_the_new_one(folder: Path, saved: Path) -> None:
    with Library.open(folder, ToyEmbedder()) as library:
        assert found(library) == ["b.txt"]  # makes the file of the third change
    restore(saved, folder)
    with Library.open(folder, ToyEmbedder()) as library:
        library.add(make_reading("c.txt", ("finding", "Gamma shelters.")))
        vectors = library.search_vectors(library.encoded("shelters").vector, Filters())
        assert {passage.text for passage in library.passages(vectors)} == {"Alpha shelters. They are old.", "Gamma shelters."}


def test_what_the_office_keeps_beside_the_library_comes_back_and_is_not_lost(folder: Path, saved: Path) -> None:
    (folder / "glossary.toml").write_text("# new")
    restore(saved, folder)
    assert (folder / "glossary.toml").read_text() == "# old"
    assert (folder / "glossary.toml.before-restore").read_text() == "# new"


def test_a_damaged_library_is_put_aside(folder: Path, saved: Path) -> None:
    (folder / DATABASE).write_bytes(b"damaged " * 1000)
    restore(saved, folder)
    with Library.open(folder, ToyEmbedder()) as library:
        assert found(library) == ["a.txt"]
    assert (folder / "damaged-1" / DATABASE).read_bytes() == b"damaged " * 1000


def rewritten(saved: Path, **content: bytes) -> Path:
    """The backup with some files replaced."""
    other = saved.with_name("other.zip")
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, content.get(name.partition(".")[0], old.read(name)))
    return other


def truncated(saved: Path) -> Path:
    saved.write_bytes(saved.read_bytes()[:-100])
    return saved


def flipped(saved: Path) -> Path:
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 0xFF
    saved.write_bytes(content)
    return saved


def with_a_broken_database(saved: Path) -> Path:
    """A backup whose list is right, and whose library is not whole."""
    place = saved.with_name("broken.sqlite")
    with zipfile.ZipFile(saved) as whole:
        place.write_bytes(whole.read(DATABASE))
        listed = json.loads(whole.read("backup.json"))
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("UPDATE reports SET text = 'other'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    listed["files"][DATABASE] = sha256(place.read_bytes()).hexdigest()
    return rewritten(saved, library=place.read_bytes(), backup=json.dumps(listed).encode())


SPOILT: dict[str, Callable[[Path], Path]] = {
    "cut short": truncated,
    "one byte else": flipped,
    "a library that is not whole": with_a_broken_database,
    "no library": lambda saved: rewritten(saved, library=b"x" * 9000),
    "no list": lambda saved: rewritten(saved, backup=b"[]"),
    "no zip": lambda saved: saved.write_bytes(b"no zip") and saved,
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_damaged_backup_changes_nothing(folder: Path, saved: Path, spoilt: str) -> None:
    file = SPOILT[spoilt](saved)
    with pytest.raises(BackupDamaged) as caught:
        restore(file, folder)
    assert caught.value.problem.startswith(f"{file.name} is no whole backup (")
    assert caught.value.remedy == "Use another backup; the library is as it was."
    with Library.open(folder, ToyEmbedder()) as library:
        assert found(library) == ["b.txt"]
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_is_no_backup_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text("a report")
    with pytest.raises(InvalidRequest, match=r"report\.pdf is there already and is no backup\."):
        backup(folder, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_text() == "a report"
    backup(folder, tmp_path / "whole.zip")
    assert backup(folder, tmp_path / "whole.zip")["reports"] == 1


def test_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        backup(tmp_path / "none", tmp_path / "whole.zip")
    assert list(tmp_path.iterdir()) == []


def test_the_commands(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KB_LIBRARY", str(folder))
    file = tmp_path / "whole.zip"
    assert main(["backup", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: 1 report in 1 passage, and library.sqlite, glossary.toml.\n"
    assert main(["restore", str(file)]) == 0
    assert capsys.readouterr().out.endswith(": 1 report in 1 passage.\n")
    assert main(["restore", str(tmp_path / "none.zip")]) == 2
    assert capsys.readouterr().err == f"There is no file at {tmp_path / 'none.zip'}. Check the path.\n"
    assert main(["record"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1:4] for line in lines] == [["cli", "added", "a.txt"], ["cli", "restored", "whole.zip"]]
    assert main(["record", "--json"]) == 0
    assert [set(change) for change in json.loads(capsys.readouterr().out)] == [{"at", "actor", "verb", "path", "sha256"}] * 2
