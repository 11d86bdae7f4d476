"""Which sentences of the passages found answer a question, and whether they are evidence enough to answer at all."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from math import inf
from operator import attrgetter

from kb.judging import judgements, said
from kb.language import fold, stems, words
from kb.library import Library
from kb.naming import codes_named, names_of
from kb.numbers import NUMBER, has_number
from kb.records import Hit, Passage, Question, Report
from kb.search import covers, nearness_to_words
from kb.thresholds import Thresholds

STATEMENTS = 4  # at most, where no list is asked for
# How far below the best quote's score another may be to be shown. Answers with the right words, 127 questions on one of ten reports:
# .669 of three statements at 0.3 (2.5 on average), .685 of four (2.7), .701 of four at 0.4 (2.9), .701 of five (3.1).
NEAR_BEST = 0.4
FROM_ONE = 2  # of one report, where another has something as near
# How much less near a sentence may be that is quoted with the one beside it. Right words as below: .402 for sentences alone, .421 at
# 0.2, .448 at 0.3 (319 letters on average, not 220), .448 with any neighbour, .486 for whole passages of 773 letters.
BESIDE = 0.3
EACH_ITS_OWN = ("lesson", "good_practice", "recommendation")  # kinds whose sentences each say another thing
# What a hit's place counts beside the nearness of its sentence. Right words among three statements, 259 hard questions over
# ten reports: .409 at 0.1, .413 at 0, .402 at 0.3; by half the share of words and half the meaning, as before, .320.
PLACE = 0.1
# A question that asks how many or when is met by every number, one that asks why by every reason; false premises ask so.
# The nearer a quote, the less even it need be: so much spread for each point of nearness above the usual; and across languages, where
# no word is the same to the letter, it must be more even. Answered / declined of questions that no list or fact answers: 237 on two of
# ten reports, most of them hard, then XQuAD with the right paragraph in the library and without it: in one language .59 / .53 and
# .81 / .61, across .61 / .82 and .69 / .65. By the spread alone, XQuAD .70 / .48.
UNEVENNESS, USUAL, ACROSS = 0.15, 0.9, 0.01
LESS_FOR_ALL = 0.2  # nearness that may lack where a quote has every word of the question, but in another language
LESS_SPREAD_FOR_NUMBERS, MORE_FOR_REASONS = 0.05, 0.1
FEWEST_TO_FOLD, SAME = 5, 0.8  # stems shared, and their share of all: quotes that are the same but for a word in ten
ANNEX = -0.1  # added for a sentence of an annex
LEAST_OWN = 2  # stems beyond those of the title and the headings: a quote with fewer says nothing
NOTE = re.compile(  # under a table, or a reference to another place
    r"\W*(?:notas?|notes?|fuentes?|sources?|elaboracion)\s*:|\d?/\s|(?:see|vease|veanse|voir)\b"
    r"|.{0,60}\b(?:read in conjunction|leerse junto|lire conjointement)\b"
)
# A heading under which other works are listed: their titles say nothing about what was evaluated.
WORKS = re.compile(r"(?:^|› )[\W\d]*(?:bibliogra\w+|references|referencias(?: bibliogra\w+)?|works cited|obras citadas|ouvrages cites)\s*(?:$|›)")
OF_THE_PROJECT = ("budget", "donor", "duration")  # concepts: a report says them of the project, and a question may ask them of the evaluation
ENDING, SHORTEST_NAME = 3, 5  # letters: of what an adjective adds to a name, and of a name that may have one
FEW = 3  # words: a question that has no more is not met by likeness alone


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a report and the passage it stands in, and, where it was ranked, how well it meets the question.

    `nearness` is the cosine of quote and question plus the mean of how near it comes to each word of the question, rare words
    counting more; `spread` is the standard deviation of the latter, 0 where it has them all.
    """

    start: int
    end: int
    passage: Passage
    report: Report
    nearness: float = 0.0
    spread: float = 0.0
    score: float = 0.0
    judges: bool = False  # by the criterion that the question asks about, and nothing else

    def held(self) -> frozenset[str]:
        """The stems of the quote and of its headings."""
        return frozenset(stems(f"{self.report.text[self.start : self.end]} {self.passage.heading}", self.passage.language))

    def known(self) -> frozenset[str]:
        """The stems that the quote is about: its own, its headings', and the codes of its report's projects."""
        return self.held() | {fold(code) for code in self.report.codes}


SCORE = attrgetter("score")


def best_quotes(library: Library, question: Question, hits: list[Hit]) -> list[list[Quote]]:
    """The best sentence of each hit, or its whole item, best first and folded; none where the best is not evidence enough."""
    quotes = ranked_quotes(library, question, hits)
    if not quotes or not is_evidence(library, question, quotes[0]):
        return []
    judging = [quote for quote in quotes if quote.judges or not quotes[0].judges]  # what only names a criterion, beside what judges by it, is less
    near = [group for group in folded(judging) if group[0].score >= quotes[0].score - NEAR_BEST]
    return _from_several(near)[:STATEMENTS]


def folded(quotes: list[Quote]) -> list[list[Quote]]:
    """`quotes` in their order, those that say the same in nearly the same words together: a report and its brief say it once."""
    groups: list[tuple[frozenset[str], list[Quote]]] = []
    for quote in quotes:
        held = frozenset(stems(quote.report.text[quote.start : quote.end], quote.passage.language))
        same = next((group for known, group in groups if _same(known, held)), None)
        if same is None:
            groups.append((held, [quote]))
        else:
            same.append(quote)
    return [group for _, group in groups]


def _same(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two quotes with these stems say the same: they share nearly all, and all numbers."""
    if len(first & second) < max(FEWEST_TO_FOLD, SAME * len(first | second)):
        return False
    return not any(NUMBER.search(stem) for stem in first ^ second)


def _from_several(groups: list[list[Quote]]) -> list[list[Quote]]:
    """`groups` so that one report does not fill an answer where another has something as near: what goes beyond `FROM_ONE` comes last."""
    seen: Counter[int] = Counter()
    later = []
    for group in groups:
        seen[group[0].report.id] += 1
        later.append(seen[group[0].report.id] > FROM_ONE)
    return [group for put_off in (False, True) for group, is_later in zip(groups, later, strict=True) if is_later == put_off]


def ranked_quotes(library: Library, question: Question, hits: list[Hit]) -> list[Quote]:
    """The best sentence of each hit, or its whole item, best first, of those that have every name and the number asked for."""
    ids = [hit.passage.id for hit in hits]
    packed, held = library.passage_words(ids), library.stems_of(ids)
    named = [hit for hit in hits if _has_names(question, hit, held[hit.passage.id])]
    quotes = [_best_of(question, hit, _sentences(library, question, hit, packed[hit.passage.id])) for hit in named]
    best: dict[tuple[int, int], Quote] = {}
    meeting = (quote for quote in quotes if quote and _meets(library, question, quote, held[quote.passage.id]))
    for quote in sorted(meeting, key=SCORE, reverse=True):
        best.setdefault((quote.report.id, quote.start), quote)  # an item found by several of its passages counts once
    return list(best.values())


def is_evidence(library: Library, question: Question, quote: Quote) -> bool:
    """Whether `quote` answers `question`: it is near enough, and meets its words about equally.

    What only looks like an answer has some of the words to the letter and nothing of the others. Over 436 hard questions on ten
    reports the spread alone tells what answers from what does not at an AUC of .70 (in three sets .68 to .74), where cosine, share of
    words and mean nearness do at .36 to .45. Over XQuAD, whose questions share more words with their answers, with the right
    paragraph in the library and without it, nearness does at .83 to .91 and the spread at .54 to .66. So both count.
    """
    return strength(question, quote).meet(library.thresholds())


def strength(question: Question, quote: Quote) -> Thresholds:
    """The strictest thresholds that `quote` passes as an answer to `question`: any, where it judges."""
    if quote.judges:
        return Thresholds(0.0, inf)
    across = quote.passage.language != question.language
    spread = quote.spread - UNEVENNESS * (quote.nearness - USUAL) + ACROSS * across + LESS_SPREAD_FOR_NUMBERS * question.wants_number
    has_all = quote.spread == 0 and across
    return Thresholds(spread, quote.nearness + LESS_FOR_ALL * has_all - MORE_FOR_REASONS * question.wants_reason)


def _best_of(question: Question, hit: Hit, sentences: list[Quote]) -> Quote | None:
    """The best of the `sentences` of `hit` that say something, with the one beside it where that is almost as near."""
    context = frozenset(stems(f"{hit.report.title} {hit.passage.heading}", hit.passage.language))
    own = _of_projects_asked(question, hit.report, sentences)
    best = max((one for one in own if _states(question, one, context)), key=SCORE, default=None)
    if best is None or hit.passage.item is not None or hit.passage.kind in EACH_ITS_OWN:
        return best
    place = sentences.index(best)
    beside = [one for one in sentences[max(0, place - 1) : place + 2] if one is not best and one in own and one.score >= best.score - BESIDE]
    both = [best, *sorted(beside, key=SCORE)[-1:]]
    return replace(best, start=min(one.start for one in both), end=max(one.end for one in both))


def _states(question: Question, quote: Quote, context: frozenset[str]) -> bool:
    """Whether `quote` says something of its own, and the number asked for: a sentence to its end or an item, no question or title.

    `context` are the stems of the title and the headings.
    Of 135 right quotes for hard questions one ended without a stop.
    """
    text = quote.report.text[quote.start : quote.end]
    if NOTE.match(fold(text)) or WORKS.search(fold(quote.passage.heading)):
        return False
    if question.wants_number and not has_number(question, text, quote.passage.language):
        return False
    if quote.passage.item is not None:
        return True
    own = set(stems(text, quote.passage.language)) - context
    return len(own) >= LEAST_OWN and text.rstrip(' »”"’)*]').endswith((".", "!", ";", "…"))


def _meets(library: Library, question: Question, quote: Quote, held: frozenset[str]) -> bool:
    """Whether `quote`, in a passage with the stems `held`, can be an answer: it judges by the criterion asked about, or the passage has
    a word of the question or what means the same (of a question with many, it need not), and it speaks of what is asked about."""
    if not quote.judges and len(question.terms) <= FEW and not any(covers(held, term) for term in question.terms):
        return False
    return _of_what_asked(library, question, quote)


def _of_what_asked(library: Library, question: Question, quote: Quote) -> bool:
    """Whether `quote` speaks of the evaluation itself where the question asks what that cost, who paid for it or how long it took."""
    if "evaluation" not in question.concepts or question.concepts.isdisjoint(OF_THE_PROJECT):
        return True
    held = frozenset(stems(quote.report.text[quote.start : quote.end], quote.passage.language))
    return any(held.issuperset(sequence) for sequence in library.glossary().terms["evaluation"])


def _of_projects_asked(question: Question, report: Report, sentences: list[Quote]) -> list[Quote]:
    """`sentences` of `report` without those that name only other projects than the question, where it names one by its code."""
    asked = codes_named(report, question.terms)
    others = {fold(code) for code in report.codes} - asked
    if not asked or not others:
        return sentences
    named = [set(words(report.text[one.start : one.end])) for one in sentences]
    return [one for one, said_words in zip(sentences, named, strict=True) if said_words.isdisjoint(others) or said_words & asked]


def _sentences(library: Library, question: Question, hit: Hit, packed: list[bytes]) -> list[Quote]:
    """The sentences of `hit`, weighed; each stands for all of the item that the passage belongs to, where it belongs to one."""
    passage, report = hit.passage, hit.report
    spans = passage.sentences or ((passage.start, passage.end),)
    if passage.item is not None:
        item = library.items(report.id)[passage.item]
        spans = ((item.start, item.end),) * len(spans)
    cosines = library.sentence_vectors(passage) @ library.encoded(question.text).vector
    texts = [said(report.text[start:end], passage.language) for start, end in passage.sentences or spans]
    held = [frozenset(stems(text, passage.language)) for text in texts]
    near, weights = nearness_to_words(library, question, packed[1:] or packed, held, names_of(report))
    totals = cosines + near @ weights
    annex = ANNEX * (passage.kind == "annex" and "annex" not in question.preferences.kinds)
    judged = judgements(question, passage, texts, held, library.glossary())
    spreads = [0.0 if _has_all(question, one) else spread for one, spread in zip(held, near.std(axis=1).tolist(), strict=True)]
    return [
        Quote(*span, passage, report, total, spread, total + PLACE * hit.score + sure + annex, sure > 0)
        for span, total, spread, sure in zip(spans, totals.tolist(), spreads, judged, strict=True)
    ]


def _has_all(question: Question, held: frozenset[str]) -> bool:
    """Whether a sentence with the stems `held` has every content word of the question, or what means the same: then it is even,
    whatever the words of asking do. Not where a number or a reason is asked for, which no word of the question is."""
    sought = [term for term in question.terms if not term.is_name] or question.terms
    return bool(sought) and not question.wants_number and not question.wants_reason and all(covers(held, term) for term in sought)


def _has_names(question: Question, hit: Hit, held: frozenset[str]) -> bool:
    """Whether every name asked for is one of the passage with the stems `held` (its headings' and title's among them), a code of its
    report or the organization whose report it is; or begins like a word of these, as "Ethiopian" does."""
    own = {fact.value for fact in hit.report.facts if fact.name == "organization"}
    known = held | {fold(name) for name in (*hit.report.codes, *own)}
    names = [term for term in question.terms if term.is_name and not covers(known, term)]
    begins = [term.word[: max(len(term.word) - ENDING, SHORTEST_NAME)] for term in names if term.word.isalpha() and not term.concepts]
    return len(begins) == len(names) and all(any(stem.startswith(beginning) for stem in known) for beginning in begins)
