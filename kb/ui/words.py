"""What the interface says, in Spanish, English and French.

A key names a sentence or a label. Where a number decides the form, two keys stand side by side: `key.one` and
`key.many`. Kinds and criteria are named by `kb.taxonomy`, so that a badge and a filter say the same word.
"""

from kb.taxonomy import CRITERIA, KINDS, criterion_label, kind_label

LANGUAGES = {"es": "Español", "en": "English", "fr": "Français"}

WORDS: dict[str, dict[str, str]] = {
    "title": {"es": "Informes de evaluación", "en": "Evaluation reports", "fr": "Rapports d’évaluation"},
    "title.heading": {"es": "# Informes de evaluación", "en": "# Evaluation reports", "fr": "# Rapports d’évaluation"},
    "skip": {"es": "Ir al contenido", "en": "Skip to the content", "fr": "Aller au contenu"},
    "language": {"es": "Idioma de la interfaz", "en": "Interface language", "fr": "Langue de l’interface"},
    "tab.ask": {"es": "Preguntar", "en": "Ask", "fr": "Interroger"},
    "tab.search": {"es": "Buscar", "en": "Search", "fr": "Chercher"},
    # the library
    "library.reports.one": {"es": "{n} informe", "en": "{n} report", "fr": "{n} rapport"},
    "library.reports.many": {"es": "{n} informes", "en": "{n} reports", "fr": "{n} rapports"},
    "library.passages.one": {"es": "{n} pasaje", "en": "{n} passage", "fr": "{n} passage"},
    "library.passages.many": {"es": "{n} pasajes", "en": "{n} passages", "fr": "{n} passages"},
    "library.model": {"es": "modelo {name} ({scope})", "en": "model {name} ({scope})", "fr": "modèle {name} ({scope})"},
    "library.scope": {"es": "entrenado en {languages}", "en": "trained on {languages}", "fr": "entraîné sur : {languages}"},
    "library.scope.unknown": {
        "es": "idiomas no declarados",
        "en": "languages not stated",
        "fr": "langues non précisées",
    },
    "library.opening": {"es": "Abriendo la biblioteca…", "en": "Opening the library…", "fr": "Ouverture de la bibliothèque…"},
    "library.loading": {"es": "Cargando el modelo…", "en": "Loading the model…", "fr": "Chargement du modèle…"},
    "library.building": {
        "es": "Leyendo los informes por primera vez: {percent} %",
        "en": "Reading the reports for the first time: {percent}%",
        "fr": "Première lecture des rapports : {percent} %",
    },
    "library.empty": {
        "es": "La biblioteca está vacía. Ponga informes en la carpeta corpus/ y vuelva a abrir la aplicación.",
        "en": "The library is empty. Put reports in the corpus/ folder and start the app again.",
        "fr": "La bibliothèque est vide. Placez des rapports dans le dossier corpus/ et relancez l’application.",
    },
    # ask
    "ask.welcome": {
        "es": "Pregunte a los informes",
        "en": "Ask the reports",
        "fr": "Interrogez les rapports",
    },
    "ask.promise": {
        "es": "Cada frase de la respuesta se cita textualmente de un informe, con la página donde está. Si los informes "
        "no lo dicen, la respuesta lo reconoce.",
        "en": "Every sentence of an answer is quoted word for word from a report, with the page where it stands. Where "
        "the reports do not say, the answer says so.",
        "fr": "Chaque phrase de la réponse est citée mot pour mot d’un rapport, avec la page où elle figure. Si les "
        "rapports ne le disent pas, la réponse le reconnaît.",
    },
    "ask.examples": {"es": "Por ejemplo", "en": "For example", "fr": "Par exemple"},
    "ask.box": {"es": "Su pregunta", "en": "Your question", "fr": "Votre question"},
    "ask.placeholder": {
        "es": "Escriba su pregunta",
        "en": "Type your question",
        "fr": "Écrivez votre question",
    },
    "ask.button": {"es": "Preguntar", "en": "Ask", "fr": "Interroger"},
    "ask.clear": {"es": "Nueva conversación", "en": "New conversation", "fr": "Nouvelle conversation"},
    "ask.you": {"es": "Pregunta", "en": "Question", "fr": "Question"},
    "ask.answer": {"es": "Respuesta", "en": "Answer", "fr": "Réponse"},
    "ask.evidence": {"es": "Pasajes citados", "en": "Cited passages", "fr": "Passages cités"},
    "ask.searching": {"es": "Buscando en los informes…", "en": "Searching the reports…", "fr": "Recherche dans les rapports…"},
    "ask.waiting": {
        "es": "Preparando la biblioteca; la respuesta aparecerá aquí.",
        "en": "Getting the library ready; the answer will appear here.",
        "fr": "Préparation de la bibliothèque ; la réponse s’affichera ici.",
    },
    "ask.closest": {
        "es": "Los pasajes más cercanos (no responden a la pregunta)",
        "en": "The closest passages (they do not answer the question)",
        "fr": "Les passages les plus proches (ils ne répondent pas à la question)",
    },
    "ask.coverage.one": {
        "es": "{n} de {reports} dice algo al respecto.",
        "en": "{n} of {reports} says something about this.",
        "fr": "{n} sur {reports} en dit quelque chose.",
    },
    "ask.coverage.many": {
        "es": "{n} de {reports} dicen algo al respecto.",
        "en": "{n} of {reports} say something about this.",
        "fr": "{n} sur {reports} en disent quelque chose.",
    },
    "ask.failed": {"es": "No se pudo responder.", "en": "No answer could be given.", "fr": "Aucune réponse n’a pu être donnée."},
    # cards
    "card.number": {"es": "Cita {n}", "en": "Citation {n}", "fr": "Citation {n}"},
    "card.mark": {"es": "Ver la cita {n}", "en": "See citation {n}", "fr": "Voir la citation {n}"},
    "card.back": {"es": "Volver a la respuesta", "en": "Back to the answer", "fr": "Revenir à la réponse"},
    "card.closest": {"es": "Pasaje cercano", "en": "Close passage", "fr": "Passage proche"},
    "card.page": {"es": "pág. {label}", "en": "p. {label}", "fr": "p. {label}"},
    "card.pdf": {"es": "PDF, pág. {page}", "en": "PDF p. {page}", "fr": "PDF, p. {page}"},
    "card.paragraph": {"es": "párr. {number}", "en": "para. {number}", "fr": "par. {number}"},
    "card.no_page": {"es": "página no indicada", "en": "page not given", "fr": "page non indiquée"},
    "card.reference": {"es": "Referencia", "en": "Reference", "fr": "Référence"},
    "card.ocr": {"es": "texto reconocido de imagen", "en": "text recognised from an image", "fr": "texte reconnu d’une image"},
    # search
    "search.box": {"es": "Palabras o frase", "en": "Words or phrase", "fr": "Mots ou expression"},
    "search.placeholder": {
        "es": "Palabras (opcional)",
        "en": "Words (optional)",
        "fr": "Mots (facultatif)",
    },
    "search.button": {"es": "Buscar", "en": "Search", "fr": "Chercher"},
    "search.criteria": {"es": "Criterio", "en": "Criterion", "fr": "Critère"},
    "search.kinds": {"es": "Tipo de pasaje", "en": "Kind of passage", "fr": "Type de passage"},
    "search.filters": {"es": "Filtros", "en": "Filters", "fr": "Filtres"},
    "search.found.one": {"es": "{n} pasaje en {reports}", "en": "{n} passage in {reports}", "fr": "{n} passage dans {reports}"},
    "search.found.many": {"es": "{n} pasajes en {reports}", "en": "{n} passages in {reports}", "fr": "{n} passages dans {reports}"},
    "search.first": {
        "es": "Los {shown} primeros pasajes, de {reports}",
        "en": "The first {shown} passages, from {reports}",
        "fr": "Les {shown} premiers passages, de {reports}",
    },
    "search.none": {
        "es": "Ningún pasaje corresponde. Quite un filtro o use otras palabras.",
        "en": "No passage matches. Remove a filter or try other words.",
        "fr": "Aucun passage ne correspond. Retirez un filtre ou essayez d’autres mots.",
    },
    # questions made from what the library holds
    "example.recommendations": {
        "es": "¿Cuáles son las recomendaciones?",
        "en": "What are the recommendations?",
        "fr": "Quelles sont les recommandations ?",
    },
    "example.recommendations.of": {
        "es": "¿Cuáles son las recomendaciones de {code}?",
        "en": "What are the recommendations of {code}?",
        "fr": "Quelles sont les recommandations de {code} ?",
    },
    "example.lessons": {
        "es": "¿Qué lecciones se aprendieron?",
        "en": "What lessons were learned?",
        "fr": "Quels sont les enseignements tirés ?",
    },
    "example.practices": {
        "es": "¿Qué buenas prácticas se identificaron?",
        "en": "What good practices were identified?",
        "fr": "Quelles bonnes pratiques ont été relevées ?",
    },
    "example.methodology": {
        "es": "¿Qué metodología se usó?",
        "en": "What methodology was used?",
        "fr": "Quelle méthodologie a été utilisée ?",
    },
    "example.budget": {
        "es": "¿Cuál fue el presupuesto de {code}?",
        "en": "What was the budget of {code}?",
        "fr": "Quel était le budget de {code} ?",
    },
    "example.criterion": {
        "es": "¿Qué recomendaciones hay sobre {criterion}?",
        "en": "What recommendations are there on {criterion}?",
        "fr": "Quelles recommandations portent sur le critère « {criterion} » ?",
    },
}

LANGUAGE_NAMES: dict[str, dict[str, str]] = {
    "es": {"es": "español", "en": "Spanish", "fr": "espagnol"},
    "en": {"es": "inglés", "en": "English", "fr": "anglais"},
    "fr": {"es": "francés", "en": "French", "fr": "français"},
    "pt": {"es": "portugués", "en": "Portuguese", "fr": "portugais"},
    "ru": {"es": "ruso", "en": "Russian", "fr": "russe"},
    "ar": {"es": "árabe", "en": "Arabic", "fr": "arabe"},
    "zh": {"es": "chino", "en": "Chinese", "fr": "chinois"},
    "und": {"es": "no determinado", "en": "undetermined", "fr": "indéterminée"},
}


def say(key: str, language: str, **values: object) -> str:
    """The words of `key` in `language` (es, en or fr), its {fields} filled with `values`."""
    return WORDS[key][language].format(**values)


def say_count(key: str, n: int, language: str, **values: object) -> str:
    """The form of `key` that goes with the number `n`: one or many. French counts zero as one."""
    form = "one" if n == 1 or (n == 0 and language == "fr") else "many"
    return say(f"{key}.{form}", language, n=n, **values)


def language_name(code: str, language: str) -> str:
    """What the language `code` is called in `language`; the code itself where it has no name here."""
    return LANGUAGE_NAMES.get(code, {}).get(language, code)


def translations() -> dict[str, dict[str, str]]:
    """All words by language, kinds and criteria included ("kind.finding", "criterion.impact")."""
    return {
        language: {key: forms[language] for key, forms in WORDS.items()}
        | {f"kind.{kind}": kind_label(kind, language) for kind in KINDS}
        | {f"criterion.{criterion}": criterion_label(criterion, language) for criterion in CRITERIA}
        for language in LANGUAGES
    }
