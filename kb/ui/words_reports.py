"""What the Reports tab says."""

WORDS: dict[str, dict[str, str]] = {
    "tab.reports": {"es": "Informes", "en": "Reports", "fr": "Rapports"},
    "reports.upload": {"es": "Añadir informes", "en": "Add reports", "fr": "Ajouter des rapports"},
    "reports.upload.hint": {
        "es": "PDF, Word, HTML o texto; varios a la vez. Se copian en la carpeta de informes de este equipo.",
        "en": "PDF, Word, HTML or text; several at once. They are copied into the reports folder of this machine.",
        "fr": "PDF, Word, HTML ou texte ; plusieurs à la fois. Ils sont copiés dans le dossier des rapports de cet ordinateur.",
    },
    "reports.none": {
        "es": "La biblioteca no tiene informes todavía.",
        "en": "The library has no reports yet.",
        "fr": "La bibliothèque n’a pas encore de rapport.",
    },
    "reports.size": {
        "es": "La biblioteca ocupa {size} MB en {folder}.",
        "en": "The library takes {size} MB in {folder}.",
        "fr": "La bibliothèque occupe {size} Mo dans {folder}.",
    },
    "reports.opinions.one": {
        "es": "{n} opinión sobre respuestas (descargar como preguntas de control)",
        "en": "{n} opinion on answers (download as gold questions)",
        "fr": "{n} avis sur des réponses (télécharger comme questions de contrôle)",
    },
    "reports.opinions.many": {
        "es": "{n} opiniones sobre respuestas (descargar como preguntas de control)",
        "en": "{n} opinions on answers (download as gold questions)",
        "fr": "{n} avis sur des réponses (télécharger comme questions de contrôle)",
    },
    "reports.pages.one": {"es": "{n} página", "en": "{n} page", "fr": "{n} page"},
    "reports.pages.many": {"es": "{n} páginas", "en": "{n} pages", "fr": "{n} pages"},
    "reports.inspect": {"es": "Qué se entendió", "en": "What was understood", "fr": "Ce qui a été compris"},
    "reports.again": {"es": "Volver a leer", "en": "Read again", "fr": "Relire"},
    "reports.edit": {"es": "Corregir datos", "en": "Correct facts", "fr": "Corriger les données"},
    "reports.keep": {"es": "Guardar y volver a leer", "en": "Save and read again", "fr": "Enregistrer et relire"},
    "reports.title": {"es": "Título", "en": "Title", "fr": "Titre"},
    "reports.codes": {"es": "Códigos (con comas)", "en": "Codes (with commas)", "fr": "Codes (séparés par des virgules)"},
    "reports.countries": {"es": "Países (con comas)", "en": "Countries (with commas)", "fr": "Pays (séparés par des virgules)"},
    "reports.evaluation_kind": {"es": "Tipo de evaluación", "en": "Kind of evaluation", "fr": "Type d’évaluation"},
    "reports.role": {"es": "Documento", "en": "Document", "fr": "Document"},
    "reports.delete": {"es": "Eliminar", "en": "Delete", "fr": "Supprimer"},
    "reports.delete.sure": {
        "es": "Se borran de la biblioteca su texto, sus palabras y sus vectores. El archivo {name}, si está en la carpeta "
        "de informes, pasa a .removed.",
        "en": "Its text, words and vectors are deleted from the library. The file {name}, if it is in the reports folder, is moved to .removed.",
        "fr": "Son texte, ses mots et ses vecteurs sont supprimés de la bibliothèque. Le fichier {name}, s’il est dans le "
        "dossier des rapports, passe dans .removed.",
    },
    "reports.delete.yes": {"es": "Sí, eliminar", "en": "Yes, delete", "fr": "Oui, supprimer"},
    "reports.alike": {
        "es": "Casi el mismo texto que «{title}».",
        "en": "Nearly the same text as “{title}”.",
        "fr": "Presque le même texte que « {title} ».",
    },
    "reports.reading": {
        "es": "Leyendo {name} ({number} de {files})",
        "en": "Reading {name} ({number} of {files})",
        "fr": "Lecture de {name} ({number} sur {files})",
    },
    "outcome.added": {"es": "Añadido:", "en": "Added:", "fr": "Ajouté :"},
    "outcome.updated": {"es": "Actualizado:", "en": "Updated:", "fr": "Mis à jour :"},
    "outcome.unchanged": {"es": "Ya estaba:", "en": "Already there:", "fr": "Déjà présent :"},
    "outcome.removed": {"es": "Eliminado:", "en": "Deleted:", "fr": "Supprimé :"},
    "outcome.failed": {"es": "No se pudo leer:", "en": "Could not be read:", "fr": "Illisible :"},
    "role.report": {"es": "Informe", "en": "Report", "fr": "Rapport"},
    "role.brief": {"es": "Resumen", "en": "Brief", "fr": "Synthèse"},
    "role.annex": {"es": "Anexo", "en": "Annex", "fr": "Annexe"},
    "role.management_response": {"es": "Respuesta de la dirección", "en": "Management response", "fr": "Réponse de la direction"},
    "role.terms_of_reference": {"es": "Términos de referencia", "en": "Terms of reference", "fr": "Termes de référence"},
}
