"""The organizations whose evaluation reports offices keep, by acronym and by name."""

import re
from functools import cache

# acronym -> the organization's name in each language, as the organizations themselves write it
ORGANIZATIONS: dict[str, dict[str, str]] = {
    "UNODC": {
        "en": "United Nations Office on Drugs and Crime",
        "es": "Oficina de las Naciones Unidas contra la Droga y el Delito",
        "fr": "Office des Nations Unies contre la drogue et le crime",
    },
    "IOM": {
        "en": "International Organization for Migration",
        "es": "Organización Internacional para las Migraciones",
        "fr": "Organisation internationale pour les migrations",
    },
    "UNDP": {
        "en": "United Nations Development Programme",
        "es": "Programa de las Naciones Unidas para el Desarrollo",
        "fr": "Programme des Nations Unies pour le développement",
    },
    "UNICEF": {
        "en": "United Nations Children's Fund",
        "es": "Fondo de las Naciones Unidas para la Infancia",
        "fr": "Fonds des Nations Unies pour l'enfance",
    },
    "WFP": {"en": "World Food Programme", "es": "Programa Mundial de Alimentos", "fr": "Programme alimentaire mondial"},
    "FAO": {
        "en": "Food and Agriculture Organization of the United Nations",
        "es": "Organización de las Naciones Unidas para la Alimentación y la Agricultura",
        "fr": "Organisation des Nations Unies pour l'alimentation et l'agriculture",
    },
    "ILO": {
        "en": "International Labour Organization",
        "es": "Organización Internacional del Trabajo",
        "fr": "Organisation internationale du Travail",
    },
    "UNHCR": {
        "en": "Office of the United Nations High Commissioner for Refugees",
        "es": "Oficina del Alto Comisionado de las Naciones Unidas para los Refugiados",
        "fr": "Haut-Commissariat des Nations Unies pour les réfugiés",
    },
    "UN Women": {"en": "UN-Women", "es": "ONU-Mujeres", "fr": "ONU-Femmes"},
    "UNFPA": {
        "en": "United Nations Population Fund",
        "es": "Fondo de Población de las Naciones Unidas",
        "fr": "Fonds des Nations Unies pour la population",
    },
}

# as Spanish and French have them
ACRONYMS = {"OIM": "IOM", "PNUD": "UNDP", "PMA": "WFP", "PAM": "WFP", "OIT": "ILO", "ACNUR": "UNHCR", "HCR": "UNHCR", "ONUDC": "UNODC"}


def other_acronyms(acronym: str) -> set[str]:
    """What else the organization called `acronym` (case folded) is called, in any language, case folded: "iom" for "oim"."""
    own = _known().get(acronym)
    return {name for name, its in _known().items() if its == own and name.isalpha()} - {acronym}


def organizations_in(text: str) -> list[tuple[str, int, int]]:
    """(acronym, start, end) for each time that `text` names an organization, by name or by acronym, in its order."""
    return [(_known()[match.group().casefold()], match.start(), match.end()) for match in _pattern().finditer(text)]


@cache
def _known() -> dict[str, str]:
    """What an organization is called, case folded -> its acronym."""
    names = {name.casefold(): acronym for acronym, languages in ORGANIZATIONS.items() for name in (acronym, *languages.values())}
    return names | {other.casefold(): acronym for other, acronym in ACRONYMS.items()}


@cache
def _pattern() -> re.Pattern[str]:
    """Acronyms only as they are written; names in any case."""
    acronyms = "|".join(map(re.escape, (*ORGANIZATIONS, *ACRONYMS)))
    names = "|".join(re.escape(name) for languages in ORGANIZATIONS.values() for name in languages.values())
    return re.compile(rf"\b(?:(?:{acronyms})|(?i:{names}))\b")
