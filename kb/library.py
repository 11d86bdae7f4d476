"""One folder that holds a library: reports and passages in SQLite, their vectors in FAISS, and the model they were made by.

The one seam between the journeys and the stores: nothing above sees SQL or FAISS.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import TracebackType

import numpy as np
from filelock import FileLock, Timeout

from kb.embed import Embedder, SentenceEmbedder
from kb.errors import KBError, LibraryBusy, LibraryMissing, ModelMismatch
from kb.language import fold
from kb.records import Filters, Item, Passage, Reading, Report, Section
from kb.store import Store
from kb.vectors import VectorIndex, blended

DEFAULT_FOLDER = ".kb"
EMBED_AT_ONCE = 256  # texts embedded between two commits: what an interrupted run loses at most

Progress = Callable[[int, int], None]  # (texts embedded, texts in all)


def default_folder() -> Path:
    """The library's folder where none is named: KB_LIBRARY, else `.kb`."""
    return Path(os.environ.get("KB_LIBRARY") or DEFAULT_FOLDER)


class Library:
    """An open library. Reading is safe from many threads and while another process writes."""

    def __init__(self, folder: Path, store: Store, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        self._store = store
        self._loading = Lock()
        self._index: tuple[int, VectorIndex] | None = None  # with the generation it was made for
        self._reports: tuple[int, dict[int, Report]] | None = None
        self._asked: tuple[str, np.ndarray] | None = None

    @classmethod
    def open(cls, folder: str | Path, embedder: Embedder | None = None, create: bool = False) -> "Library":
        """The library in `folder`.

        Raises LibraryMissing where there is none (and `create` is False), LibraryDamaged where it cannot
        be read, ModelMismatch where its vectors were made by another model than `embedder`.
        """
        folder = Path(folder)
        database = folder / "library.sqlite"
        if not create and not database.exists():
            raise LibraryMissing(f"There is no library in {folder}.", "Make one: python -m ingest corpus/")
        if create:
            _make(folder)
        library = cls(folder.resolve(), Store(database, create), embedder or SentenceEmbedder())
        library._check_model(create)
        return library

    def _check_model(self, create: bool) -> None:
        made_by = self._store.meta("model")
        if made_by is None and create:
            self._store.set_meta("model", self.embedder.fingerprint)
        elif made_by is not None and made_by != self.embedder.fingerprint:
            name = made_by.split()[0]
            self.close()
            raise ModelMismatch(
                f"The library was made with the model {name}, but {self.embedder.name} is set ({made_by} / {self.embedder.fingerprint}).",
                f"Set KB_MODEL={name}, or embed the library anew: python -m kb reindex --model {self.embedder.name}",
            )

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the database. Nothing is lost without it."""
        self._store.close()

    # the way in

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library for writing. Raises LibraryBusy while another process does; the lock dies with its process."""
        lock = FileLock(self.folder / "write.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise LibraryBusy("Another ingestion is writing to the library.", "Wait until it has finished, then run this again.") from error
        try:
            yield
        finally:
            lock.release()

    def add(self, reading: Reading, progress: Progress | None = None) -> Report:
        """Keep what was read of one file, in place of the report at its path. Texts already embedded are not embedded again."""
        texts = [_texts_to_embed(reading.report, passage) for passage in reading.passages]
        hashes = [[_hash(text) for text in own] for own in texts]
        self._embed({text_hash: text for own in zip(hashes, texts, strict=True) for text_hash, text in zip(*own, strict=True)}, progress)
        report_id = self._store.add(reading, hashes)
        return replace(reading.report, id=report_id)

    def _embed(self, texts: dict[bytes, str], progress: Progress | None) -> None:
        """Embed what is not embedded yet, in batches of like length, keeping each batch as it comes."""
        model = self.embedder.fingerprint
        known = self._store.known_embeddings(model, texts)
        missing = sorted(((text_hash, text) for text_hash, text in texts.items() if text_hash not in known), key=lambda pair: len(pair[1]))
        for start in range(0, len(missing), EMBED_AT_ONCE):
            batch = missing[start : start + EMBED_AT_ONCE]
            vectors = self.embedder.encode([text for _, text in batch])
            self._store.keep_embeddings(model, [text_hash for text_hash, _ in batch], vectors)
            if progress:
                progress(start + len(batch), len(missing))

    def remove(self, path: str | Path) -> bool:
        """Delete a report with its text, words and vectors; False where the library has none at `path`."""
        return self._store.remove(self.name_of(path))

    # what is there

    def name_of(self, path: str | Path) -> str:
        """How the library names a file: by its path from the folder that holds the library, absolute where it lies elsewhere."""
        absolute = Path(path).resolve() if Path(path).is_absolute() or Path(path).exists() else self.folder.parent / path
        return absolute.relative_to(self.folder.parent).as_posix() if absolute.is_relative_to(self.folder.parent) else absolute.as_posix()

    def file_of(self, report: Report) -> Path:
        """Where the file of `report` lies."""
        return self.folder.parent / report.path

    def reports(self, within: Filters | None = None) -> list[Report]:
        """All reports, or those whose year, country, code and id pass a filter, in the order of their paths."""
        generation = self._store.generation
        if self._reports is None or self._reports[0] != generation:
            self._reports = (generation, {report.id: report for report in self._store.reports()})
        return [report for report in self._reports[1].values() if within is None or _passes(report, within)]

    def report(self, report_id: int) -> Report:
        """The report with this id. Raises KBError where it is gone."""
        self.reports()
        try:
            return self._reports[1][report_id]
        except KeyError:
            raise KBError(f"The library has no report number {report_id}.", "It may have been removed: search again.") from None

    def find(self, path: str | Path) -> Report | None:
        """The report of the file at `path`."""
        name = self.name_of(path)
        return next((report for report in self.reports() if report.path == name), None)

    def sections(self, report_id: int) -> list[Section]:
        return self._store.sections(report_id)

    def items(self, report_id: int) -> list[Item]:
        return self._store.items(report_id)

    def counts(self) -> tuple[int, int]:
        """The numbers of reports and of passages."""
        return self._store.counts()

    @property
    def generation(self) -> int:
        """Rises with every change of the library's content."""
        return self._store.generation

    # finding

    def passages(self, ids: Iterable[int]) -> list[Passage]:
        """The passages with these ids, in the order asked for."""
        return self._store.passages(ids)

    def browse(self, filters: Filters) -> list[Passage]:
        """The passages that pass `filters`, in report order."""
        return self._store.browse(filters)

    def languages(self) -> dict[int, str]:
        """passage id -> language."""
        return self._store.languages()

    def search_words(self, expression: str, filters: Filters) -> dict[int, float]:
        """passage id -> word score, for the passages that match the word query and pass `filters`."""
        return self._store.search_words(expression, filters)

    def question_vector(self, text: str) -> np.ndarray:
        """The unit vector of a question; that of the last one is remembered, since ranking and quoting both need it."""
        last = self._asked
        if last is None or last[0] != text:
            last = self._asked = (text, self.embedder.encode_question(text))
        return last[1]

    def search_vectors(self, vector: np.ndarray, filters: Filters) -> dict[int, float]:
        """passage id -> cosine with `vector`, for the passages that pass `filters`."""
        among = None if filters == Filters() else self._store.match(filters)
        return self._current_index().search(vector, among)

    def stems_of(self, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """passage id -> the stems it holds."""
        return self._store.stems_of(ids)

    def frequency(self, stem: str) -> int:
        """In how many passages a stem stands."""
        return self._store.frequency(stem)

    def sentence_vectors(self, passage: Passage) -> np.ndarray:
        """The vectors of a passage's sentences, (len(passage.sentences), dimension); of the whole where it is one sentence."""
        vectors = self._store.passage_vectors(self.embedder.fingerprint, passage.id)
        return vectors[1:] if len(vectors) > 1 else vectors

    def _current_index(self) -> VectorIndex:
        """The FAISS index of the library as it is now: in memory, else its file, else made anew from SQLite."""
        with self._loading:
            generation = self._store.generation
            if self._index is None or self._index[0] != generation:
                saved = self._read_index(generation)
                self._index = (generation, self._make_index(generation) if saved is None else saved)
            return self._index[1]

    def _index_file(self, generation: int) -> Path:
        """Named after this very database, so that the index of one that was deleted is never taken for this one's."""
        return self.folder / f"vectors-{self._store.meta('id')}-{generation}.faiss"

    def _read_index(self, generation: int) -> VectorIndex | None:
        try:
            return VectorIndex.read(self._index_file(generation))
        except ValueError:
            return None

    def _make_index(self, generation: int) -> VectorIndex:
        ids, vectors = blended(*self._store.vectors(self.embedder.fingerprint))
        index = VectorIndex(vectors.shape[1] or 1)
        index.add(ids, vectors)
        try:
            index.write(self._index_file(generation))
            for old in set(self.folder.glob("vectors-*.faiss")) - {self._index_file(generation)}:
                old.unlink(missing_ok=True)
        except (OSError, RuntimeError):  # a folder that cannot be written is searched all the same
            return index
        return index


def reindex(folder: str | Path, embedder: Embedder, progress: Progress | None = None) -> int:
    """Embed the library in `folder` anew with `embedder`, and return how many passages are longer than it reads.

    Each batch is kept as it comes, so an interrupted run goes on where it stopped. Until all is embedded the
    library serves with the model it had. Raises LibraryMissing, LibraryDamaged or LibraryBusy.
    """
    path = Path(folder) / "library.sqlite"
    if not path.exists():
        raise LibraryMissing(f"There is no library in {folder}.", "Make one: python -m ingest corpus/")
    library = Library(Path(folder).resolve(), Store(path), embedder)
    with library, library.writing():
        texts, too_long = {}, 0
        for report in library.reports():
            for passage in library._store.browse(Filters(reports=(report.id,)), boilerplate=True):
                own = _texts_to_embed(report, passage)
                texts |= {_hash(text): text for text in own}
                too_long += embedder.count(own[0]) > embedder.max_pieces
        library._embed(texts, progress)
        library._store.use_model(embedder.fingerprint)
    return too_long


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KBError(f"The folder {folder} cannot be made ({error.strerror}).", "Name another one with --library DIR.") from error


def _passes(report: Report, filters: Filters) -> bool:
    """Whether `report` itself passes `filters`; some of its passages may not."""
    return (
        (not filters.reports or report.id in filters.reports)
        and (not filters.years or report.year in filters.years)
        and (not filters.countries or not set(map(fold, filters.countries)).isdisjoint(map(fold, report.countries)))
        and (not filters.codes or not set(map(fold, filters.codes)).isdisjoint(map(fold, report.codes)))
    )


def _texts_to_embed(report: Report, passage: Passage) -> list[str]:
    """What stands for a passage among the vectors: the whole with its context, then each sentence where there are several."""
    whole = f"{passage.context}\n{passage.text}" if passage.context else passage.text
    sentences = [report.text[start:end] for start, end in passage.sentences]
    return [whole, *sentences] if len(sentences) > 1 else [whole]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
