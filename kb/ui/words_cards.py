"""What a passage's card says."""

WORDS: dict[str, dict[str, str]] = {
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
    "card.copy": {"es": "Copiar con la cita", "en": "Copy with citation", "fr": "Copier avec la référence"},
    "card.copied": {"es": "Copiado", "en": "Copied", "fr": "Copié"},
    "card.pick": {"es": "Añadir al memorando", "en": "Add to memo", "fr": "Ajouter à la note"},
    "card.picked": {"es": "En el memorando", "en": "In the memo", "fr": "Dans la note"},
}
