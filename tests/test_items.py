"""Items: what a report enumerates, with number, label, details, links and repetitions."""

import pytest
from conftest import CORPUS
from papers import paper

from ingest.flow import flow
from ingest.items import items
from ingest.read import read
from ingest.responses import status_of
from ingest.sections import sections
from kb.records import Document, Item


def found(document: Document) -> tuple[Item, ...]:
    return items(document, sections(document))


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[item.start : item.end] for item in found(document) if item.kind == kind]


def numbers(document: Document, kind: str) -> list[str | None]:
    return [item.number for item in found(document) if item.kind == kind]


# how items open


@pytest.mark.parametrize(
    ("heading", "lines", "kind", "expected"),
    [
        ("Recommendations", ["Recommendation 1: Mend the roads.", "Recommendation 2: Paint the schools."], "recommendation", ["1", "2"]),
        (
            "Recommendations",
            ["! Strategic recommendation A. Mend the roads.", "! Strategic recommendation B. Paint the schools."],
            "recommendation",
            ["A", "B"],
        ),
        ("Recommendations", ["R1. Mend the roads.", "R2. Paint the schools."], "recommendation", ["1", "2"]),
        (
            "Recomendaciones",
            ["Recomendación estratégica N.º 1 – Reparar los caminos.", "Recomendación N° 2. Pintar las escuelas."],
            "recommendation",
            ["1", "2"],
        ),
        ("Recommandations", ["Recommandation n° 1 : Réparer les routes.", "Recommandation n° 2 : Peindre les écoles."], "recommendation", ["1", "2"]),
        ("Recommandations", ["1) Réparer les routes du nord.", "2) Peindre les écoles."], "recommendation", ["1", "2"]),
        ("Recomendaciones", ["a) Reparar los caminos.", "b) Pintar las escuelas.", "c) Medir."], "recommendation", ["a", "b", "c"]),
        (
            "Recommendations",
            ["i. Mend the roads.", "ii. Paint the schools.", "iii. Count.", "iv. Report."],
            "recommendation",
            ["i", "ii", "iii", "iv"],
        ),
        ("Recommendations", ["• Mend the roads.", "• Paint the schools."], "recommendation", [None, None]),
        ("Recommendations", ["1 Mend the roads of the north.", "2 Paint the schools."], "recommendation", ["1", "2"]),
        ("Hallazgos", ["Hallazgo 1. Los caminos mejoraron.", "Hallazgo 2. Las escuelas no."], "finding", ["1", "2"]),
        ("Constatations", ["Constat 1.1 : Les routes sont meilleures.", "Constat 1.2 : Les écoles non."], "finding", ["1.1", "1.2"]),
        ("Findings", ["! F1: Roads improved.", "! F2: Schools did not."], "finding", ["1", "2"]),
        ("Conclusions", ["C1. Roads improved.", "C2. Schools did not."], "conclusion", ["1", "2"]),
        ("Enseignements tirés", ["Enseignement 1 : Écouter les parents.", "Enseignement 2 : Compter."], "lesson", ["1", "2"]),
        ("Lecciones aprendidas", ["Lección aprendida 1: Escuchar a los padres.", "Lección aprendida 2: Contar."], "lesson", ["1", "2"]),
        ("Good practices", ["Good practice 1: Listening to parents.", "Good practice 2: Counting."], "good_practice", ["1", "2"]),
    ],
)
def test_ways_of_enumerating(heading: str, lines: list[str], kind: str, expected: list[str | None]) -> None:
    document = paper(f"# {heading}\n" + "\n".join(lines))
    assert numbers(document, kind) == expected
    assert len(found(document)) == len(expected)


def test_a_paragraph_of_lessons_has_no_items() -> None:
    assert found(paper("# Lessons learned\nIt was learned that parents must be heard. It was also learned that counting helps.")) == ()


def test_a_reference_opens_no_item() -> None:
    assert texts(paper("# Findings\n! Finding 1. Roads improved.\nFinding 1 shows that roads matter.\nFinding 2 above is weak."), "finding") == [
        "Finding 1. Roads improved."
    ]


def test_lists_of_evidence_in_findings_are_no_findings() -> None:
    document = paper(
        "# Findings\nA long paragraph about roads and what the interviews said of them, at some length.\n- north\n- south\n"
        "Another long paragraph about the schools in the same two regions."
    )
    assert found(document) == ()


def test_the_numbers_of_paragraphs_are_no_items() -> None:
    counted = "\n".join(f"{number}. Paragraph {number} of the report." for number in range(7, 14))
    assert found(paper(f"# Conclusions\n{counted}")) == ()


def test_numbers_that_go_on_under_the_next_heading() -> None:
    document = paper("# Recommendations\n## To the Government\n1. Mend the roads.\n2. Paint the schools.\n## To UNICEF\n3. Count the pupils.")
    assert [(item.number, item.addressee) for item in found(document)] == [("1", "Government"), ("2", "Government"), ("3", "UNICEF")]


def test_a_sentence_says_of_what_a_list_is() -> None:
    document = paper(
        "# Executive summary\nThe main findings are:\n• Roads improved.\n• Schools did not.\nTwo recommendations are made:\n1. Mend the roads.\n"
        "2. Paint the schools."
    )
    assert texts(document, "finding") == ["Roads improved.", "Schools did not."]
    assert texts(document, "recommendation") == ["Mend the roads.", "Paint the schools."]


def test_annexes_hold_no_items() -> None:
    assert (
        found(paper("# Findings\nText of the findings, long enough.\n# Annex 1. Terms of reference\n## Recommendations\n1. Be brief.\n2. Be clear."))
        == ()
    )


# what belongs to an item


def test_an_item_takes_in_the_list_that_completes_it() -> None:
    document = paper("# Recommendations\n1. Hand over the system:\n- train staff\n- move the servers\n2. Count the pupils.\nThis is an explanation.")
    assert texts(document, "recommendation") == ["Hand over the system:\n\n- train staff\n\n- move the servers", "Count the pupils."]


def test_a_title_goes_on_in_the_next_paragraph() -> None:
    statement = "The country office should adjust rations to the season, together with the refugees."
    document = paper(f"# Recommendations\nRecommendation 1: Rations\n8. {statement}\nRecommendation 2: Markets\n9. {statement}")
    assert texts(document, "recommendation")[0] == f"Recommendation 1: Rations\n\n8. {statement}"


def test_a_boxed_statement_cut_in_lines_is_one_item() -> None:
    document = paper(
        "# Findings\n! Finding 1.1. The framework is consistent with the policies of the\n! office. It was tested in two countries.\n"
        "Interviews confirmed this."
    )
    assert texts(document, "finding") == [
        "Finding 1.1. The framework is consistent with the policies of the\n\noffice. It was tested in two countries."
    ]


# labels and criteria


def test_every_label_before_the_colon_counts() -> None:
    item = found(paper("# Recomendaciones\n- Recursos, impacto y sostenibilidad: Apoyar a las socias.\n- Diseño:** Mejorar el diseño."))
    assert [(one.label, one.criteria) for one in item] == [
        ("Recursos, impacto y sostenibilidad", ("impact", "sustainability")),
        ("Diseño", ("design",)),
    ]


def test_words_that_only_introduce_a_list_are_no_label() -> None:
    item = found(paper("# Recommendations\n1. Do the following: Mend the roads.\n2. Paint the schools."))
    assert [one.label for one in item] == [None, None]


def test_labelled_paragraphs_are_items_without_any_mark() -> None:
    document = paper("# Recomendaciones\nImpacto: Medir los ingresos un año después.\nEficiencia: Reducir los proveedores a la mitad.")
    assert [(item.label, item.criteria) for item in found(document)] == [("Impacto", ("impact",)), ("Eficiencia", ("efficiency",))]


def test_the_criterion_of_the_chapter_comes_down() -> None:
    document = paper("# Findings\n## Effectiveness\n! Finding 1. Roads improved and had an impact.\nText.")
    assert found(document)[0].criteria == ("effectiveness",)


# details


def test_details_said_below_and_within() -> None:
    document = paper(
        "# Recommendations\n! Recommendation 1. Mend the roads.\nAddressed to: Ministry of Works\nPriority: High\nTimeframe: 12 months\n"
        "! Recommendation 2. Paint the schools. (Responsible: UNICEF; Priority: low)\nText."
    )
    assert [(item.addressee, item.priority, item.due) for item in found(document)] == [
        ("Ministry of Works", "High", "12 months"),
        ("UNICEF", "low", None),
    ]


def test_a_line_addresses_all_that_follow() -> None:
    document = paper(
        "# RECOMMANDATIONS\nÀ l’attention du Ministère de l’Éducation\nR1. Inscrire les frais. Priorité : haute. Échéance : 2020.\nR2. Former.\n"
        "À l’attention de l’UNICEF\nR3. Poursuivre."
    )
    assert [(item.addressee, item.priority, item.due) for item in found(document)] == [
        ("Ministère de l’Éducation", "haute", "2020"), ("Ministère de l’Éducation", None, None), ("UNICEF", None, None),
    ]  # fmt: skip


def test_a_table_of_recommendations() -> None:
    document = paper(
        "# Recomendaciones\n| Nº | Recomendación | Responsable | Prioridad | Plazo |\n"
        "| 1 | Ampliar la cobertura a otras zonas. | OIT | Alta | 2021 |\n"
        "| 2 | Fortalecer la inspección del trabajo. | Ministerio | Media | - |"
    )
    assert [(item.number, item.addressee, item.priority, item.due) for item in found(document)] == [
        ("1", "OIT", "Alta", "2021"),
        ("2", "Ministerio", "Media", None),
    ]
    assert texts(document, "recommendation") == ["Ampliar la cobertura a otras zonas.", "Fortalecer la inspección del trabajo."]


# links


MATRIX = """
# MATRIZ RESUMEN DE HALLAZGOS, EVIDENCIAS Y RECOMENDACIONES
| Hallazgos | Evidencias (fuentes de los hallazgos) | Recomendaciones |
| 1. Los caminos del norte mejoraron mucho. | Entrevistas y visitas. | 1. Reparar también los caminos del sur. (Destinatario: MOP) |
# RECOMENDACIONES
1. Sostenibilidad: Reparar también los caminos del sur del país.
2. Pintar las escuelas de la capital.
"""


def test_the_cells_of_a_matrix_row_are_linked_and_repeat_the_body() -> None:
    finding, again, first, second = found(paper(MATRIX))
    assert (finding.kind, finding.number) == ("finding", "1")
    assert (again.kind, again.number, again.addressee, again.links, again.repeats) == ("recommendation", "1", "MOP", (0,), 2)
    assert (first.label, first.repeats) == ("Sostenibilidad", None)
    assert second.repeats is None


def test_a_summary_repeats_the_body() -> None:
    document = paper(
        "# Resumen ejecutivo\n## Recomendaciones\n1. Ampliar la cobertura del proyecto.\n2. Fortalecer la inspección.\n"
        "# Recomendaciones\n1. Ampliar la cobertura del proyecto a otras zonas.\n2. Fortalecer la inspección en el campo."
    )
    assert [(item.position, item.repeats) for item in found(document)] == [(0, 2), (1, 3), (2, None), (3, None)]


def test_a_recommendation_rests_on_the_findings_it_names() -> None:
    document = paper(
        "# Hallazgos\nHallazgo 1. Uno.\nHallazgo 2. Dos.\nHallazgo 3. Tres.\n# Conclusiones\nConclusión 1. Cuatro.\n"
        "# Recomendaciones\nRecomendación 1. Reparar (hallazgos 1 a 2; conclusión 1).\nRecomendación 2. Pintar (hallazgo 3)."
    )
    assert [item.links for item in found(document) if item.kind == "recommendation"] == [(0, 1, 3), (2,)]


# management responses


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("AAP unit accepts the recommendation.", "accepted"),
        ("Partially agreed. Funds allow for one country.", "partially accepted"),
        ("The Office does not accept this.", "rejected"),
        ("Rechazada", "rejected"),
        ("Parcialmente aceptada", "partially accepted"),
        ("La dirección acepta la recomendación.", "accepted"),
        ("Acceptée en partie", "partially accepted"),
        ("Rejetée", "rejected"),
        ("La direction n’accepte pas", "rejected"),
        ("Accepted. Management disagrees with one detail.", "accepted"),
        ("See above", None),
    ],
)
def test_statuses(words: str, status: str | None) -> None:
    assert status_of(words) == status


def test_a_response_is_linked_to_its_recommendation() -> None:
    document = paper(
        "# Management response to the evaluation of the Roads Fund\n! Evaluation recommendation # 1: Mend the roads.\n"
        "Management response - accept/partially accept/reject: Partially agreed. Funds are short.\n"
        "Key action: Ask donors. Responsible: Regional Office. Due date: June 2023\n"
        "! Evaluation recommendation # 2: Paint the schools.\nManagement response: Rejected."
    )
    asked, answer, _, refusal = found(document)
    assert (asked.kind, asked.number) == ("recommendation", "1")
    assert (answer.kind, answer.number, answer.status, answer.links) == ("management_response", "1", "partially accepted", (0,))
    assert (answer.addressee, answer.due) == ("Regional Office", "June 2023")
    assert document.text[answer.start : answer.end].endswith("Due date: June 2023")
    assert (refusal.status, refusal.links) == ("rejected", (2,))


def test_responses_in_a_table() -> None:
    document = paper(
        "# RESPUESTA DE LA ADMINISTRACIÓN\n| Recomendación | Respuesta de la administración | Responsable |\n"
        "| 1. Reparar los caminos del sur. | Parcialmente aceptada | Oficina Regional |"
    )
    asked, answer = found(document)
    assert (asked.number, asked.status) == ("1", None)
    assert (answer.kind, answer.status, answer.links, answer.addressee) == ("management_response", "partially accepted", (0,), "Oficina Regional")


# the report in the corpus


def test_the_six_recommendations_of_the_report_in_the_corpus() -> None:
    document = flow(read(CORPUS / "unodc-mexw55-mexw64-resumen-de-evaluacion.txt"))
    assert [(item.kind, item.label, item.criteria) for item in found(document)] == [
        ("recommendation", "Impacto", ("impact",)),
        ("recommendation", "Diseño", ("design",)),
        ("recommendation", "Recursos, impacto y sostenibilidad", ("impact", "sustainability")),
        ("recommendation", "Impacto, sostenibilidad y enfoque centrador en las víctimas", ("impact", "sustainability")),
        ("recommendation", "Derechos Humanos, Equidad de Género y No Dejar a Nadie Atrás", ("human_rights", "gender", "leave_no_one_behind")),
        ("recommendation", "Impacto, sostenibilidad y seguimiento", ("impact", "sustainability")),
    ]
    assert {item.addressee for item in found(document)} == {"Oficina de Enlace y Partenariado de UNODC en México (LPOMEX)"}
    assert (
        texts(document, "recommendation")[2]
        == "Recursos, impacto y sostenibilidad:** Apoyar a las socias fortaleciendo sus capacidades para asegurar recursos y ampliar su "
        "red de apoyos."
    )


def test_cells_that_are_empty_keep_the_others_in_their_columns() -> None:
    document = paper(
        "# Recommendations\n| Ref | Finding | Recommendation | Responsible |\n| | | Mend the roads of the north. | UNDP |\n"
        "| 2 | The schools are old and damp. | Paint all of the schools. | |"
    )
    told = [(item.kind, document.text[item.start : item.end], item.number, item.addressee) for item in items(document, sections(document))]
    assert told == [
        ("recommendation", "Mend the roads of the north.", None, "UNDP"),
        ("finding", "The schools are old and damp.", "2", None),
        ("recommendation", "Paint all of the schools.", "2", None),
    ]


def test_a_detail_ends_with_its_cell() -> None:
    document = paper("# Recommendations\n1. Mend the roads.\n2. Paint.\n| Addressee | UNDP | Mali |")
    assert items(document, sections(document))[1].addressee == "UNDP"


# recommendations without marks


@pytest.mark.parametrize(
    ("heading", "first", "second"),
    [
        ("Recommendations", "Extend the roads of the north to the coast.", "UNODC should train the staff of the shelters."),
        ("Recomendaciones", "Ampliar los caminos del norte hasta la costa.", "UNODC debe capacitar al personal de los albergues."),
        ("Recommandations", "Renforcer les routes du nord jusqu’à la côte.", "L’ONUDC devrait former le personnel des centres d’accueil."),
        ("Recomendaciones", "Se recomienda a la oficina reparar los caminos.", "La oficina debería capacitar a su personal cada año."),
    ],
)
def test_plain_paragraphs_that_urge_are_recommendations(heading: str, first: str, second: str) -> None:
    document = paper(f"# {heading}\n{first}\n{second}\n# Annex 1\nText.")
    found = items(document, sections(document))
    assert [(item.kind, item.number, document.text[item.start : item.end]) for item in found] == [
        ("recommendation", None, first),
        ("recommendation", None, second),
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "# Recommendations\nExtend the roads of the north to the coast.\nThe roads of the coast are old and were never mended.",
        "# Findings\nUNODC should have trained the staff.\nThe offices should have met more often.",
        "# Annex 1. Case study\n## Recommendations\nExtend the roads of the north.\nTrain the staff of the shelters.",
        "# Recommendations\nThe roads were mended by the fund.\nThe staff were trained by UNODC.",
        "# Recomendaciones\nLugar y fecha de los talleres.\nMujer rural y tierras del norte.",
    ],
)
def test_paragraphs_that_do_not_urge_or_stand_elsewhere_are_no_recommendations(marked: str) -> None:
    document = paper(marked)
    assert items(document, sections(document)) == ()


def test_paragraphs_under_marked_recommendations_are_no_items() -> None:
    document = paper(
        "# Recommendations\n1. Mend the roads of the north.\nUNODC should pay for it.\n2. Paint all of the schools.\nUNODC should pay for this."
    )
    assert [item.number for item in items(document, sections(document))] == ["1", "2"]
