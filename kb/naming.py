"""Which reports a question names, by a project code or by the proper words of their titles."""

import re
from collections.abc import Iterable
from functools import cache
from math import log

from kb.countries import LANGUAGES, country_in
from kb.language import STOP_WORDS, fold, words
from kb.records import Report, Term

CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w/-]{3,}\b")

NAMING = ("acronym", "project")  # facts by which people call a report

_TOKEN = re.compile(r"[\w/-]+(?:[.,]\d+)*")
# What an evaluation is called by, in small letters: "the meta-evaluation", "la evaluación de los albergues", and how the latter goes on.
_BEFORE_EVALUATION = re.compile(r"\b(\w+) (?:evaluation|evaluacion|report|brief)\b")
_AFTER = (
    r" (?:of|on|de|del|sobre|sur|des?|du|d)(?: (?:the|la|el|los|las|le|les|l))? (\w+)"
    r"((?: (?!(?:about|on|regarding|for|to|that|sobre|acerca|respecto|para|que|sur|sujet|propos|concernant|pour|qui)\b)\w+)*)"
)
_AFTER_EVALUATION = re.compile(rf"\b(?:evaluation|evaluacion|report|informe|rapport){_AFTER}")
_AFTER_PROJECT = re.compile(rf"\b(?:project|proyecto|projet){_AFTER}")
_OPENING = ' ¿¡"“«('
# Words of a title that many reports share: they name none.
_COMMON = frozenset(
    words(
        """project projects proyecto proyectos projet projets informe report rapport evaluacion evaluation programme programa program
        final finale independent independiente independante brief summary resumen resume annex anexo annexe strategy estrategia"""
    )
).union(*STOP_WORDS.values())


def proper_words(query: str) -> set[str]:
    """The folded words of `query` written as names: codes, numbers, acronyms, capitals not at the beginning of a sentence."""
    names = set()
    for match in _TOKEN.finditer(query):
        word, before = match.group(), query[: match.start()].rstrip(_OPENING)
        opens_sentence = not before.strip() or before.endswith((".", "?", "!", ":"))
        if any(c.isdigit() for c in word) or (len(word) > 1 and word.isupper()) or (word[0].isupper() and not opens_sentence):
            names.update(words(word))
    return names


def named_reports(query: str, reports: list[Report]) -> tuple[tuple[int, ...], set[str]]:
    """The ids of the reports that `query` names, and the words that did.

    Empty where it names none, or where all that it names are all there are.
    """
    asked = set(words(query)) | {fold(code) for code in CODE.findall(query)}
    with_code = tuple(report.id for report in reports if asked & {fold(code) for code in report.codes})
    if with_code:
        return (with_code if len(with_code) < len(reports) else ()), set()
    proper = proper_words(query) | _beside_evaluation(query)
    naming = asked & (proper | _beside_project(query))
    scores = {report.id: _title_match(report, reports, naming | _called(report, asked)) for report in reports}
    best = max((score for score, _ in scores.values()), default=0.0)
    chosen = tuple(number for number, (score, _) in scores.items() if score == best)
    if best <= 0 or len(chosen) > max(1, len(reports) // 2):
        return (), set()
    said = set().union(*(scores[number][1] for number in chosen))
    return chosen, said - (_beside_project(query) - proper)


def _beside_evaluation(query: str) -> set[str]:
    """The words of `query` by which an evaluation is called."""
    said = " ".join(words(query))
    return {*_BEFORE_EVALUATION.findall(said), *(first for first, _ in _AFTER_EVALUATION.findall(said))}


def _beside_project(query: str) -> set[str]:
    """The words of `query` by which a project is called: they may be what is asked about too."""
    return {first for first, _ in _AFTER_PROJECT.findall(" ".join(words(query)))}


def name_of_evaluation(query: str) -> set[str]:
    """All the words of `query` that may say which evaluation is meant: all after "of" in "the evaluation of social cohesion in Haiti"."""
    said = " ".join(words(query))
    rest = " ".join(rest for pattern in (_AFTER_EVALUATION, _AFTER_PROJECT) for _, rest in pattern.findall(said))
    return _beside_evaluation(query) | _beside_project(query) | set(rest.split())


def _title_match(report: Report, reports: list[Report], asked: set[str]) -> tuple[float, set[str]]:
    """How far `asked` names this report (words of its title, file name and countries, rare ones counting more), and the words."""
    own = _own_words(report) & asked
    spread = {word: sum(word in _own_words(other) for other in reports) for word in own}
    return sum(log(1 + len(reports) / count) for count in spread.values()), own


def _called(report: Report, asked: set[str]) -> set[str]:
    """The words of what the report is called by, where all of a name are `asked`: "the aap evaluation" names it in small letters too."""
    names = [set(words(fact.value)) for fact in report.facts if fact.name in NAMING]
    return set().union(*(name for name in names if name <= asked))


def codes_named(report: Report, terms: Iterable[Term]) -> set[str]:
    """The codes of the projects of `report`, folded, that are among `terms`."""
    return {fold(code) for code in report.codes}.intersection(term.word for term in terms)


def names_of(report: Report) -> frozenset[str]:
    """The folded words that name a report: those of its codes, title, file and countries."""
    return frozenset(_own_words(report) | {fold(code) for code in report.codes})


def _own_words(report: Report) -> set[str]:
    file_name = report.path.rsplit("/", 1)[-1].replace("_", " ")
    facts = " ".join(fact.value for fact in report.facts if fact.name in NAMING)
    titled = set(words(report.title))
    # A country that is one of several, and not in the title, is where a case study was made: other reports may tell more of it.
    countries = [country for country in report.countries if len(report.countries) == 1 or titled.issuperset(words(country))]
    own = words(f"{report.title} {file_name} {facts} {' '.join(map(_in_all_languages, countries))}")
    return {word for word in own if len(word) > 2 and word not in _COMMON}


@cache
def _in_all_languages(country: str) -> str:
    """What each language calls `country`, with its own name: a French question names a Spanish report by "Mexique"."""
    return " ".join([country, *(country_in(country, language) for language in LANGUAGES)])
