"""The way in, in order: a file is read, its lines put in flow, its facts, sections and items found (in a process of its own);
then it is cut into passages, and the whole is kept."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ingest.groups import group_of
from ingest.limits import Limits
from ingest.passages import passages
from ingest.read import SUFFIXES, check
from ingest.sidecar import write_sidecar
from ingest.understand import fingerprint
from ingest.worker import read_safely
from kb.errors import InvalidRequest, UnreadableFile
from kb.language import fold
from kb.library import Library
from kb.records import Filters, Passage, Report

Progress = Callable[[int, int], None]  # (hundredths of files done, hundredths of files in all)
READ_SHARE = 20  # hundredths of a file's progress that reading takes; the rest is embedding
SHORTEST_REPEAT = 60  # characters: shorter passages repeat by chance


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: added, updated, unchanged, removed or failed (then with error and remedy)."""

    path: str
    outcome: str
    error: str = ""
    remedy: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gave no report, why, and what to do."""

    path: str
    error: str
    remedy: str


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """How many files were added, updated, unchanged and removed, which failed, and what the library holds now."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()
    reports: int = 0
    passages: int = 0

    def as_json(self) -> dict[str, Any]:
        """The summary in plain types."""
        return asdict(self) | {"failed": [asdict(failure) for failure in self.failed]}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - counts and a list
        return self.as_json()[name]


def ingest(
    paths: Iterable[str | Path],
    folder: str | Path,
    progress: Progress | None = None,
    library: Library | None = None,
    tell: Callable[[Outcome], None] | None = None,
    again: bool = False,
    actor: str = "cli",
) -> IngestSummary:
    """Bring files, and the files in folders, into the library in `folder`; what has not changed is skipped unless `again`.

    A file that cannot be read is named in the summary and stops nothing. `tell` hears of each file as it is done, `actor` stands
    in the record. Raises LibraryBusy while another process writes, CannotWrite where the disk is full, ModelMismatch and
    LibraryDamaged where the library cannot be used; what was added before is kept.
    """
    files = list(dict.fromkeys(found for path in paths for found in _files(Path(path))))
    opened = nullcontext(library) if library else Library.open(folder, create=True)
    with opened as into, into.writing():
        run = _Run(into, again, actor)
        outcomes = []
        for number, file in enumerate(files):
            report = _progress_within(progress, number, len(files))
            outcomes.append(run.file(file, report))
            if tell:
                tell(outcomes[-1])
            report(1, 1)
        return _summary(outcomes, into)


def ingest_file(path: Path, library: Library, progress: Progress | None = None, actor: str = "cli") -> Report:
    """Read one file and keep it in the library. Raises KBError, with its remedy, where it cannot be read."""
    return _Run(library, True, actor).keep(path, progress or (lambda done, total: None))


class _Run:
    """One ingestion into one library."""

    def __init__(self, library: Library, again: bool, actor: str) -> None:
        self.library, self.again, self.actor = library, again, actor
        self._texts: dict[int, str] | None = None

    def file(self, path: Path, progress: Progress) -> Outcome:
        """Bring one file in, or say why it cannot be. Content whose file is gone from its old path has moved."""
        try:
            check(path, Limits())
            known, same = self._known(path)
            moved = same if same and same != known and not self.library.file_of(same).exists() else None
            if same and not moved and not (self.again and known):
                note = "" if known else f"the same as {same.path}"
                return Outcome(str(path), "unchanged", title=same.title, note=note)
            report = self.keep(path, progress, moved)
            return Outcome(str(path), "updated" if known else "added", title=report.title)
        except (UnreadableFile, InvalidRequest) as error:
            return Outcome(str(path), "failed", error.problem, error.remedy)
        except UnicodeError:
            return Outcome(ascii(str(path)), "failed", "The file's name is no valid text.", "Rename the file.")
        except OSError as error:
            return Outcome(str(path), "failed", f"{path.name} cannot be opened ({error.strerror}).", "Check that the file is there and may be read.")

    def keep(self, path: Path, progress: Progress, moved: Report | None = None) -> Report:
        """Read a file and add it: read, flow, facts, sections, items, passages, library. The entry `moved` is its old one."""
        reading, document = read_safely(path)
        progress(READ_SHARE, 100)
        embedder = self.library.embedder
        own = passages(document, reading.sections, reading.items, embedder.count, embedder.max_pieces, reading.report.title)
        report = replace(reading.report, path=self.library.name_of(path))
        others = (other for other in self.library.reports() if other != moved)
        report = replace(report, group=report.group or group_of(report, others))
        whole = replace(reading, report=report, passages=self._marked(own, report))

        def embedded(done: int, total: int) -> None:
            progress(READ_SHARE + (100 - READ_SHARE) * done // max(1, total), 100)

        return self.library.add(whole, embedded, self.actor, moved.path if moved else "")

    def _known(self, path: Path) -> tuple[Report | None, Report | None]:
        """(the report at this path, the report of this content), where the library has them."""
        at_path = self.library.find(path)
        content = fingerprint(path)
        if at_path and at_path.sha256 == content:
            return at_path, at_path
        same = next((report for report in self.library.reports() if report.sha256 == content), None)
        return at_path, same

    def _marked(self, own: tuple[Passage, ...], report: Report) -> tuple[Passage, ...]:
        """The passages, with those marked as boilerplate that stand word for word in a report of another evaluation."""
        seen = self._seen()
        marked = []
        for passage in own:
            if passage.item is None and len(passage.text) >= SHORTEST_REPEAT:
                first = seen.setdefault(_key(passage.text), report.group or report.path)
                passage = replace(passage, boilerplate=passage.boilerplate or first != (report.group or report.path))
            marked.append(passage)
        return tuple(marked)

    def _seen(self) -> dict[int, str]:
        """The key of every passage in the library -> the evaluation it was first seen in."""
        if self._texts is None:
            groups = {report.id: report.group or report.path for report in self.library.reports()}
            self._texts = {}
            for passage in self.library.browse(Filters()):
                self._texts.setdefault(_key(passage.text), groups.get(passage.report_id, ""))
        return self._texts


def _key(text: str) -> int:
    """Eight bytes that stand for the words of a text."""
    return int.from_bytes(hashlib.sha256(" ".join(fold(text).split()).encode()).digest()[:8])


def _files(path: Path) -> Iterator[Path]:
    """The file at `path`, or those in the folder and its folders that are of a type that can be read."""
    if not os.path.isdir(path):  # which says no, and raises nothing, for a name too long
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            if file.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")):
                yield file


def _progress_within(progress: Progress | None, number: int, files: int) -> Progress:
    """The progress of one file as its part of the whole run's."""

    def report(done: int, total: int) -> None:
        if progress:
            progress(100 * number + 100 * done // max(1, total), 100 * files)

    return report


def _summary(outcomes: list[Outcome], library: Library) -> IngestSummary:
    counts = {name: sum(one.outcome == name for one in outcomes) for name in ("added", "updated", "unchanged", "removed")}
    failed = tuple(Failure(one.path, one.error, one.remedy) for one in outcomes if one.outcome == "failed")
    reports, passages_kept = library.counts()
    return IngestSummary(**counts, failed=failed, reports=reports, passages=passages_kept)


def remove(paths: Iterable[str | Path], folder: str | Path, library: Library | None = None, actor: str = "cli") -> IngestSummary:
    """Delete reports, by the paths of their files, from the library in `folder`; the files themselves stay."""
    opened = nullcontext(library) if library else Library.open(folder)
    with opened as kept, kept.writing():
        outcomes = [_removed(kept, Path(path), actor) for path in paths]
        return _summary(outcomes, kept)


def _removed(library: Library, path: Path, actor: str) -> Outcome:
    if library.remove(path, actor):
        return Outcome(str(path), "removed")
    return Outcome(str(path), "failed", f"The library has no report of {path}.", "See what it holds: python -m ingest list")


def correct(path: Path, said: dict[str, Any], library: Library, actor: str = "cli") -> None:
    """Write what `actor` says of a report into its sidecar, and that they did into the record; it counts when the file is read next.

    Raises InvalidRequest or CannotWrite, the sidecar as it was.
    """
    write_sidecar(path, said)
    library.note("edited", path, fingerprint(path) if path.is_file() else "", actor)


def gone(folder: str | Path) -> list[Path]:
    """The files of reports in the library that are no longer where they were: their reports stay until they are removed."""
    with Library.open(folder) as library:
        return [file for report in library.reports() if not (file := library.file_of(report)).exists()]
