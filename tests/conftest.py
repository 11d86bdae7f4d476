"""A small embedder that obeys the real interface, and libraries made with it."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from kb.embed import Embedder, Encoded
from kb.language import sentences, words
from kb.library import Library
from kb.records import PageRun, Passage, Reading, Report

CORPUS = Path(__file__).parent.parent / "corpus"


class ToyEmbedder:
    """Words to vectors by their hashes: texts that share words are alike, and nothing else is."""

    name = "toy"
    languages: tuple[str, ...] | None = None
    max_pieces = 64
    dimension = 64

    def __init__(self, fingerprint: str = "toy 1") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []  # every passage text it was asked to embed

    def count(self, text: str) -> int:
        """A piece a word, and two special ones."""
        return len(words(text)) + 2

    def encode(self, texts: list[str]) -> list[Encoded]:
        self.encoded.extend(texts)
        return [self.encode_question(text) for text in texts]

    def encode_question(self, text: str) -> Encoded:
        """It has no vectors of words in context."""
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in words(text):
            vector[int.from_bytes(sha256(word.encode()).digest()[:2]) % self.dimension] += 1
        return Encoded(vector / (np.linalg.norm(vector) or 1), (), np.zeros((0, self.dimension), dtype=np.float32))

    def word_vectors(self, words: list[str]) -> np.ndarray:
        """None of its words means nearly the same as another."""
        return np.zeros((len(words), 1), dtype=np.float32)

    def load(self) -> None:
        """Nothing to load."""


def vectors(embedder: Embedder, texts: list[str]) -> np.ndarray:
    """The vectors that `embedder` gives `texts`, one under the other."""
    return np.stack([encoded.vector for encoded in embedder.encode(texts)])


def make_reading(path: str, *paragraphs: tuple[str, str], title: str = "A report", language: str = "en", **report: object) -> Reading:
    """A reading whose passages are `paragraphs`, (kind, text) each, one to a page."""
    text, passages, pages = "", [], []
    for page, (kind, paragraph) in enumerate(paragraphs, start=1):
        start = len(text)
        pages.append(PageRun(start, page, str(page)))
        spans = tuple((start + a, start + b) for a, b in sentences(paragraph))
        passages.append(Passage(paragraph, start, start + len(paragraph), kind, language, kind.title(), title, (), page, page, str(page), spans))
        text += paragraph + "\n\n"
    made = Report(path, sha256(text.encode()).hexdigest(), title, text, tuple(pages), language=language, **report)
    return Reading(made, (), (), tuple(passages))


@pytest.fixture
def embedder() -> ToyEmbedder:
    return ToyEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: ToyEmbedder) -> Library:
    """An empty library with the toy embedder."""
    with Library.open(tmp_path / "library", embedder, create=True) as opened:
        yield opened
