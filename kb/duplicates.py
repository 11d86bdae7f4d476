"""Reports whose texts are much the same: drafts and finals, the same report in two files."""

from functools import lru_cache
from itertools import combinations
from zlib import crc32

from kb.records import Report

LENGTH = 8  # words that stand together
ONE_IN = 8  # of the places of a text that are looked at, chosen by the word that stands there
ALIKE = 0.5  # share of the shorter report's places that stand in the other one
FEWEST = 10  # places: what is shorter is alike by chance


def near_duplicates(reports: list[Report]) -> dict[int, list[int]]:
    """report id -> the ids of reports that hold at least half of the same text, or are half held by this one."""
    alike: dict[int, list[int]] = {}
    for first, second in combinations(reports, 2):
        if likeness(first, second) >= ALIKE:
            alike.setdefault(first.id, []).append(second.id)
            alike.setdefault(second.id, []).append(first.id)
    return alike


def likeness(first: Report, second: Report) -> float:
    """Share of the shorter report that stands in the longer one, 0 to 1; 0 where there is too little to tell."""
    own, other = _places(first.text), _places(second.text)
    fewer = min(len(own), len(other))
    return len(own & other) / fewer if fewer >= FEWEST else 0.0


@lru_cache(maxsize=1024)
def _places(text: str) -> frozenset[int]:
    """Numbers that stand for runs of words: the same words give the same numbers wherever they stand."""
    words = text.lower().split()
    chosen = (at for at, word in enumerate(words[: len(words) - LENGTH + 1]) if crc32(word.encode()) % ONE_IN == 0)
    return frozenset(crc32(" ".join(words[at : at + LENGTH]).encode()) for at in chosen)
