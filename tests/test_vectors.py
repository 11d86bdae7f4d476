"""The vector index: passages by the nearness of their vectors."""

from pathlib import Path

import numpy as np
import pytest

from kb.vectors import VectorIndex, blended

EAST, NORTH, NORTH_EAST = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)


@pytest.fixture
def index() -> VectorIndex:
    """Passage 7 looks east, passage 3 north, passage 12 north-east."""
    made = VectorIndex(2)
    made.add([7], np.array([EAST]))
    made.add([3, 12], np.array([NORTH, NORTH_EAST]))
    return made


def test_scores_are_cosines(index: VectorIndex) -> None:
    assert index.search(NORTH_EAST) == pytest.approx({12: 1.0, 3: 0.8, 7: 0.6})
    assert index.search(EAST) == pytest.approx({7: 1.0, 12: 0.6, 3: 0.0})


def test_the_nearest_comes_first(index: VectorIndex) -> None:
    assert list(index.search(NORTH_EAST)) == [12, 3, 7]


def test_a_filter_leaves_only_its_passages(index: VectorIndex) -> None:
    assert index.search(NORTH_EAST, among=[7, 3]) == pytest.approx({3: 0.8, 7: 0.6})
    assert index.search(NORTH_EAST, among=[7, 999]) == pytest.approx({7: 0.6})
    assert index.search(NORTH_EAST, among=[]) == {}


def test_an_empty_index_finds_nothing() -> None:
    index = VectorIndex(2)
    index.add([], np.zeros((0, 2), dtype=np.float32))
    assert len(index) == 0
    assert index.search(EAST) == {}


def test_it_is_the_same_after_writing_and_reading(index: VectorIndex, tmp_path: Path) -> None:
    index.write(tmp_path / "vectors.faiss")
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]
    read = VectorIndex.read(tmp_path / "vectors.faiss")
    assert len(read) == 3
    assert read.search(NORTH_EAST, among=[12, 7]) == pytest.approx({12: 1.0, 7: 0.6})


def test_a_missing_or_damaged_file_is_no_index(index: VectorIndex, tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    with pytest.raises(ValueError, match=r"^vectors.faiss is no readable index$"):
        VectorIndex.read(path)
    index.write(path)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(ValueError, match=r"^vectors.faiss is no readable index$"):
        VectorIndex.read(path)
    path.write_bytes(b"this is no index")
    with pytest.raises(ValueError, match=r"^vectors.faiss is no readable index$"):
        VectorIndex.read(path)


def test_a_passage_is_as_near_as_its_nearest_vector(index: VectorIndex) -> None:
    index.add([7], np.array([NORTH]))
    assert index.search(NORTH)[7] == 1.0


def test_a_sentence_is_blended_with_its_passage_and_a_passage_of_one_sentence_is_itself() -> None:
    ids, vectors = blended([3, 3, 3, 7], [0, 1, 2, 0], np.array([EAST, NORTH, EAST, NORTH_EAST]))
    assert ids == [3, 3, 7]
    assert vectors == pytest.approx(np.array([[0.3, 0.7], [1, 0], [0.6, 0.8]]))


def test_nothing_is_blended_of_nothing() -> None:
    ids, vectors = blended([], [], np.zeros((0, 0), dtype=np.float32))
    assert (ids, vectors.shape) == ([], (0, 0))
