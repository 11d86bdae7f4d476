"""Which files belong to one evaluation: a brief, the full report, its annexes, the management response."""

import re
from collections.abc import Iterable

from kb.language import fold
from kb.records import Report

ALIKE, WITHIN = 0.6, 0.9  # shares of title words: of both titles together, of the shorter title
LEAST_WORDS = 4
_EVERYWHERE = frozenset(
    """evaluation evaluacion final finale independent independiente independante report informe rapport project proyecto projet programme programa
    brief resumen resume summary executive management response action plan matrix annex anexo annexe respuesta reponse direction direccion with para
    pour from the and los las les des del dans case study estudio caso etude external externa externe mid term""".split()
)


def group_of(report: Report, others: Iterable[Report]) -> str:
    """The name of the evaluation that `report` belongs to: that of another file on the same projects or of the same title, else its own."""
    for other in others:
        if other.group and other.path != report.path and same_evaluation(report, other):
            return other.group
    return "-".join(code.lower() for code in report.codes) or "-".join(re.findall(r"\w+", fold(report.title))[:10])


def same_evaluation(one: Report, other: Report) -> bool:
    """Whether two files name the same projects, or are titled alike.

    Files that both name projects, and no common one, are of different evaluations whatever their titles.
    """
    if one.codes and other.codes:
        return bool(set(one.codes) & set(other.codes))
    first, second = title_words(one.title), title_words(other.title)
    shared, least = len(first & second), min(len(first), len(second))
    if least < LEAST_WORDS:
        return least > 1 and first == second
    return shared >= ALIKE * len(first | second) or shared >= WITHIN * least


def title_words(title: str) -> frozenset[str]:
    """The words of a title that tell one evaluation from another, folded."""
    return frozenset(word for word in re.findall(r"\w+", fold(title)) if len(word) > 2 and word not in _EVERYWHERE)
