"""Facts: what a report states about itself, with the span it was read from."""

import pytest
from conftest import CORPUS
from papers import paper

from ingest.facts import facts
from ingest.flow import flow
from ingest.read import read
from kb.records import Document, Report


def stated(document: Document, *names: str) -> list[tuple[str, str, str | None]]:
    """(name, value, project) of each fact named."""
    return [(fact.name, fact.value, fact.project) for fact in facts(document).facts if fact.name in names]


# the report in the corpus


@pytest.fixture(scope="module")
def mexico() -> Report:
    return facts(flow(read(CORPUS / "unodc-mexw55-mexw64-resumen-de-evaluacion.txt")))


def test_the_facts_of_the_report_in_the_corpus(mexico: Report) -> None:
    assert [(fact.name, fact.value, fact.project) for fact in mexico.facts if fact.name != "title"] == [
        ("region", "México", None),
        ("period", "del 12/12/2017 al 12/12/2021", "MEXW55"),
        ("period", "del 20/09/2018 al 31/12/2022", "MEXW64"),
        ("donor", "ACCBP Canadá", "MEXW55"),
        ("donor", "INL US", "MEXW64"),
        ("evaluator", "Edgar Arredondo Casillas (líder de la evaluación)", None),
        ("evaluator", "Diego Lorente Pérez de Eulate (experto sustantivo)", None),
        ("source", "https://www.unodc.org/unodc/en/evaluation/reports_year_2022.html", None),
        ("evaluation_kind", "EVALUACIÓN FINAL INDEPENDIENTE Y AGRUPADA", None),
        ("budget", "$752,110.31 USD", "MEXW55"),
        ("budget", "$2,933,023.00 USD", "MEXW64"),
        ("year", "2022", None),
        ("organization", "UNODC", None),
    ]
    assert mexico.title.startswith("TRATA DE PERSONAS EN MÉXICO (TdP): “Detección y prevención")
    assert (mexico.year, mexico.language, mexico.codes, mexico.countries, mexico.role) == (2022, "es", ("MEXW55", "MEXW64"), ("México",), "brief")


def test_every_fact_stands_in_the_text(mexico: Report) -> None:
    spans = {(fact.name, fact.value): mexico.text[fact.start : fact.end] for fact in mexico.facts}
    assert spans["donor", "INL US"] == "Donante(s): ACCBP Canadá (MEXW55) y INL US (MEXW64)."
    budget = spans["budget", "$752,110.31 USD"]
    assert budget.startswith("La intervención MEXW55 contó con un presupuesto de \\$752,110.31 USD")
    assert budget.endswith("mediante capacitaciones y una campaña de prevención.")
    assert "2022" in spans["year", "2022"]  # the address it is listed at, the only place that gives its year


# labels


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Donor(s): Government of Norway", ("donor", "Government of Norway")),
        ("Bailleur(s) de fonds : Union européenne", ("donor", "Union européenne")),
        ("Donateur : Peacebuilding Fund (PBF)", ("donor", "Peacebuilding Fund (PBF)")),
        ("Fuente de financiamiento: AECID.", ("donor", "AECID")),
        ("Project budget: USD 4.5 million", ("budget", "USD 4.5 million")),
        ("Presupuesto total del proyecto: 1.250.000 USD", ("budget", "1.250.000 USD")),
        ("Budget : 3 000 000 EUR", ("budget", "3 000 000 EUR")),
        ("Période du projet : 1 avril 2021 – 30 avril 2025", ("period", "1 avril 2021 – 30 avril 2025")),
        ("Project duration: 2016–2020", ("period", "2016–2020")),
        ("Portée géographique : Haïti", ("region", "Haïti")),
        ("Evaluation type: Central Evaluation", ("evaluation_kind", "Central Evaluation")),
        ("Commissioned and managed by: Central Evaluation Division", ("commissioner", "Central Evaluation Division")),
        ("Commandé par : OIM et PNUD", ("commissioner", "OIM et PNUD")),
        ("| Country | Malawi |", ("country", "Malawi")),
    ],
)
def test_labelled_lines_in_three_languages(line: str, expected: tuple[str, str]) -> None:
    assert stated(paper(f"# Evaluation of the Roads Fund\n{line}"), expected[0])[0][:2] == expected


def test_labels_that_the_layout_ran_together() -> None:
    document = paper("# Evaluation of the Roads Fund\nEvaluation type: Final independent Evaluator(s): Awa Diop Final report date: June 2019")
    assert stated(document, "evaluation_kind", "evaluator", "report_date") == [
        ("evaluation_kind", "Final independent", None), ("evaluator", "Awa Diop", None), ("report_date", "June 2019", None),
    ]  # fmt: skip


def test_a_value_below_its_label() -> None:
    assert stated(paper("# Evaluation of the Roads Fund\nFinal report date:\nJuly 2025"), "report_date") == [("report_date", "July 2025", None)]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Evaluators: Ana Torres (lead), Luis Rivas, Eva Campos and Juan Vega.", ["Ana Torres (lead)", "Luis Rivas", "Eva Campos", "Juan Vega"]),
        ("Équipe d’évaluation : Awa Diop (cheffe d’équipe) et Marc Petit (expert)", ["Awa Diop (cheffe d’équipe)", "Marc Petit (expert)"]),
        ("Evaluador: José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Evaluation team: Ana Torres; Luis Rivas", ["Ana Torres", "Luis Rivas"]),
    ],
)
def test_evaluators_one_by_one(line: str, people: list[str]) -> None:
    assert [value for _, value, _ in stated(paper(f"# Evaluation of the Roads Fund\n{line}"), "evaluator")] == people


def test_codes_of_several_sorts() -> None:
    document = paper("# Evaluation of the Roads Fund\nProject code: COL/19/01/CAN\nCode du projet : CS1137 / CS1138\nProject (XCAX75)")
    assert facts(document).codes == ("COL/19/01/CAN", "CS1137", "CS1138", "XCAX75")


def test_a_word_with_a_number_is_no_code() -> None:
    assert facts(paper("# Evaluation of the Roads Fund\nThe COVID19 pandemic and ISO9001 and SDG16 delayed it.")).codes == ()


# sentences


def test_budget_donor_and_period_in_a_sentence() -> None:
    sentence = (
        "El proyecto contó con un presupuesto de USD 1.500.000, financiado por el Reino de Dinamarca, y se ejecutó entre enero de "
        "2014 y diciembre de 2017."
    )
    document = paper(f"# Evaluación final del proyecto de caminos\n# Antecedentes\nSon caminos viejos. {sentence} Hoy son nuevos.")
    assert stated(document, "budget", "donor", "period") == [
        ("budget", "USD 1.500.000", None), ("donor", "el Reino de Dinamarca", None), ("period", "entre enero de 2014 y diciembre de 2017", None),
    ]  # fmt: skip
    fact = next(fact for fact in facts(document).facts if fact.name == "budget")
    assert document.text[fact.start : fact.end] == sentence


def test_the_months_of_the_evaluation_are_not_those_of_the_project() -> None:
    document = paper("# Evaluation of the Roads Fund\n# Background\nThis external evaluation was carried out between November 2023 and June 2024.")
    assert stated(document, "period") == []


def test_a_sum_that_is_not_the_budget() -> None:
    assert stated(paper("# Evaluation of the Roads Fund\n# Findings\nEach bridge cost USD 20,000 to mend."), "budget") == []


# title, kind, year, role


@pytest.mark.parametrize(
    ("head", "title", "kind"),
    [
        ("# EVALUATION BRIEF\n# Evaluation of the Roads Fund", "Evaluation of the Roads Fund", None),
        (
            "# INFORME FINAL\n# Evaluación intermedia del Fondo de Caminos\nJulio de 2020",
            "Evaluación intermedia del Fondo de Caminos",
            "Evaluación intermedia",
        ),
        ("# Évaluation finale du projet « Écoles ouvertes »\nRapport final", "Évaluation finale du projet « Écoles ouvertes »", "Évaluation finale"),
        ("# Final Independent Project Evaluation\n# Roads for all (XCAX75)", "Roads for all (XCAX75)", "Final Independent Project Evaluation"),
        (
            "# Mid-term evaluation of the Roads Fund\n## Case study: Malawi",
            "Mid-term evaluation of the Roads Fund Case study: Malawi",
            "Mid-term evaluation",
        ),
    ],
)
def test_titles_and_kinds(head: str, title: str, kind: str | None) -> None:
    report = facts(paper(f"{head}\n---\n# Executive summary\nText."))
    assert (report.title, report.evaluation_kind) == (title, kind)


def test_a_file_without_a_title_goes_by_its_name() -> None:
    assert (
        facts(paper("Just a paragraph of text, long enough to be no title at all, because it goes on and on. " * 6, path="a/roads_fund.pdf")).title
        == "roads fund"
    )


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("December 2024", 2024),
        ("Viena, 2018", 2018),
        ("9th July 2025 Author: A. Person", 2025),
        ("Bogotá, 15 de junio de 2020", 2020),
        ("Juin 2019", 2019),
        ("From 2017 to 2019", None),
        ("Project period: 2017–2019", None),
    ],
)
def test_the_year_on_the_cover(line: str, year: int | None) -> None:
    assert facts(paper(f"# Evaluation of the Roads Fund\n{line}\n# Findings\nThe fund closed in June 2022.")).year == year


@pytest.mark.parametrize(
    ("head", "path", "role"),
    [
        ("# Evaluation brief\n# Roads", "a.pdf", "brief"),
        ("# Management response and action plan", "a.pdf", "management_response"),
        ("# TÉRMINOS DE REFERENCIA\n# Evaluación de caminos", "a.pdf", "terms_of_reference"),
        ("# Evaluation of the Roads Fund", "roads_annex6.pdf", "annex"),
        ("# Evaluation of the humanitarian response", "respuesta.pdf", "report"),
    ],
)
def test_what_sort_of_file_it_is(head: str, path: str, role: str) -> None:
    assert facts(paper(f"{head}\nSome text.", path=path)).role == role


def test_the_languages_of_a_mixed_report() -> None:
    english = "This summary in English tells what the evaluation found in the north of the country. " * 3
    spanish = "Este informe cuenta lo que la evaluación encontró en el norte y en el sur del país. " * 9
    report = facts(paper(f"# Evaluación de caminos\n# Executive summary\n{english}\n# Hallazgos\n{spanish}"))
    assert (report.language, report.languages) == ("es", ("es", "en"))


def test_what_is_not_stated_stays_empty() -> None:
    report = facts(paper("# Evaluation of the Roads Fund\n# Findings\nRoads improved."))
    assert (report.year, report.codes, report.countries, report.evaluation_kind) == (None, (), (), None)
    assert [fact.name for fact in report.facts] == ["title"]


def test_a_label_a_colon_and_a_value_in_three_cells() -> None:
    document = paper("# APPEL A CANDIDATURES\n| Titre de la position | : | Évaluation finale du projet des routes |\n| Pays | : | Malawi |")
    report = facts(document)
    assert (report.title, report.countries) == ("Évaluation finale du projet des routes", ("Malawi",))
