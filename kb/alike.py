"""Words that mean nearly the same, by the vectors of a model's word pieces.

A piece of kb-minilm began as the mean of the pieces it translates, so its vectors cross languages: of all the
words of a library, "money" is nearest to "dinero", and no dictionary says so.
"""

from collections.abc import Callable, Sequence

import numpy as np

# Right passage among the first five for 293 hard questions over ten reports, same language / across languages, through
# `kb.search.search`: without such words .415 / .495; as shipped, at its ALIKE_WEIGHT of 0.4, .452 / .562. In a trial with
# the weight at 0.7: from a cosine of 0.55 on .441 / .562, from 0.45 .473 / .590, from 0.35 .473 / .600.
LEAST, MOST = 0.35, 6
SHORTEST = 3  # letters

Vectors = Callable[[list[str]], np.ndarray]  # words -> unit vectors (n, dimension), or nulls for words without one


class Vocabulary:
    """The words of a library with their vectors."""

    def __init__(self, words: Sequence[str], vectors: Vectors) -> None:
        self._words = [word for word in words if len(word) >= SHORTEST and word.isalpha()]
        self._vectors_of = vectors
        self._vectors = vectors(self._words)

    def like(self, asked: Sequence[str]) -> list[dict[str, float]]:
        """For each word `asked`, the words nearest to it and their cosines, nearest first; the word itself is one of them."""
        if not asked or not self._words:
            return [{} for _ in asked]
        cosines = self._vectors_of(list(asked)) @ self._vectors.T
        return [self._nearest(row) for row in cosines]

    def _nearest(self, cosines: np.ndarray) -> dict[str, float]:
        order = np.argsort(-cosines)[:MOST]
        return {self._words[place]: float(cosines[place]) for place in order if cosines[place] >= LEAST}
