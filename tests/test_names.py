"""Short names: the acronym of a title, the proper name of a project, the organization."""

import pytest
from papers import paper

from ingest.names import organization, short_names
from kb.organizations import organizations_in


@pytest.mark.parametrize(
    ("title", "text", "acronym"),
    [
        ("Evaluation of IOM Accountability to Affected Populations", "On accountability to affected populations (AAP) much was said.", "AAP"),
        ("EVALUATION OF THE MIGRATION DATA STRATEGY 2020-2025", "The Migration Data Strategy (MDS) began in 2020.", "MDS"),
        ("Evaluación del Programa contra la trata de personas", "La trata de personas (TdP) es un delito.", "TdP"),
    ],
)
def test_the_acronym_of_a_title(title: str, text: str, acronym: str) -> None:
    document = paper(f"# {title}\n{text}")
    (fact,) = short_names(document, title)
    assert (fact.name, fact.value, document.text[fact.start : fact.end]) == ("acronym", acronym, acronym)


def test_other_acronyms_are_not_the_title_s() -> None:
    assert short_names(paper("The United Nations (UN) and focus group discussions (FGD)."), "Evaluation of the Roads Fund") == []


def test_a_name_that_always_follows_the_word_project() -> None:
    document = paper(
        "El proyecto Haku Wiñay es rural. Los usuarios del proyecto Haku Wiñay. Antes del proyecto Haku Wiñay. Tras el proyecto Haku Wiñay."
    )
    (fact,) = short_names(document, "Impactos del proyecto")
    assert (fact.name, fact.value, fact.start) == ("project", "Haku Wiñay", 12)
    assert short_names(paper("El proyecto Haku Wiñay es rural."), "Impactos del proyecto") == []


# the organization


@pytest.mark.parametrize(
    ("text", "acronym", "named"),
    [
        ("The United Nations Office on Drugs and Crime began it.", "UNODC", "United Nations Office on Drugs and Crime"),
        ("La ORGANIZACIÓN INTERNACIONAL PARA LAS MIGRACIONES lo inició.", "IOM", "ORGANIZACIÓN INTERNACIONAL PARA LAS MIGRACIONES"),
        ("Le Programme alimentaire mondial l’a lancé.", "WFP", "Programme alimentaire mondial"),
        ("Con apoyo de la OIM.", "IOM", "OIM"),
        ("Le PNUD à Bamako.", "UNDP", "PNUD"),
        ("Staff of UN Women.", "UN Women", "UN Women"),
    ],
)
def test_an_organization_by_name_in_any_case_or_by_acronym(text: str, acronym: str, named: str) -> None:
    assert organizations_in(text) == [(acronym, text.index(named), text.index(named) + len(named))]


def test_acronyms_count_only_in_capitals_and_as_words() -> None:
    assert organizations_in("Un pan y una pam, the who, an iom, UNDPX and pnud.") == []


def test_organizations_come_in_the_order_of_the_text() -> None:
    assert [acronym for acronym, _, _ in organizations_in("ILO and the World Food Programme, then OIT.")] == ["ILO", "WFP", "ILO"]


def test_the_organization_is_the_one_named_most() -> None:
    document = paper("UNICEF helped.\nThe International Organization for Migration led.\nIOM wrote. IOM counted.\nIOM paid.")
    fact = organization(document)
    assert fact is not None
    assert (fact.name, fact.value) == ("organization", "IOM")
    assert document.text[fact.start : fact.end] == "International Organization for Migration"


def test_a_report_that_names_several_alike_states_none() -> None:
    assert organization(paper("IOM led, IOM wrote, IOM paid. UNDP led, UNDP wrote, UNDP paid.")) is None
    assert organization(paper("IOM led. IOM wrote.")) is None, "named too seldom"
    assert organization(paper("Nobody is named.")) is None
