"""A question and filters to hits: two rankings, by words and by meaning, one fusion, and the best of it ranked once more.

Fused by a weighted sum of z-scores. Scores of meaning are set against those of passages in the same
language, because a question is drawn to text of its own language whatever that says. The best passages are
then looked at word by word, each in its context (`kb.late_interaction`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from math import log

import numpy as np

from kb.late_interaction import nearness
from kb.library import Library
from kb.naming import CODE
from kb.question import own_stems, understand
from kb.records import Filters, Hit, Passage, Question, Report, Term
from kb.rerank import RERANKED

# Weight of meaning against words (the rest), by whether question and passage are in one language and whether the
# model was taught both. Top-1 on half of XQuAD (every third question), es->es / en->en / en->es / es->en:
# .941 / .946 / .843 / .809 at 0.6 everywhere, .931 / .946 / .877 / .838 at 0.7, .926 / .946 / .819 / .794 at 0.5.
READ, READ_ACROSS, UNREAD, UNREAD_ACROSS = 0.6, 0.7, 0.5, 0.8
SYNONYM_WEIGHT = 1.0  # of words that mean the same against the question's own
# Of words that mean nearly the same, times their cosine. XQuAD as above: .941 / .941 / .902 / .863 at 0.4; es->es .926 at 0.7.
ALIKE_WEIGHT = 0.4
# This much of the weight of meaning is left for a single word, and for a question that has a project code.
# Questions with numbers and names do not count: leaning on those words too costs 1 to 4 points of the above.
LEAN = 0.5
PREFERRED = 0.6  # added to the score, in standard deviations, for each preference a passage fits
ANNEX = -0.2
# A line of few words ("Budget: USD 3 000 000") is mostly the title it is embedded with. No figure of the hard questions moves by it
# (among the first five .590 with and without): it keeps such lines from filling the passages read for an answer.
SHORT, FEW_WORDS = -0.4, 9
# The best passages are ranked by words in context too, and that counts so much beside the fused score. Right passage first /
# among the first five, hard questions in one language, then across; XQuAD as above: .277 / .484, .276 / .600; .946 / .941 /
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
    scores = _Scores(library, question, scope, words_only)
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
    added = IN_CONTEXT * _z_within(near @ shares, np.array([passages[number].language for number in best]))
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


@dataclass(init=False)
class _Scores:
    """The scores of all passages in scope: by meaning, by words, and fused."""

    meaning: dict[int, float]
    fused: dict[int, float]

    def __init__(self, library: Library, question: Question, scope: Filters, words_only: bool) -> None:
        words = _word_scores(library, question, scope, words_only)
        asked = not words_only and bool(question.terms or question.preferences != Filters())
        self.meaning = library.search_vectors(library.encoded(question.text).vector, scope) if asked else {}
        ids = np.array(sorted(self._allowed(library, question, scope, words)), dtype=np.int64)
        if not len(ids):
            self.fused = {}
            return
        languages = library.languages()
        own = np.array([languages.get(number, "und") for number in ids.tolist()])
        by_words = _z(np.array([words.get(number, 0.0) for number in ids.tolist()]))
        if not self.meaning:
            total = by_words
        else:
            by_meaning = _z_within(np.array([self.meaning.get(number, -1.0) for number in ids.tolist()]), own)
            weight = _weights(own, question, library.embedder.languages)
            total = weight * by_meaning + (1 - weight) * by_words
        self.fused = dict(zip(ids.tolist(), total.tolist(), strict=True))

    def _allowed(self, library: Library, question: Question, scope: Filters, words: dict[int, float]) -> Iterable[int]:
        allowed = set(self.meaning) | set(words)
        for phrase in question.phrases:
            allowed &= set(library.search_words(f"plain : {_quoted(phrase)}", scope))
        for prefix in question.prefixes:
            allowed &= set(library.search_words(f"plain : {_quoted(prefix)} *", scope))
        for word in question.excluded:
            allowed -= set(library.search_words(f"plain : {_quoted(word)}", scope))
        return allowed

    def best(self, limit: int) -> list[int]:
        return sorted(self.fused, key=lambda number: (-self.fused[number], number))[:limit]


def _word_scores(library: Library, question: Question, scope: Filters, words_only: bool) -> dict[int, float]:
    """bm25 of the question's own words, of the words that mean the same, and (for the model knows them) nearly the same."""
    own = {stem for term in question.terms for stem in term.stems}
    alike = {" ".join(sequence) for term in question.terms for sequence in term.synonyms} - own
    plain = [f"plain : {_quoted(phrase)}" for phrase in question.phrases] + [f"plain : {_quoted(prefix)} *" for prefix in question.prefixes]
    scores = _search(library, [f"{{stems context}} : {_quoted(stem)}" for stem in sorted(own)] + plain, scope)
    near = {} if words_only else _alike(library, question.terms)
    for weight, others in [(SYNONYM_WEIGHT, alike)] + [(ALIKE_WEIGHT * cosine, words) for cosine, words in near.items()]:
        for number, score in _search(library, [f"{{stems context}} : {_quoted(words)}" for words in sorted(others)], scope).items():
            scores[number] = scores.get(number, 0.0) + weight * score
    return scores


def _alike(library: Library, terms: tuple[Term, ...]) -> dict[float, set[str]]:
    """Cosine, in tenths -> the stems that mean so nearly the same as one of `terms` and are not searched for anyway. Names have none."""
    plain = [term.word for term in terms if term.word.isalpha() and not term.is_name]
    known = {held for term in terms for held in term.stems.union(*term.synonyms)}
    alike: dict[float, set[str]] = {}
    for words in library.vocabulary().like(plain):
        for word, cosine in words.items():
            own = own_stems(word)
            if not own & known:
                alike.setdefault(round(cosine, 1), set()).update(own)
                known |= own
    return alike


def _search(library: Library, parts: list[str], scope: Filters) -> dict[int, float]:
    return dict(library.search_words(" OR ".join(f"({part})" for part in parts), scope)) if parts else {}


def _quoted(words: str) -> str:
    return '"' + words.replace('"', " ") + '"'


def _z(values: np.ndarray) -> np.ndarray:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)


def _z_within(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """z-scores, each against the values of its own group; a group of one is set against all."""
    result = _z(values)
    for group in set(groups.tolist()):
        own = groups == group
        if own.sum() > 1:
            result[own] = _z(values[own])
    return result


def _weights(languages: np.ndarray, question: Question, reads: tuple[str, ...] | None) -> np.ndarray:
    known = np.array([reads is None or {question.language, language} <= set(reads) for language in languages.tolist()])
    same = languages == question.language
    weights = np.where(known, np.where(same, READ, READ_ACROSS), np.where(same, UNREAD, UNREAD_ACROSS))
    leans_on_words = len(question.terms) == 1 or bool(CODE.search(question.text))
    return weights * (LEAN if leans_on_words else 1.0)


def word_coverage(library: Library, terms: tuple[Term, ...], ids: list[int]) -> dict[int, float]:
    """passage id -> share of the question's content words it holds, rare words counting more, 0 to 1."""
    held = library.stems_of(ids)
    weights = term_weights(library, terms)
    total = sum(weights.values())
    return {
        number: sum(weights[term.word] for term in terms if covers(held.get(number, frozenset()), term)) / total if total else 0.0
        for number in ids
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
