"""A question to an extractive answer: statements that stand verbatim in a report, each with its citation, or "not found".

Four ways to an answer, tried in this order: the list of all items of a kind, a fact that the report
states about itself, what an acronym stands for, and the sentences of the passages found. Nothing is put into words of our own.
"""

from dataclasses import replace

from kb.evidence import Quote, best_quotes, folded
from kb.library import Library
from kb.listing import fact_quotes, list_quotes
from kb.meanings import meaning_quotes
from kb.records import Answer, Citation, Coverage, Filters, Hit, Question, Statement
from kb.search import combine, interpret, rank

CONSIDERED = 8  # hits from which sentences are taken
CLOSEST = 3  # hits offered where nothing was found


def answer(library: Library, question: str, filters: Filters | None = None, history: tuple[str, ...] = ()) -> Answer:
    """What the reports say about `question`, within `filters`; `history` are the questions before it, oldest first.

    `Answer.statements` is empty, and `Answer.message` says so in the question's language, where they do not say.
    """
    with library.snapshot():
        return answer_understood(library, interpret(library, question, history), filters or Filters())


def answer_understood(library: Library, question: Question, filters: Filters) -> Answer:
    """The answer to a question already understood, as when a reader has removed some of its filters.

    It is of one state of the library: a report deleted meanwhile is in all of it or in none.
    """
    with library.snapshot():
        return _answer(library, question, filters)


def _answer(library: Library, question: Question, filters: Filters) -> Answer:
    scope = combine(filters, question.filters)
    searched = len(library.reports(scope))
    quotes, hits = material(library, question, filters)
    groups = folded(quotes) or best_quotes(library, question, hits)
    if not groups:
        return Answer(question, (), (), Coverage(searched, 0), not_found(question.language, searched, library.counts()[0]), tuple(hits[:CLOSEST]))
    return _stated(question, groups, searched)


def material(library: Library, question: Question, filters: Filters) -> tuple[list[Quote], list[Hit]]:
    """What an answer is made of: the quotes that are one without more ado, or the hits whose sentences may be; or neither."""
    scope = combine(filters, question.filters)
    quotes = list_quotes(library, question, scope) or fact_quotes(library, question, scope) or meaning_quotes(library, question, scope)
    asks = question.terms or question.phrases or question.prefixes
    if quotes or not asks:
        return quotes, []
    if question.wants_list and not filters.kinds:  # of recommendations: what is of another kind is no answer
        filters = replace(filters, kinds=question.preferences.kinds)
    return [], rank(library, question, filters, CONSIDERED)


def _stated(question: Question, groups: list[list[Quote]], searched: int) -> Answer:
    """A statement for each group of quotes that say the same, with all their citations."""
    citations: list[Citation] = []
    statements = []
    for group in groups:
        first = len(citations) + 1
        citations += [
            Citation(number, quote.report.text[quote.start : quote.end], quote.passage, quote.report, quote.start, quote.end)
            for number, quote in enumerate(group, start=first)
        ]
        statements.append(Statement(citations[first - 1].quote, tuple(range(first, len(citations) + 1)), citations[first - 1].passage.kind))
    return Answer(question, tuple(statements), tuple(citations), Coverage(searched, len({citation.report.id for citation in citations})))


def not_found(language: str, searched: int, held: int) -> str:
    """The sentence for "the reports do not say": of `held` reports, `searched` passed the filters."""
    sentences = {
        "es": ("El informe consultado no lo dice.", "No se encontró en ninguno de los {} informes consultados."),
        "en": ("The report searched does not say.", "None of the {} reports searched says."),
        "fr": ("Le rapport consulté ne le dit pas.", "Aucun des {} rapports consultés ne le dit."),
    }
    filtered = {
        "es": "Ningún informe cumple estos filtros.",
        "en": "No report passes these filters.",
        "fr": "Aucun rapport ne correspond à ces filtres.",
    }
    empty = {"es": "La biblioteca no tiene informes.", "en": "The library has no reports.", "fr": "La bibliothèque ne contient aucun rapport."}
    if searched == 0:
        none = filtered if held else empty
        return none.get(language, none["en"])
    one, several = sentences.get(language, sentences["en"])
    return one if searched == 1 else several.format(searched)
