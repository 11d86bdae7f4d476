"""Answers that need no ranking: all the items of a kind, and the facts that a report states about itself."""

import re
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from kb.evidence import OF_THE_PROJECT, Quote
from kb.language import fold, stems
from kb.library import Library
from kb.naming import codes_named
from kb.numbers import HOW_MUCH
from kb.records import Fact, Filters, Passage, Question, Report, Term
from kb.search import covers, term_weights

LONGEST_LIST = 60  # statements; what is longer is a search
LONGEST_SECTION = 12  # passages of a kind that a report does not enumerate and that are still shown whole
ABOUT = 0.6  # share of the best item's word coverage that an item needs to be about the same subject
LEAST = 0.4  # share of all the words of the subject that the best item needs
FACTS = {  # concept of the glossary -> the facts that state it
    "budget": ("budget",),
    "donor": ("donor",),
    "evaluator": ("evaluator",),
    "duration": ("period",),
    "region": ("region", "country"),
    "source": ("source",),
    "commissioner": ("commissioner",),
    "manager": ("manager", "commissioner"),
    "addressee": ("addressee",),
    "publication": ("report_date",),
    "fieldwork": ("visits",),
}

CALLED_BY = ("organization", "commissioner", "acronym", "project")  # facts that "the UNODC report on ..." may say
_WHO = re.compile(r"\b(?:quien|quienes|who|whom|qui)\b")
_WHEN = re.compile(r"\b(?:cuando|when|how long|cuanto|quand|combien de temps|fechas?|dates?|ano|year|annee)\b")
_WHERE = re.compile(r"\b(?:donde|where|ou|paises|pays|countr\w+)\b")
_WHICH = r"\b(?:que|cual|cuales|which|what|quel|quelle|quels|quelles)"
ASKED_BY = {
    "budget": HOW_MUCH,
    "donor": _WHO,
    "evaluator": _WHO,
    "duration": _WHEN,
    "region": _WHERE,
    "source": _WHERE,
    "commissioner": _WHO,
    "manager": _WHO,
    "addressee": _WHO,
    "publication": _WHEN,
    "fieldwork": _WHEN,
}


def list_quotes(library: Library, question: Question, scope: Filters) -> list[Quote]:
    """Everything of the kinds asked for, in report order, where all of it is wanted; else nothing.

    That is every item, or those about the question's subject where it has one; or, where the question is
    about nothing but the kind ("what methodology was used?"), the section whole.
    """
    kinds = scope.kinds or question.preferences.kinds
    if not (question.wants_list or (kinds and (question.numbers or not question.terms))):
        return _findings_on(library, question, scope)
    quotes = [quote for report in library.reports(scope) for kind in kinds for quote in _of_kind(library, report, kind, scope)]
    if question.numbers:
        quotes = [quote for quote in quotes if _number(library, quote) in question.numbers]
    if question.terms:
        quotes = _about(library, [part for quote in quotes for part in _parts(library, quote)], question)
    return quotes[:LONGEST_LIST]


def _findings_on(library: Library, question: Question, scope: Filters) -> list[Quote]:
    """The findings that a report named by the question labels with the criterion it asks about, and nothing else."""
    criteria = frozenset(question.preferences.criteria)
    others = [term for term in question.terms if term.concepts.isdisjoint(criteria)]
    if question.preferences.kinds != ("finding",) or not question.filters.reports or others:
        return []
    found = [quote for report in library.reports(scope) for quote in _of_kind(library, report, "finding", scope)]
    return [quote for quote in found if criteria & _labels(quote)]


def _of_kind(library: Library, report: Report, kind: str, scope: Filters) -> list[Quote]:
    """The items of `kind` that the report enumerates; where it enumerates none, its paragraphs of that kind."""
    passages = library.browse(replace(scope, reports=(report.id,)))
    opening: dict[int | None, Passage] = {}
    for passage in passages:
        opening.setdefault(passage.item, passage)
    items = [(item, opening[item.position]) for item in library.items(report.id) if item.kind == kind and item.position in opening]
    body = [pair for pair in items if pair[0].repeats is None and not pair[1].kind.startswith("summary")] or items
    if body:
        return [Quote(item.start, item.end, passage, report) for item, passage in body]
    paragraphs = _paragraphs([passage for passage in passages if passage.kind == kind], report)
    return paragraphs if len(paragraphs) <= LONGEST_SECTION else []


def _number(library: Library, quote: Quote) -> str | None:
    """The number of an item; of one that its report does not number, its place among those of its kind."""
    if quote.passage.item is None:
        return None
    items = library.items(quote.report.id)
    item = items[quote.passage.item]
    alike = [other for other in items if other.kind == item.kind]
    return item.number if any(other.number for other in alike) else str(alike.index(item) + 1)


def _paragraphs(passages: list[Passage], report: Report) -> list[Quote]:
    """The paragraphs that `passages` were cut from, each whole."""
    quotes: list[Quote] = []
    for passage in passages:
        if quotes and not report.text[quotes[-1].end : passage.start].strip(" "):
            quotes[-1] = replace(quotes[-1], end=passage.end)
        else:
            quotes.append(Quote(passage.start, passage.end, passage, report))
    return quotes


def _parts(library: Library, quote: Quote) -> list[Quote]:
    """`quote` itself where it is an item; the sentences of a paragraph, which may be about one subject each."""
    if quote.passage.item is not None:
        return [quote]
    within = [passage for passage in library.browse(Filters(reports=(quote.report.id,))) if quote.start <= passage.start < quote.end]
    spans = {span: passage for passage in within for span in passage.sentences}
    return [Quote(*span, passage, quote.report) for span, passage in sorted(spans.items(), key=itemgetter(0))]


def _about(library: Library, quotes: list[Quote], question: Question) -> list[Quote]:
    """The quotes about the question's subject: all its names, and nearly as many of its other words as the best of them.

    An item labelled with the criterion asked for is about it; where there is one, a word that none of them holds only asks.
    """
    criteria = frozenset(question.preferences.criteria)
    labels = [criteria & _labels(quote) for quote in quotes]
    spoken_of = [_spoken_of(library, quote, question.terms, named) for quote, named in zip(quotes, labels, strict=True)]
    labelled = [spoken for spoken, named in zip(spoken_of, labels, strict=True) if named]
    subject = [term for term in question.terms if term.is_name or not labelled or any(term in spoken for spoken in labelled)]
    of_one = bool(question.filters.reports) or len({quote.report.id for quote in quotes}) == 1
    naming = _naming(quotes, subject) if of_one else []
    subject = [term for term in subject if term not in naming or any(term in spoken for spoken in spoken_of)]
    weights = term_weights(library, tuple(subject))
    kept = []
    for quote, spoken in zip(quotes, spoken_of, strict=True):
        if all(term in spoken for term in subject if term.is_name):
            kept.append((sum(weights[term.word] for term in subject if term in spoken), quote))
    best = max((covered for covered, _ in kept), default=0.0)
    if subject and best < LEAST * sum(weights.values()):
        return []
    return [quote for covered, quote in kept if not subject or best <= covered / ABOUT]


def _spoken_of(library: Library, quote: Quote, terms: tuple[Term, ...], labels: frozenset[str]) -> list[Term]:
    """The `terms` that `quote` holds, in these or other words, that name one of its `labels`, whom it is addressed to or its priority."""
    known = quote.known()  # stemmed anew at each call
    if quote.passage.item is not None:
        item = library.items(quote.report.id)[quote.passage.item]
        known |= frozenset(stems(f"{item.addressee or ''} {item.priority or ''}", quote.passage.language))
    return [term for term in terms if term.concepts & labels or covers(known, term)]


def _naming(quotes: list[Quote], terms: list[Term]) -> list[Term]:
    """Those of `terms` that may only help to name the reports of `quotes`: they say its title in other words, or whose report it is."""
    reports = {quote.report.id: quote.report for quote in quotes}.values()
    said = [" ".join([report.title, *(fact.value for fact in report.facts if fact.name in CALLED_BY)]) for report in reports]
    named = [frozenset(stems(text, report.language)) for text, report in zip(said, reports, strict=True)]
    return [term for term in terms if any(covers(known, term) for known in named)]


def _labels(quote: Quote) -> frozenset[str]:
    """The criteria that the label or the heading of an item says it is about."""
    return frozenset(quote.passage.criteria) if quote.passage.item is not None else frozenset()


def fact_quotes(library: Library, question: Question, scope: Filters) -> list[Quote]:
    """The sentences in which a report states the facts asked for, where the question asks for nothing else."""
    quotes: dict[tuple[int, int], Quote] = {}
    for concept in _facts_asked(question):
        rest = [term for term in question.terms if concept not in term.concepts]
        for report in library.reports(scope):
            for fact in _facts(library, report, FACTS[concept], rest):
                quote = _sentence(library, report, fact, scope)
                if quote and _asks_for(quote, concept, question, rest):
                    quotes.setdefault((report.id, quote.start), quote)
    return list(quotes.values())[:LONGEST_LIST]


def _facts_asked(question: Question) -> list[str]:
    """The concepts whose facts the question asks for: of those that one word stands for ("financed") the ones asked by "who" or "how
    much", dates of publication and of visits by "when" only, and whom they are addressed to of recommendations only."""
    asked = fold(question.text)
    fitting = {concept for concept in question.concepts & FACTS.keys() if ASKED_BY[concept].search(asked)}
    better = {concept for term in question.terms if term.concepts & fitting for concept in term.concepts - fitting}
    own = {concept for term in question.terms if term.concepts.isdisjoint(fitting) for concept in term.concepts}
    out = (better - own) | ({"publication", "fieldwork"} - fitting) | (set(OF_THE_PROJECT) if "evaluation" in question.concepts else set())
    out |= set() if "recommendation" in question.concepts else {"addressee"}
    return [concept for concept in FACTS if concept in question.concepts - out]


def _asks_for(quote: Quote, concept: str, question: Question, rest: list[Term]) -> bool:
    """Whether the question asks for nothing that `quote` and its report's title lack but another fact; "who led the evaluation team" and
    "which donor supported MEXW64" may have one verb more."""
    known = quote.known()
    lacking = [term for term in rest if not covers(known, term) and not term.concepts & FACTS.keys()]
    title = frozenset(stems(quote.report.title, quote.report.language))
    beyond = [term for term in lacking if not covers(title, term)]
    asked = fold(question.text)
    nouns = "|".join(term.word for term in question.terms if concept in term.concepts)
    allowed = 1 if ASKED_BY[concept].search(asked) or re.search(rf"{_WHICH} (?:{nouns})\b", asked) else 0
    # What a part of the project cost is another sum: there the title's words are no help.
    counted = lacking if concept == "budget" and beyond else beyond
    return len(counted) <= allowed and not any(term.is_name for term in beyond)


def _facts(library: Library, report: Report, names: tuple[str, ...], rest: list[Term]) -> Iterator[Fact]:
    """The facts called one of `names` that were read from the text; of the projects in `rest` only, where it names any."""
    named = codes_named(report, rest)
    stated = _addressees(library, report) if "addressee" in names else report.facts
    for fact in stated:
        if fact.name in names and fact.start is not None and (not named or fact.project is None or fold(fact.project) in named):
            yield fact


def _addressees(library: Library, report: Report) -> Iterator[Fact]:
    """Whom the recommendations of `report` are addressed to, each where it is named first."""
    for value in dict.fromkeys(item.addressee for item in library.items(report.id) if item.kind == "recommendation" and item.addressee):
        if value in report.text:
            yield Fact("addressee", value, report.text.index(value))


def _sentence(library: Library, report: Report, fact: Fact, scope: Filters) -> Quote | None:
    """The sentence that holds `fact`, or all of them: a stop after "eval." does not end a list of names."""
    last = max(fact.start, (fact.end or 0) - 1)
    for passage in library.browse(replace(scope, reports=(report.id,))):
        held = [(start, end) for start, end in passage.sentences if start <= last and fact.start < end]
        if held and held[0][0] <= fact.start:
            return Quote(held[0][0], held[-1][1], passage, report)
    return None
