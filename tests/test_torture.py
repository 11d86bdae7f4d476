"""Real PDFs that break parsers, whole, through the way in, while somebody keeps asking. Long: `make test-long`."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from conftest import make_reading

from ingest.limits import Limits
from ingest.pipeline import Outcome, ingest
from kb.answer import answer
from kb.library import Library

TORTURE = Path(__file__).parent.parent.parent / "shared" / "data" / "pdf-torture"
SHELTERS = "The shelters of the north took in four hundred people in the first year."
MOST_MEMORY = 600  # MB more, of the process that keeps the library


@contextmanager
def asked_meanwhile(library: Library) -> Iterator[list[bool]]:
    """Whether each question, asked again and again while the block runs, was answered in a report's own words."""
    told: list[bool] = []
    over = Event()

    def ask() -> None:
        while not over.is_set():
            told.append(_is_answered(library))
            over.wait(0.2)

    asking = Thread(target=ask)
    asking.start()
    try:
        yield told
    finally:
        over.set()
        asking.join()


def _is_answered(library: Library) -> bool:
    try:
        return any(one.quote in one.report.text for one in answer(library, "How many people did the shelters of the north take in?").citations)
    except Exception:  # whatever it is, the question was not answered
        return False


@pytest.mark.long
@pytest.mark.skipif(not TORTURE.is_dir(), reason="no folder ../shared/data/pdf-torture beside the project")
def test_every_file_ends_in_a_report_or_a_named_error(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library.add(make_reading("shelters.txt", ("finding", SHELTERS), title="Shelters"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: dict[str, Outcome] = {}
    took: dict[str, float] = {}
    clock = [time.monotonic()]

    def tell(outcome: Outcome) -> None:
        outcomes[outcome.path] = outcome
        took[outcome.path], clock[0] = time.monotonic() - clock[0], time.monotonic()

    with asked_meanwhile(library) as answered:
        ingest([TORTURE], tmp_path / "library", library=library, tell=tell)
    files = [str(path) for path in TORTURE.glob("*.pdf")]
    named = [one for one in outcomes.values() if one.outcome == "failed" and one.error and one.remedy]
    found = [one for one in outcomes.values() if one.outcome in ("added", "unchanged")]
    with capsys.disabled():
        lost = len(set(files) - {one.path for one in (*found, *named)})
        print(f"\n{len(files)} files, {len(found)} read, {len(named)} named errors, {lost} lost; {len(answered)} questions asked meanwhile")
    assert lost == 0
    assert len(answered) > 10 and all(answered)
    limits = Limits()
    assert max(took.values()) <= limits.seconds + limits.ocr
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY << 10
