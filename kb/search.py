"""A question and filters to hits: two rankings fused (`kb.fusion`), and the best of that ranked once more.

The best passages are looked at word by word, each in its context (`kb.late_interaction`).
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from math import log

import numpy as np

from kb.fusion import Scores, z_within
from kb.late_interaction import nearness
from kb.library import Library
from kb.question import own_stems, understand
from kb.records import Filters, Hit, Passage, Question, Report, Term
from kb.rerank import RERANKED

PREFERRED = 0.6  # added to the score, in standard deviations, for each preference a passage fits
ANNEX = -0.2
# A line of few words ("Budget: USD 3 000 000") is mostly the title it is embedded with. No figure of the hard questions moves by it
# (among the first five .590 with and without): it keeps such lines from filling the passages read for an answer.
SHORT, FEW_WORDS = -0.4, 9
# The best passages are ranked by words in context too, and that counts so much beside the fused score. Right passage first /
# among the first five, hard questions in one language, then across; XQuAD as in `kb.fusion`: .277 / .484, .276 / .600; .946 / .941 /
# .907 / .868 at 0; .340 / .564, .343 / .638; .951 / .946 / .931 / .902 at 0.5; .362 / .569, .381 / .648; .956 / .951 / .926 /
# .917 at 0.75; .367 / .569, .371 / .648; .951 / .956 / .926 / .922 at 1.5. Among 50, .75: .553, .629; among 200: .564, .638.
EXAMINED, IN_CONTEXT = 100, 0.75
# How near a word comes that is there, about as the shipped model has it; and, where a model has no vectors of words, one that is not.
HELD, NOT_HELD = 0.6, 0.1


def search(library: Library, text: str, filters: Filters | None = None, limit: int = 10, words_only: bool = False) -> list[Hit]:
    """The passages that answer `text` best, best first; all that pass `filters`, in report order, for an empty text.

    `words_only` ranks without the model. "exact words", -word and word* narrow the search.
    """
    filters = filters or Filters()
    with library.snapshot():
        if not text.strip():
            return _browse(library, filters, limit)
        question = interpret(library, text)
        if _only_names_reports(question):
            return _browse(library, combine(filters, question.filters), limit)
        return rank(library, question, filters, limit, words_only)


def interpret(library: Library, text: str, history: tuple[str, ...] = ()) -> Question:
    """What `text` asks of this library; `history` are the questions before it, oldest first."""
    return understand(text, library.reports(), library.glossary(), history)


def rank(library: Library, question: Question, filters: Filters, limit: int, words_only: bool = False) -> list[Hit]:
    """The best `limit` hits for a question already understood, within `filters` and the question's own."""
    scope = combine(filters, question.filters)
    scores = Scores(library, question, scope, words_only)
    order = scores.best(max(limit, EXAMINED))
    passages = {passage.id: passage for passage in library.passages(order)}
    preferred = {number: scores.fused[number] + _preference(passages[number], question) for number in order if number in passages}
    if preferred and scores.meaning:
        preferred = _reranked(library, question, _in_context(library, question, preferred, passages), passages)
    best = sorted(preferred, key=preferred.__getitem__, reverse=True)[:limit]
    coverage = word_coverage(library, question.terms, best)
    reports = {report.id: report for report in library.reports()}
    return [
        Hit(passages[number], reports[passages[number].report_id], preferred[number], place, coverage[number], scores.meaning.get(number, 0.0))
        for place, number in enumerate(best, start=1)
        if passages[number].report_id in reports
    ]


def _in_context(library: Library, question: Question, scores: dict[int, float], passages: dict[int, Passage]) -> dict[int, float]:
    """`scores` with what the words in context add to the best `EXAMINED`; the others stay behind these."""
    best = sorted(scores, key=scores.__getitem__, reverse=True)[:EXAMINED]
    packed = library.passage_words(best)
    near, shares = nearness_to_words(library, question, [packed[number][0] for number in best], [frozenset()] * len(best))
    added = IN_CONTEXT * z_within(near @ shares, np.array([passages[number].language for number in best]))
    least = float(added.min(initial=0.0))
    return {number: score + least for number, score in scores.items()} | {
        number: scores[number] + more for number, more in zip(best, added.tolist(), strict=True)
    }


def _reranked(library: Library, question: Question, scores: dict[int, float], passages: dict[int, Passage]) -> dict[int, float]:
    """`scores` given anew to the best `RERANKED` in the order of the library's cross-encoder, where it has one."""
    if library.reranker is None:
        return scores
    best = sorted(scores, key=scores.__getitem__, reverse=True)[:RERANKED]
    read = library.reranker.scores(question.text, [f"{passages[number].heading}\n{passages[number].text}".strip() for number in best])
    order = [number for _, number in sorted(zip(read, best, strict=True), key=lambda pair: -pair[0])]
    return scores | {number: scores[place] for number, place in zip(order, best, strict=True)}


def nearness_to_words(
    library: Library, question: Question, packed: list[bytes], held: list[frozenset[str]], naming: frozenset[str] = frozenset()
) -> tuple[np.ndarray, np.ndarray]:
    """How near each text comes to each word of `question`, (texts, words), -1 to 1, and what share each word has in it, rare ones more.

    `packed` are the texts' words in context, `held` the stems by which a word counts as there: none of them where the ranking
    by words has counted them already (with them too, .819 instead of .759 on the shipped questions, .482 instead of .518 on others).
    A word that is there, or what means the same, is near; where the model has no vectors of words, any other is not. Words `naming`
    the report are not looked for in its text.
    """
    asked = library.encoded(question.text)
    terms = {term.word: term for term in question.terms}
    words = asked.words if asked.words and all(packed) else tuple(terms) or asked.words
    near = nearness(asked.word_vectors, packed) if words is asked.words else np.full((len(packed), len(words)), NOT_HELD, dtype=np.float32)
    there = np.array([[word in terms and covers(stems, terms[word]) for word in words] for stems in held], dtype=bool).reshape(near.shape)
    passages = library.counts()[1]
    rarity = np.array([_rarity(passages, max(map(library.frequency, own_stems(word)))) for word in words], dtype=np.float32)
    sought = np.array([word not in naming or (word in terms and not terms[word].is_name) for word in words], dtype=bool)
    sought |= not sought.any()
    near, rarity = np.maximum(near, np.where(there, HELD, -1))[:, sought], rarity[sought]
    return near, rarity / (rarity.sum() or 1.0)


def combine(first: Filters, second: Filters) -> Filters:
    """Both filters at once: where both fill a field the first, which the reader set, wins."""
    return replace(first, **{f.name: getattr(first, f.name) or getattr(second, f.name) for f in fields(Filters)})


def _only_names_reports(question: Question) -> bool:
    said = question.terms or question.phrases or question.prefixes or question.excluded or question.preferences != Filters()
    return not said and question.filters != Filters()


def _browse(library: Library, filters: Filters, limit: int) -> list[Hit]:
    reports = {report.id: report for report in library.reports()}
    passages = [passage for passage in library.browse(filters) if passage.report_id in reports][:limit]
    return [Hit(passage, reports[passage.report_id], 0.0, place) for place, passage in enumerate(passages, start=1)]


def _preference(passage: Passage, question: Question) -> float:
    wanted = question.preferences
    fits = (passage.kind in wanted.kinds) + bool(set(passage.criteria) & set(wanted.criteria))
    annex = ANNEX if passage.kind == "annex" and "annex" not in wanted.kinds else 0.0
    short = SHORT if passage.item is None and len(passage.text.split()) < FEW_WORDS else 0.0
    return PREFERRED * fits + annex + short


def word_coverage(library: Library, terms: tuple[Term, ...], ids: list[int]) -> dict[int, float]:
    """passage id -> share of the question's content words it holds, rare words counting more, 0 to 1."""
    held = library.stems_of(ids)
    weights = term_weights(library, terms)
    total = sum(weights.values())
    return {
        number: sum(weights[term.word] for term in terms if covers(held.get(number, frozenset()), term)) / total if total else 0.0 for number in ids
    }


def term_weights(library: Library, terms: tuple[Term, ...]) -> dict[str, float]:
    """word -> how much it tells: the logarithm of how rare it, or what means the same, is among the library's passages."""
    passages = library.counts()[1]
    return {term.word: _rarity(passages, _frequency(library, term)) for term in terms}


def _rarity(passages: int, frequency: int) -> float:
    return log(1 + passages / (1 + frequency))


def _frequency(library: Library, term: Term) -> int:
    alike = {stem for sequence in term.synonyms if len(sequence) == 1 for stem in sequence}
    return max(map(library.frequency, term.stems | alike), default=0)


def covers(stems: frozenset[str], term: Term) -> bool:
    """Whether `stems` hold the term or something that means the same."""
    return bool(stems & term.stems) or any(stems.issuperset(sequence) for sequence in term.synonyms)


def reports_with(hits: Iterable[Hit]) -> list[Report]:
    """The reports of `hits`, each once, in the order of their best hit."""
    return list({hit.report.id: hit.report for hit in hits}.values())
