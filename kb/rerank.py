"""A cross-encoder that reads question and passage together and orders the best passages anew. None by default."""

import os
from functools import cached_property
from typing import Protocol

from kb.embed import model_loading
from kb.errors import ModelUnavailable

RERANKED = 20  # passages: each costs about what a question's vector does


class Reranker(Protocol):
    """What the search asks of a cross-encoder."""

    def scores(self, question: str, texts: list[str]) -> list[float]: ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder by name or by path, on the processor, offline."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def _model(self):  # noqa: ANN202 - the type would import torch
        with model_loading(self._unavailable) as offline:
            from sentence_transformers import CrossEncoder

            return CrossEncoder(self.name, device="cpu", local_files_only=offline)

    def _unavailable(self, reason: str) -> ModelUnavailable:
        return ModelUnavailable(
            f"The cross-encoder {self.name!r} cannot be loaded ({reason}).",
            "Set KB_RERANKER to a model's folder on this machine, or unset it to search without.",
        )

    def scores(self, question: str, texts: list[str]) -> list[float]:
        """How well each text answers `question`; they compare with each other only."""
        return [float(score) for score in self._model.predict([(question, text) for text in texts], show_progress_bar=False)]


def named_in_environment() -> CrossEncoderReranker | None:
    """The cross-encoder that KB_RERANKER names, if it does."""
    name = os.environ.get("KB_RERANKER")
    return CrossEncoderReranker(name) if name else None
