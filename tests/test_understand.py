"""What is understood of a file, and what is said where nothing is."""

from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.understand import understand
from kb.errors import UnreadableFile


@pytest.fixture
def roads(tmp_path: Path) -> Path:
    path = tmp_path / "roads.md"
    path.write_text("# Roads\n\n# Findings\n\nThe roads were built on time.\n")
    return path


def test_a_file_of_a_sort_never_seen_is_named(roads: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: object, found: object) -> None:
        raise ZeroDivisionError("never seen")

    monkeypatch.setattr("ingest.understand.items", fail)
    with pytest.raises(UnreadableFile) as caught:
        understand(roads)
    assert str(caught.value) == (
        "roads.md was read but not understood (ZeroDivisionError: never seen). Leave it out for now, and report this with the file."
    )


def test_a_file_of_too_many_letters_is_named(roads: Path) -> None:
    reading, document = understand(roads)
    assert (reading.report.title, document.text) == ("Roads", "# Roads\n\n# Findings\n\nThe roads were built on time.")
    with pytest.raises(UnreadableFile) as caught:
        understand(roads, Limits(letters=20))
    assert str(caught.value) == "roads.md holds 50 characters, more than the 20 that are read. Split it into smaller files and add those."


def test_letters_without_a_space_that_go_on_and_on_are_no_words(tmp_path: Path) -> None:
    path = tmp_path / "picture.md"
    path.write_text(f"The roads were built. ![map](data:image/png;base64,{'iVBORw0KGgo' * 20_000}) They are used.")
    assert understand(path)[1].text == "The roads were built. They are used."
