"""Many readers and a writer at once: nobody waits, nothing fails, and every answer is of one state of the library."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from conftest import ToyEmbedder, make_reading

from kb.answer import answer
from kb.backup import backup, restore
from kb.doctor import examine
from kb.errors import ModelMismatch
from kb.facets import Finder
from kb.library import Library, reindex
from kb.records import Filters
from kb.search import search

READERS = 20
PATIENCE = 5  # seconds that no single reading may take, writers or not


def report_text(number: int, version: int) -> list[tuple[str, str]]:
    return [("finding", f"Shelter number{number} of version{version} was built in time. It has a roof."),
            ("recommendation", f"Mend shelter number{number} of version{version}.")]  # fmt: skip


def read_once(library: Library, finder: Finder) -> None:
    """Search, ask and browse; everything found has to stand in the report it is said to be of."""
    hits = [*search(library, "shelter built", limit=50), *finder.find("shelter").hits, *search(library, "", limit=50)]
    hits += search(library, "shelter roof", words_only=True)
    for hit in hits:
        assert hit.passage.report_id == hit.report.id
        assert hit.report.text[hit.passage.start : hit.passage.end] == hit.passage.text
    for citation in answer(library, "Which shelter was built in time?").citations:
        assert citation.report.text[citation.start : citation.end] == citation.quote
        assert citation.passage.report_id == citation.report.id
    with library.snapshot():
        reports = {report.id: report for report in library.reports()}
        assert {passage.report_id for passage in library.browse(Filters())} == reports.keys()


def change_once(library: Library, number: int) -> None:
    """Add or replace a report, and delete another, which is then gone for everybody."""
    library.add(make_reading(f"r{number % 7}.txt", *report_text(number % 7, number), title=f"Report {number % 7}"))
    library.remove(f"r{(number + 3) % 7}.txt")


def together(folder: Path, seconds: float, write: Callable[[Library, int], None] = change_once) -> tuple[int, int, float]:
    """Readers and a writer for some seconds: (readings, changes, the longest reading)."""
    stop, readings, longest, wrong = Event(), [0] * READERS, [0.0] * READERS, []

    def reader(place: int, library: Library, finder: Finder) -> None:
        while not stop.is_set() and not wrong:
            start = time.monotonic()
            try:
                read_once(library, finder)
            except BaseException as error:
                wrong.append(error)
                raise
            readings[place] += 1
            longest[place] = max(longest[place], time.monotonic() - start)

    libraries = [Library.open(folder, ToyEmbedder()) for _ in range(4)]  # five readers each
    shared = [(library, Finder(library)) for library in libraries]
    threads = [Thread(target=reader, args=(place, *shared[place % 4])) for place in range(READERS)]
    read_once(*shared[0])  # what is loaded once is loaded
    for thread in threads:
        thread.start()
    changes, end = 0, time.monotonic() + seconds
    with Library.open(folder, ToyEmbedder()) as writer:
        while time.monotonic() < end and not wrong:
            with writer.writing():
                write(writer, changes)
            changes += 1
            time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join()
    for library in libraries:
        library.close()
    assert wrong == []
    assert min(readings) > 0, "a reader never had its turn"
    return sum(readings), changes, max(longest)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "library", ToyEmbedder(), create=True) as library:
        for number in range(7):
            library.add(make_reading(f"r{number}.txt", *report_text(number, 0), title=f"Report {number}"))
    return tmp_path / "library"


def test_readers_and_a_writer_for_a_while(folder: Path) -> None:
    readings, changes, longest = together(folder, 5)
    assert readings >= READERS
    assert changes > 5
    assert longest < PATIENCE
    assert [finding for finding in examine(folder) if finding.problems] == []


@pytest.mark.long
def test_readers_and_a_writer_for_a_minute(folder: Path) -> None:
    readings, changes, longest = together(folder, 60)
    print(f"\n{READERS} readers and a writer for a minute: {readings} readings, {changes} changes, longest reading {longest:.2f} s; lost: 0")
    assert longest < PATIENCE
    assert [finding for finding in examine(folder) if finding.problems] == []


@pytest.mark.long
def test_readers_while_backups_are_made_and_restored_for_half_a_minute(folder: Path, tmp_path: Path) -> None:
    def write(library: Library, number: int) -> None:
        change_once(library, number)
        backup(folder, tmp_path / f"{number % 3}.zip")

    together(folder, 3, write)

    stop, wrong = Event(), []

    def reader() -> None:
        with Library.open(folder, ToyEmbedder()) as library:
            finder = Finder(library)
            while not stop.is_set():
                try:
                    read_once(library, finder)
                except BaseException as error:
                    wrong.append(error)
                    raise

    threads = [Thread(target=reader) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    restored, end = 0, time.monotonic() + 30
    while time.monotonic() < end and not wrong:
        restore(tmp_path / f"{restored % 3}.zip", folder)
        restored += 1
    stop.set()
    for thread in threads:
        thread.join()
    print(f"\n{restored} backups restored under {READERS} readers; lost: {len(wrong)}")
    assert wrong == []
    assert [finding for finding in examine(folder) if finding.problems] == []


def test_a_deleted_report_stops_answering_everywhere_at_once(folder: Path) -> None:
    with Library.open(folder, ToyEmbedder()) as one, Library.open(folder, ToyEmbedder()) as other:
        finder = Finder(other)
        for library in (one, other):
            assert any(hit.report.path == "r3.txt" for hit in search(library, "shelter number3"))
        assert any(hit.report.path == "r3.txt" for hit in finder.find("number3").hits)
        one.remove("r3.txt")
        for library in (one, other):
            assert all(hit.report.path != "r3.txt" for hit in search(library, "shelter number3"))
            assert all(citation.report.path != "r3.txt" for citation in answer(library, "Was shelter number3 built?").citations)
        assert all(hit.report.path != "r3.txt" for hit in finder.find("number3").hits)


def test_an_answer_is_of_the_state_it_began_with(folder: Path) -> None:
    with Library.open(folder, ToyEmbedder()) as reader, Library.open(folder, ToyEmbedder()) as writer:
        with reader.snapshot():
            before = [report.path for report in reader.reports()]
            writer.remove("r3.txt")
            assert [report.path for report in reader.reports()] == before
            found = reader.passages(reader.search_vectors(reader.encoded("number3").vector, Filters()))
            assert {passage.report_id for passage in found} == {report.id for report in reader.reports()}
        assert [report.path for report in reader.reports()] == [path for path in before if path != "r3.txt"]


def test_a_library_embedded_anew_elsewhere_says_so_instead_of_finding_nothing(folder: Path) -> None:
    other = ToyEmbedder("other 1")
    other.name = "other"
    with Library.open(folder, ToyEmbedder()) as serving:
        assert search(serving, "shelter")
        reindex(folder, other)
        with pytest.raises(ModelMismatch) as caught:
            search(serving, "shelter")
        assert caught.value.problem == "The library has been embedded with the model other since it was opened (other 1 / toy 1)."
        assert caught.value.remedy == "Start again with KB_MODEL=other."
        assert search(serving, "shelter", words_only=True)
