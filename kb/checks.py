"""What can be wrong inside a library's database, and how each of it is mended. A check that finds nothing wrong returns nothing."""

from collections.abc import Iterator

from kb.database import WORDS
from kb.embedding import hash_of, texts_to_embed
from kb.errors import LibraryDamaged
from kb.records import Filters, Passage, Report
from kb.store import NEEDED, OWN, Store, changed, indexed_words, insert_words

CHILDREN = {  # table -> the condition on which a row of it belongs to nothing
    "passages": "report_id NOT IN (SELECT id FROM reports)",
    "report_countries": "report_id NOT IN (SELECT id FROM reports)",
    "report_codes": "report_id NOT IN (SELECT id FROM reports)",
    "passage_criteria": "passage_id NOT IN (SELECT id FROM passages)",
    "passage_vectors": "passage_id NOT IN (SELECT id FROM passages)",
}
# Vectors of no passage, of another model, or not as long as most are; words that are not whole rows of a bit a component.
STRAY = f"""NOT {NEEDED} OR NOT {OWN}
    OR length(vector) <> (SELECT length(vector) FROM embeddings GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)
    OR coalesce(length(words), 0) % ((length(vector) + 31) / 32) <> 0"""


def unreadable(store: Store) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    return [line for (line,) in store.rows("PRAGMA integrity_check") if line != "ok"]


def parentless(store: Store) -> int:
    """How many rows belong to a report or a passage that is gone."""
    return len(store.rows("PRAGMA foreign_key_check"))


def drop_parentless(store: Store) -> None:
    with store.writing() as connection:
        for table, condition in CHILDREN.items():
            connection.execute(f"DELETE FROM {table} WHERE {condition}")
        changed(connection)


def wrong_words(store: Store) -> int:
    """How many passages the word index lacks, has too many, or has with other words; 1 where it is broken in itself."""
    wanted = {passage.id: indexed_words(report.title, passage) for report, passage in _passages(store)}
    try:
        with store.writing() as connection:
            connection.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        kept = {number: words for number, *words in store.rows("SELECT rowid, stems, context, plain FROM passage_words")}
    except LibraryDamaged:  # SQLite says the same of an index in disorder as of a file in disorder
        return 1
    return sum(tuple(kept.get(number, ())) != words for number, words in wanted.items()) + len(kept.keys() - wanted.keys())


def rebuild_words(store: Store) -> None:
    passages = list(_passages(store))
    with store.writing() as connection:
        connection.execute("DROP TABLE passage_words")
        connection.execute(WORDS)
        for report, passage in passages:
            insert_words(connection, passage.id, report.title, passage)
        changed(connection)


def untrue_reports(store: Store) -> list[str]:
    """The paths of reports with a passage, sentence, item, section or fact that does not stand in the text where it says."""
    untrue = {report.path for report, passage in _passages(store) if not _stands(report, passage)}
    for report in store.reports():
        spans = [(part.start, part.end) for part in (*store.sections(report.id), *store.items(report.id), *report.facts) if part.start is not None]
        if not all(end is None or 0 <= start <= end <= len(report.text) for start, end in spans):
            untrue.add(report.path)
    return sorted(untrue)


def _stands(report: Report, passage: Passage) -> bool:
    within = all(passage.start <= start <= end <= passage.end for start, end in passage.sentences)
    return within and report.text[passage.start : passage.end] == passage.text


def unembedded(store: Store) -> dict[int, list[tuple[bytes, str]]]:
    """passage id -> (hash, text) of each text that is embedded of it, for passages whose vectors are missing or are another text's."""
    kept: dict[int, list[bytes]] = {}
    for number, text_hash in store.rows("SELECT passage_id, text_hash FROM passage_vectors ORDER BY passage_id, position"):
        kept.setdefault(number, []).append(text_hash)
    have = {row[0] for row in store.rows(f"SELECT text_hash FROM embeddings WHERE NOT ({STRAY})")}
    wrong = {}
    for report, passage in _passages(store):
        texts = texts_to_embed(report, passage)
        hashes = [hash_of(text) for text in texts]
        if kept.get(passage.id) != hashes or not have.issuperset(hashes):
            wrong[passage.id] = list(zip(hashes, texts, strict=True))
    return wrong


def point_at_vectors(store: Store, wanted: dict[int, list[bytes]]) -> None:
    """Give passages the vectors of their own texts, which have been kept: passage id -> hashes."""
    with store.writing() as connection:
        for number, hashes in wanted.items():
            connection.execute("DELETE FROM passage_vectors WHERE passage_id = ?", (number,))
            rows = [(number, position, text_hash) for position, text_hash in enumerate(hashes)]
            connection.executemany("INSERT INTO passage_vectors VALUES (?, ?, ?)", rows)
        changed(connection)


def stray_vectors(store: Store) -> int:
    """How many vectors are of no passage, of another model, or of another length than the others."""
    return int(store.rows(f"SELECT count(*) FROM embeddings WHERE {STRAY}")[0][0])


def drop_stray_vectors(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(f"DELETE FROM embeddings WHERE {STRAY}")


def unfinished_vectors(store: Store) -> int:
    """How many vectors a run that was stopped has left for the next one."""
    return int(store.rows("SELECT count(*) FROM unfinished")[0][0])


def abandoned_vectors(store: Store) -> int:
    """How many of these are of a report that never came in; the others are of a model that is being changed to."""
    return int(store.rows(f"SELECT count(*) FROM unfinished WHERE NOT {NEEDED}")[0][0])


def drop_abandoned(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(f"DELETE FROM unfinished WHERE NOT {NEEDED}")


def _passages(store: Store) -> Iterator[tuple[Report, Passage]]:
    for report in store.reports():
        for passage in store.browse(Filters(reports=(report.id,)), boilerplate=True):
            yield report, passage
