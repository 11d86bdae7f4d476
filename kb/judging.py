"""Whether a sentence judges a project by the criterion that a question asks about: "was it effective?"

Such a question has no words but the criterion's, so likeness says little: what counts is that a finding or a
conclusion names the criterion, says what the criterion is defined by, or stands in the section on it.
"""

import re
from functools import cache

from kb.glossary import Glossary
from kb.language import fold, words
from kb.question import own_stems
from kb.records import Passage, Question
from kb.search import covers
from kb.taxonomy import CRITERIA, criterion_label

JUDGING = ("finding", "conclusion")
BY_NAME, BY_SECTION = 0.5, 0.3  # added to the score of a sentence that judges so
# What a question by a criterion may say besides: what is judged, and that it is.
ASKED_ALONG = """
    resultado efecto recurso necesidad objetivo meta implementación ejecución enfoque perspectiva criterio desempeño manera forma grado nivel
    beneficiarios población respetar respetaron respetó integrar integró integraron incorporar incorporó considerar consideró asegurar
    garantizar calificación puntuación valoración puntaje lograr logró lograron alcanzar alcanzó alcanzaron cumplir cumplió
    valorar valoró calificar calificó tuvo tuvieron
    result outcome effect resource need objective target implementation delivery approach perspective criterion performance way extent level
    beneficiaries country population respect integrate mainstream incorporate consider ensure achieve reach meet rate rating score assess judge
    résultat effet ressource besoin objectif cible exécution approche perspective critère performance manière degré niveau bénéficiaires
    population pays respecter respecté intégrer intégré intégrée incorporer considérer assurer garantir atteindre atteint juger jugé
    noter note notation appréciation
    utilisation uso bien suficiente suficientemente adecuado adecuadamente realmente well sufficient sufficiently adequately really
    suffisamment suffisant vraiment correctement
"""
COST_EFFECTIVE = re.compile(r"\b(?:cost|coste|costo|costos|cout)s?[ -](?:effective|efficace|eficaz|eficaces|efectiv[oa]s?)\b")


def said(text: str, language: str) -> str:
    """`text`, folded, "cost-effective" being what it means, which is efficient."""
    return COST_EFFECTIVE.sub(fold(criterion_label("efficiency", language)), fold(text))


def judgements(question: Question, passage: Passage, texts: list[str], held: list[frozenset[str]], glossary: Glossary) -> list[float]:
    """For each sentence of `passage` how surely it judges by the criterion that the question asks about, and nothing else; 0: it does not.

    `texts` are the sentences as `said`, `held` their stems. A sentence that names other criteria only judges by those; one that
    names none may judge by what its section is about.
    """
    criteria = set(question.preferences.criteria)
    asking = [term for term in question.terms if term.concepts & criteria]
    others = [term for term in question.terms if term not in asking and not term.is_name and term.stems.isdisjoint(_asked_along())]
    if not criteria or passage.kind not in JUDGING or others or question.wants_reason or question.wants_number:
        return [0.0] * len(texts)
    by_section = BY_SECTION if criteria.intersection(passage.criteria) else 0.0
    result = []
    for text, stems_held in zip(texts, held, strict=True):
        named = {name for _, _, names in glossary.find(words(text), passage.language) for name in names}.intersection(CRITERIA)
        if named and named.isdisjoint(criteria):
            result.append(0.0)
        else:
            result.append(BY_NAME if any(covers(stems_held, term) for term in asking) else by_section)
    return result


@cache
def _asked_along() -> frozenset[str]:
    return frozenset().union(*map(own_stems, words(ASKED_ALONG)))
