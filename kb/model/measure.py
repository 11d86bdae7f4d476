"""What a model finds by meaning alone, in a benchmark of questions and paragraphs in several languages."""

import json
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import torch

Encode = Callable[[list[str]], torch.Tensor]


def retrieval(folder: Path, encode: Encode, languages: Sequence[str] = ("es", "en")) -> dict[str, tuple[float, float]]:
    """Top-1 and top-5 for every "question language->paragraph language", e.g. {"es->en": (0.68, 0.89)}.

    `folder` holds `paragraphs.<language>.jsonl` ({"id", "text"}) and `questions.<language>.jsonl`
    ({"id", "question", "paragraph"}), with the same ids in every language.
    """
    paragraphs = {language: _rows(folder / f"paragraphs.{language}.jsonl") for language in languages}
    questions = {language: _rows(folder / f"questions.{language}.jsonl") for language in languages}
    texts = {language: encode([row["text"] for row in rows]) for language, rows in paragraphs.items()}
    asked = {language: encode([row["question"] for row in rows]) for language, rows in questions.items()}
    found = {}
    for here, there in product(languages, languages):
        places = {row["id"]: place for place, row in enumerate(paragraphs[there])}
        right = [places[row["paragraph"]] for row in questions[here]]
        found[f"{here}->{there}"] = _top(asked[here] @ texts[there].T, right)
    return found


def _top(scores: torch.Tensor, right: Sequence[int]) -> tuple[float, float]:
    better = (scores > scores[torch.arange(len(right)), right][:, None]).sum(1)
    return round((better < 1).float().mean().item(), 3), round((better < 5).float().mean().item(), 3)


def _rows(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
