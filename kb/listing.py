"""Answers that need no ranking: all the items of a kind, and the facts that a report states about itself."""

from collections.abc import Iterator

from kb.evidence import Quote
from kb.language import fold, stems
from kb.library import Library
from kb.question import LISTED_KINDS
from kb.records import Fact, Filters, Passage, Question, Report, Term
from kb.search import covers, term_weights
from kb.taxonomy import CRITERIA

LONGEST_LIST = 60  # statements; what is longer is a search
LONGEST_SECTION = 12  # passages of a kind that a report does not enumerate and that are still shown whole
ABOUT = 0.6  # share of the best item's word coverage that an item needs to be about the same subject
FACTS = {  # concept of the glossary -> name of the fact
    "budget": "budget",
    "donor": "donor",
    "evaluator": "evaluators",
    "duration": "period",
    "region": "region",
    "addressee": "addressee",
}


def list_quotes(library: Library, question: Question, scope: Filters) -> list[Quote]:
    """Every item of the kinds asked for, in report order; only those about the question's subject where it has one."""
    if not question.wants_list:
        return []
    kinds = tuple(kind for kind in scope.kinds or question.preferences.kinds if kind in LISTED_KINDS)
    quotes = [quote for report in _reports(library, scope) for kind in kinds for quote in _of_kind(library, report, kind)]
    quotes = _with_criteria(quotes, scope.criteria or question.preferences.criteria)
    subject = [term for term in question.terms if not term.concepts & set(CRITERIA)]
    return _about(library, quotes, subject)[:LONGEST_LIST]


def _of_kind(library: Library, report: Report, kind: str) -> list[Quote]:
    """The items of `kind` that the report enumerates; where it enumerates none, its passages of that kind."""
    passages = [passage for passage in library.browse(Filters(reports=(report.id,)))]
    opening = {}
    for passage in passages:
        opening.setdefault(passage.item, passage)
    items = [(item, opening[item.position]) for item in library.items(report.id) if item.kind == kind and item.position in opening]
    body = [pair for pair in items if not pair[1].kind.startswith("summary")] or items
    if body:
        return [Quote(item.start, item.end, passage, report) for item, passage in body]
    section = [passage for passage in passages if passage.kind == kind]
    return [Quote(passage.start, passage.end, passage, report) for passage in section] if len(section) <= LONGEST_SECTION else []


def _with_criteria(quotes: list[Quote], criteria: tuple[str, ...]) -> list[Quote]:
    """The quotes that bear one of `criteria`; all of them where none does, or none is asked for."""
    return [quote for quote in quotes if set(criteria) & set(quote.passage.criteria)] or quotes


def _about(library: Library, quotes: list[Quote], subject: list[Term]) -> list[Quote]:
    """The quotes that hold the words of `subject`: all its names, and nearly as many of the others as the best quote."""
    weights = term_weights(library, tuple(subject))
    kept = []
    for quote in quotes:
        held = _held(quote)
        known = held | {fold(code) for code in quote.report.codes}
        if all(covers(known, term) for term in subject if term.is_name):
            kept.append((sum(weights[term.word] for term in subject if covers(known, term)), quote))
    best = max((covered for covered, _ in kept), default=0.0)
    return [quote for covered, quote in kept if not subject or 0 < best <= covered / ABOUT]


def fact_quotes(library: Library, question: Question, scope: Filters) -> list[Quote]:
    """The sentences in which a report states the facts asked for, where the question asks for nothing else."""
    wanted = [(FACTS[concept], concept) for concept in FACTS if concept in question.concepts]
    quotes: dict[tuple[int, int], Quote] = {}
    for name, concept in wanted:
        rest = [term for term in question.terms if concept not in term.concepts]
        for report in _reports(library, scope):
            for fact in _facts(report, name, rest):
                quote = _sentence(library, report, fact)
                if quote and all(covers(_held(quote) | {fold(code) for code in report.codes}, term) for term in rest):
                    quotes.setdefault((report.id, quote.start), quote)
    return list(quotes.values())[:LONGEST_LIST]


def _facts(report: Report, name: str, rest: list[Term]) -> Iterator[Fact]:
    """The facts called `name` that were read from the text; of the projects in `rest` only, where it names any."""
    named = {term.word for term in rest} & {fold(code) for code in report.codes}
    for fact in report.facts:
        if fact.name == name and fact.start is not None and (not named or fact.project is None or fold(fact.project) in named):
            yield fact


def _sentence(library: Library, report: Report, fact: Fact) -> Quote | None:
    """The sentence that holds `fact`."""
    for passage in library.browse(Filters(reports=(report.id,))):
        for start, end in passage.sentences:
            if start <= fact.start < end:
                return Quote(start, end, passage, report)
    return None


def _held(quote: Quote) -> frozenset[str]:
    passage: Passage = quote.passage
    return frozenset(stems(f"{quote.report.text[quote.start : quote.end]} {passage.heading}", passage.language))


def _reports(library: Library, scope: Filters) -> list[Report]:
    return [report for report in library.reports() if not scope.reports or report.id in scope.reports]
