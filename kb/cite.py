"""A citation to the form in which an office cites it, and a text to the form in which people see it.

House form for reports without a document symbol, after the United Nations Editorial Manual:
author, title (codes) (place, year), page. What is not known is left out, never invented.
"""

import re

from kb.records import Citation, Hit, Report

PAGE = {"en": "p.", "es": "pág.", "fr": "p."}
PAGES = {"en": "pp.", "es": "págs.", "fr": "pp."}
PARAGRAPH = {"en": "para.", "es": "párr.", "fr": "par."}

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


def reference(citation: Citation, language: str) -> str:
    """The reference line of `citation`, in es, en or fr (English for any other language), with a full stop."""
    return _reference(citation.report, citation.page.label, citation.page.page, citation.passage.paragraph, language)


def hit_reference(hit: Hit, language: str) -> str:
    """The reference line of the passage of `hit`."""
    passage = hit.passage
    return _reference(hit.report, passage.page_label, passage.first_page, passage.paragraph, language)


def _reference(report: Report, label: str | None, page: int | None, paragraph: str | None, language: str) -> str:
    source = " ".join(filter(None, [_title(report, language), f"({', '.join(report.codes)})" if report.codes else "", _place_and_year(report)]))
    locator = _locator(label, page, paragraph, language)
    return ", ".join(filter(None, [author(report, language), source, locator])).removesuffix(".") + "."


def _title(report: Report, language: str) -> str:
    """The title, without the codes that follow it in the reference anyway."""
    title = shown(report.title)
    for code in report.codes:
        title = title.replace(f"({code})", "")
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(title.split()))


def author(report: Report, language: str) -> str:
    """The name of the organization whose report it is, or "" where the report does not say."""
    stated = next((fact.value for fact in report.facts if fact.name == "organization"), "")
    return ORGANIZATIONS.get(stated, {}).get(language) or ORGANIZATIONS.get(stated, {}).get("en") or stated


def _place_and_year(report: Report) -> str:
    place = next((fact.value for fact in report.facts if fact.name == "place"), None)
    known = [str(part) for part in (place, report.year) if part]
    return f"({', '.join(known)})" if known else ""


def _locator(label: str | None, page: int | None, paragraph: str | None, language: str) -> str:
    """Paragraph numbers where the report has them, else the printed page, else the page of the file."""
    parts = []
    if paragraph:
        parts.append(f"{PARAGRAPH.get(language, PARAGRAPH['en'])} {paragraph}")
    elif label:
        parts.append(f"{PAGE.get(language, PAGE['en'])} {label}")
    if page is not None and str(page) != label:
        parts.append(f"[PDF {PAGE.get(language, PAGE['en'])} {page}]")
    return " ".join(parts)


_ESCAPED = re.compile(r"\\([$*_#%&\[\](){}<>~`|.!+-])")
_MARKS = re.compile(r"\*\*+|(?<!\w)__|__(?!\w)")


def shown(text: str) -> str:
    """`text` for people: the layout marks that a conversion left in the file ("**", "\\$") hidden, words untouched."""
    return _MARKS.sub("", _ESCAPED.sub(r"\1", text))
