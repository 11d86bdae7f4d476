"""What the Memo tab says, in Spanish, English and French."""

WORDS: dict[str, dict[str, str]] = {
    "tab.memo": {"es": "Memorando", "en": "Memo", "fr": "Note"},
    "memo.empty": {
        "es": "Aún no hay citas. Pulse «Añadir al memorando» en un pasaje de Preguntar o de Buscar y aparecerá aquí, listo para Word.",
        "en": "No quotations yet. Press “Add to memo” on a passage in Ask or Search and it appears here, ready for Word.",
        "fr": "Aucune citation pour l’instant. Cliquez sur «\u202fAjouter à la note\u202f» sous un passage d’Interroger ou de Chercher\u00a0: il "
        "apparaîtra ici, prêt pour Word.",
    },
    "memo.title": {"es": "Título", "en": "Title", "fr": "Titre"},
    "memo.addressee": {"es": "Destinatario", "en": "Addressee", "fr": "Destinataire"},
    "memo.language": {"es": "Idioma del memorando", "en": "Language of the memo", "fr": "Langue de la note"},
    "memo.style": {"es": "Citas", "en": "Citations", "fr": "Citations"},
    "memo.style.un": {"es": "Notas al pie", "en": "Footnotes", "fr": "Notes de bas de page"},
    "memo.style.author-date": {"es": "Autor y año", "en": "Author and year", "fr": "Auteur et année"},
    "memo.line": {"es": "Frase antes de la cita {n}", "en": "Line before quotation {n}", "fr": "Phrase avant la citation {n}"},
    "memo.up": {"es": "Subir la cita {n}", "en": "Move quotation {n} up", "fr": "Monter la citation {n}"},
    "memo.down": {"es": "Bajar la cita {n}", "en": "Move quotation {n} down", "fr": "Descendre la citation {n}"},
    "memo.remove": {"es": "Quitar", "en": "Remove", "fr": "Retirer"},
    "memo.remove_this": {"es": "Quitar la cita {n}", "en": "Remove quotation {n}", "fr": "Retirer la citation {n}"},
    "memo.picks": {"es": "Citas en orden", "en": "Quotations in order", "fr": "Citations dans l’ordre"},
    "memo.preview": {"es": "Vista previa", "en": "Preview", "fr": "Aperçu"},
    "memo.export": {"es": "Descargar como", "en": "Download as", "fr": "Télécharger en"},
    "memo.references": {"es": "Referencias", "en": "References", "fr": "Références"},
    "memo.verify": {"es": "Verificar las citas", "en": "Verify quotations", "fr": "Vérifier les citations"},
    "memo.save": {"es": "Guardar memorando", "en": "Save memo", "fr": "Enregistrer la note"},
    "memo.open": {"es": "Abrir memorando", "en": "Open memo", "fr": "Ouvrir une note"},
    "memo.clear": {"es": "Vaciar", "en": "Empty", "fr": "Vider"},
    "memo.clear.sure": {
        "es": "¿Vaciar el memorando? Se quitan todas sus citas.",
        "en": "Empty the memo? All its quotations are taken out.",
        "fr": "Vider la note\u00a0? Toutes ses citations seront retirées.",
    },
    "memo.verified": {
        "es": "Citas verificadas textualmente: {found} de {total}.",
        "en": "Quotations verified verbatim: {found} of {total}.",
        "fr": "Citations vérifiées mot pour mot\u00a0: {found} sur {total}.",
    },
    "memo.missing.report": {
        "es": "El informe ya no está en la biblioteca: {path}",
        "en": "The report is no longer in the library: {path}",
        "fr": "Le rapport n’est plus dans la bibliothèque\u00a0: {path}",
    },
    "memo.missing.quote": {
        "es": "Estas palabras no están en el informe: {path}",
        "en": "These words are not in the report: {path}",
        "fr": "Ces mots ne figurent pas dans le rapport\u00a0: {path}",
    },
    "memo.failed": {"es": "Cita {n}: {problem}", "en": "Quotation {n}: {problem}", "fr": "Citation {n}\u00a0: {problem}"},
}
