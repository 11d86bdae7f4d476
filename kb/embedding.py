"""What of a report is embedded, each text once, and kept batch by batch."""

import hashlib
from collections.abc import Callable

from kb.embed import Embedder
from kb.late_interaction import pack
from kb.records import Passage, Report
from kb.store import Store

EMBED_AT_ONCE = 256  # texts embedded between two commits: what an interrupted run loses at most

Progress = Callable[[int, int], None]  # (texts embedded, texts in all)


def texts_to_embed(report: Report, passage: Passage) -> list[str]:
    """What stands for a passage among the vectors: the whole with its context, then each sentence by itself where that is less.

    By itself, for a title or heading would be near every question about it. Right passage among the first five, 127 questions on one
    of ten reports: .693 when a passage of one sentence had its context only, .740 with the sentence too.
    """
    whole = f"{passage.context}\n{passage.text}" if passage.context else passage.text
    sentences = [report.text[start:end] for start, end in passage.sentences]
    return [whole] if sentences == [whole] else [whole, *sentences]


def hash_of(text: str) -> bytes:
    """Sixteen bytes by which the vector of `text` is kept."""
    return hashlib.sha256(text.encode()).digest()[:16]


def embed(store: Store, embedder: Embedder, texts: dict[bytes, str], progress: Progress | None = None) -> None:
    """Embed what of `texts` (hash -> text) is not embedded yet, in batches of like length, keeping each batch as it comes."""
    model = embedder.fingerprint
    known = store.known_embeddings(model, texts)
    missing = sorted(((text_hash, text) for text_hash, text in texts.items() if text_hash not in known), key=lambda pair: len(pair[1]))
    for start in range(0, len(missing), EMBED_AT_ONCE):
        batch = missing[start : start + EMBED_AT_ONCE]
        encoded = embedder.encode([text for _, text in batch])
        kept = [(text_hash, one.vector, pack(one.word_vectors)) for (text_hash, _), one in zip(batch, encoded, strict=True)]
        store.keep_embeddings(model, kept)
        if progress:
            progress(start + len(batch), len(missing))
