"""Questions to begin with, made from what the library holds."""

from collections import Counter

from kb.library import Library
from kb.records import Filters, Report
from kb.taxonomy import criterion_label
from kb.ui.words import say

OF_A_KIND = {"lesson": "example.lessons", "good_practice": "example.practices", "methodology": "example.methodology"}
MOST = 4


def examples(library: Library, language: str) -> list[str]:
    """At most four questions, in `language`, that the library can answer; none where it is empty."""
    reports = library.reports()
    asked = [
        *_recommendations(library, reports, language),
        *_budget(reports, language),
        *_criterion(library, language),
        *(say(key, language) for kind, key in OF_A_KIND.items() if library.browse(Filters(kinds=(kind,)))),
    ]
    return asked[:MOST]


def _recommendations(library: Library, reports: list[Report], language: str) -> list[str]:
    """All recommendations; those of one report where there are several reports and one has a code to name it by."""
    having = [report for report in reports if any(item.kind == "recommendation" for item in library.items(report.id))]
    if not having:
        return []
    named = next((report for report in having if report.codes), None)
    if len(reports) == 1 or named is None:
        return [say("example.recommendations", language)]
    return [say("example.recommendations.of", language, code=named.codes[0])]


def _budget(reports: list[Report], language: str) -> list[str]:
    codes = (fact.project for report in reports for fact in report.facts if fact.name == "budget" and fact.project)
    return [say("example.budget", language, code=code) for code in list(codes)[:1]]


def _criterion(library: Library, language: str) -> list[str]:
    """The criterion that most recommendations carry."""
    passages = library.browse(Filters(kinds=("recommendation",)))
    counts = Counter(criterion for passage in passages for criterion in passage.criteria)
    return [say("example.criterion", language, criterion=criterion_label(criterion, language).lower()) for criterion, _ in counts.most_common(1)]
