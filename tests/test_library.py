"""A library: its folder, its model, what it keeps and what it forgets."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from conftest import ToyEmbedder, make_reading, vectors

from kb.errors import KBError, LibraryBusy, LibraryDamaged, LibraryMissing, ModelMismatch
from kb.folder import default_folder
from kb.library import Library
from kb.records import Filters


class NoModel(ToyEmbedder):
    """A model that must not be asked for the vector of a passage."""

    def encode(self, texts: list[str]) -> np.ndarray:
        raise AssertionError(f"embedded again: {texts}")


def found_by_meaning(library: Library, text: str) -> list[str]:
    """The passages whose vectors are not at a right angle to that of `text`, nearest first."""
    scores = library.search_vectors(library.embedder.encode_question(text).vector, Filters())
    return [passage.text for passage in library.passages(number for number, score in scores.items() if score > 0.01)]


# opening


def test_a_missing_library_is_named_with_its_remedy(tmp_path: Path, embedder: ToyEmbedder) -> None:
    with pytest.raises(LibraryMissing) as caught:
        Library.open(tmp_path / "nowhere", embedder)
    assert str(caught.value) == f"There is no library in {tmp_path / 'nowhere'}. Make one: python -m ingest corpus/"
    assert not (tmp_path / "nowhere").exists()


def test_the_default_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KB_LIBRARY", raising=False)
    assert default_folder() == Path(".kb")
    monkeypatch.setenv("KB_LIBRARY", "elsewhere/library")
    assert default_folder() == Path("elsewhere/library")


def test_a_folder_that_cannot_be_made(tmp_path: Path, embedder: ToyEmbedder) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KBError) as caught:
        Library.open(tmp_path / "file" / "library", embedder, create=True)
    assert caught.value.remedy == "Name another one with --library DIR."


def test_another_model_is_refused_at_once(library: Library) -> None:
    other = ToyEmbedder("other 2")
    other.name = "other"
    with pytest.raises(ModelMismatch) as caught:
        Library.open(library.folder, other)
    assert caught.value.problem == "The library was made with the model toy, but other is set (toy 1 / other 2)."
    assert caught.value.remedy == "Set KB_MODEL=toy, or embed the library anew: python -m kb reindex --model other"


def test_another_version_of_the_same_model_is_refused(library: Library) -> None:
    with pytest.raises(ModelMismatch, match=r"\(toy 1 / toy 2\)"):
        Library.open(library.folder, ToyEmbedder("toy 2"), create=True)


def test_a_damaged_library_is_refused(library: Library, embedder: ToyEmbedder) -> None:
    library.close()
    for file in library.folder.glob("library.sqlite*"):
        file.write_bytes(b"damaged " * 1000)
    with pytest.raises(LibraryDamaged, match=r"^The library's database library\.sqlite cannot be read"):
        Library.open(library.folder, embedder)


def test_a_library_of_a_newer_version_is_refused(library: Library, embedder: ToyEmbedder) -> None:
    library.close()
    with sqlite3.connect(library.folder / "library.sqlite") as connection:
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(LibraryDamaged) as caught:
        Library.open(library.folder, embedder, create=True)
    assert caught.value.problem == "The library was made by a newer version of this tool (format 2, this one reads 1)."


def test_what_was_added_is_there_when_opened_again(library: Library, embedder: ToyEmbedder) -> None:
    report = library.add(make_reading("a.txt", ("finding", "One thing. Another thing."), title="Report A"))
    library.close()
    with Library.open(library.folder, embedder) as again:
        assert again.reports() == [report]
        assert [passage.text for passage in again.browse(Filters())] == ["One thing. Another thing."]
        assert found_by_meaning(again, "another") == ["One thing. Another thing."]


# the way in


def test_a_report_added_can_be_found_by_its_path(library: Library) -> None:
    report = library.add(make_reading("corpus/a.txt", ("finding", "One.")))
    file = library.folder.parent / "corpus" / "a.txt"
    assert report.id == 1
    assert library.find("corpus/a.txt") == library.find(file) == library.report(1) == report
    assert library.find("a.txt") is None
    assert library.file_of(report) == file


def test_a_file_is_named_by_its_path_from_the_library(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = library.folder.parent
    (home / "corpus").mkdir()
    (home / "corpus" / "a.txt").write_text("one")
    assert library.name_of(home / "corpus" / "a.txt") == "corpus/a.txt"
    monkeypatch.chdir(home / "corpus")
    assert library.name_of("a.txt") == "corpus/a.txt"
    assert library.name_of("gone.txt") == "gone.txt"
    assert library.name_of("/elsewhere/b.txt") == "/elsewhere/b.txt"


def test_the_same_text_is_never_embedded_twice(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("a.txt", ("finding", "Alpha one. Beta two."), ("lesson", "Gamma three.")))
    assert sorted(embedder.encoded) == ["A report\nAlpha one. Beta two.", "A report\nGamma three.", "Alpha one.", "Beta two.", "Gamma three."]
    embedder.encoded.clear()
    library.add(make_reading("b.txt", ("finding", "Gamma three."), ("lesson", "Alpha one. Delta four.")))
    assert sorted(embedder.encoded) == ["A report\nAlpha one. Delta four.", "Delta four."]
    embedder.encoded.clear()
    library.add(make_reading("a.txt", ("finding", "Alpha one. Beta two."), ("lesson", "Epsilon five.")))
    assert sorted(embedder.encoded) == ["A report\nEpsilon five.", "Epsilon five."]


def test_a_text_that_stands_twice_in_a_report_is_embedded_once(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("a.txt", ("finding", "Same words."), ("lesson", "Same words.")))
    assert sorted(embedder.encoded) == ["A report\nSame words.", "Same words."]
    assert len(library.search_vectors(embedder.encode_question("same").vector, Filters())) == 2


def test_the_context_is_embedded_but_never_shown(library: Library, embedder: ToyEmbedder) -> None:
    made = make_reading("a.txt", ("finding", "It worked."))
    library.add(replace(made, passages=(replace(made.passages[0], context="Report on shelters › Findings"),)))
    assert sorted(embedder.encoded) == ["It worked.", "Report on shelters › Findings\nIt worked."]
    assert found_by_meaning(library, "shelters") == ["It worked."]


def test_progress_counts_the_texts_embedded(library: Library) -> None:
    seen: list[tuple[int, int]] = []
    library.add(make_reading("a.txt", *(("finding", f"Sentence number {n}") for n in range(300))), lambda done, total: seen.append((done, total)))
    assert seen == [(256, 600), (512, 600), (600, 600)]


def test_a_report_without_passages_is_kept(library: Library, embedder: ToyEmbedder) -> None:
    made = make_reading("a.txt", ("finding", "One."))
    library.add(replace(made, passages=()))
    assert library.counts() == (1, 0)
    assert library.search_vectors(embedder.encode_question("one").vector, Filters()) == {}


def test_a_replaced_report_leaves_no_words_vectors_or_embeddings(library: Library, embedder: ToyEmbedder) -> None:
    old = library.add(make_reading("a.txt", ("finding", "The obsolete finding.")))
    [was] = library.browse(Filters())
    new = library.add(make_reading("a.txt", ("finding", "The current result.")))
    [now] = library.browse(Filters())
    assert new.id > old.id
    assert now.id > was.id
    assert library.reports() == [new]
    assert library.passages([was.id]) == []
    assert library.search_words('"obsolet"', Filters()) == {}
    assert found_by_meaning(library, "obsolete finding") == []
    embedder.encoded.clear()
    library.add(make_reading("b.txt", ("finding", "The obsolete finding.")))
    # its vectors had been dropped with the report
    assert sorted(embedder.encoded) == ["A report\nThe obsolete finding.", "The obsolete finding."]


def test_a_removed_report_leaves_nothing(library: Library) -> None:
    gone = library.add(make_reading("a.txt", ("finding", "The obsolete finding.")))
    kept = library.add(make_reading("b.txt", ("finding", "The lasting result.")))
    assert library.remove("a.txt")
    assert not library.remove("a.txt")
    assert library.reports() == [kept]
    assert library.search_words('"obsolet"', Filters()) == {}
    assert found_by_meaning(library, "the obsolete lasting") == ["The lasting result."]
    with pytest.raises(KBError) as caught:
        library.report(gone.id)
    assert str(caught.value) == f"The library has no report number {gone.id}. It may have been removed: search again."


# finding


def test_filters_apply_before_the_ranking_by_meaning(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("a.txt", ("finding", "Shelters."), ("finding", "Shelters and homes."), ("lesson", "Weather over shelters by the sea.")))
    scores = library.search_vectors(embedder.encode_question("shelters").vector, Filters(kinds=("lesson",)))
    assert [passage.text for passage in library.passages(scores)] == ["Weather over shelters by the sea."]
    assert library.search_vectors(embedder.encode_question("shelters").vector, Filters(kinds=("annex",))) == {}


def test_reports_within_a_filter(library: Library) -> None:
    mexico = library.add(make_reading("a.txt", ("finding", "One."), year=2022, countries=("México",), codes=("MEXW55",)))
    haiti = library.add(make_reading("b.txt", ("finding", "Two."), year=2019, countries=("Haiti",)))
    assert library.reports(Filters()) == library.reports() == [mexico, haiti]
    assert library.reports(Filters(years=(2022,))) == library.reports(Filters(countries=("MEXICO",))) == [mexico]
    assert library.reports(Filters(codes=("mexw55",))) == library.reports(Filters(reports=(mexico.id,))) == [mexico]
    assert library.reports(Filters(years=(2022,), countries=("Haiti",))) == []
    assert library.reports(Filters(kinds=("annex",))) == [mexico, haiti]  # their passages pass or do not


def test_sentence_vectors_are_those_of_the_sentences(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("a.txt", ("finding", "Alpha one. Beta two."), ("lesson", "Gamma.")))
    several, one = library.browse(Filters())
    assert library.sentence_vectors(several) == pytest.approx(vectors(embedder, ["Alpha one.", "Beta two."]))
    assert library.sentence_vectors(one) == pytest.approx(vectors(embedder, ["Gamma."]))


# the vector file is derived


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_bytes(b"damaged"), lambda file: file.write_bytes(b"")])
def test_a_missing_or_damaged_vector_file_is_rebuilt_without_the_model(library: Library, damage: object) -> None:
    library.add(make_reading("a.txt", ("finding", "Alpha one. Beta two."), ("lesson", "Gamma three.")))
    assert found_by_meaning(library, "gamma") == ["Gamma three."]
    library.close()
    [file] = library.folder.glob("*.faiss")
    whole = file.read_bytes()
    damage(file)
    with Library.open(library.folder, NoModel()) as again:
        assert found_by_meaning(again, "gamma") == ["Gamma three."]
    assert file.read_bytes() == whole


def test_the_vector_file_of_an_older_state_is_not_used_and_goes_away(library: Library) -> None:
    library.add(make_reading("a.txt", ("finding", "Alpha.")))
    assert found_by_meaning(library, "alpha") == ["Alpha."]
    library.add(make_reading("b.txt", ("finding", "Alpha beta.")))
    assert found_by_meaning(library, "alpha") == ["Alpha.", "Alpha beta."]
    assert len(list(library.folder.glob("*.faiss"))) == 1


def test_the_vector_file_of_a_database_that_was_deleted_is_not_used(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("a.txt", ("finding", "Alpha."), ("finding", "Beta.")))
    assert found_by_meaning(library, "alpha") == ["Alpha."]
    library.close()
    for file in library.folder.glob("library.sqlite*"):
        file.unlink()
    with Library.open(library.folder, embedder, create=True) as again:
        again.add(make_reading("a.txt", ("finding", "Beta."), ("finding", "Alpha.")))
        assert found_by_meaning(again, "alpha") == ["Alpha."]


# several at once


def test_a_second_writer_is_told_to_wait(library: Library, embedder: ToyEmbedder) -> None:
    with Library.open(library.folder, embedder) as second, library.writing():
        with pytest.raises(LibraryBusy) as caught, second.writing():
            pass
        assert str(caught.value) == "Another ingestion is writing to the library. Wait until it has finished, then run this again."
        assert second.reports() == []  # reading goes on
    with library.writing():
        pass


def test_a_failed_writer_frees_the_library(library: Library) -> None:
    with pytest.raises(RuntimeError, match="interrupted"), library.writing():
        raise RuntimeError("interrupted")
    with library.writing():
        library.add(make_reading("a.txt", ("finding", "One.")))
    assert library.counts() == (1, 1)


def test_a_reader_in_another_thread_sees_a_new_report(library: Library) -> None:
    seen: list[object] = []

    def read() -> None:
        seen.append(([report.path for report in library.reports()], found_by_meaning(library, "alpha")))

    for path, text in [("a.txt", "Alpha."), ("b.txt", "Alpha beta.")]:
        library.add(make_reading(path, ("finding", text)))
        thread = Thread(target=read)
        thread.start()
        thread.join()
    assert seen == [(["a.txt"], ["Alpha."]), (["a.txt", "b.txt"], ["Alpha.", "Alpha beta."])]


def test_another_opening_of_the_library_sees_a_new_report(library: Library) -> None:
    with Library.open(library.folder, NoModel()) as reader:
        assert reader.reports() == []
        assert found_by_meaning(reader, "alpha") == []
        library.add(make_reading("a.txt", ("finding", "Alpha.")))
        assert [report.path for report in reader.reports()] == ["a.txt"]
        assert found_by_meaning(reader, "alpha") == ["Alpha."]
        library.remove("a.txt")
        assert reader.reports() == []
        assert found_by_meaning(reader, "alpha") == []


def test_a_question_is_embedded_once_for_ranking_and_quoting(library: Library, embedder: ToyEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    encode = embedder.encode_question
    monkeypatch.setattr(embedder, "encode_question", lambda text: asked.append(text) or encode(text))
    first, again = library.encoded("shelters"), library.encoded("shelters")
    assert first is again
    assert library.encoded("wells") is not first
    assert asked == ["shelters", "wells"]


def test_a_library_with_the_stems_of_an_earlier_version_gets_new_ones(library: Library, embedder: ToyEmbedder) -> None:
    library.add(make_reading("informe.txt", ("finding", "La equidad de género mejoró."), language="es"))
    with library._store.writing() as connection:
        connection.execute("UPDATE passage_words SET stems = 'equidad gener mejor'")
    library._store.set_meta("stems", "1")
    assert "genero" in Library.open(library.folder, embedder).stems_of([1])[1]
