"""Reports, passages, their words and their vectors, in one SQLite file.

SQLite is the truth: what stands here is the library. A report is written or removed in one
transaction, so a reader sees all of it or nothing. Every change raises `generation`, by which
readers notice it and by which the FAISS file is known to be up to date.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any

import numpy as np

from kb.database import Database, note
from kb.errors import LibraryBusy
from kb.language import fold, stems
from kb.records import Filters, Item, Passage, Reading, Report, Section
from kb.rows import items_of, list_json, passage_json, passage_of, report_json, report_of, sections_of

# bm25 weights of the three columns. `plain` only serves phrases, prefixes and exclusions.
COLUMN_WEIGHTS = "1.0, 0.5, 0.0"
# Conditions on vectors: they are the library's own model's, if it has one yet; a passage needs them.
OWN = "model = coalesce((SELECT value FROM meta WHERE key = 'model'), model)"
NEEDED = "text_hash IN (SELECT text_hash FROM passage_vectors)"


class Store(Database):
    """The reports of a library in its database."""

    # reports

    def add(self, reading: Reading, vector_hashes: list[list[bytes]], actor: str = "cli", moved_from: str = "") -> int:
        """Write a report in place of the one at its path (and of the one at `moved_from`), and say in the record that `actor` did.

        `vector_hashes` has a list for each passage, of texts whose vectors were kept. Returns the report's id.
        """
        report = reading.report
        with self.writing() as connection:
            known = _delete_report(connection, report.path)
            if moved_from and _delete_report(connection, moved_from):
                note(connection, "removed", moved_from, report.sha256, actor)
            report_id = _insert_report(connection, reading)
            for passage, hashes in zip(reading.passages, vector_hashes, strict=True):
                _insert_passage(connection, report_id, report.title, passage, hashes)
            note(connection, "updated" if known else "added", report.path, report.sha256, actor)
            changed(connection)
            _check_vectors(connection, report_id)
        return report_id

    def remove(self, path: str, actor: str = "cli") -> bool:
        """Delete the report at `path` with all that came of it; False where there is none."""
        with self.writing() as connection:
            digest = _delete_report(connection, path)
            if digest:
                note(connection, "removed", path, digest, actor)
                changed(connection)
        return bool(digest)

    def reports(self) -> list[Report]:
        """All reports in the order of their paths."""
        return [report_of(*row) for row in self.rows("SELECT id, record, text FROM reports ORDER BY path")]

    def report(self, report_id: int) -> Report | None:
        found = self.rows("SELECT id, record, text FROM reports WHERE id = ?", (report_id,))
        return report_of(*found[0]) if found else None

    def sections(self, report_id: int) -> list[Section]:
        return sections_of(self._report_list("sections", report_id))

    def items(self, report_id: int) -> list[Item]:
        return items_of(self._report_list("items", report_id))

    def _report_list(self, column: str, report_id: int) -> str:
        found = self.rows(f"SELECT {column} FROM reports WHERE id = ?", (report_id,))
        return found[0][0] if found else "[]"

    def counts(self) -> tuple[int, int]:
        """The numbers of reports and of passages."""
        return self.rows("SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM passages)")[0]

    # passages

    def passages(self, ids: Iterable[int]) -> list[Passage]:
        """The passages with these ids, in the order asked for; an id that is gone is left out."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self.rows(f"SELECT id, report_id, record FROM passages WHERE id IN ({marks})", wanted)
        found = {row[0]: passage_of(*row) for row in rows}
        return [found[number] for number in wanted if number in found]

    def browse(self, filters: Filters, boilerplate: bool = False) -> list[Passage]:
        """The passages that pass `filters`, report by report and in the order of the text; `boilerplate` too if wanted."""
        condition, values = _where(filters, boilerplate)
        order = "ORDER BY reports.path, passages.start"
        sql = f"SELECT passages.id, report_id, passages.record FROM passages JOIN reports ON reports.id = report_id WHERE {condition} {order}"
        return [passage_of(*row) for row in self.rows(sql, values)]

    def match(self, filters: Filters) -> list[int]:
        """The ids of the passages that pass `filters`."""
        condition, values = _where(filters)
        sql = f"SELECT passages.id FROM passages JOIN reports ON reports.id = report_id WHERE {condition}"
        return [row[0] for row in self.rows(sql, values)]

    def languages(self) -> dict[int, str]:
        """passage id -> language, of every passage."""
        return dict(self.rows("SELECT id, language FROM passages"))

    def search_words(self, expression: str, filters: Filters) -> dict[int, float]:
        """passage id -> bm25 (higher is better) of the passages that match an FTS5 `expression` and pass `filters`."""
        condition, values = _where(filters)
        sql = f"""SELECT passage_words.rowid, -bm25(passage_words, {COLUMN_WEIGHTS}) FROM passage_words
            JOIN passages ON passages.id = passage_words.rowid JOIN reports ON reports.id = report_id
            WHERE passage_words MATCH ? AND {condition}"""
        return dict(self.rows(sql, (expression, *values)))

    def stems_of(self, ids: Iterable[int]) -> dict[int, frozenset[str]]:
        """passage id -> the stems of its text and of its context."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self.rows(f"SELECT rowid, stems || ' ' || context FROM passage_words WHERE rowid IN ({marks})", wanted)
        return {number: frozenset(text.split()) for number, text in rows}

    def frequency(self, stem: str) -> int:
        """In how many passages `stem` stands."""
        return int(self.rows("SELECT count(*) FROM passage_words WHERE passage_words MATCH ?", (f'{{stems context}} : "{stem}"',))[0][0])

    def vocabulary(self) -> list[str]:
        """The words of the passages, folded, each once."""
        self.rows("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, passage_words, col)")
        return [row[0] for row in self.rows("SELECT term FROM temp.vocabulary WHERE col = 'plain'")]

    # vectors

    def known_embeddings(self, model: str, hashes: Iterable[bytes]) -> set[bytes]:
        """Which of the texts with these hashes are embedded already, words and all, by a run that was stopped too."""
        sql = """SELECT text_hash FROM embeddings WHERE model = ? AND words IS NOT NULL
            UNION SELECT text_hash FROM unfinished WHERE model = ? AND words IS NOT NULL"""
        return {row[0] for row in self.rows(sql, (model, model))} & set(hashes)

    def keep_embeddings(self, model: str, embeddings: list[tuple[bytes, np.ndarray, bytes]]) -> None:
        """Keep `embeddings`, (hash of a text, its vector, its words packed) each, for the report or the model whose turn comes
        with `add` or `use_model`."""
        rows = [(model, text_hash, vector.astype(np.float32).tobytes(), words) for text_hash, vector, words in embeddings]
        with self.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO unfinished (model, text_hash, vector, words) VALUES (?, ?, ?, ?)", rows)

    def use_model(self, model: str, actor: str = "cli") -> None:
        """From now on the library's vectors are those of `model`; those of others are dropped."""
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (model,))
            connection.execute("DELETE FROM embeddings WHERE model <> ?", (model,))
            note(connection, "reindexed", model, "", actor)
            changed(connection)
            connection.execute("DELETE FROM unfinished")

    def vectors(self, model: str) -> tuple[list[int], list[int], np.ndarray]:
        """Every vector of the passages that are ranked: (passage ids, positions, float32 of shape (n, dimension)).

        Position 0 is the passage's own vector, the others are its sentences'; boilerplate is left out.
        """
        sql = """SELECT passage_id, position, vector FROM passage_vectors JOIN passages ON passages.id = passage_id
            JOIN embeddings USING (text_hash) WHERE model = ? AND NOT boilerplate ORDER BY passage_id, position"""
        rows = self.rows(sql, (model,))
        return [row[0] for row in rows], [row[1] for row in rows], _matrix([row[2] for row in rows])

    def passage_vectors(self, model: str, passage_id: int) -> np.ndarray:
        """The vectors of one passage, (1 + sentences, dimension): its own first."""
        sql = """SELECT vector FROM passage_vectors JOIN embeddings USING (text_hash)
            WHERE passage_id = ? AND model = ? ORDER BY position"""
        rows = self.rows(sql, (passage_id, model))
        return _matrix([row[0] for row in rows])

    def passage_words(self, model: str, ids: Iterable[int]) -> dict[int, list[bytes]]:
        """passage id -> the packed words of the passage and of its sentences; b"" for a text embedded before words were kept."""
        wanted = list(ids)
        sql = f"""SELECT passage_id, coalesce(words, x'') FROM passage_vectors JOIN embeddings USING (text_hash)
            WHERE model = ? AND passage_id IN ({",".join("?" * len(wanted))}) ORDER BY passage_id, position"""
        packed: dict[int, list[bytes]] = {number: [] for number in wanted}
        for number, words in self.rows(sql, (model, *wanted)):
            packed[number].append(words)
        return packed


def _matrix(vectors: list[bytes]) -> np.ndarray:
    """Vectors as kept, one under the other: float32 of shape (n, dimension), (0, 0) where there are none."""
    return np.frombuffer(b"".join(vectors), dtype=np.float32).reshape(len(vectors), -1 if vectors else 0)


def _insert_report(connection: sqlite3.Connection, reading: Reading) -> int:
    report = reading.report
    row = (report.path, report.sha256, report.year, report_json(report), report.text, list_json(reading.sections), list_json(reading.items))
    sql = "INSERT INTO reports (path, sha256, year, record, text, sections, items) VALUES (?, ?, ?, ?, ?, ?, ?)"
    report_id = connection.execute(sql, row).lastrowid
    connection.executemany("INSERT INTO report_countries VALUES (?, ?)", [(report_id, fold(name)) for name in report.countries])
    connection.executemany("INSERT INTO report_codes VALUES (?, ?)", [(report_id, fold(code)) for code in report.codes])
    return int(report_id)


def _insert_passage(connection: sqlite3.Connection, report_id: int, title: str, passage: Passage, hashes: list[bytes]) -> None:
    row = (report_id, passage.start, passage.kind, passage.language, passage.boilerplate, passage_json(passage))
    sql = "INSERT INTO passages (report_id, start, kind, language, boilerplate, record) VALUES (?, ?, ?, ?, ?, ?)"
    number = connection.execute(sql, row).lastrowid
    connection.executemany("INSERT INTO passage_criteria VALUES (?, ?)", [(number, criterion) for criterion in passage.criteria])
    connection.executemany("INSERT INTO passage_vectors VALUES (?, ?, ?)", [(number, place, text_hash) for place, text_hash in enumerate(hashes)])
    insert_words(connection, number, title, passage)


def insert_words(connection: sqlite3.Connection, number: int, title: str, passage: Passage) -> None:
    """Put the words of the passage with id `number` into the word index."""
    connection.execute("INSERT INTO passage_words (rowid, stems, context, plain) VALUES (?, ?, ?, ?)", (number, *indexed_words(title, passage)))


def indexed_words(title: str, passage: Passage) -> tuple[str, str, str]:
    """What the word index holds of a passage: the stems of its text, those of its title and heading, and the text for phrases."""
    text, context = (" ".join(stems(words, passage.language)) for words in (passage.text, f"{title} {passage.heading}"))
    return text, context, fold(passage.text)


def _delete_report(connection: sqlite3.Connection, path: str) -> str:
    """Delete the report at `path`; the sha256 of its file, or "" where there is none."""
    found = connection.execute("SELECT id, sha256 FROM reports WHERE path = ?", (path,)).fetchone()
    if not found:
        return ""
    connection.execute("DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE report_id = ?)", (found[0],))
    connection.execute("DELETE FROM reports WHERE id = ?", (found[0],))
    return found[1]


def changed(connection: sqlite3.Connection) -> None:
    """Take in the vectors kept for this change, drop those that no passage needs any more, and let readers know of the change."""
    connection.execute(f"INSERT OR REPLACE INTO embeddings SELECT * FROM unfinished WHERE {OWN} AND {NEEDED}")
    connection.execute(f"DELETE FROM unfinished WHERE {OWN} OR NOT {NEEDED}")
    connection.execute(f"DELETE FROM embeddings WHERE NOT {NEEDED}")
    connection.execute("INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1")


def _check_vectors(connection: sqlite3.Connection, report_id: int) -> None:
    """Raises LibraryBusy where a vector of the report is gone since it was kept, so that no passage is without one."""
    sql = f"""SELECT 1 FROM passage_vectors JOIN passages ON passages.id = passage_id
        WHERE report_id = ? AND text_hash NOT IN (SELECT text_hash FROM embeddings WHERE {OWN})"""
    if connection.execute(sql, (report_id,)).fetchone():
        raise LibraryBusy("Another ingestion has changed the library meanwhile.", "Wait until it has finished, then run this again.")


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
    parts = [sql.format(",".join("?" * len(values))) for sql, values in columns.items() if values]
    return " AND ".join(["TRUE" if boilerplate else "NOT passages.boilerplate", *parts]), [value for values in columns.values() for value in values]
