"""Questions that could follow an answer: the same of another kind, or on the criterion that most of it is about."""

from collections import Counter

from kb.library import Library
from kb.records import Answer, Filters
from kb.search import combine
from kb.taxonomy import criterion_label
from kb.ui.words import LANGUAGES, say

KINDS = ("recommendation", "finding", "lesson", "good_practice", "conclusion")  # in the order in which they are suggested
MOST = 3


def follow_ups(library: Library, answer: Answer) -> list[str]:
    """At most three questions, in the language of `answer`, that the library has passages for; none for an answer about no kind."""
    kinds, criteria = answer.question.preferences.kinds, answer.question.preferences.criteria
    language = answer.language if answer.language in LANGUAGES else "en"
    if not answer.answered or not kinds:
        return []
    scope = Filters(reports=tuple({citation.report.id for citation in answer.citations}))
    asked = [say(f"follow.{kind}", language) for kind in KINDS if kind not in kinds and _any(library, scope, kind, criteria)]
    on_criterion = [] if criteria else [say("follow.criterion", language, criterion=name) for name in _criteria(library, scope, kinds, language)]
    return [*asked[:2], *on_criterion][:MOST]


def _any(library: Library, scope: Filters, kind: str, criteria: tuple[str, ...]) -> bool:
    return bool(library.browse(combine(scope, Filters(kinds=(kind,), criteria=criteria))))


def _criteria(library: Library, scope: Filters, kinds: tuple[str, ...], language: str) -> list[str]:
    """The name of the criterion that most passages of `kinds` carry, if any does."""
    counts = Counter(criterion for passage in library.browse(combine(scope, Filters(kinds=kinds))) for criterion in passage.criteria)
    return [criterion_label(criterion, language).lower() for criterion, _ in counts.most_common(1)]
