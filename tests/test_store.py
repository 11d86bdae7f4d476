"""The database: what goes in comes out, and what is removed is gone."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import make_reading

from kb.errors import LibraryDamaged
from kb.records import Fact, Filters, Item, PageRun, Reading, Section
from kb.store import Store

TABLES = ("reports", "report_countries", "report_codes", "passages", "passage_criteria", "passage_vectors", "embeddings", "passage_words")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library.sqlite", create=True)
    yield made
    made.close()


def add(store: Store, reading: Reading) -> int:
    """Add `reading`, its passages having one vector each."""
    hashes = [[passage.text.encode().ljust(16)[:16]] for passage in reading.passages]
    flat = [text_hash for own in hashes for text_hash in own]
    store.keep_embeddings("model", [(text_hash, vector, text_hash) for text_hash, vector in zip(flat, np.eye(len(flat), 4), strict=True)])
    return store.add(reading, hashes)


def full_reading() -> Reading:
    """A reading with something in every field that the store takes apart."""
    made = make_reading("a.txt", ("finding", "The first sentence. The second."), ("lesson", "A lesson."), year=2022, codes=("XCAX75",))
    report = replace(
        made.report,
        pages=(PageRun(0, 1, "i"), PageRun(20, 2, "ii"), PageRun(30, 1, "i")),
        countries=("México",),
        languages=("en", "es"),
        facts=(Fact("budget", "10 USD", 4, 10, "XCAX75"), Fact("place", "Vienna")),
        warnings=("a page has no text",),
    )
    passages = (replace(made.passages[0], criteria=("impact", "gender"), section=0, item=0, context="A report"), made.passages[1])
    sections = (Section(0, "Findings", 0, 32, kind="finding", criteria=("impact",)), Section(1, "Lessons", 33, 42, parent=0))
    items = (Item(0, "finding", 0, 31, number="1", label="Impact", criteria=("impact",), links=(1,)), Item(1, "lesson", 33, 42))
    return Reading(report, sections, items, passages)


def counts(store: Store) -> dict[str, int]:
    with sqlite3.connect(store.path) as connection:
        found = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
    connection.close()
    return found


def test_a_report_comes_out_as_it_went_in(store: Store) -> None:
    reading = full_reading()
    number = add(store, reading)
    assert store.report(number) == replace(reading.report, id=number)
    assert store.reports() == [replace(reading.report, id=number)]
    assert tuple(store.sections(number)) == reading.sections
    assert tuple(store.items(number)) == reading.items
    first, second = store.browse(Filters())
    assert first == replace(reading.passages[0], id=first.id, report_id=number)
    assert second == replace(reading.passages[1], id=second.id, report_id=number)


def test_what_is_not_there_is_none(store: Store) -> None:
    assert store.report(99) is None
    assert store.items(99) == store.sections(99) == store.passages([99]) == store.reports() == []
    assert store.meta("nothing") is None


def test_passages_come_in_the_order_asked_for(store: Store) -> None:
    add(store, make_reading("a.txt", ("finding", "One."), ("finding", "Two."), ("finding", "Three.")))
    one, two, three = (passage.id for passage in store.browse(Filters()))
    assert [passage.text for passage in store.passages([three, 999, one])] == ["Three.", "One."]
    assert store.passages([]) == []
    assert two == one + 1


def test_browsing_goes_report_by_report_and_through_the_text(store: Store) -> None:
    add(store, make_reading("b.txt", ("finding", "B one."), ("lesson", "B two.")))
    add(store, make_reading("a.txt", ("lesson", "A one."), ("finding", "A two.")))
    assert [passage.text for passage in store.browse(Filters())] == ["A one.", "A two.", "B one.", "B two."]
    assert [passage.text for passage in store.browse(Filters(kinds=("lesson",)))] == ["A one.", "B two."]


@pytest.mark.parametrize(
    ("filters", "texts"),
    [
        (Filters(kinds=("lesson",)), ["A lesson.", "Una lección."]),
        (Filters(kinds=("lesson", "finding")), ["The first sentence. The second.", "A lesson.", "Una lección."]),
        (Filters(criteria=("gender",)), ["The first sentence. The second."]),
        (Filters(criteria=("gender", "relevance")), ["The first sentence. The second."]),
        (Filters(languages=("es",)), ["Una lección."]),
        (Filters(years=(2022,)), ["The first sentence. The second.", "A lesson."]),
        (Filters(years=(2022, 2019)), ["The first sentence. The second.", "A lesson.", "Una lección."]),
        (Filters(countries=("MEXICO",)), ["The first sentence. The second.", "A lesson."]),
        (Filters(codes=("xcax75",)), ["The first sentence. The second.", "A lesson."]),
        (Filters(kinds=("lesson",), years=(2022,)), ["A lesson."]),
        (Filters(kinds=("annex",)), []),
        (Filters(kinds=("' OR 1=1 --",)), []),
    ],
)
def test_filters(store: Store, filters: Filters, texts: list[str]) -> None:
    add(store, full_reading())
    add(store, make_reading("b.txt", ("lesson", "Una lección."), language="es", year=2019))
    assert [passage.text for passage in store.browse(filters)] == texts
    assert len(store.match(filters)) == len(texts)


def test_boilerplate_is_kept_but_never_found(store: Store) -> None:
    made = make_reading("a.txt", ("other", "A disclaimer of the office."), ("finding", "The office did well."))
    add(store, replace(made, passages=(replace(made.passages[0], boilerplate=True), made.passages[1])))
    assert store.counts() == (1, 2)
    assert [passage.text for passage in store.browse(Filters())] == ["The office did well."]
    assert len(store.search_words('"offic"', Filters())) == 1
    assert store.vectors("model")[0] == store.match(Filters())


def test_words_are_found_by_their_stems(store: Store) -> None:
    add(store, make_reading("a.txt", ("finding", "Los albergues fueron fortalecidos."), ("finding", "Otra cosa."), language="es"))
    [(number, score)] = store.search_words('"alberg"', Filters()).items()
    assert store.passages([number])[0].text == "Los albergues fueron fortalecidos."
    assert score > 0
    assert store.search_words('plain : "albergues fueron"', Filters()).keys() == {number}
    assert store.search_words('"alberg"', Filters(kinds=("lesson",))) == {}
    assert store.stems_of([number]) == {number: frozenset({"alberg", "fortalec", "report", "finding"})}
    assert store.frequency("alberg") == 1
    assert store.frequency("nada") == 0


def test_ids_are_never_used_again(store: Store) -> None:
    first = add(store, make_reading("a.txt", ("finding", "One."), ("finding", "Two.")))
    used = store.match(Filters())
    assert store.remove("a.txt")
    second = add(store, make_reading("b.txt", ("finding", "Three.")))
    assert second > first
    assert min(store.match(Filters())) > max(used)


def test_a_removed_report_leaves_nothing(store: Store) -> None:
    add(store, full_reading())
    assert counts(store) == {
        "reports": 1, "report_countries": 1, "report_codes": 1, "passages": 2, "passage_criteria": 2,
        "passage_vectors": 2, "embeddings": 2, "passage_words": 2,
    }  # fmt: skip
    assert store.remove("a.txt")
    assert counts(store) == dict.fromkeys(TABLES, 0)
    assert not store.remove("a.txt")


def test_a_replaced_report_leaves_nothing_of_the_old(store: Store) -> None:
    add(store, full_reading())
    add(store, make_reading("a.txt", ("finding", "Something quite different.")))
    assert counts(store) == {
        "reports": 1, "report_countries": 0, "report_codes": 0, "passages": 1, "passage_criteria": 0,
        "passage_vectors": 1, "embeddings": 1, "passage_words": 1,
    }  # fmt: skip
    assert store.frequency("sentenc") == 0


def test_removing_one_report_keeps_the_vectors_another_shares(store: Store) -> None:
    add(store, make_reading("a.txt", ("finding", "The same.")))
    kept = add(store, make_reading("b.txt", ("finding", "The same.")))
    store.remove("a.txt")
    [passage] = store.browse(Filters())
    assert passage.report_id == kept
    assert store.vectors("model")[0] == [passage.id]


def test_vectors_come_back_as_they_were_kept(store: Store) -> None:
    vectors = np.array([[0.1, 0.2], [0.3, 0.4]], dtype=np.float32)
    store.keep_embeddings("model", [(b"x" * 16, vectors[0], b"words of x"), (b"y" * 16, vectors[1], b"words of y")])
    assert store.known_embeddings("model", [b"y" * 16, b"z" * 16]) == {b"y" * 16}
    assert store.known_embeddings("another", [b"y" * 16]) == set()
    store.add(make_reading("a.txt", ("finding", "One.")), [[b"y" * 16, b"x" * 16]])
    [number] = store.match(Filters())
    ids, positions, kept = store.vectors("model")
    assert (ids, positions) == ([number, number], [0, 1])  # the passage's own, then its sentences'
    assert kept.tolist() == vectors[::-1].tolist()
    assert store.passage_vectors("model", number).tolist() == vectors[::-1].tolist()
    assert store.passage_words("model", [number]) == {number: [b"words of y", b"words of x"]}
    assert store.vectors("another")[2].shape == (0, 0)


def test_every_change_raises_the_generation(store: Store) -> None:
    assert store.generation == 0
    add(store, make_reading("a.txt", ("finding", "One.")))
    add(store, make_reading("a.txt", ("finding", "Two.")))
    assert store.generation == 2
    store.remove("nothing.txt")
    assert store.generation == 2
    store.remove("a.txt")
    assert store.generation == 3


def test_a_failed_change_is_undone_whole(store: Store) -> None:
    add(store, make_reading("a.txt", ("finding", "One.")))
    before = counts(store)
    with pytest.raises(ValueError, match="zip"):
        store.add(make_reading("a.txt", ("finding", "Two."), ("finding", "Three.")), [[b"only one"]])
    assert counts(store) == before
    assert [passage.text for passage in store.browse(Filters())] == ["One."]
    assert store.generation == 1


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryDamaged) as caught:
        Store(path)
    assert caught.value.problem == "The library was made by a newer version of this tool (format 99, this one reads 1)."
    assert caught.value.remedy == "Update the tool, or build another library with `--library DIR`."


@pytest.mark.parametrize("content", [b"this is no database at all, but it is long enough to be read as one" * 20, b""])
def test_a_damaged_file_is_named_with_its_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged) as caught:
        Store(path)
    assert caught.value.problem.startswith("The library's database library.sqlite cannot be read (")
    assert caught.value.remedy == (
        "Restore a backup (python -m kb restore FILE), or move the library folder aside and run "
        "`python -m ingest corpus/` to build it again from the reports."
    )
    assert path.read_bytes() == content
