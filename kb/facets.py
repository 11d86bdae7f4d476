"""All that fits some words, counted by what it can be narrowed to: criterion, kind, report, country, year, language, code."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from threading import Lock

from kb.language import stems
from kb.library import Library
from kb.records import Filters, Hit, Passage, Question, Report
from kb.search import covers, interpret, rank

FIELDS = ("criteria", "kinds", "reports", "countries", "years", "languages", "codes")  # of Filters
CLOSE = 0.45  # cosine from which a passage that shares no word with the search is found all the same
KEPT = 8  # searches whose passages are remembered


@dataclass(frozen=True, slots=True)
class Found:
    """What fits some words anywhere in the library, best first, and how the words were understood (None for no words)."""

    hits: tuple[Hit, ...]
    question: Question | None = None


class Finder:
    """Searches of one library, the last few remembered: narrowing a search does not search again."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._kept: dict[tuple[int, str], Found] = {}

    def find(self, words: str) -> Found:
        """All passages that fit `words`; all there are, in report order, for none."""
        with self._library.snapshot():
            key = (self._library.generation, " ".join(words.split()))
            with self._lock:
                found = self._kept.pop(key, None)
            found = found or find(self._library, key[1])
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                self._kept.pop(next(iter(self._kept)))
        return found


def find(library: Library, words: str) -> Found:
    """All passages that fit `words`: they hold one of them or a word that means the same, or are close in meaning."""
    if not words:
        return Found(_all(library, Filters()))
    question = interpret(library, words)
    if not (question.terms or question.phrases or question.prefixes or question.excluded or question.preferences != Filters()):
        return Found(_all(library, question.filters) if question.filters != Filters() else (), question)
    hits = rank(library, question, Filters(), max(1, library.counts()[1]))
    titled = {report.id for report in library.reports() if _holds(report.title, report.language, question)}
    return Found(tuple(hit for hit in hits if _fits(hit, question, titled)), question)


def _all(library: Library, filters: Filters) -> tuple[Hit, ...]:
    reports = {report.id: report for report in library.reports()}
    passages = [passage for passage in library.browse(filters) if passage.report_id in reports]
    return tuple(Hit(passage, reports[passage.report_id], 0.0, place) for place, passage in enumerate(passages, start=1))


def _fits(hit: Hit, question: Question, titled: set[int]) -> bool:
    """Whether a ranked passage is worth showing. Phrases, prefixes and exclusions have narrowed the ranking already.

    `titled` are the reports whose title holds a word of the search: of these not every passage is shown.
    """
    wanted, passage = question.preferences, hit.passage
    if not question.terms and wanted == Filters():
        return True
    if hit.meaning >= CLOSE or passage.kind in wanted.kinds or not set(wanted.criteria).isdisjoint(passage.criteria):
        return True
    return hit.words > 0 and (hit.report.id not in titled or _holds(f"{passage.text} {passage.heading}", passage.language, question))


def _holds(text: str, language: str, question: Question) -> bool:
    """Whether `text` holds one of the words of the search, or one that means the same."""
    held = frozenset(stems(text, language))
    return any(covers(held, term) for term in question.terms)


def narrowed(hits: Iterable[Hit], filters: Filters, but: str = "") -> list[Hit]:
    """The hits that pass `filters`, in their order; the field `but` of the filters is passed over."""
    wanted = {name: set(chosen) for name in FIELDS if name != but and (chosen := getattr(filters, name))}
    return [hit for hit in hits if all(not chosen.isdisjoint(values(hit.passage, hit.report, name)) for name, chosen in wanted.items())]


def values(passage: Passage, report: Report, name: str) -> tuple[str | int, ...]:
    """What a passage has in the field `name` of the filters."""
    if name == "criteria":
        return passage.criteria
    if name in ("countries", "codes"):
        return getattr(report, name)
    single = {"kinds": passage.kind, "reports": report.id, "years": report.year, "languages": passage.language}[name]
    return () if single is None else (single,)


def counts(hits: Iterable[Hit], filters: Filters) -> dict[str, Counter[str | int]]:
    """field -> value -> how many hits choosing the value would show: all the other fields' filters hold."""
    every = tuple(hits)
    return {
        name: Counter(value for hit in narrowed(every, filters, but=name) for value in set(values(hit.passage, hit.report, name))) for name in FIELDS
    }


def in_report_order(hits: Iterable[Hit]) -> list[Hit]:
    """The hits report by report, as the text goes."""
    return sorted(hits, key=lambda hit: (hit.report.path, hit.passage.start))


def coverage(hits: Iterable[Hit], row: str, kinds: tuple[str, ...]) -> dict[tuple[str | int, str, str], int]:
    """(report id or year, criterion, kind) -> how many passages; `row` is "reports" or "years"."""
    return Counter(
        (value, criterion, hit.passage.kind)
        for hit in hits
        if hit.passage.kind in kinds
        for value in values(hit.passage, hit.report, row)
        for criterion in hit.passage.criteria
    )


def toggled(filters: Filters, name: str, value: str | int) -> Filters:
    """`filters` with a value of the field `name` chosen, or no longer."""
    chosen = getattr(filters, name)
    return replace(filters, **{name: tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)})
