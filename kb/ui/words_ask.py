"""What the Ask tab says, with the questions it offers to begin with."""

WORDS: dict[str, dict[str, str]] = {
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
    # around an answer
    "ask.understood": {"es": "Se entendió:", "en": "Understood:", "fr": "Compris :"},
    "ask.retry": {"es": "Repetir", "en": "Ask again", "fr": "Reposer la question"},
    "ask.edit": {"es": "Editar la pregunta", "en": "Edit the question", "fr": "Modifier la question"},
    "ask.stop": {"es": "Detener", "en": "Stop", "fr": "Arrêter"},
    "ask.export": {"es": "Descargar la respuesta", "en": "Download the answer", "fr": "Télécharger la réponse"},
    "ask.file": {"es": "respuesta", "en": "answer", "fr": "reponse"},
    "ask.sources": {"es": "Fuentes", "en": "Sources", "fr": "Sources"},
    "ask.follow": {"es": "Para seguir", "en": "Ask next", "fr": "Pour continuer"},
    "ask.filters": {"es": "Filtros", "en": "Filters", "fr": "Filtres"},
    "ask.filters.title": {"es": "Preguntar solo a", "en": "Ask only", "fr": "N’interroger que"},
    "ask.filters.clear": {"es": "Quitar todos", "en": "Remove all", "fr": "Tout retirer"},
    "ask.filters.close": {"es": "Cerrar los filtros", "en": "Close the filters", "fr": "Fermer les filtres"},
    "ask.within": {"es": "Solo en:", "en": "Only in:", "fr": "Seulement dans :"},
    "follow.recommendation": {"es": "¿Y las recomendaciones?", "en": "And the recommendations?", "fr": "Et les recommandations ?"},
    "follow.finding": {"es": "¿Y los hallazgos?", "en": "And the findings?", "fr": "Et les constatations ?"},
    "follow.lesson": {"es": "¿Y las lecciones aprendidas?", "en": "And the lessons learned?", "fr": "Et les enseignements ?"},
    "follow.good_practice": {"es": "¿Y las buenas prácticas?", "en": "And the good practices?", "fr": "Et les bonnes pratiques ?"},
    "follow.conclusion": {"es": "¿Y las conclusiones?", "en": "And the conclusions?", "fr": "Et les conclusions ?"},
    "follow.criterion": {"es": "¿Y sobre {criterion}?", "en": "And on {criterion}?", "fr": "Et sur le critère « {criterion} » ?"},
    "feedback.ask": {"es": "¿Le sirvió?", "en": "Was it useful?", "fr": "Est-ce utile ?"},
    "feedback.useful": {"es": "Útil", "en": "Useful", "fr": "Utile"},
    "feedback.not_useful": {"es": "No útil", "en": "Not useful", "fr": "Pas utile"},
    "feedback.wrong_evidence": {"es": "Pasajes equivocados", "en": "Wrong evidence", "fr": "Mauvais passages"},
    "feedback.note": {"es": "Nota (opcional)", "en": "Note (optional)", "fr": "Remarque (facultative)"},
    "feedback.keep": {"es": "Guardar", "en": "Save", "fr": "Enregistrer"},
    "feedback.kept": {
        "es": "Gracias, guardado en la biblioteca.",
        "en": "Thank you, saved in the library.",
        "fr": "Merci, conservé dans la bibliothèque.",
    },
}
