"""Short names: the acronym of a title, the proper name of a project."""

import pytest
from papers import paper

from ingest.names import short_names


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
