"""What the page viewer says."""

WORDS: dict[str, dict[str, str]] = {
    "viewer.open": {"es": "Ver la página", "en": "See the page", "fr": "Voir la page"},
    "viewer.open.text": {"es": "Ver en el texto", "en": "See in the text", "fr": "Voir dans le texte"},
    "viewer.page": {"es": "PDF, pág. {page} de {pages}", "en": "PDF p. {page} of {pages}", "fr": "PDF, p. {page} sur {pages}"},
    "viewer.alt": {"es": "Imagen de la página {page} del PDF", "en": "Picture of page {page} of the PDF", "fr": "Image de la page {page} du PDF"},
    "viewer.before": {"es": "Página anterior", "en": "Previous page", "fr": "Page précédente"},
    "viewer.after": {"es": "Página siguiente", "en": "Next page", "fr": "Page suivante"},
    "viewer.smaller": {"es": "Reducir", "en": "Zoom out", "fr": "Réduire"},
    "viewer.larger": {"es": "Ampliar", "en": "Zoom in", "fr": "Agrandir"},
    "viewer.original": {"es": "Descargar el original", "en": "Download the original", "fr": "Télécharger l’original"},
    "viewer.close": {"es": "Cerrar", "en": "Close", "fr": "Fermer"},
    "viewer.unmarked": {
        "es": "No se localizó la cita en esta página con seguridad suficiente para marcarla.",
        "en": "The quote was not located on this page surely enough to mark it.",
        "fr": "La citation n’a pas été repérée sur cette page assez sûrement pour être marquée.",
    },
    "viewer.gone": {
        "es": "El archivo {name} ya no está o no se puede abrir; este es el texto que se leyó de él.",
        "en": "The file {name} is gone or cannot be opened; this is the text that was read from it.",
        "fr": "Le fichier {name} a disparu ou ne s’ouvre pas ; voici le texte qui en a été lu.",
    },
    "viewer.failed": {
        "es": "La página no se pudo mostrar. Inténtelo de nuevo.",
        "en": "The page could not be shown. Try again.",
        "fr": "La page n’a pas pu s’afficher. Réessayez.",
    },
}
