"""Sections: the tree of headings, and the kinds and criteria that come down it."""

from pathlib import Path

import pytest
from conftest import CORPUS
from papers import paper

from ingest.flow import flow
from ingest.read import read
from ingest.sections import heading_path, owners, sections
from kb.records import Document


def outline(document: Document) -> list[tuple[int, str, str]]:
    """(level, heading, kind) of each section."""
    return [(section.level, section.heading, section.kind) for section in sections(document)]


REPORT = """
# Final evaluation of the water programme
March 2021
---
# Contents
. 1. Background .......... 4
. 4. Findings .......... 9
---
# 1. Background
Some background.
## 1.1 Limitations
Roads were closed.
# 4. Findings
## 4.1 Relevance
It was needed.
### Context
The context of the finding.
## 4.2 Gender equality
Women took part.
# 5. Conclusions
It worked.
# Annexes
## Annex 1: Interview guide
### Recommendations
- What do you recommend?
"""


def test_the_tree_and_the_kinds_of_a_typeset_report() -> None:
    assert outline(paper(REPORT)) == [
        (1, "Final evaluation of the water programme", "other"),
        (1, "Contents", "other"),
        (1, "1. Background", "background"),
        (2, "1.1 Limitations", "methodology"),
        (1, "4. Findings", "finding"),
        (2, "4.1 Relevance", "finding"),
        (3, "Context", "finding"),  # a chapter of findings keeps its kind
        (2, "4.2 Gender equality", "finding"),
        (1, "5. Conclusions", "conclusion"),
        (1, "Annexes", "annex"),
        (1, "Annex 1: Interview guide", "annex"),
        (2, "Recommendations", "annex"),  # not those of the report
    ]


def test_a_criterion_heading_sets_the_criterion_of_all_under_it() -> None:
    found = {section.heading: section.criteria for section in sections(paper(REPORT))}
    assert found["4.1 Relevance"] == ("relevance",)
    assert found["Context"] == ("relevance",)
    assert found["4.2 Gender equality"] == ("gender",)
    assert found["4. Findings"] == ()


def test_every_section_runs_to_the_next_of_its_level() -> None:
    document = paper(REPORT)
    found = {section.heading: section for section in sections(document)}
    findings = document.text[found["4. Findings"].start : found["4. Findings"].end]
    assert findings.startswith("4. Findings\n\n4.1 Relevance")
    assert findings.endswith("Women took part.\n\n")
    assert heading_path(sections(document), found["Context"].position) == "4. Findings › 4.1 Relevance › Context"


def test_each_block_belongs_to_the_innermost_section_over_it() -> None:
    document = paper("# Findings\nOne.\n## Impact\nTwo.\n# Annex A\nThree.")
    assert owners(document, sections(document)) == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("heading", "kind", "criteria"),
    [
        ("Eficacia", "finding", ("effectiveness",)),
        ("Eficiencia", "finding", ("efficiency",)),
        ("Efficacité", "finding", ("effectiveness",)),
        ("Efficience", "finding", ("efficiency",)),
        ("Siglas y acrónimos", "annex", ()),
        ("List of abbreviations", "annex", ()),
        ("Liste des sigles", "annex", ()),
    ],
)
def test_chapters_named_otherwise_than_their_kind(heading: str, kind: str, criteria: tuple[str, ...]) -> None:
    found = sections(paper(f"# Introducción\nUno.\n# {heading}\nDos."))
    assert (found[1].kind, found[1].criteria) == (kind, criteria)


def test_capitals_are_the_only_sign_in_plain_text() -> None:
    found = paper("HALLAZGOS\nTexto.\nPERTINENCIA\nEra pertinente.\nEficiencia\nFue eficiente.\nLECCIONES APRENDIDAS\nSe aprendió.", typed=False)
    assert outline(found) == [
        (1, "HALLAZGOS", "finding"),
        (2, "PERTINENCIA", "finding"),
        (2, "Eficiencia", "finding"),
        (1, "LECCIONES APRENDIDAS", "lesson"),
    ]


def test_bookmarks_say_how_deep_a_heading_stands() -> None:
    found = paper("# Findings\nOne.\n# Schools\nTwo.\n# Clinics\nThree.", outline=((1, "Findings", 1), (2, "Schools", 1), (2, "Clinics", 1)))
    assert outline(found) == [(1, "Findings", "finding"), (2, "Schools", "finding"), (2, "Clinics", "finding")]


def test_the_contents_page_names_headings_that_look_like_text() -> None:
    found = paper("# Contents\nState of the schools ........ 2\nFindings ........ 3\n---\nState of the schools\nMany are old.\n# Findings\nOne.")
    assert outline(found) == [(1, "Contents", "other"), (1, "State of the schools", "other"), (1, "Findings", "finding")]


def test_an_executive_summary_repeats_and_a_brief_does_not() -> None:
    summary = "# Executive summary\nIn short.\n## Key findings\nFive findings.\n"
    assert outline(paper(summary + "# Findings\nOne.")) == [
        (1, "Executive summary", "summary"),
        (2, "Key findings", "summary"),
        (1, "Findings", "finding"),
    ]
    assert outline(paper(summary)) == [(1, "Executive summary", "summary"), (2, "Key findings", "finding")]


def test_a_brief_is_a_summary_with_headings_that_run_into_their_text() -> None:
    brief = paper(
        "# Evaluation brief\n# Evaluation of the Roads Fund\nEvaluation methodology: Interviews and a survey.\nEvaluation type: Final\n"
        "## Key findings\nRoads."
    )
    assert outline(brief) == [
        (1, "Evaluation brief", "summary"),
        (1, "Evaluation of the Roads Fund", "summary"),
        (2, "Evaluation methodology", "methodology"),
        (1, "Key findings", "finding"),
    ]


def test_an_annex_ends_where_the_numbers_of_the_chapters_go_on() -> None:
    found = paper(
        "# 1. Introduction\nText of some length.\n# 2. Findings\nText of some length.\n# 3. Recommendations\nText of some length.\n## ANNEX A\n"
        "Text.\n"
        "# TERMS OF REFERENCE\nText.\n# EVALUATION CRITERIA\nText.\n# 4. Bibliography\nBooks."
    )
    assert [kind for _, _, kind in outline(found)] == ["background", "finding", "recommendation", "annex", "annex", "annex", "annex"]
    assert outline(found)[-1] == (1, "4. Bibliography", "annex")


def test_terms_of_reference_and_management_responses_are_of_one_kind() -> None:
    terms = paper("# Terms of reference\n# 1. Background\nText.\n# 2. Methodology\nText.")
    assert {kind for _, _, kind in outline(terms)} == {"annex"}
    response = paper("# Management response\n# Evaluation of the Roads Fund\n! Recommendation 1: Mend the roads.\nManagement response: Accepted.")
    assert {kind for _, _, kind in outline(response)} == {"management_response"}


def test_a_long_statement_is_a_section_by_its_name() -> None:
    long = "UNDP should extend the network of water points to the southern districts, where need remains high."
    found = paper(f"# Recommendations\n! Recommendation 1: {long}\nBecause need is high.\n! Recommendation 2: Train committees.\nThey asked for it.")
    assert outline(found)[1:] == [(2, "Recommendation 1", "recommendation"), (2, "Recommendation 2: Train committees.", "recommendation")]


def test_heads_of_tables_and_names_of_authors_are_no_headings() -> None:
    found = paper("# Findings\nText.\n| Year | Share |\n# Before After\n| 2019 | 4 |\n# Ana Torres, Luis Rivas y Eva Campos\nText.")
    assert outline(found) == [(1, "Findings", "finding")]


def test_the_report_in_the_corpus(user_report: Document) -> None:
    assert [(heading, kind) for _, heading, kind in outline(user_report)] == [
        ("RESUMEN DE EVALUACIÓN", "summary"),
        ("EVALUACIÓN FINAL INDEPENDIENTE Y AGRUPADA", "summary"),
        ("ANTECEDENTES Y CONTEXTO", "background"),
        ("PRINCIPALES HALLAZGOS", "finding"),
        ("LECCIONES APRENDIDAS", "lesson"),
        ("BUENAS PRÁCTICAS", "good_practice"),
        ("METODOLOGÍA", "methodology"),
        ("RECOMENDACIONES", "recommendation"),
        ("INDEPENDENT EVALUATION SECTION", "other"),
    ]
    last = sections(user_report)[7]
    assert user_report.text[last.start :].startswith("Destinatario: Oficina de Enlace y Partenariado de UNODC en México (LPOMEX).")


@pytest.fixture
def user_report() -> Document:
    path: Path = CORPUS / "unodc-mexw55-mexw64-resumen-de-evaluacion.txt"
    return flow(read(path))
