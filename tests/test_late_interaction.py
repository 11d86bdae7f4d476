"""Words of a question against the words of texts, by the signs of their vectors."""

import numpy as np
import pytest

from kb.late_interaction import nearness, pack

RIVER, MONEY = np.array([1, 1, 1, 1, 1, 1, 1, 1.0]), np.array([1, 1, 1, 1, -1, -1, -1, -1.0])


def test_a_word_is_as_near_as_its_nearest_word() -> None:
    texts = [pack(np.stack([RIVER, MONEY])), pack(np.stack([MONEY]))]
    assert nearness(np.stack([RIVER, MONEY]), texts).tolist() == pytest.approx(np.array([[1, 1], [0, 1]]))


def test_length_does_not_count_and_opposites_are_far() -> None:
    assert nearness(np.stack([5 * RIVER]), [pack(np.stack([0.1 * RIVER])), pack(np.stack([-RIVER]))]).tolist() == pytest.approx(np.array([[1], [-1]]))


def test_a_text_without_words_and_a_question_without_words() -> None:
    assert nearness(np.stack([MONEY]), [b"", pack(np.stack([MONEY])), b""]).tolist() == [[0], [1], [0]]
    assert nearness(np.zeros((0, 8)), [pack(np.stack([MONEY]))]).shape == (1, 0)
    assert nearness(np.stack([MONEY]), []).shape == (0, 1)


def test_a_component_takes_a_bit() -> None:
    assert len(pack(np.ones((3, 384)))) == 3 * 48
    odd = np.random.default_rng(0).normal(size=(2, 10))  # ten bits: two bytes a row
    assert len(pack(odd)) == 4
    assert nearness(np.sign(odd), [pack(odd)]).tolist() == pytest.approx(np.ones((1, 2)))
