"""Which sentences of the passages found answer a question, and whether they are evidence enough to answer at all."""

import re
from dataclasses import dataclass

import numpy as np

from kb.language import fold, stems
from kb.library import Library
from kb.records import Hit, Passage, Question, Report, Term
from kb.search import covers, term_weights

STATEMENTS = 3  # at most, where no list is asked for
NEAR_BEST = 0.85  # share of the best quote's score that another quote must reach to be shown
# Evidence enough: this share of the question's content words in the passage, or this cosine with the
# sentence, higher where the model was not taught the question's language.
WORDS_ENOUGH, MEANING_ENOUGH, MEANING_ENOUGH_UNREAD = 0.6, 0.45, 0.6
REASON = 0.15  # more of either for a question that asks why: most false premises do

NUMBER = re.compile(
    r"\d|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil|millon(?:es)?|mitad|tercio|two|three|four|five|six|seven|eight|nine|ten"
    r"|hundred|thousand|millions?|half|third|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|moitie|tiers)\b"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a report and the passage it stands in.

    `words` is the share of the question's content words that the quote and its headings hold, `meaning`
    the cosine of quote and question; both 0 where the quote was not ranked.
    """

    start: int
    end: int
    passage: Passage
    report: Report
    words: float = 0.0
    meaning: float = 0.0

    @property
    def score(self) -> float:
        return (self.words + self.meaning) / 2

    def held(self) -> frozenset[str]:
        """The stems of the quote and of its headings."""
        return frozenset(stems(f"{self.report.text[self.start : self.end]} {self.passage.heading}", self.passage.language))

    def known(self) -> frozenset[str]:
        """The stems that the quote is about: its own, its headings', and the codes of its report's projects."""
        return self.held() | {fold(code) for code in self.report.codes}


def best_quotes(library: Library, question: Question, hits: list[Hit]) -> list[Quote]:
    """The best sentence of each hit, or its whole item, best first; none where they are not evidence enough."""
    vector = library.encoded(question.text).vector
    weights = term_weights(library, question.terms)
    quotes = sorted((_best_in(library, question, hit, vector, weights) for hit in hits), key=lambda quote: -quote.score)
    enough = [quote for quote in quotes if _is_enough(library, question, quote)]
    return [quote for quote in enough if quote.score >= NEAR_BEST * enough[0].score][:STATEMENTS]


def _best_in(library: Library, question: Question, hit: Hit, vector: np.ndarray, weights: dict[str, float]) -> Quote:
    """The sentence of `hit` closest to the question; where the passage belongs to an item, all of the item."""
    passage, report = hit.passage, hit.report
    spans = passage.sentences or ((passage.start, passage.end),)
    cosines = library.sentence_vectors(passage) @ vector
    quotes = [_weighed(Quote(*span, passage, report, meaning=float(cosine)), question, weights) for span, cosine in zip(spans, cosines, strict=True)]
    best = max(quotes, key=lambda quote: quote.score)
    if passage.item is None:
        return best
    item = library.items(report.id)[passage.item]
    return _weighed(Quote(item.start, item.end, passage, report, meaning=best.meaning), question, weights)


def _weighed(quote: Quote, question: Question, weights: dict[str, float]) -> Quote:
    """`quote` with its share of the question's content words, rare words counting more."""
    held, total = quote.held(), sum(weights.values())
    covered = sum(weights[term.word] for term in question.terms if covers(held, term)) / total if total else 0.0
    return Quote(quote.start, quote.end, quote.passage, quote.report, covered, quote.meaning)


def _is_enough(library: Library, question: Question, quote: Quote) -> bool:
    """Whether `quote` is evidence: its passage has every name asked for, and words or meaning are close enough."""
    if not all(_has_name(library, quote, term) for term in question.terms if term.is_name):
        return False
    if question.wants_number and not NUMBER.search(fold(quote.report.text[quote.start : quote.end])):
        return False
    reads = library.embedder.languages
    meaning = MEANING_ENOUGH if reads is None or question.language in reads else MEANING_ENOUGH_UNREAD
    more = REASON if question.wants_reason else 0.0
    return quote.words >= WORDS_ENOUGH + more or quote.meaning >= meaning + more


def _has_name(library: Library, quote: Quote, name: Term) -> bool:
    """Whether the passage of `quote`, its headings or the report's title and codes hold `name`."""
    (held,) = library.stems_of([quote.passage.id]).values()
    return covers(held | {code.casefold() for code in quote.report.codes}, name)
