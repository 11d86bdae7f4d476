"""python -m kb doctor: each kind of damage is named, and what can be mended is."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from conftest import ToyEmbedder, make_reading

from kb.cli import main
from kb.doctor import examine, repair
from kb.errors import LibraryBusy, LibraryMissing, ModelMismatch
from kb.folder import DATABASE
from kb.library import Library
from kb.records import Filters

REPORTS = (("a.txt", "Alpha one. Beta two."), ("b.txt", "Gamma three. Delta four."))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole library of two reports whose files are there, searched once."""
    with Library.open(tmp_path / "library", ToyEmbedder(), create=True) as library:
        for name, text in REPORTS:
            (tmp_path / name).write_text(text)
            library.add(make_reading(name, ("finding", text), ("lesson", f"A lesson. Another of {text}")))
        library.search_vectors(library.encoded("alpha").vector, Filters())
    return tmp_path / "library"


class NoModel(ToyEmbedder):
    """A model that must not be asked."""

    def encode(self, texts: list[str]) -> np.ndarray:
        raise AssertionError(f"embedded again: {texts}")


def sql(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def wrong(folder: Path) -> dict[str, int]:
    """check -> problems, where there are any."""
    return {finding.check: finding.problems for finding in examine(folder) if finding.problems}


def index_file(folder: Path) -> Path:
    (file,) = folder.glob("vectors-*.faiss")
    return file


def flip_last_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def test_a_whole_library_has_no_problems(folder: Path) -> None:
    assert [(finding.check, finding.said) for finding in examine(folder)] == [
        ("database", "whole: 2 reports, 4 passages"),
        ("references", "every row has its report"),
        ("words", "the word index has every passage"),
        ("quotes", "every passage stands in its report's text"),
        ("vectors", "every passage has its vectors"),
        ("strays", "no vector is left of a removed report"),
        ("vector file", "agrees with the database"),
        ("sources", "every report's file is where it was"),
        ("record", "2 changes on record"),
    ]
    assert repair(folder, NoModel()) == []


OWN_VECTOR = "(SELECT text_hash FROM passage_vectors WHERE passage_id = {} AND position = 0)"
WORDS, FILE = "made the word index anew", "made the vector file anew"
STRAYS, EMBEDDED = "deleted vectors of no passage", "embedded what 1 passage lacked"
MENDED: dict[str, tuple[Callable[[Path], None], dict[str, int], list[str]]] = {
    "a word row is gone": (lambda f: sql(f, "DELETE FROM passage_words WHERE rowid = 2"), {"words": 1}, [WORDS, FILE]),
    "a word row too many": (lambda f: sql(f, "INSERT INTO passage_words (rowid, stems) VALUES (99, 'x')"), {"words": 1}, [WORDS, FILE]),
    "other words": (lambda f: sql(f, "UPDATE passage_words SET plain = 'other' WHERE rowid = 1"), {"words": 1}, [WORDS, FILE]),
    "a vector is gone": (
        lambda f: sql(f, f"DELETE FROM embeddings WHERE text_hash = {OWN_VECTOR.format(1)}"),
        {"vectors": 1, "vector file": 1}, [EMBEDDED, FILE],
    ),
    "a vector of another text": (
        lambda f: sql(f, f"UPDATE passage_vectors SET text_hash = {OWN_VECTOR.format(3)} WHERE passage_id = 1 AND position = 0"),
        {"vectors": 1, "strays": 1, "vector file": 1}, [STRAYS, EMBEDDED, FILE],
    ),
    "a vector of no passage": (
        lambda f: sql(f, "INSERT INTO embeddings SELECT model, x'00', vector, words FROM embeddings LIMIT 1"), {"strays": 1}, [STRAYS],
    ),
    "rows of no report": (
        lambda f: sql(f, "INSERT INTO passage_criteria VALUES (77, 'impact')", "INSERT INTO report_codes VALUES (77, 'X')"),
        {"references": 2}, ["deleted rows of reports that are gone", FILE],
    ),
    "a damaged vector file": (lambda f: index_file(f).write_bytes(b"damaged"), {"vector file": 1}, [FILE]),
    "a vector file of one bit else": (lambda f: flip_last_bit(index_file(f)), {"vector file": 1}, [FILE]),
}  # fmt: skip


@pytest.mark.parametrize("damage", MENDED)
def test_damage_is_named_and_mended(folder: Path, damage: str) -> None:
    do, problems, mended = MENDED[damage]
    do(folder)
    assert wrong(folder) == problems
    assert repair(folder, ToyEmbedder()) == mended
    assert wrong(folder) == {}
    with Library.open(folder, ToyEmbedder()) as library:
        assert set(library.search_words('"alpha" OR "gamma"', Filters())) == {1, 2, 3, 4}
        assert set(library.search_vectors(library.encoded("alpha").vector, Filters())) == {1, 2, 3, 4}


def test_the_vector_file_is_made_anew_without_the_model(folder: Path) -> None:
    whole = index_file(folder).read_bytes()
    index_file(folder).write_bytes(b"damaged")
    repair(folder, NoModel())
    assert index_file(folder).read_bytes() == whole


def test_a_text_that_was_changed_cannot_be_mended_from_itself(folder: Path) -> None:
    sql(folder, "UPDATE reports SET text = replace(text, 'Alpha', 'Omega') WHERE path = 'a.txt'")
    found = {finding.check: finding for finding in examine(folder)}
    assert (found["quotes"].problems, found["quotes"].said) == (1, "reports with one that does not (a.txt): 1")
    assert found["quotes"].remedy == "python -m ingest add --again a.txt"


def test_what_is_left_of_stopped_work_is_a_note_and_goes(folder: Path) -> None:
    (folder / "vectors-0-1.faiss").touch()
    (folder / ".vectors-0-1.faiss.1-1.tmp").touch()
    (folder / ".restore").mkdir()
    (folder / "notes.txt").touch()
    sql(folder, "INSERT INTO unfinished VALUES ('toy 1', x'00', x'00', x'')")
    assert wrong(folder) == {}
    assert [finding.said for finding in examine(folder) if finding.note] == [
        "3 files of earlier states or of work that was stopped, not needed any more: .restore, .vectors-0-1.faiss.1-1.tmp, vectors-0-1.faiss",
        "1 vector kept by a run that was stopped: the next one goes on from there",
        "1 file not of the library's making: notes.txt",
    ]
    repair(folder, NoModel())
    assert [finding.said for finding in examine(folder) if finding.note] == ["1 file not of the library's making: notes.txt"]


def test_a_report_whose_file_is_gone_is_a_note(folder: Path) -> None:
    (folder.parent / "b.txt").unlink()
    (note,) = [finding for finding in examine(folder) if finding.note]
    assert (note.said, note.problems) == ("1 report whose file is gone: b.txt", 0)
    assert note.remedy == "Put them back, or delete the reports: python -m ingest remove PATH"


def test_another_model_is_not_mixed_in(folder: Path) -> None:
    sql(folder, "DELETE FROM embeddings")
    with pytest.raises(ModelMismatch, match=r"^The missing vectors are those of toy 1, but toy is set\."):
        repair(folder, ToyEmbedder("toy 2"))


def test_repairing_waits_its_turn(folder: Path) -> None:
    with Library.open(folder, ToyEmbedder()) as library, library.writing(), pytest.raises(LibraryBusy):
        repair(folder, NoModel())


def test_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing):
        examine(tmp_path / "none")


def test_the_command(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KB_LIBRARY", str(folder))
    assert main(["doctor"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert (printed[0], printed[-1]) == ("ok       database: whole: 2 reports, 4 passages", "0 problems")
    sql(folder, "DELETE FROM passage_words WHERE rowid = 2")
    assert main(["doctor"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert (printed[2], printed[-1]) == ("wrong    words: entries of the word index wrong or missing: 1", "1 problem")
    assert main(["doctor", "--repair"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert (printed[0], printed[-1]) == ("mended   made the word index anew", "0 problems")
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["problems"], found["mended"]) == (0, [])
    assert found["checks"][1] == {"check": "references", "said": "every row has its report", "problems": 0, "remedy": "", "note": False}


def test_a_database_that_is_damaged_through_and_through(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KB_LIBRARY", str(folder))
    (folder / DATABASE).write_bytes(b"damaged " * 1000)
    assert main(["doctor", "--repair"]) == 1
    assert "`python -m ingest corpus/` to build it again from the reports." in capsys.readouterr().err
