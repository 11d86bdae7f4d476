"""Sentence pairs for teaching: read from JSON lines, weighed by source, joined into long texts."""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("es", "fr", "pt")

# How often a pair of a source is seen in a round; 1 where nothing is said. Manuals of a programming
# language are far from evaluation reports; public health, news and encyclopedia texts are near.
WEIGHTS = {"python-docs-es": 0.35, "ntrex": 1.5, "tico19": 1.5, "clapnq-apertium": 2.0, "tatoeba": 0.8, "acclab-es": 1.2}
QUESTION_WEIGHT = 3  # questions are a twentieth of the pairs and half of what a search compares
TOO_SHORT_TO_JOIN = "tatoeba"  # its sentences are chat of a few words: joined, they read like no passage
JOINED_CHARACTERS = 1000  # about what fits in the 256 pieces the model reads


@dataclass(frozen=True, slots=True)
class Pair:
    """An English text and its translation (`text`, in `language`)."""

    language: str
    text: str
    english: str
    source: str


def read_pairs(folder: Path, languages: Sequence[str] = LANGUAGES) -> list[Pair]:
    """The pairs of `en-<language>.jsonl[.gz]`, one object a line: {"en", "<language>", "source"}.

    Raises FileNotFoundError when a language has no file.
    """
    return [pair for language in languages for pair in _lines(_file(folder, language), language)]


def join(pairs: Sequence[Pair], count: int, rng: random.Random) -> list[Pair]:
    """At most `count` long texts, each of three to nine pairs of one source, so that passages are read as well as sentences."""
    families: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        if pair.source != TOO_SHORT_TO_JOIN:
            families.setdefault((pair.language, pair.source), []).append(pair)
    names, sizes = list(families), [len(family) for family in families.values()]
    joined: list[Pair] = []
    for language, source in rng.choices(names, sizes, k=2 * count) if names else ():
        chosen = rng.choices(families[language, source], k=rng.randint(3, 9))
        text = " ".join(pair.text for pair in chosen)
        if len(text) < JOINED_CHARACTERS and len(joined) < count:
            joined.append(Pair(language, text, " ".join(pair.english for pair in chosen), "joined"))
    return joined


def repeats(pair: Pair, rng: random.Random) -> int:
    """How often `pair` is seen in one round; a fraction of a weight is drawn by lot."""
    weight = WEIGHTS.get(pair.source, 1.0) * (QUESTION_WEIGHT if pair.english.rstrip().endswith("?") else 1)
    return int(weight) + (rng.random() < weight % 1)


def _file(folder: Path, language: str) -> Path:
    for name in (f"en-{language}.jsonl.gz", f"en-{language}.jsonl"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{folder} has no file en-{language}.jsonl or en-{language}.jsonl.gz")


def _lines(file: Path, language: str) -> Iterator[Pair]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Pair(language, row[language], row["en"], row["source"])
