"""What a memo says in words of its own, in Spanish, English and French: fixed wording, and little of it."""

# language -> what opens and what closes a quotation; a narrow no-break space within the French marks
QUOTES = {"en": ("“", "”"), "es": ("“", "”"), "fr": ("«\u202f", "\u202f»")}

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}

# kind of passage -> the line above a quotation; the evaluation speaks, never the agency
INTRODUCTIONS: dict[str, dict[str, str]] = {
    "summary": {
        "en": "The summary of the evaluation states:",
        "es": "En el resumen de la evaluación se señala:",
        "fr": "Le résumé de l’évaluation indique\u00a0:",
    },
    "summary_matrix": {
        "en": "The summary matrix of the evaluation states:",
        "es": "En la matriz resumen de la evaluación se señala:",
        "fr": "La matrice récapitulative de l’évaluation indique\u00a0:",
    },
    "background": {
        "en": "On the background, the evaluation report states:",
        "es": "Sobre el contexto, en el informe de evaluación se señala:",
        "fr": "Au sujet du contexte, le rapport d’évaluation indique\u00a0:",
    },
    "methodology": {
        "en": "On its methodology, the evaluation states:",
        "es": "Sobre su metodología, la evaluación señala:",
        "fr": "Au sujet de sa méthodologie, l’évaluation indique\u00a0:",
    },
    "finding": {"en": "The evaluation found:", "es": "La evaluación constató:", "fr": "L’évaluation a constaté\u00a0:"},
    "conclusion": {"en": "The evaluation concluded:", "es": "La evaluación concluyó:", "fr": "L’évaluation a conclu\u00a0:"},
    "recommendation": {"en": "The evaluation recommended:", "es": "La evaluación recomendó:", "fr": "L’évaluation a recommandé\u00a0:"},
    "lesson": {
        "en": "The evaluation drew the following lesson:",
        "es": "La evaluación extrajo la siguiente lección:",
        "fr": "L’évaluation a tiré l’enseignement suivant\u00a0:",
    },
    "good_practice": {
        "en": "The evaluation identified the following good practice:",
        "es": "La evaluación identificó la siguiente buena práctica:",
        "fr": "L’évaluation a relevé la bonne pratique suivante\u00a0:",
    },
    "management_response": {
        "en": "The management response to the evaluation states:",
        "es": "En la respuesta de la administración a la evaluación se señala:",
        "fr": "La réponse de la direction à l’évaluation indique\u00a0:",
    },
    "annex": {
        "en": "An annex to the evaluation report states:",
        "es": "En un anexo del informe de evaluación se señala:",
        "fr": "Une annexe du rapport d’évaluation indique\u00a0:",
    },
    "other": {
        "en": "The evaluation report states:",
        "es": "En el informe de evaluación se señala:",
        "fr": "Le rapport d’évaluation indique\u00a0:",
    },
}

COLUMNS: tuple[dict[str, str], ...] = (  # of the evidence annex
    {"en": "No.", "es": "N.º", "fr": "N°"},
    {"en": "Report", "es": "Informe", "fr": "Rapport"},
    {"en": "Kind", "es": "Tipo", "fr": "Type"},
    {"en": "Criterion", "es": "Criterio", "fr": "Critère"},
    {"en": "Heading", "es": "Apartado", "fr": "Rubrique"},
    {"en": "Page or paragraph", "es": "Página o párrafo", "fr": "Page ou paragraphe"},
    {"en": "Quotation", "es": "Cita textual", "fr": "Citation"},
    {"en": "Language", "es": "Idioma", "fr": "Langue"},
)

WORDS: dict[str, dict[str, str]] = {
    "memo": {"en": "Memorandum", "es": "Memorando", "fr": "Note"},
    "to": {"en": "To:", "es": "Para:", "fr": "À\u00a0:"},
    "date": {"en": "Date:", "es": "Fecha:", "fr": "Date\u00a0:"},
    "references": {"en": "References", "es": "Referencias", "fr": "Références"},
    "annex": {"en": "Annex: evidence", "es": "Anexo: evidencia", "fr": "Annexe\u00a0: éléments probants"},
    "method": {"en": "Note on method", "es": "Nota sobre el método", "fr": "Note sur la méthode"},
    "original": {"en": "Original in {spoken}.", "es": "Original en {spoken}.", "fr": "Original en {spoken}."},
    "missing.report": {
        "en": "[Not verified: the report is not in the library.]",
        "es": "[Sin verificar: el informe no está en la biblioteca.]",
        "fr": "[Non vérifié\u00a0: le rapport n’est pas dans la bibliothèque.]",
    },
    "missing.quote": {
        "en": "[Not verified: these words are not in the report.]",
        "es": "[Sin verificar: estas palabras no están en el informe.]",
        "fr": "[Non vérifié\u00a0: ces mots ne figurent pas dans le rapport.]",
    },
    "method.note": {
        "en": "Prepared with {tool}. Reports searched: {searched}. Quotations verified verbatim: {found} of {total} ({date}). "
        "No sentence was machine-written: the quotations are the reports’ own words, and each is introduced by the author or by "
        "fixed wording for its kind.",
        "es": "Preparado con {tool}. Informes consultados: {searched}. Citas verificadas textualmente: {found} de {total} ({date}). "
        "Ninguna frase fue redactada por una máquina: las citas son palabras de los informes, y las introduce el autor o una "
        "fórmula fija según su tipo.",
        "fr": "Établi avec {tool}. Rapports consultés\u00a0: {searched}. Citations vérifiées mot pour mot\u00a0: {found} sur {total} ({date}). "
        "Aucune phrase n’a été rédigée par une machine\u00a0: les citations reprennent les mots des rapports, et sont introduites par "
        "l’auteur ou par une formule fixe selon leur type.",
    },
}


def say(key: str, language: str, **values: object) -> str:
    """The words of `key` in `language` (es, en or fr), its {fields} filled with `values`."""
    return WORDS[key][language].format(**values)
