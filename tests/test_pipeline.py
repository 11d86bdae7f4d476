"""Ingestion: what is added, replaced, skipped, named as failed, and kept together."""

from pathlib import Path

import pytest
from conftest import CORPUS, ToyEmbedder

from ingest.pipeline import IngestSummary, Outcome, correct, gone, ingest, ingest_file, remove
from ingest.sidecar import read_sidecar
from ingest.understand import understand
from kb.errors import InvalidRequest, LibraryBusy, UnreadableFile
from kb.library import Library
from kb.records import Filters

ROADS = (
    "# Final evaluation of the Roads Fund in Malawi\n\n## Findings\n\nRoads improved in the north.\n\n## Recommendations\n\n"
    "1. Mend the roads of the south.\n2. Paint the schools.\n"
)
HEALTH = "# Final evaluation of the Health Fund in Peru\n\n## Findings\n\nClinics opened in the south.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two reports, one of them in a folder of its own."""
    reports = tmp_path / "reports"
    (reports / "peru").mkdir(parents=True)
    (reports / "roads.md").write_text(ROADS, encoding="utf-8")
    (reports / "peru" / "health.md").write_text(HEALTH, encoding="utf-8")
    return reports


def run(library: Library, *paths: Path, **options: object) -> IngestSummary:
    return ingest(paths, library.folder, library=library, **options)


def test_a_folder_is_brought_in_with_all_that_was_understood(library: Library, folder: Path) -> None:
    assert run(library, folder).as_json() == {"added": 2, "updated": 0, "unchanged": 0, "removed": 0, "failed": [], "reports": 2, "passages": 4}
    report = library.find(folder / "roads.md")
    assert (report.title, report.countries, report.group) == (
        "Final evaluation of the Roads Fund in Malawi",
        ("Malawi",),
        "final-evaluation-of-the-roads-fund-in-malawi",
    )
    assert [item.number for item in library.items(report.id)] == ["1", "2"]
    assert [section.kind for section in library.sections(report.id)] == ["other", "finding", "recommendation"]
    kinds = {passage.text: passage.kind for passage in library.browse(Filters(reports=(report.id,)))}
    assert kinds == {
        "Roads improved in the north.": "finding",
        "Mend the roads of the south.": "recommendation",
        "Paint the schools.": "recommendation",
    }


def test_what_has_not_changed_is_neither_read_nor_embedded(library: Library, folder: Path, embedder: ToyEmbedder) -> None:
    run(library, folder)
    embedder.encoded.clear()
    assert run(library, folder)["unchanged"] == 2
    assert embedder.encoded == []
    assert run(library, folder, again=True)["updated"] == 2


def test_what_has_changed_is_replaced(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "roads.md").write_text(ROADS.replace("north", "east"), encoding="utf-8")
    summary = run(library, folder)
    assert (summary.updated, summary.unchanged, summary.reports) == (1, 1, 2)
    assert "Roads improved in the east." in {passage.text for passage in library.browse(Filters(kinds=("finding",)))}
    assert "Roads improved in the north." not in {passage.text for passage in library.browse(Filters(kinds=("finding",)))}


def test_a_sidecar_is_part_of_its_report(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "roads.toml").write_text('title = "Roads for all"\nyear = 2019\n', encoding="utf-8")
    summary = run(library, folder)
    assert (summary.added, summary.updated, summary.unchanged) == (0, 1, 1)
    report = library.find(folder / "roads.md")
    assert (report.title, report.year) == ("Roads for all", 2019)
    (folder / "roads.toml").unlink()
    run(library, folder)
    assert library.find(folder / "roads.md").title == "Final evaluation of the Roads Fund in Malawi"


def test_one_bad_file_stops_nothing(library: Library, folder: Path) -> None:
    (folder / "empty.pdf").touch()
    (folder / "bad.toml").write_text("year =")
    (folder / "bad.md").write_text(HEALTH.replace("Peru", "Chad"), encoding="utf-8")
    (folder / "notes.xlsx").write_text("not a report")
    summary = run(library, folder)
    assert (summary.added, summary.reports) == (2, 2)
    assert [(Path(failure.path).name, failure.error, failure.remedy) for failure in summary.failed] == [
        ("bad.md", "bad.toml is not valid TOML (Invalid value (at end of document)).", "Correct bad.toml, or delete it to use what the report says."),
        ("empty.pdf", "empty.pdf is empty.", "Add a file that has text."),
    ]


def test_files_named_outright_are_never_passed_over(library: Library, folder: Path) -> None:
    (folder / "notes.xlsx").write_text("not a report")
    summary = run(library, folder / "notes.xlsx", folder / "missing.pdf")
    assert [failure.error for failure in summary.failed] == [
        "notes.xlsx is of a type that cannot be read.",
        f"There is no file at {folder / 'missing.pdf'}.",
    ]
    assert summary.as_json()["failed"][1]["remedy"] == "Check the path."


def test_the_same_content_under_two_paths_is_one_report(library: Library, folder: Path) -> None:
    (folder / "copy.md").write_text(ROADS, encoding="utf-8")
    told: list[Outcome] = []
    summary = run(library, folder, tell=told.append)
    assert (summary.added, summary.unchanged, summary.reports) == (2, 1, 2)
    assert [outcome.note for outcome in told if outcome.outcome == "unchanged"] == [f"the same as {library.name_of(folder / 'copy.md')}"]


def test_a_file_that_moved_keeps_one_report(library: Library, folder: Path, embedder: ToyEmbedder) -> None:
    run(library, folder)
    embedder.encoded.clear()
    (folder / "roads.md").rename(folder / "malawi.md")
    summary = run(library, folder)
    assert (summary.added, summary.unchanged, summary.reports) == (1, 1, 2)
    assert library.find(folder / "roads.md") is None
    assert library.find(folder / "malawi.md").title == "Final evaluation of the Roads Fund in Malawi"


def test_removing_a_report_leaves_nothing_of_it(library: Library, folder: Path) -> None:
    run(library, folder)
    summary = remove([folder / "roads.md"], library.folder, library)
    assert summary.as_json() == {"added": 0, "updated": 0, "unchanged": 0, "removed": 1, "failed": [], "reports": 1, "passages": 1}
    assert {passage.text for passage in library.browse(Filters())} == {"Clinics opened in the south."}
    assert (folder / "roads.md").exists()
    again = remove([folder / "roads.md"], library.folder, library)
    assert again["failed"] == [
        {
            "path": str(folder / "roads.md"),
            "error": f"The library has no report of {folder / 'roads.md'}.",
            "remedy": "See what it holds: python -m ingest list",
        }
    ]


def test_files_of_one_evaluation_are_grouped(library: Library, folder: Path) -> None:
    (folder / "response.md").write_text("# Management response\n\n# Final evaluation of the Roads Fund in Malawi\n\n1. Accepted.\n", encoding="utf-8")
    run(library, folder)
    groups = {Path(report.path).name: (report.group, report.role) for report in library.reports()}
    assert groups["roads.md"][0] == groups["response.md"][0]
    assert groups["response.md"][1] == "management_response"
    assert groups["health.md"][0] != groups["roads.md"][0]


def test_text_that_opens_reports_of_several_evaluations_is_not_ranked(library: Library, folder: Path) -> None:
    norms = "The evaluation was carried out by the office in line with its norms and standards of evaluation.\n"
    for name, text in (("roads.md", ROADS), ("peru/health.md", HEALTH)):
        (folder / name).write_text(f"{text}\n## Methodology\n\n{norms}", encoding="utf-8")
    run(library, folder)
    kept = [passage.report_id for passage in library.browse(Filters(kinds=("methodology",)))]
    assert kept == [library.find(folder / "roads.md").id]  # which came first; in health.md the same words are boilerplate


def test_progress_runs_to_its_end(library: Library, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    run(library, folder, progress=lambda done, total: told.append((done, total)))
    assert {total for _, total in told} == {200}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (200, 200)


def test_one_file_alone(library: Library, folder: Path) -> None:
    assert ingest_file(folder / "roads.md", library).title == "Final evaluation of the Roads Fund in Malawi"
    with pytest.raises(UnreadableFile, match=r"^There is no file at "):
        ingest_file(folder / "missing.md", library)


def test_a_second_ingestion_waits_its_turn(library: Library, folder: Path) -> None:
    with library.writing(), pytest.raises(LibraryBusy), Library.open(library.folder, ToyEmbedder()) as second:
        run(second, folder)


def test_the_report_in_the_corpus(library: Library) -> None:
    summary = run(library, CORPUS)
    assert (summary.added, summary.failed) == (1, ())
    report = library.reports()[0]
    assert library.items(report.id)[0].label == "Impacto"
    assert {fact.value for fact in report.facts if fact.name == "budget"} == {"$752,110.31 USD", "$2,933,023.00 USD"}


def changes(library: Library) -> list[tuple[str, str, str]]:
    return [(change.actor, change.verb, Path(change.path).name) for change in library.changes()]


def test_the_record_says_who_brought_in_corrected_and_removed(library: Library, folder: Path) -> None:
    run(library, folder / "roads.md", actor="Ana")
    correct(folder / "roads.md", {"year": 2019}, library, "Luc")
    run(library, folder / "roads.md")
    run(library, folder / "roads.md")  # unchanged: nothing to record
    remove([folder / "roads.md"], library.folder, library, "Ana")
    said = [("Ana", "added"), ("Luc", "edited"), ("cli", "updated"), ("Ana", "removed")]
    assert changes(library) == [(actor, verb, "roads.md") for actor, verb in said]
    digests = [change.sha256 for change in library.changes()]
    assert digests[1] == digests[2] == digests[3] != digests[0]


def test_a_correction_that_means_nothing_is_not_on_record(library: Library, folder: Path) -> None:
    with pytest.raises(InvalidRequest):
        correct(folder / "roads.md", {"yaer": 2019}, library)
    assert changes(library) == []


def test_a_moved_report_is_never_out_of_the_library(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(library, folder)
    (folder / "roads.md").rename(folder / "malawi.md")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr("ingest.pipeline.passages", stop)
        with pytest.raises(KeyboardInterrupt):
            run(library, folder)
    assert {Path(report.path).name for report in library.reports()} == {"roads.md", "health.md"}
    run(library, folder)
    assert {Path(report.path).name for report in library.reports()} == {"malawi.md", "health.md"}
    assert changes(library)[-2:] == [("cli", "removed", "roads.md"), ("cli", "added", "malawi.md")]


def test_a_sidecar_that_changes_meanwhile_is_read_the_next_time(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(path: Path) -> object:
        said = read_sidecar(path)
        (folder / "roads.toml").write_text("year = 2019\n")
        return said

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("ingest.understand.read_sidecar", late)
        meanwhile.setattr("ingest.pipeline.read_safely", understand)  # in this process
        run(library, folder / "roads.md")
    assert run(library, folder / "roads.md").updated == 1
    assert library.find(folder / "roads.md").year == 2019


def test_reports_whose_files_are_gone(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.library.SentenceEmbedder", ToyEmbedder)
    run(library, folder)
    assert gone(library.folder) == []
    (folder / "roads.md").unlink()
    assert run(library, folder).reports == 2  # it may be missing by mistake: nothing is lost
    assert gone(library.folder) == [folder / "roads.md"]
