"""Which quotes are evidence: near enough and even, no sentence said twice, no report alone where others speak."""

from dataclasses import replace

import pytest
from conftest import make_reading

from kb.answer import answer
from kb.library import Library
from kb.records import Fact

CLOSED = "The shelters closed because the grant of the embassy ended in winter."


def said(library: Library, question: str) -> list[tuple[str, list[str]]]:
    """Each statement and the reports cited for it."""
    reply = answer(library, question)
    paths = {citation.number: citation.report.path for citation in reply.citations}
    return [(statement.text, [paths[number] for number in statement.citations]) for statement in reply.statements]


def test_a_report_and_its_brief_say_it_once_with_both_citations(library: Library) -> None:
    library.add(make_reading("report.txt", ("finding", CLOSED)))
    library.add(make_reading("brief.txt", ("finding", CLOSED.replace("because", "as"))))
    [(text, paths)] = said(library, "have the shelters closed, grant ended")
    assert text in (CLOSED, CLOSED.replace("because", "as"))
    assert sorted(paths) == ["brief.txt", "report.txt"]
    reply = answer(library, "have the shelters closed, grant ended")
    assert all(citation.quote == citation.report.text[citation.start : citation.end] for citation in reply.citations)
    assert reply.coverage.reports_with_hits == 2


def test_another_number_is_another_statement(library: Library) -> None:
    library.add(make_reading("a.txt", ("finding", CLOSED.replace("winter", "winter 2021"))))
    library.add(make_reading("b.txt", ("finding", CLOSED.replace("winter", "winter 2022"))))
    assert len(said(library, "have the shelters closed, grant ended")) == 2


def test_a_long_report_leaves_room_for_another(library: Library) -> None:
    places = ("north", "south", "east", "west")
    library.add(make_reading("long.txt", *(("finding", f"In the {place} shelters closed: grant ended.") for place in places)))
    library.add(make_reading("short.txt", ("finding", "Elsewhere the shelters closed, rents rose: grant ended.")))
    found = said(library, "shelters closed, grant ended")
    assert [path for _, [path] in found[:2]] == ["long.txt", "long.txt"]
    assert [path for _, [path] in found[2:]] == ["short.txt", "long.txt"]


def test_an_item_found_by_several_of_its_passages_is_said_once(library: Library) -> None:
    library.add(make_reading("a.txt", ("finding", CLOSED), ("finding", "Grants ended in many towns.")))
    texts = [text for text, _ in said(library, "shelters closed, grant ended")]
    assert len(texts) == len(set(texts))


def test_what_is_no_sentence_is_no_statement(library: Library) -> None:
    lines = ("Were the shelters closed by the district?", "Shelters closed by the district:", "Shelters closed by the district", "Poster on shelters")
    library.add(
        make_reading(
            "a.txt", *(("finding", line) for line in lines), ("finding", "The district let the shelters be closed in the spring of that year.")
        )
    )
    assert [text for text, _ in said(library, "shelters closed by the district")] == [
        "The district let the shelters be closed in the spring of that year."
    ]


@pytest.mark.parametrize("question", ["Did the Ethiopian shelters close?", "Did the shelters of OIM in Ethiopia close?"])
def test_a_name_is_met_by_its_country_and_by_what_the_organization_is_called_elsewhere(library: Library, question: str) -> None:
    made = make_reading("a.txt", ("finding", "The shelters in Ethiopia had to close."))
    library.add(replace(made, report=replace(made.report, facts=(Fact("organization", "IOM"),))))
    assert [text for text, _ in said(library, question)] == ["The shelters in Ethiopia had to close."]
    assert said(library, question.replace("Ethiopia", "Eritrea")) == []


def test_a_work_listed_is_no_statement(library: Library) -> None:
    work, finding = "District Office (2012). Shelters closed by the district in spring.", "The district let the shelters be closed."
    made = make_reading("a.txt", ("annex", work), ("finding", finding))
    listed = replace(made.passages[0], heading="5. REFERENCES › Public documents")
    library.add(replace(made, passages=(listed, *made.passages[1:])))
    assert [text for text, _ in said(library, "shelters closed by the district")] == [finding]


def test_what_the_evaluation_cost_is_not_what_the_project_cost(library: Library) -> None:
    project, evaluation = "The project had a budget of 752,110.31 USD.", "The evaluation had a budget of 30,000 USD."
    library.add(make_reading("a.txt", ("background", project)))
    assert said(library, "What was the budget of the evaluation?") == []
    library.add(make_reading("b.txt", ("background", evaluation)))
    assert [text for text, _ in said(library, "What was the budget of the evaluation?")] == [evaluation]


def test_a_question_by_a_criterion_is_answered_by_the_findings_that_judge_by_it(library: Library) -> None:
    findings = [
        ("finding", "Las estrategias de sostenibilidad fueron exitosas."),
        ("recommendation", "Impacto y sostenibilidad: continuar la vinculación con empresas."),
        ("finding", "El proyecto MEXW64 entregó muebles a los albergues."),
    ]
    library.add(make_reading("a.txt", *findings, title="Albergues de México", language="es", codes=("MEXW64",)))
    for question in ("¿Fue sostenible el proyecto MEXW64?", "How sustainable are the results of MEXW64?", "sostenibilidad MEXW64"):
        assert said(library, question) == [("Las estrategias de sostenibilidad fueron exitosas.", ["a.txt"])], question
    assert said(library, "Was the MEXW64 project coherent?") == []


def test_a_project_is_not_answered_by_what_is_said_of_the_other(library: Library) -> None:
    other, asked = "The goal of ABC12 was to close the wells.", "The goal of XYZ34 was to open the schools."
    library.add(make_reading("both.txt", ("background", f"{other} {asked}"), codes=("ABC12", "XYZ34")))
    assert [text for text, _ in said(library, "What was the goal of XYZ34?")] == [asked]


def test_how_many_is_not_answered_by_money_a_year_or_a_code(library: Library) -> None:
    library.add(make_reading("a.txt", ("finding", "In 2018 the shelters of MEXW64 served victims with 752,110.31 USD.")))
    assert not said(library, "How many victims did the shelters serve?")
    library.add(make_reading("b.txt", ("finding", "In 2018 the shelters served 310 victims.")))
    assert [text for text, _ in said(library, "How many victims did the shelters serve?")] == ["In 2018 the shelters served 310 victims."]
