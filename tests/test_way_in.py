"""What becomes of the file of a report that is deleted in the app."""

import os
import signal
from pathlib import Path

import pytest
from conftest import ToyEmbedder

from ingest.pipeline import ingest
from kb.errors import CannotWrite
from kb.library import Library
from kb.ui.way_in import put_aside

TEXT = "# Evaluation of the Roads Fund\n\n## Findings\n\nRoads improved in the north.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "roads.md").write_text(TEXT, encoding="utf-8")
    (folder / "roads.toml").write_text("year = 2020\n", encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_file_goes_first_with_what_is_said_beside_it(corpus: Path) -> None:
    with put_aside(corpus / "roads.md", corpus):
        assert names(corpus) == [".removed/roads.md", ".removed/roads.toml"]
    assert names(corpus) == [".removed/roads.md", ".removed/roads.toml"]


def test_it_comes_back_where_the_deletion_fails(corpus: Path) -> None:
    with pytest.raises(CannotWrite), put_aside(corpus / "roads.md", corpus):
        raise CannotWrite("The disk is full.")
    assert names(corpus) == ["roads.md", "roads.toml"]


def test_a_file_that_lies_elsewhere_stays(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "else.md").write_text(TEXT, encoding="utf-8")
    with put_aside(tmp_path / "else.md", corpus):
        assert (tmp_path / "else.md").exists()


def test_what_cannot_be_moved_is_said(corpus: Path) -> None:
    (corpus / ".removed").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(CannotWrite, match=r"roads\.md cannot be written in"), put_aside(corpus / "roads.md", corpus):
        pass
    assert "roads.md" in names(corpus)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is forked to be killed")
def test_a_report_whose_deletion_was_killed_does_not_come_back(corpus: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", ToyEmbedder(), create=True) as library:
        ingest([corpus], library.folder, library=library)
        assert len(library.reports()) == 1
    child = os.fork()
    if child == 0:
        with put_aside(corpus / "roads.md", corpus):
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with Library.open(tmp_path / "library", ToyEmbedder()) as library:
        [report] = library.reports()  # it was not said to be deleted: deleted again, it is gone for good
        with put_aside(library.file_of(report), corpus):
            library.remove(library.file_of(report))
        ingest([corpus], library.folder, library=library)
        assert library.reports() == []
