"""Two rankings of the passages in scope, by words and by meaning, and their fusion.

Fused by a weighted sum of z-scores. Scores of meaning are set against those of passages in the same
language, because a question is drawn to text of its own language whatever that says.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kb.library import Library
from kb.naming import CODE
from kb.question import own_stems
from kb.records import Filters, Question, Term

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


@dataclass(init=False)
class Scores:
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
            by_meaning = z_within(np.array([self.meaning.get(number, -1.0) for number in ids.tolist()]), own)
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


def z_within(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
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
