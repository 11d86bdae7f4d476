"""Whether a library is whole: every check that is known, and what of it can be mended."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb import checks
from kb.current_index import CurrentIndex
from kb.database import REBUILD
from kb.embed import Embedder, SentenceEmbedder
from kb.embedding import embed
from kb.errors import ModelMismatch
from kb.folder import DATABASE, LOCK, SIDE_FILES, UNFINISHED, held, store_in
from kb.safe_write import unfinished_files
from kb.store import Store
from kb.vectors import VectorIndex

SHOWN = 5  # names in one line


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `problems` is 0 where all is well, and where `said` is only worth a note."""

    check: str
    said: str
    problems: int = 0
    remedy: str = ""  # where `repair` cannot mend it, or there is nothing to mend
    note: bool = False


def examine(folder: Path) -> list[Finding]:
    """One finding for each check. Raises LibraryMissing, or LibraryDamaged where not even the checks can be made."""
    with closing(store_in(folder)) as store:
        found = _in_database(store)
        with store.snapshot():
            return [*found, _vector_file(folder, store), *_leftovers(folder, store), _sources(folder, store), _record(store)]


def _in_database(store: Store) -> list[Finding]:
    broken = checks.unreadable(store)
    if broken:
        return [Finding("database", f"SQLite finds {len(broken)} faults: {broken[0]}", len(broken), REBUILD)]
    reports, passages = store.counts()
    untrue, unembedded = checks.untrue_reports(store), checks.unembedded(store)
    again = f"python -m ingest add --again {' '.join(untrue[:SHOWN])}" if untrue else ""
    return [
        Finding("database", f"whole: {_several(reports, 'report')}, {_several(passages, 'passage')}"),
        _counted("references", checks.parentless(store), "every row has its report", "rows of a report that is gone"),
        _counted("words", checks.wrong_words(store), "the word index has every passage", "entries of the word index wrong or missing"),
        _counted("quotes", len(untrue), "every passage stands in its report's text", f"reports with one that does not ({_names(untrue)})", again),
        _counted("vectors", len(unembedded), "every passage has its vectors", "passages without the vectors of their text"),
        _counted("strays", checks.stray_vectors(store), "no vector is left of a removed report", "vectors of no passage"),
    ]


def _counted(check: str, count: int, well: str, wrong: str, remedy: str = "") -> Finding:
    return Finding(check, f"{wrong}: {count}" if count else well, count, remedy)


def _vector_file(folder: Path, store: Store) -> Finding:
    current = CurrentIndex(folder, store, store.meta("model") or "")
    file = current.file(store.generation)
    if not file.exists():
        return Finding("vector file", "none yet for this state: the next search makes it")
    try:
        agrees = _same(VectorIndex.read(file), current.expected())
    except ValueError:
        return Finding("vector file", f"{file.name} is damaged", 1)
    return Finding("vector file", "agrees with the database" if agrees else f"{file.name} does not agree with the database", int(not agrees))


def _same(one: VectorIndex, other: VectorIndex) -> bool:
    return all(np.array_equal(mine, its) for mine, its in zip(one.entries(), other.entries(), strict=True))


def _leftovers(folder: Path, store: Store) -> Iterator[Finding]:
    files = [file.name for file in _stale(folder, store)]
    kept = checks.unfinished_vectors(store)
    if files:
        said = f"{_several(len(files), 'file')} of earlier states or of work that was stopped, not needed any more: {_names(files)}"
        yield Finding("leftovers", said, note=True)
    if kept:
        yield Finding("leftovers", f"{_several(kept, 'vector')} kept by a run that was stopped: the next one goes on from there", note=True)
    strange = sorted({file.name for file in folder.iterdir()} - _known(folder) - set(files))
    if strange:
        yield Finding("files", f"{_several(len(strange), 'file')} not of the library's making: {_names(strange)}", note=True)


def _known(folder: Path) -> set[str]:
    """The names of what may lie in a library's folder."""
    sides = {f"{name}{ending}" for name in SIDE_FILES for ending in ("", ".before-restore")}
    return {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", LOCK, *sides, *(file.name for file in folder.glob("vectors-*"))}


def _stale(folder: Path, store: Store) -> list[Path]:
    unpacked = [folder / UNFINISHED] if (folder / UNFINISHED).exists() else []
    return sorted({*CurrentIndex(folder, store, "").stale(store.generation), *unfinished_files(folder), *unpacked})


def _sources(folder: Path, store: Store) -> Finding:
    gone = [report.path for report in store.reports() if not (folder.resolve().parent / report.path).exists()]
    if not gone:
        return Finding("sources", "every report's file is where it was")
    remedy = "Put them back, or delete the reports: python -m ingest remove PATH"
    return Finding("sources", f"{_several(len(gone), 'report')} whose file is gone: {_names(gone)}", remedy=remedy, note=True)


def _record(store: Store) -> Finding:
    return Finding("record", f"{_several(len(store.changes()), 'change')} on record")


def repair(folder: Path, embedder: Embedder | None = None) -> list[str]:
    """Mend what can be mended, and say what was. The model is loaded only where texts have to be embedded.

    Raises LibraryBusy while another process writes, ModelMismatch where the missing vectors are another model's.
    """
    with closing(store_in(folder)) as store, held(folder):
        if checks.unreadable(store):
            return []
        done = [said for count, mend, said in _MENDING if count(store) and _do(mend, store)]
        unembedded = checks.unembedded(store)
        if unembedded:
            _embed(store, unembedded, embedder or SentenceEmbedder())
            done.append(f"embedded what {_several(len(unembedded), 'passage')} lacked")
        stale = _stale(folder, store)
        if _vector_file(folder, store).problems or stale:
            CurrentIndex(folder, store, store.meta("model") or "").make(store.generation)
            for file in stale:
                shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)
            done.append("made the vector file anew")
    return done


def _do(mend: Callable[[Store], None], store: Store) -> bool:
    mend(store)
    return True


_MENDING = (
    (checks.parentless, checks.drop_parentless, "deleted rows of reports that are gone"),
    (checks.wrong_words, checks.rebuild_words, "made the word index anew"),
    (checks.stray_vectors, checks.drop_stray_vectors, "deleted vectors of no passage"),
    (checks.abandoned_vectors, checks.drop_abandoned, "deleted vectors left by a run that was stopped"),
)


def _embed(store: Store, unembedded: dict[int, list[tuple[bytes, str]]], embedder: Embedder) -> None:
    model = store.meta("model")
    if model != embedder.fingerprint:
        problem = f"The missing vectors are those of {model}, but {embedder.name} is set."
        raise ModelMismatch(problem, f"Set KB_MODEL={(model or '').split()[0]} and run this again.")
    embed(store, embedder, {text_hash: text for texts in unembedded.values() for text_hash, text in texts})
    checks.point_at_vectors(store, {number: [text_hash for text_hash, _ in texts] for number, texts in unembedded.items()})


def _several(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _names(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
