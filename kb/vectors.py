"""Ids and vectors, nearest first. The only owner of `faiss`.

The index is exact: inner products of unit vectors, so scores are cosines.
"""

from pathlib import Path

import numpy as np


class VectorIndex:
    """A FAISS index of unit vectors, each under the id of a passage."""

    def __init__(self, dimension: int) -> None:
        import faiss

        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    @classmethod
    def read(cls, path: Path) -> "VectorIndex":
        """The index saved at `path`. Raises ValueError where the file is missing or damaged."""
        import faiss

        try:
            loaded = faiss.read_index(str(path))
        except RuntimeError as error:
            raise ValueError(f"{path.name} is no readable index") from error
        index = cls.__new__(cls)
        index._index = loaded
        return index

    def write(self, path: Path) -> None:
        """Save under `path`, whole or not at all."""
        import faiss

        unfinished = path.with_suffix(".tmp")
        faiss.write_index(self._index, str(unfinished))
        unfinished.replace(path)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, ids: list[int], vectors: np.ndarray) -> None:
        """Add `vectors`, float32 of shape (len(ids), dimension)."""
        if ids:
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(ids, dtype=np.int64))

    def search(self, vector: np.ndarray, among: list[int] | None = None) -> dict[int, float]:
        """passage id -> cosine, for every passage, or for those `among` only."""
        import faiss

        if not len(self) or among == []:
            return {}
        chosen = None
        if among is not None:
            chosen = faiss.SearchParameters(sel=faiss.IDSelectorBatch(np.asarray(among, dtype=np.int64)))
        scores, ids = self._index.search(vector.reshape(1, -1).astype(np.float32), len(self), params=chosen)
        found = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
        return {number: score for number, score in found if number != -1}  # -1 pads: fewer passed the filter than were asked for
