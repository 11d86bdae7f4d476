"""What the page's frame says: title, tabs, the library's line."""

WORDS: dict[str, dict[str, str]] = {
    "title": {"es": "Informes de evaluación", "en": "Evaluation reports", "fr": "Rapports d’évaluation"},
    "title.heading": {"es": "# Informes de evaluación", "en": "# Evaluation reports", "fr": "# Rapports d’évaluation"},
    "skip": {"es": "Ir al contenido", "en": "Skip to the content", "fr": "Aller au contenu"},
    "language": {"es": "Idioma de la interfaz", "en": "Interface language", "fr": "Langue de l’interface"},
    "tab.ask": {"es": "Preguntar", "en": "Ask", "fr": "Interroger"},
    "tab.search": {"es": "Buscar", "en": "Search", "fr": "Chercher"},
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
}
