"""Text that opens or closes every report of an office: contacts, disclaimers, rights, what a brief is."""

import re

from kb.language import fold

LONGEST = 1_200  # characters
PATTERNS = re.compile(
    "|".join(
        (
            r"the views expressed|opinions expressed in (?:this|the)|do(?:es)? not (?:necessarily )?(?:reflect|represent|imply)",
            r"las opiniones expresadas",
            r"no (?:necesariamente )?(?:reflejan?|representan?|implican?) (?:\w+ ){0,3}(?:opinion|opiniones|puntos de vista)",
            r"les opinions exprimees|n.engagent (?:que|pas)|ne refletent pas (?:necessairement|forcement)",
            r"designations employed|denominaciones empleadas|appellations employees",
            r"all rights reserved|todos los derechos reservados|tous droits reserves|no part of this publication|copyright|©|\bisbn\b",
            r"has not been formally edited|no ha sido (?:editad|revisad)[oa] formalmente|n.a pas ete officiellement revis",
            r"brief presents a summary|(?:resumen|nota) (?:de evaluacion )?presenta un resumen|note (?:d.evaluation )?presente un resume",
            r"for (?:more|further) information,? (?:please )?(?:contact|visit)|para mas informacion,? (?:contact|visit|consult)",
            r"pour (?:plus d|de plus amples )\W?informations?,? (?:veuillez )?(?:contact|visit|consult)",
        )
    )
)
CONTACT = re.compile(
    r"https?://\S+|www\.\S+|[^\s@]++@[^\s@]+\.\S+|\b(?:tel|fax|telefono|telephone|phone|e-?mail|correo|courriel)\b\.?\s*:?|p\.?\s?o\.?\s?box|\+?\d[\d\s().-]{6,}"
)
SENTENCE = re.compile(r"[a-z]{3,}[^.!?]{40,}[.!?]")
OFFICE = re.compile(
    r"united nations|naciones unidas|nations unies|international organization|organizacion internacional|organisation internationale|"
    r"evaluation (?:section|office|division|unit|service)|oficina de evaluacion|seccion de evaluacion|unidad de evaluacion|"
    r"bureau de l.evaluation|section de l.evaluation|headquarters|switzerland|vienna international"
)


def is_boilerplate(text: str) -> bool:
    """Whether a passage says nothing of the project evaluated: a disclaimer, rights, an office's name and address."""
    folded = " ".join(fold(text).split())
    if len(folded) <= LONGEST and PATTERNS.search(folded):
        return True
    labelled = re.match(r"(?!\W*http)[^:]{3,40}:", folded) is not None
    if CONTACT.search(folded) and not labelled:
        rest = CONTACT.sub("", folded)
        return len(rest) < 160 and SENTENCE.search(rest) is None
    return len(folded) <= 160 and OFFICE.search(folded) is not None and not labelled and _is_name(text)


def _is_name(text: str) -> bool:
    """Whether a line is but a name: no sentence, and its longer words in capitals."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return not text.rstrip().endswith((".", "!", "?")) and bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
