"""Boilerplate: what says nothing of the project evaluated."""

import pytest

from ingest.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "text",
    [
        "The views expressed in this report are those of the evaluators.",
        "Las opiniones expresadas en esta publicación son de sus autores.",
        "Les opinions exprimées sont celles des auteurs.",
        "<https://www.unodc.org/evaluation> unodc-ies@un.org",
        "United Nations Office on Drugs and Crime\nVienna International Centre, P.O. Box 500, 1400 Vienna, Austria",
        "UNODC United Nations Office on Drugs and Crime",
        "This evaluation brief presents a summary of the key findings, as identified by the evaluators.",
        "© UNODC, 2019. All rights reserved.",
    ],
)
def test_boilerplate(text: str) -> None:
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        "La evaluación fue alineada a las Normas y Estándares de Evaluación de la UNEG y la UNODC.",
        "Informe completo: https://www.unodc.org/unodc/en/evaluation/reports_year_2022.html",
        "Cartel elaborado por LPOMEX para la campaña de MEXW64",
        "The platform is at https://ap-migrationdata.iom.int and draws on data of forty countries, updated every month.",
        "Commissioned by: Central Evaluation Division, Headquarters",
    ],
)
def test_what_is_said_of_the_project_is_no_boilerplate(text: str) -> None:
    assert not is_boilerplate(text)
