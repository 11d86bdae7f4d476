"""Words that mean nearly the same: which are found, and how near."""

import numpy as np
import pytest

from kb.alike import Vocabulary
from kb.embed import SentenceEmbedder

VECTORS = {"dinero": (1, 0), "fondos": (0.8, 0.6), "agua": (0, 1), "money": (1, 0), "unknown": (0, 0)}


def vectors(words: list[str]) -> np.ndarray:
    return np.array([VECTORS[word] for word in words], dtype=np.float32).reshape(len(words), 2)


def test_the_nearest_words_come_first_with_their_cosines() -> None:
    (near,) = Vocabulary(["agua", "dinero", "fondos"], vectors).like(["money"])
    assert list(near.items()) == [("dinero", 1.0), ("fondos", pytest.approx(0.8))]


def test_a_word_without_a_vector_is_like_none() -> None:
    assert Vocabulary(["agua", "dinero"], vectors).like(["unknown"]) == [{}]


def test_numbers_and_short_words_are_like_none() -> None:
    assert Vocabulary(["2022", "ab"], lambda words: np.ones((len(words), 2), dtype=np.float32)).like(["money"]) == [{}]


def test_the_shipped_model_knows_words_across_its_languages() -> None:
    words = ["agua", "albergue", "dinero", "evaluación", "mujeres", "pobreza"]
    near = Vocabulary(words, SentenceEmbedder("kb-minilm").word_vectors).like(["money", "femmes", "poverty"])
    assert [next(iter(own)) for own in near] == ["dinero", "mujeres", "pobreza"]
