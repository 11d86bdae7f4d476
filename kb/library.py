"""One folder that holds a library: reports and passages in SQLite, their vectors in FAISS, and the model they were made by.

The one seam between the journeys and the stores: nothing above sees SQL or FAISS.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import TracebackType

import numpy as np

from kb.alike import Vocabulary
from kb.checks import rebuild_words
from kb.current_index import CurrentIndex
from kb.embed import Embedder, Encoded, SentenceEmbedder
from kb.embedding import Progress, embed, hash_of, texts_to_embed
from kb.errors import KBError, ModelMismatch
from kb.folder import DATABASE, GLOSSARY, held, make, store_in
from kb.glossary import Glossary
from kb.glossary import load as load_glossary
from kb.language import STEMS, STOP_WORDS, fold
from kb.records import Change, Filters, Item, Passage, Reading, Report, Section
from kb.rerank import Reranker, named_in_environment
from kb.store import Store
from kb.thresholds import FILE as THRESHOLDS
from kb.thresholds import Thresholds
from kb.thresholds import load as load_thresholds

FREQUENCIES = 10_000  # remembered


class Library:
    """An open library. Reading is safe from many threads and while another process writes."""

    def __init__(self, folder: Path, store: Store, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        self.reranker: Reranker | None = named_in_environment()
        self._store = store
        self._index = CurrentIndex(folder, store, embedder.fingerprint)
        self._reports: tuple[int, dict[int, Report]] | None = None  # with the generation they were read at
        self._asked: tuple[str, Encoded] | None = None
        self._vocabulary: tuple[int, Vocabulary] | None = None
        self._learning = Lock()
        self._frequency = lru_cache(FREQUENCIES)(lambda generation, stem: store.frequency(stem))

    @classmethod
    def open(cls, folder: str | Path, embedder: Embedder | None = None, create: bool = False) -> "Library":
        """The library in `folder`.

        Raises LibraryMissing where there is none (and `create` is False), LibraryDamaged where it cannot
        be read, ModelMismatch where its vectors were made by another model than `embedder`.
        """
        folder = Path(folder)
        if create:
            make(folder)
        store = Store(folder / DATABASE, create) if create else store_in(folder)
        library = cls(folder.resolve(), store, embedder or SentenceEmbedder())
        library._check_model(create)
        library._check_words()
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

    def _check_words(self) -> None:
        """Make the word index anew where it has the stems of an earlier version; where it cannot be written, it serves as it is."""
        if self._store.meta("stems") != STEMS:
            with suppress(KBError), self.writing():
                rebuild_words(self._store)
                self._store.set_meta("stems", STEMS)

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
        with held(self.folder):
            yield

    def add(self, reading: Reading, progress: Progress | None = None, actor: str = "cli", moved_from: str = "") -> Report:
        """Keep what was read of one file, in place of the report at its path, and of the one named `moved_from` if its file moved.

        Texts already embedded are not embedded again. Raises CannotWrite, and leaves all as it was, where the disk is full.
        """
        texts = [texts_to_embed(reading.report, passage) for passage in reading.passages]
        hashes = [[hash_of(text) for text in own] for own in texts]
        wanted = {text_hash: text for own in zip(hashes, texts, strict=True) for text_hash, text in zip(*own, strict=True)}
        embed(self._store, self.embedder, wanted, progress)
        return replace(reading.report, id=self._store.add(reading, hashes, actor, moved_from))

    def remove(self, path: str | Path, actor: str = "cli") -> bool:
        """Delete a report with its text, words and vectors; False where the library has none at `path`."""
        return self._store.remove(self.name_of(path), actor)

    # the record

    def note(self, verb: str, path: str | Path, sha256: str = "", actor: str = "cli") -> None:
        """Say in the record that `actor` did something to the report at `path` which is no adding or removing."""
        self._store.note(verb, self.name_of(path), sha256, actor)

    def changes(self) -> list[Change]:
        """The record of who added, removed and edited what, oldest first. It can only be added to."""
        return self._store.changes()

    # what is there

    def name_of(self, path: str | Path) -> str:
        """How the library names a file: by its path from the folder that holds the library, absolute where it lies elsewhere."""
        absolute = Path(path).resolve() if Path(path).is_absolute() or Path(path).exists() else self.folder.parent / path
        return absolute.relative_to(self.folder.parent).as_posix() if absolute.is_relative_to(self.folder.parent) else absolute.as_posix()

    def file_of(self, report: Report) -> Path:
        """Where the file of `report` lies."""
        return self.folder.parent / report.path

    def snapshot(self) -> AbstractContextManager[None]:
        """All that this thread reads within is of one state of the library, whatever is written meanwhile."""
        return self._store.snapshot()

    def reports(self, within: Filters | None = None) -> list[Report]:
        """All reports, or those whose year, country, code and id pass a filter, in the order of their paths."""
        return [report for report in self._known_reports().values() if within is None or _passes(report, within)]

    def _known_reports(self) -> dict[int, Report]:
        generation = self._store.generation
        held = self._reports
        if held is None or held[0] != generation:
            held = self._reports = (generation, {report.id: report for report in self._store.reports()})
        return held[1]

    def report(self, report_id: int) -> Report:
        """The report with this id. Raises KBError where it is gone."""
        try:
            return self._known_reports()[report_id]
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

    def encoded(self, text: str) -> Encoded:
        """What the model makes of a question; that of the last one is remembered, since ranking and quoting both need it."""
        last = self._asked
        if last is None or last[0] != text:
            last = self._asked = (text, self.embedder.encode_question(text))
        return last[1]

    def search_vectors(self, vector: np.ndarray, filters: Filters) -> dict[int, float]:
        """passage id -> cosine with `vector`, for the passages that pass `filters`."""
        among = None if filters == Filters() else self._store.match(filters)
        return self._index.get().search(vector, among)

    def stems_of(self, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """passage id -> the stems it holds."""
        return self._store.stems_of(ids)

    def frequency(self, stem: str) -> int:
        """In how many passages a stem stands; remembered, since ranking and quoting ask for the same ones."""
        return self._frequency(self._store.generation, stem)

    def vocabulary(self) -> Vocabulary:
        """The words of the library as it is now, without stop words, to be asked for those that mean nearly the same."""
        with self._learning:
            generation = self._store.generation
            if self._vocabulary is None or self._vocabulary[0] != generation:
                words = set(self._store.vocabulary()).difference(*STOP_WORDS.values())
                self._vocabulary = (generation, Vocabulary(sorted(words), self.embedder.word_vectors))
            return self._vocabulary[1]

    def glossary(self) -> Glossary:
        """The shipped words that mean the same, with the office's own."""
        return load_glossary(self.folder / GLOSSARY)

    def thresholds(self) -> Thresholds:
        """From when on a quote is evidence enough: the office's own where it has some for this model, else the shipped ones."""
        return load_thresholds(self.embedder.name, self.folder / THRESHOLDS)

    def sentence_vectors(self, passage: Passage) -> np.ndarray:
        """The vectors of a passage's sentences, (len(passage.sentences), dimension)."""
        vectors = self._store.passage_vectors(self.embedder.fingerprint, passage.id)
        return vectors[1:] if len(vectors) > 1 else vectors

    def passage_words(self, ids: Iterable[int]) -> dict[int, list[bytes]]:
        """passage id -> the words in context, packed, of the passage as a whole and of each of its sentences where that is less."""
        return self._store.passage_words(self.embedder.fingerprint, ids)


def reindex(folder: str | Path, embedder: Embedder, progress: Progress | None = None, actor: str = "cli") -> int:
    """Embed the library in `folder` anew with `embedder`, and return how many passages are longer than it reads.

    Each batch is kept as it comes, so an interrupted run goes on where it stopped. Until all is embedded the
    library serves with the model it had. Raises LibraryMissing, LibraryDamaged or LibraryBusy.
    """
    library = Library(Path(folder).resolve(), store_in(Path(folder)), embedder)
    with library, library.writing():
        texts, too_long = {}, 0
        for report in library.reports():
            for passage in library._store.browse(Filters(reports=(report.id,)), boilerplate=True):
                own = texts_to_embed(report, passage)
                texts |= {hash_of(text): text for text in own}
                too_long += embedder.count(own[0]) > embedder.max_pieces
        embed(library._store, embedder, texts, progress)
        library._store.use_model(embedder.fingerprint, actor)
    return too_long


def _passes(report: Report, filters: Filters) -> bool:
    """Whether `report` itself passes `filters`; some of its passages may not."""
    return (
        (not filters.reports or report.id in filters.reports)
        and (not filters.years or report.year in filters.years)
        and (not filters.countries or not set(map(fold, filters.countries)).isdisjoint(map(fold, report.countries)))
        and (not filters.codes or not set(map(fold, filters.codes)).isdisjoint(map(fold, report.codes)))
    )
