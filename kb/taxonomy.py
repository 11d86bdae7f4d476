"""The controlled words of evaluation reports, and how Spanish, English and French say them.

Sources: OECD-DAC evaluation criteria (2019), UNEG norms and standards, and headings read in public reports.
Words are written as people write them; matching folds case and accents.
"""

import re
from functools import cache

from kb.language import fold

KINDS = (
    "summary",
    "summary_matrix",
    "background",
    "methodology",
    "finding",
    "conclusion",
    "recommendation",
    "lesson",
    "good_practice",
    "management_response",
    "annex",
    "other",
)

# kind -> what a heading that opens it says, in any language
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "summary_matrix": (
        "summary matrix", "matriz resumen", "matriz de resumen", "matriz de hallazgos", "matrice récapitulative",
        "summary table of findings", "cuadro resumen de hallazgos", "tableau récapitulatif",
    ),
    "management_response": (
        "management response", "key actions", "respuesta de la dirección", "respuesta de la administración",
        "respuesta de la gerencia", "respuesta administrativa", "respuesta de gestión", "réponse de la direction",
        "réponse de l'administration", "réponse du management",
    ),
    "summary": (
        "executive summary", "summary", "evaluation brief", "evaluation summary", "resumen ejecutivo", "resumen de evaluación",
        "resumen de la evaluación", "resumen", "résumé exécutif", "résumé analytique", "résumé de l'évaluation",
        "résumé d'évaluation", "résumé", "synthèse", "sumário executivo",
    ),
    "annex": (
        "annex", "annexes", "appendix", "appendices", "anexo", "anexos", "annexe", "apéndice", "terms of reference", "términos de referencia",
        "termes de référence", "cahier des charges", "evaluation matrix", "matriz de evaluación", "matrice d'évaluation",
        "list of persons", "list of people", "list of documents", "lista de personas", "lista de documentos",
        "liste des personnes", "liste des documents", "bibliography", "bibliografía", "bibliographie", "references",
        "referencias", "références", "referencias bibliográficas", "documents reviewed", "documentos revisados",
    ),
    "methodology": (
        "methodology", "evaluation methodology", "methods", "methodological approach", "metodología", "metodología de la evaluación",
        "enfoque metodológico", "métodos", "méthodologie", "approche méthodologique", "méthodes", "limitations", "limitation", "limitaciones",
        "limites", "scope", "alcance", "portée", "evaluation scope", "scope of the evaluation", "evaluation approach",
        "enfoque de la evaluación", "approche de l'évaluation", "data collection", "recolección de datos",
        "recopilación de datos", "collecte de données", "collecte des données", "evaluation design", "sampling", "muestreo",
        "evaluation questions", "preguntas de evaluación", "questions d'évaluation", "metodologia",
    ),
    "recommendation": (
        "recommendations", "recommendation", "recomendaciones", "recomendación", "recommandations", "recommandation", "recomendações",
    ),
    "lesson": (
        "lessons learned", "lessons learnt", "lessons", "lesson learned", "lesson", "lecciones aprendidas", "lecciones", "lección aprendida",
        "enseñanzas",
        "enseñanzas extraídas", "aprendizajes", "enseignements", "enseignement", "enseignements tirés", "leçons apprises", "leçons tirées", "leçons",
        "lições aprendidas",
    ),
    "good_practice": (
        "good practices", "good practice", "best practices", "best practice", "promising practices", "buenas prácticas", "buena práctica",
        "mejores prácticas", "bonnes pratiques", "bonne pratique", "meilleures pratiques", "boas práticas",
    ),
    "conclusion": ("conclusions", "conclusion", "conclusiones", "conclusión", "conclusões", "concluding remarks"),
    "finding": (
        "findings", "finding", "evaluation findings", "evaluation results", "hallazgos", "hallazgo", "constataciones", "constatación",
        "resultados de la evaluación", "resultados del estudio", "constatations", "constatation", "constats", "constat",
        "résultats de l'évaluation", "principaux résultats", "principales resultados", "resultados principales", "key results", "main results",
        "résultats", "achados", "constatações",
    ),
    "background": (
        "introduction", "background", "background and context", "context", "object of the evaluation", "introducción",
        "antecedentes", "antecedentes y contexto", "contexto", "objeto de la evaluación", "contexte", "historique",
        "historique et contexte", "purpose of the evaluation", "propósito de la evaluación", "objectif de l'évaluation",
        "objetivos de la evaluación", "objectives of the evaluation", "objectifs de l'évaluation", "presentación",
        "project description", "programme description", "descripción del proyecto", "description du projet",
    ),
}

# criterion -> its names in a heading, an item label or a question, in any language
CRITERION_WORDS: dict[str, tuple[str, ...]] = {
    "relevance": ("relevance", "pertinencia", "relevancia", "pertinence", "relevância", "appropriateness"),
    "coherence": ("coherence", "coherencia", "cohérence", "coerência"),
    "effectiveness": ("effectiveness", "eficacia", "efectividad", "efficacité", "eficácia"),
    "efficiency": (
        "efficiency", "eficiencia", "efficience", "cost-effectiveness", "cost effectiveness", "coste-eficacia", "costo-efectividad",
        "rapport coût-efficacité", "coût-efficacité", "eficiência",
    ),
    "impact": ("impact", "impacts", "impacto", "impactos"),
    "sustainability": (
        "sustainability", "sostenibilidad", "sustentabilidad", "viabilidad", "durabilité", "viabilité", "pérennité", "sustentabilidade",
    ),
    "human_rights": ("human rights", "hrba", "derechos humanos", "ebdh", "droits humains", "droits de l'homme", "direitos humanos"),
    "gender": (
        "gender", "gender equality", "gender mainstreaming", "women's empowerment", "género", "igualdad de género", "equidad de género",
        "enfoque de género", "empoderamiento de las mujeres", "genre", "égalité des genres", "égalité des sexes", "égalité de genre",
        "égalité entre les sexes", "égalité femmes-hommes", "autonomisation des femmes", "gênero",
    ),
    "leave_no_one_behind": (
        "leave no one behind", "leaving no one behind", "lnob", "no dejar a nadie atrás", "sin dejar a nadie atrás",
        "que nadie se quede atrás", "ne laisser personne de côté", "ne laisser personne pour compte", "ne laisser personne à la traîne",
    ),
    "disability_inclusion": (
        "disability inclusion", "disability", "disabilities", "inclusión de la discapacidad", "discapacidad", "inclusion du handicap", "handicap",
    ),
    "design": ("design", "project design", "programme design", "diseño", "conception"),
    "partnerships": (
        "partnerships", "partnership", "partnerships and cooperation", "alianzas", "asociaciones", "asociaciones y cooperación",
        "partenariats", "partenariat", "parcerias",
    ),
}
CRITERIA = tuple(CRITERION_WORDS)

KIND_LABELS: dict[str, dict[str, tuple[str, str]]] = {  # kind -> language -> (one, several)
    "summary": {"en": ("Summary", "Summaries"), "es": ("Resumen", "Resúmenes"), "fr": ("Résumé", "Résumés")},
    "summary_matrix": {
        "en": ("Summary matrix", "Summary matrices"),
        "es": ("Matriz resumen", "Matrices resumen"),
        "fr": ("Matrice récapitulative", "Matrices récapitulatives"),
    },
    "background": {"en": ("Background", "Background"), "es": ("Contexto", "Contexto"), "fr": ("Contexte", "Contexte")},
    "methodology": {"en": ("Methodology", "Methodology"), "es": ("Metodología", "Metodología"), "fr": ("Méthodologie", "Méthodologie")},
    "finding": {"en": ("Finding", "Findings"), "es": ("Hallazgo", "Hallazgos"), "fr": ("Constatation", "Constatations")},
    "conclusion": {"en": ("Conclusion", "Conclusions"), "es": ("Conclusión", "Conclusiones"), "fr": ("Conclusion", "Conclusions")},
    "recommendation": {
        "en": ("Recommendation", "Recommendations"),
        "es": ("Recomendación", "Recomendaciones"),
        "fr": ("Recommandation", "Recommandations"),
    },
    "lesson": {
        "en": ("Lesson learned", "Lessons learned"),
        "es": ("Lección aprendida", "Lecciones aprendidas"),
        "fr": ("Enseignement", "Enseignements"),
    },
    "good_practice": {
        "en": ("Good practice", "Good practices"),
        "es": ("Buena práctica", "Buenas prácticas"),
        "fr": ("Bonne pratique", "Bonnes pratiques"),
    },
    "management_response": {
        "en": ("Management response", "Management responses"),
        "es": ("Respuesta de la dirección", "Respuestas de la dirección"),
        "fr": ("Réponse de la direction", "Réponses de la direction"),
    },
    "annex": {"en": ("Annex", "Annexes"), "es": ("Anexo", "Anexos"), "fr": ("Annexe", "Annexes")},
    "other": {"en": ("Other", "Other"), "es": ("Otro", "Otros"), "fr": ("Autre", "Autres")},
}

CRITERION_LABELS: dict[str, dict[str, str]] = {
    "relevance": {"en": "Relevance", "es": "Pertinencia", "fr": "Pertinence"},
    "coherence": {"en": "Coherence", "es": "Coherencia", "fr": "Cohérence"},
    "effectiveness": {"en": "Effectiveness", "es": "Eficacia", "fr": "Efficacité"},
    "efficiency": {"en": "Efficiency", "es": "Eficiencia", "fr": "Efficience"},
    "impact": {"en": "Impact", "es": "Impacto", "fr": "Impact"},
    "sustainability": {"en": "Sustainability", "es": "Sostenibilidad", "fr": "Durabilité"},
    "human_rights": {"en": "Human rights", "es": "Derechos humanos", "fr": "Droits humains"},
    "gender": {"en": "Gender equality", "es": "Igualdad de género", "fr": "Égalité des genres"},
    "leave_no_one_behind": {"en": "Leaving no one behind", "es": "No dejar a nadie atrás", "fr": "Ne laisser personne de côté"},
    "disability_inclusion": {"en": "Disability inclusion", "es": "Inclusión de la discapacidad", "fr": "Inclusion du handicap"},
    "design": {"en": "Design", "es": "Diseño", "fr": "Conception"},
    "partnerships": {"en": "Partnerships", "es": "Alianzas", "fr": "Partenariats"},
}

# Words that may stand before the word that says a heading's kind: "Main findings", "4.2 Las principales lecciones".
_OPENERS = frozenset(
    """the main key major overall general summary final specific strategic evaluation of and on el la los las le les l un une
    principales principal generales general finales final sintesis resumen de del des du y et e
    cles principaux principale generales generaux strategiques estrategicas clave emerging preliminary""".split()
)
_NUMBERING = re.compile(r"^\s*(?:(?:\d+|[ivxlc]+|[a-h])(?:[.)\-–:](?:\d+[.)]?)*|\.\d+)+\s*|\d+\s+|[ivxlc]+\s+[-–]\s+)+")


def kind_of_heading(heading: str) -> str | None:
    """The kind that `heading` opens, or None where its words name none."""
    words = _words(_NUMBERING.sub("", fold(heading), count=1))
    return _kind_at_start(words) or (_kind_anywhere(words) if len(words) <= 10 else None)


def _kind_at_start(words: tuple[str, ...]) -> str | None:
    """The kind whose longest phrase opens the heading, leading words such as "main" passed over."""
    for start in range(len(words)):
        found = _longest(words, start, _kind_phrases())
        if found and (start > 0 or not _summary_of_something(words, found)):
            return found[0]
        if words[start] not in _OPENERS:
            return None
    return None


def _summary_of_something(words: tuple[str, ...], found: tuple[str, int]) -> bool:
    """Whether "summary" only qualifies what follows: a "Summary of recommendations" holds recommendations."""
    kind, length = found
    rest = words[length:]
    return kind == "summary" and bool(rest) and _kind_anywhere(rest) is not None


def _kind_anywhere(words: tuple[str, ...]) -> str | None:
    """The first kind that the heading names at all, among those whose names are seldom used for anything else."""
    strong = ("recommendation", "finding", "lesson", "good_practice", "conclusion", "methodology", "management_response")
    for start in range(len(words)):
        found = _longest(words, start, _kind_phrases())
        if found and found[0] in strong:
            return found[0]
    return None


def criteria_of(label: str) -> tuple[str, ...]:
    """The criteria named in a heading, an item label or a question, in the order of `CRITERIA`.

    A longer name wins over one inside it: "cost-effectiveness" is efficiency, not effectiveness;
    "evaluation design" is no criterion at all.
    """
    words, found, position = _words(fold(label)), set(), 0
    while position < len(words):
        match = _longest(words, position, _criterion_phrases())
        if match:
            found.add(match[0])
        position += match[1] if match else 1
    return tuple(criterion for criterion in CRITERIA if criterion in found)


def kind_label(kind: str, language: str, plural: bool = False) -> str:
    """What `kind` is called in es, en or fr (English for any other language)."""
    labels = KIND_LABELS[kind]
    return labels.get(language, labels["en"])[plural]


def criterion_label(criterion: str, language: str) -> str:
    """What `criterion` is called in es, en or fr (English for any other language)."""
    labels = CRITERION_LABELS[criterion]
    return labels.get(language, labels["en"])


def _words(folded: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", folded))


def _longest(words: tuple[str, ...], start: int, phrases: dict[tuple[str, ...], str]) -> tuple[str, int] | None:
    """(what the longest phrase at `start` names, its number of words), or None."""
    for length in range(min(6, len(words) - start), 0, -1):
        name = phrases.get(words[start : start + length])
        if name is not None:
            return name, length
    return None


@cache
def _kind_phrases() -> dict[tuple[str, ...], str]:
    return {_words(fold(phrase)): kind for kind, phrases in KIND_WORDS.items() for phrase in phrases}


@cache
def _criterion_phrases() -> dict[tuple[str, ...], str]:
    phrases = {_words(fold(phrase)): name for name, names in CRITERION_WORDS.items() for phrase in names}
    no_criterion = ("evaluation design", "research design", "diseño de la evaluación", "conception de l'évaluation", "asociaciones civiles")
    return phrases | {_words(fold(phrase)): "" for phrase in no_criterion}
