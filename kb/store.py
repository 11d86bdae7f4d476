"""Reports, passages, their words and their vectors, in one SQLite file. The only owner of `sqlite3`.

SQLite is the truth: what stands here is the library. A report is written or removed in one
transaction, so a reader sees all of it or nothing. Every change raises `generation`, by which
readers notice it and by which the FAISS file is known to be up to date.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from kb.errors import LibraryDamaged
from kb.language import fold, stems
from kb.records import Fact, Filters, Item, PageRun, Passage, Reading, Report, Section

SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('id', lower(hex(randomblob(4))));
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, year INTEGER,
    record TEXT NOT NULL, text TEXT NOT NULL, sections TEXT NOT NULL, items TEXT NOT NULL);
CREATE TABLE report_countries (report_id INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE, country TEXT NOT NULL);
CREATE TABLE report_codes (report_id INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE, code TEXT NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, report_id INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    start INTEGER NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, boilerplate INTEGER NOT NULL, record TEXT NOT NULL);
CREATE INDEX passages_in_order ON passages (report_id, start);
CREATE TABLE passage_criteria (passage_id INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE, criterion TEXT NOT NULL);
CREATE INDEX criteria_by_name ON passage_criteria (criterion, passage_id);
CREATE TABLE passage_vectors (
    passage_id INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE, position INTEGER NOT NULL, text_hash BLOB NOT NULL,
    PRIMARY KEY (passage_id, position)) WITHOUT ROWID;
CREATE TABLE embeddings (model TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (model, text_hash)) WITHOUT ROWID;
CREATE VIRTUAL TABLE passage_words USING fts5(stems, context, plain, tokenize = "unicode61 remove_diacritics 0");
"""
# bm25 weights of the three columns. `plain` only serves phrases, prefixes and exclusions.
COLUMN_WEIGHTS = "1.0, 0.5, 0.0"


class Store:
    """One SQLite file. Each thread has a connection of its own; writers take turns by SQLite's own lock."""

    def __init__(self, path: Path, create: bool = False) -> None:
        self.path = path
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._check(create)

    def _check(self, create: bool) -> None:
        try:
            version = self._version(create)
        except sqlite3.DatabaseError as error:
            self.close()
            raise LibraryDamaged(
                f"The library's database {self.path.name} cannot be read ({error}).",
                "Move the library folder aside and run `python -m ingest corpus/` to build it again from the reports.",
            ) from error
        if version > SCHEMA_VERSION:
            self.close()
            raise LibraryDamaged(
                f"The library was made by a newer version of this tool (format {version}, this one reads {SCHEMA_VERSION}).",
                "Update the tool, or build another library with `--library DIR`.",
            )

    def _version(self, create: bool) -> int:
        """The format of the database, which is made first where it is empty and `create` says so."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if create and version == 0:
            self._connection.executescript(
                f"PRAGMA journal_mode = WAL; BEGIN; {SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )
        if version <= SCHEMA_VERSION:
            self._connection.execute("SELECT count(*) FROM meta").fetchone()
        return int(version)

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._threads, "connection"):
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            self._threads.connection = connection
            self._connections.append(connection)
        return self._threads.connection

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._threads = threading.local()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole or undone whole."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    # what the library says of itself

    def meta(self, key: str) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """How often the library's content has changed."""
        return int(self.meta("generation") or 0)

    # reports

    def add(self, reading: Reading, vector_hashes: list[list[bytes]]) -> int:
        """Write a report in place of the one at its path; `vector_hashes` has a list for each passage. Returns its id."""
        report = reading.report
        with self.writing() as connection:
            _delete_report(connection, report.path)
            row = (report.path, report.sha256, report.year, _report_json(report), report.text, _json(reading.sections), _json(reading.items))
            report_id = connection.execute(
                "INSERT INTO reports (path, sha256, year, record, text, sections, items) VALUES (?, ?, ?, ?, ?, ?, ?)", row
            ).lastrowid
            connection.executemany("INSERT INTO report_countries VALUES (?, ?)", [(report_id, fold(name)) for name in report.countries])
            connection.executemany("INSERT INTO report_codes VALUES (?, ?)", [(report_id, fold(code)) for code in report.codes])
            for passage, hashes in zip(reading.passages, vector_hashes, strict=True):
                _insert_passage(connection, report_id, report.title, passage, hashes)
            _changed(connection)
        return int(report_id)

    def remove(self, path: str) -> bool:
        """Delete the report at `path` with all that came of it; False where there is none."""
        with self.writing() as connection:
            found = _delete_report(connection, path)
            if found:
                _changed(connection)
        return found

    def reports(self) -> list[Report]:
        """All reports in the order of their paths."""
        rows = self._connection.execute("SELECT id, record, text FROM reports ORDER BY path")
        return [_report(*row) for row in rows]

    def report(self, report_id: int) -> Report | None:
        row = self._connection.execute("SELECT id, record, text FROM reports WHERE id = ?", (report_id,)).fetchone()
        return _report(*row) if row else None

    def sections(self, report_id: int) -> list[Section]:
        return [Section(**_tuples(row)) for row in self._report_list("sections", report_id)]

    def items(self, report_id: int) -> list[Item]:
        return [Item(**_tuples(row)) for row in self._report_list("items", report_id)]

    def _report_list(self, column: str, report_id: int) -> list[dict[str, Any]]:
        row = self._connection.execute(f"SELECT {column} FROM reports WHERE id = ?", (report_id,)).fetchone()
        return json.loads(row[0]) if row else []

    def counts(self) -> tuple[int, int]:
        """The numbers of reports and of passages."""
        return self._connection.execute("SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM passages)").fetchone()

    # passages

    def passages(self, ids: Iterable[int]) -> list[Passage]:
        """The passages with these ids, in the order asked for; an id that is gone is left out."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(f"SELECT id, report_id, record FROM passages WHERE id IN ({marks})", wanted)
        found = {row[0]: _passage(*row) for row in rows}
        return [found[number] for number in wanted if number in found]

    def browse(self, filters: Filters, boilerplate: bool = False) -> list[Passage]:
        """The passages that pass `filters`, report by report and in the order of the text; `boilerplate` too if wanted."""
        condition, values = _where(filters, boilerplate)
        order = "ORDER BY reports.path, passages.start"
        sql = f"SELECT passages.id, report_id, passages.record FROM passages JOIN reports ON reports.id = report_id WHERE {condition} {order}"
        return [_passage(*row) for row in self._connection.execute(sql, values)]

    def match(self, filters: Filters) -> list[int]:
        """The ids of the passages that pass `filters`."""
        condition, values = _where(filters)
        sql = f"SELECT passages.id FROM passages JOIN reports ON reports.id = report_id WHERE {condition}"
        return [row[0] for row in self._connection.execute(sql, values)]

    def languages(self) -> dict[int, str]:
        """passage id -> language, of every passage."""
        return dict(self._connection.execute("SELECT id, language FROM passages"))

    def search_words(self, expression: str, filters: Filters) -> dict[int, float]:
        """passage id -> bm25 (higher is better) of the passages that match an FTS5 `expression` and pass `filters`."""
        condition, values = _where(filters)
        sql = f"""SELECT passage_words.rowid, -bm25(passage_words, {COLUMN_WEIGHTS}) FROM passage_words
            JOIN passages ON passages.id = passage_words.rowid JOIN reports ON reports.id = report_id
            WHERE passage_words MATCH ? AND {condition}"""
        return dict(self._connection.execute(sql, (expression, *values)))

    def stems_of(self, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """passage id -> the stems of its text and of its context."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(f"SELECT rowid, stems || ' ' || context FROM passage_words WHERE rowid IN ({marks})", wanted)
        return {number: frozenset(text.split()) for number, text in rows}

    def frequency(self, stem: str) -> int:
        """In how many passages `stem` stands."""
        row = self._connection.execute("SELECT count(*) FROM passage_words WHERE passage_words MATCH ?", (f'{{stems context}} : "{stem}"',))
        return int(row.fetchone()[0])

    # vectors

    def known_embeddings(self, model: str, hashes: Iterable[bytes]) -> set[bytes]:
        """Which of the texts with these hashes are embedded already."""
        have = self._connection.execute("SELECT text_hash FROM embeddings WHERE model = ?", (model,))
        return {row[0] for row in have} & set(hashes)

    def keep_embeddings(self, model: str, hashes: list[bytes], vectors: np.ndarray) -> None:
        """Keep `vectors`, float32 of shape (len(hashes), dimension), each under the hash of its text."""
        rows = [(model, text_hash, vector.tobytes()) for text_hash, vector in zip(hashes, vectors.astype(np.float32), strict=True)]
        with self.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)

    def use_model(self, model: str) -> None:
        """From now on the library's vectors are those of `model`; those of others are dropped."""
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (model,))
            connection.execute("DELETE FROM embeddings WHERE model <> ?", (model,))
            _changed(connection)

    def vectors(self, model: str) -> tuple[list[int], list[int], np.ndarray]:
        """Every vector of the passages that are ranked: (passage ids, positions, float32 of shape (n, dimension)).

        Position 0 is the passage's own vector, the others are its sentences'; boilerplate is left out.
        """
        sql = """SELECT passage_id, position, vector FROM passage_vectors JOIN passages ON passages.id = passage_id
            JOIN embeddings USING (text_hash) WHERE model = ? AND NOT boilerplate ORDER BY passage_id, position"""
        rows = self._connection.execute(sql, (model,)).fetchall()
        return [row[0] for row in rows], [row[1] for row in rows], _matrix([row[2] for row in rows])

    def passage_vectors(self, model: str, passage_id: int) -> np.ndarray:
        """The vectors of one passage, (1 + sentences, dimension): its own first."""
        sql = """SELECT vector FROM passage_vectors JOIN embeddings USING (text_hash)
            WHERE passage_id = ? AND model = ? ORDER BY position"""
        rows = self._connection.execute(sql, (passage_id, model)).fetchall()
        return _matrix([row[0] for row in rows])


def _matrix(vectors: list[bytes]) -> np.ndarray:
    """Vectors as kept, one under the other: float32 of shape (n, dimension), (0, 0) where there are none."""
    return np.frombuffer(b"".join(vectors), dtype=np.float32).reshape(len(vectors), -1 if vectors else 0)


def _insert_passage(connection: sqlite3.Connection, report_id: int, title: str, passage: Passage, hashes: list[bytes]) -> None:
    record = json.dumps({name: value for name, value in asdict(passage).items() if name not in ("id", "report_id")}, ensure_ascii=False)
    row = (report_id, passage.start, passage.kind, passage.language, passage.boilerplate, record)
    sql = "INSERT INTO passages (report_id, start, kind, language, boilerplate, record) VALUES (?, ?, ?, ?, ?, ?)"
    number = connection.execute(sql, row).lastrowid
    connection.executemany("INSERT INTO passage_criteria VALUES (?, ?)", [(number, criterion) for criterion in passage.criteria])
    connection.executemany("INSERT INTO passage_vectors VALUES (?, ?, ?)", [(number, place, text_hash) for place, text_hash in enumerate(hashes)])
    text, context = (" ".join(stems(words, passage.language)) for words in (passage.text, f"{title} {passage.heading}"))
    connection.execute("INSERT INTO passage_words (rowid, stems, context, plain) VALUES (?, ?, ?, ?)", (number, text, context, fold(passage.text)))


def _delete_report(connection: sqlite3.Connection, path: str) -> bool:
    connection.execute(
        "DELETE FROM passage_words WHERE rowid IN (SELECT passages.id FROM passages JOIN reports ON reports.id = report_id WHERE path = ?)", (path,)
    )
    return connection.execute("DELETE FROM reports WHERE path = ?", (path,)).rowcount > 0


def _changed(connection: sqlite3.Connection) -> None:
    """Drop vectors that no passage needs any more, and let readers know of the change."""
    connection.execute("DELETE FROM embeddings WHERE text_hash NOT IN (SELECT text_hash FROM passage_vectors)")
    connection.execute(
        "INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
    )


def _where(filters: Filters, boilerplate: bool = False) -> tuple[str, list[Any]]:
    """The SQL condition, over passages joined with reports, that `filters` stand for, and its values."""
    columns = {
        "passages.kind IN ({})": filters.kinds,
        "passages.id IN (SELECT passage_id FROM passage_criteria WHERE criterion IN ({}))": filters.criteria,
        "report_id IN ({})": filters.reports,
        "passages.language IN ({})": filters.languages,
        "reports.year IN ({})": filters.years,
        "report_id IN (SELECT report_id FROM report_countries WHERE country IN ({}))": tuple(map(fold, filters.countries)),
        "report_id IN (SELECT report_id FROM report_codes WHERE code IN ({}))": tuple(map(fold, filters.codes)),
    }
    parts = ["TRUE" if boilerplate else "NOT passages.boilerplate"] + [sql.format(",".join("?" * len(values))) for sql, values in columns.items() if values]
    return " AND ".join(parts), [value for values in columns.values() for value in values]


def _json(records: tuple[Any, ...]) -> str:
    return json.dumps([asdict(record) for record in records], ensure_ascii=False)


def _report_json(report: Report) -> str:
    return json.dumps(asdict(replace(report, text="", id=0)), ensure_ascii=False)


def _report(number: int, record: str, text: str) -> Report:
    fields = _tuples(json.loads(record))
    fields["pages"] = tuple(PageRun(**run) for run in fields["pages"])
    fields["facts"] = tuple(Fact(**fact) for fact in fields["facts"])
    return Report(**(fields | {"id": number, "text": text}))


def _passage(number: int, report_id: int, record: str) -> Passage:
    fields = _tuples(json.loads(record))
    fields["sentences"] = tuple(tuple(span) for span in fields["sentences"])
    return Passage(**fields, id=number, report_id=report_id)


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where the records have tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
