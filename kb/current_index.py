"""The FAISS index of a library as it is now: in memory, else its file, else made anew from SQLite. It is never the truth."""

from pathlib import Path
from threading import Lock

from kb.errors import CannotWrite, ModelMismatch
from kb.safe_write import unfinished_files
from kb.store import Store
from kb.vectors import VectorIndex, blended


class CurrentIndex:
    """The index of one open library. Safe to use from many threads."""

    def __init__(self, folder: Path, store: Store, model: str) -> None:
        """`model` is the fingerprint of the one by whose vectors is searched."""
        self.folder, self.store, self.model = folder, store, model
        self._loading = Lock()
        self._held: tuple[int, VectorIndex] | None = None  # with the generation it was made for

    def get(self) -> VectorIndex:
        """The index of the state that is being read, or of a later one, whose new passages the reader then does not know.

        Raises ModelMismatch where the library has been embedded with another model since it was opened.
        """
        with self._loading, self.store.snapshot():
            generation = self.store.generation
            if self._held is None or self._held[0] < generation:
                self._check_model()
                saved = self._read(generation)
                self._held = (generation, self.make(generation) if saved is None else saved)
            return self._held[1]

    def _check_model(self) -> None:
        made_by = self.store.meta("model") or self.model
        if made_by != self.model:
            name = made_by.split()[0]
            problem = f"The library has been embedded with the model {name} since it was opened ({made_by} / {self.model})."
            raise ModelMismatch(problem, f"Start again with KB_MODEL={name}.")

    def file(self, generation: int) -> Path:
        """Named after this very database, so that the index of one that was deleted is never taken for this one's."""
        return self.folder / f"vectors-{self.store.meta('id')}-{generation}.faiss"

    def _read(self, generation: int) -> VectorIndex | None:
        try:
            return VectorIndex.read(self.file(generation))
        except ValueError:
            return None

    def expected(self) -> VectorIndex:
        """The index made anew from the vectors in SQLite; the model is not asked."""
        ids, vectors = blended(*self.store.vectors(self.model))
        index = VectorIndex(vectors.shape[1] or 1)
        index.add(ids, vectors)
        return index

    def make(self, generation: int) -> VectorIndex:
        """Make the index, and its file where that can be written: a full disk does not keep anybody from searching."""
        index = self.expected()
        try:
            index.write(self.file(generation))
            for old in self.stale(generation):
                old.unlink(missing_ok=True)
        except (CannotWrite, OSError):
            return index
        return index

    def stale(self, generation: int) -> list[Path]:
        """Index files of other states, and what was left of writing them."""
        files = {*self.folder.glob("vectors-*.faiss"), *self.folder.glob("vectors-*.tmp"), *unfinished_files(self.folder, "vectors-*")}
        return sorted(files - {self.file(generation)})
