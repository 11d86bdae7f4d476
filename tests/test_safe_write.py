"""Files written whole or not at all."""

import os
from pathlib import Path

import pytest

from kb.errors import CannotWrite
from kb.safe_write import unfinished_files, write_whole


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    file = tmp_path / "report.toml"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.toml"
    write_whole(file, b"one")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite) as caught:
        write_whole(file, b"two")
    assert caught.value.problem == f"report.toml cannot be written in {tmp_path} (No space left on device)."
    assert caught.value.remedy == "See that the disk has space and that you may write in the folder, then do it again."
    assert file.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_killed_writer_left_goes_with_the_next_writing_of_that_file(tmp_path: Path) -> None:
    (tmp_path / ".report.toml.77-1.tmp").write_text("half")
    (tmp_path / ".other.toml.77-1.tmp").write_text("half")
    write_whole(tmp_path / "report.toml", b"whole")
    assert [file.name for file in unfinished_files(tmp_path)] == [".other.toml.77-1.tmp"]


def test_a_lasting_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    replace = Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: done.append("on disk"))
    monkeypatch.setattr(Path, "replace", lambda path, target: done.append("named") or replace(path, target))
    write_whole(tmp_path / "report.toml", b"one")
    assert done[:2] == ["on disk", "named"]
    done.clear()
    write_whole(tmp_path / "vectors.faiss", b"one", lasting=False)
    assert done == ["named"]
