"""The SQLite file of a library: its tables, its connections and transactions, and what goes wrong with it, by name.

Each thread has a connection of its own. The journal is a write-ahead log, so readers never wait for a writer, and every
commit is on the disk before it counts as done.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from kb.errors import CannotWrite, KBError, LibraryBusy, LibraryDamaged
from kb.records import Change

SCHEMA_VERSION = 1
WAIT_SECONDS = 30  # for another process that writes
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
"""
WORDS = 'CREATE VIRTUAL TABLE passage_words USING fts5(stems, context, plain, tokenize = "unicode61 remove_diacritics 0");'
# What libraries made before did not have: they get it when they are next opened, and older tools pass it over.
# `unfinished` has the vectors of a report being added, or of a model being changed to, so that a run that was stopped goes on
# where it was; they become embeddings when the report, or the model, does.
LATER = """
CREATE TABLE IF NOT EXISTS changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
CREATE TRIGGER IF NOT EXISTS changes_remain BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
CREATE TRIGGER IF NOT EXISTS changes_are_new BEFORE INSERT ON changes WHEN EXISTS (SELECT 1 FROM changes WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
CREATE TABLE IF NOT EXISTS unfinished (model TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (model, text_hash)) WITHOUT ROWID;
"""
WITH_WORDS = ("embeddings", "unfinished")  # whose column `words` is null for texts embedded before there was one: found without, until `kb reindex`
REBUILD = (
    "Restore a backup (python -m kb restore FILE), or move the library folder aside and run "
    "`python -m ingest corpus/` to build it again from the reports."
)
_UNREADABLE = {sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS}


class Database:
    """One SQLite file, open. Safe to use from many threads; writers take turns by SQLite's own lock."""

    def __init__(self, path: Path, create: bool = False) -> None:
        """Raises LibraryDamaged where the file is no library, or a newer one; CannotWrite where it cannot be opened at all."""
        self.path = path
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        try:
            self._check(create)
        except BaseException:
            self.close()
            raise

    def _check(self, create: bool) -> None:
        try:
            with self._named():
                version = self._version(create)
        except sqlite3.DatabaseError as error:  # it can be read, but has not the tables of a library
            raise damaged(self.path, error) from error
        if version > SCHEMA_VERSION:
            raise LibraryDamaged(
                f"The library was made by a newer version of this tool (format {version}, this one reads {SCHEMA_VERSION}).",
                "Update the tool, or build another library with `--library DIR`.",
            )

    def _version(self, create: bool) -> int:
        """The format of the database, which is made first where it is empty and `create` says so."""
        if create and self._format() == 0:
            self._write_ahead()
            self._make(SCHEMA + WORDS, unless=lambda: self._format() > 0)
        version = self._format()
        if version <= SCHEMA_VERSION:
            self._connection.execute("SELECT count(*) FROM meta").fetchone()
            if not self._has("unfinished"):
                self._make(LATER, unless=lambda: False)
            for table in WITH_WORDS:
                if not self._keeps_words(table):
                    self._make(f"ALTER TABLE {table} ADD COLUMN words BLOB", unless=lambda table=table: self._keeps_words(table))
        return version

    def _write_ahead(self) -> None:
        """Let reading go on while there is writing. Here SQLite says at once that the file is locked, where elsewhere it waits: of
        eight that made a library together, one failed in about 50 tries."""
        until = monotonic() + WAIT_SECONDS
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                    raise
                sleep(0.01)

    def _format(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _keeps_words(self, table: str) -> bool:
        return any(row[1] == "words" for row in self._connection.execute(f"PRAGMA table_info({table})"))

    def _has(self, table: str) -> bool:
        return bool(self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone())

    def _make(self, schema: str, unless: Any) -> None:  # noqa: ANN401 - a question
        """Make the tables in one transaction, unless another process has just done so."""
        with self.writing() as connection:
            if not unless():
                for statement in schema.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._threads, "connection"):
            connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
            self._connections.append(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            self._threads.connection = connection
        return self._threads.connection

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._connections:
            connection.close()
        self._connections.clear()
        self._threads = threading.local()

    @contextmanager
    def _named(self) -> Iterator[None]:
        """SQLite's errors by the names this project has for them."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            named = _name(self.path, error)
            if named is None:
                raise
            raise named from error

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._named():
            return self._connection.execute(sql, tuple(values)).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that is kept whole, and on the disk, or undone whole."""
        with self._named():
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that this thread reads within is of one state, whatever is written meanwhile."""
        connection = self._connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            self.meta("id")  # the state is taken at the first reading
            yield
        finally:
            connection.rollback()

    # what the library says of itself

    def meta(self, key: str) -> str | None:
        found = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return found[0][0] if found else None

    def set_meta(self, key: str, value: str) -> None:
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """How often the library's content has changed."""
        return int(self.meta("generation") or 0)

    # the record of changes

    def note(self, verb: str, path: str, sha256: str, actor: str) -> None:
        """Add a line to the record, which has no way to be rewritten."""
        with self.writing() as connection:
            note(connection, verb, path, sha256, actor)

    def changes(self) -> list[Change]:
        """The record, oldest first."""
        return [Change(*row) for row in self.rows("SELECT at, actor, verb, path, sha256 FROM changes ORDER BY id")]

    # whole copies

    def copy_to(self, path: Path) -> None:
        """Copy the library as it is now into a new file at `path`, while others read and write. Raises CannotWrite."""
        try:
            with closing(sqlite3.connect(path)) as copy:
                self._connection.backup(copy)
        except sqlite3.DatabaseError as error:
            raise _name(path, error) or damaged(self.path, error) from error

    def follow(self, before: "Database") -> None:
        """Make this copy fit to come after the state that is `before`: its generation is higher, it gives no number away again,
        and its record goes on with what the other's has more."""
        known, later = set(self.changes()), max(self.generation, before.generation) + 1
        lost = [astuple(change) for change in before.changes() if change not in known]
        last = before.rows("SELECT seq, name FROM sqlite_sequence WHERE name IN ('reports', 'passages')")
        with self.writing() as connection:
            connection.executemany("INSERT INTO changes (at, actor, verb, path, sha256) VALUES (?, ?, ?, ?, ?)", lost)
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (str(later),))
            for _, name in last:
                missing = "NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)"
                connection.execute(f"INSERT INTO sqlite_sequence (name, seq) SELECT ?, 0 WHERE {missing}", (name, name))
            connection.executemany("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", last)

    def become(self, other: Path) -> None:
        """Take the content of the database at `other`, in one transaction: readers see the old state, then the new one."""
        with self._named(), closing(sqlite3.connect(other)) as source:
            source.backup(self._connection)


def note(connection: sqlite3.Connection, verb: str, path: str, sha256: str, actor: str) -> None:
    """Add a line to the record within a transaction, so that it stands there exactly if the change does."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute("INSERT INTO changes (at, actor, verb, path, sha256) VALUES (?, ?, ?, ?, ?)", (at, actor, verb, path, sha256))


def damaged(path: Path, error: Exception) -> LibraryDamaged:
    """That the database at `path` cannot be read, and what to do."""
    return LibraryDamaged(f"The library's database {path.name} cannot be read ({error}).", REBUILD)


def _name(path: Path, error: sqlite3.DatabaseError) -> KBError | None:
    """The error of this project that `error` stands for; None for a mistake in a query, which is the tool's own."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    folder, kind = path.parent, code & 0xFF
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or code in _UNREADABLE:
        return damaged(path, error)
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryBusy("Another process is writing to the library.", "Wait until it has finished, then run this again.")
    if kind in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        problem = f"The library in {folder} cannot be written: its disk is full or fails ({error})."
        return CannotWrite(problem, "Free some space there, then run this again. What was added before is kept.")
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        problem = f"The library in {folder} cannot be opened for writing ({error})."
        return CannotWrite(problem, "See that you may write in the folder, or name another one with --library DIR. Nothing in it was changed.")
    return None
