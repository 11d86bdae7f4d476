"""Which sentences of the passages found answer a question, and whether they are evidence enough to answer at all."""

from dataclasses import dataclass

import numpy as np

from kb.language import stems
from kb.library import Library
from kb.records import Hit, Passage, Question, Report
from kb.search import covers, term_weights

STATEMENTS = 3  # at most, where no list is asked for
NEAR_BEST = 0.85  # share of the best quote's score that another quote must reach to be shown
WORDS_AND_MEANING = 0.5  # weight of word coverage in a quote's score; the rest is the cosine


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a report, the passage it stands in, and how well it answers."""

    start: int
    end: int
    passage: Passage
    report: Report
    score: float = 0.0


def best_quotes(library: Library, question: Question, hits: list[Hit]) -> list[Quote]:
    """The best sentence of each hit, or its whole item, best first; those far behind the first are left out."""
    vector = library.embedder.encode_question(question.text)
    quotes = sorted((_best_in(library, question, hit, vector) for hit in hits), key=lambda quote: -quote.score)
    return [quote for quote in quotes if quote.score >= NEAR_BEST * quotes[0].score][:STATEMENTS]


def _best_in(library: Library, question: Question, hit: Hit, vector: np.ndarray) -> Quote:
    """The sentence of `hit` closest to the question; where the passage is an item, all of the item."""
    passage, report = hit.passage, hit.report
    spans = passage.sentences or ((passage.start, passage.end),)
    cosines = library.sentence_vectors(passage) @ vector
    weights = term_weights(library, question.terms)
    scores = [_score(report.text[start:end], float(cosine), question, weights, passage) for (start, end), cosine in zip(spans, cosines, strict=True)]
    best = int(np.argmax(scores))
    start, end = spans[best]
    if passage.item is not None:
        item = library.items(report.id)[passage.item]
        start, end = item.start, item.end
    return Quote(start, end, passage, report, scores[best])


def _score(sentence: str, cosine: float, question: Question, weights: dict[str, float], passage: Passage) -> float:
    held = frozenset(stems(f"{sentence} {passage.heading}", passage.language))
    total = sum(weights.values())
    covered = sum(weights[term.word] for term in question.terms if covers(held, term)) / total if total else 0.0
    return WORDS_AND_MEANING * covered + (1 - WORDS_AND_MEANING) * cosine


def enough(library: Library, question: Question, hits: list[Hit]) -> bool:
    """Whether the hits are evidence enough to answer rather than to say "not found"."""
    if not hits:
        return False
    best = max(hits[:3], key=lambda hit: hit.words + hit.meaning)
    missing = [term for term in question.terms if term.is_name and not any(covers(found, term) for found in library.stems_of([hit.passage.id for hit in hits[:3]]).values())]
    return not missing and (0.5 * best.words + 0.5 * best.meaning) >= 0.4
