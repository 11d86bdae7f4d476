"""The controlled words, as headings and item labels say them in Spanish, English and French."""

import pytest

from kb.taxonomy import CRITERIA, CRITERION_LABELS, KIND_LABELS, KIND_WORDS, KINDS, criteria_of, criterion_label, kind_label, kind_of_heading


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("RESUMEN DE EVALUACIÓN", "summary"),
        ("Executive Summary", "summary"),
        ("Résumé analytique", "summary"),
        ("Summary matrix of findings, evidence and recommendations", "summary_matrix"),
        ("Matriz resumen de hallazgos, evidencias y recomendaciones", "summary_matrix"),
        ("Matrice récapitulative des constatations", "summary_matrix"),
        ("ANTECEDENTES Y CONTEXTO", "background"),
        ("A. Background and context", "background"),
        ("Historique et contexte", "background"),
        ("METODOLOGÍA", "methodology"),
        ("1.3. Purpose and scope", "methodology"),
        ("Limites de l’évaluation", "methodology"),
        ("PRINCIPALES HALLAZGOS", "finding"),
        ("4.2 Main findings", "finding"),
        ("Les principales constatations", "finding"),
        ("IV. Conclusions", "conclusion"),
        ("Conclusiones generales", "conclusion"),
        ("5 RECOMENDACIONES", "recommendation"),
        ("5. RECOMMENDATIONS TO THE COUNTRY OFFICE", "recommendation"),
        ("Recommandations stratégiques", "recommendation"),
        ("LECCIONES APRENDIDAS", "lesson"),
        ("Lesson 3", "lesson"),
        ("Enseignements tirés", "lesson"),
        ("BUENAS PRÁCTICAS", "good_practice"),
        ("Best practices", "good_practice"),
        ("Bonnes pratiques", "good_practice"),
        ("Management response", "management_response"),
        ("Respuesta de la dirección", "management_response"),
        ("Réponse de l’administration", "management_response"),
        ("Anexo I. Términos de referencia", "annex"),
        ("Terms of reference", "annex"),
        ("Annexe B", "annex"),
    ],
)
def test_a_heading_opens_its_kind(heading: str, kind: str) -> None:
    assert kind_of_heading(heading) == kind


@pytest.mark.parametrize("heading", ["", "2022", "Eficacia", "Impacto", "Destinatario: Oficina de Enlace", "Acknowledgements", "Diseño"])
def test_a_heading_that_names_no_kind_opens_none(heading: str) -> None:
    assert kind_of_heading(heading) is None


def test_the_first_of_two_kinds_counts() -> None:
    assert kind_of_heading("III. CONCLUSIONES Y RECOMENDACIONES") == "conclusion"
    assert kind_of_heading("Leçons apprises et bonnes pratiques") == "lesson"


def test_a_summary_of_something_is_that_something() -> None:
    assert kind_of_heading("Summary of recommendations") == "recommendation"
    assert kind_of_heading("Resumen de hallazgos") == "finding"
    assert kind_of_heading("Summary of the project") == "summary"


def test_an_annex_stays_an_annex_whatever_it_holds() -> None:
    assert kind_of_heading("Annex 3: Evaluation findings") == "annex"


def test_the_longer_name_of_a_kind_wins() -> None:
    assert kind_of_heading("Management response to the recommendations") == "management_response"
    assert kind_of_heading("Evaluation matrix") == "annex"
    assert kind_of_heading("Evaluation methodology") == "methodology"


@pytest.mark.parametrize(
    ("names", "criterion"),
    [
        (("effectiveness", "eficacia", "efficacité", "efectividad"), "effectiveness"),
        (("efficiency", "eficiencia", "efficience"), "efficiency"),
        (("cost-effectiveness", "coût-efficacité", "costo-efectividad"), "efficiency"),
    ],
)
def test_false_friends(names: tuple[str, ...], criterion: str) -> None:
    for name in names:
        assert criteria_of(name) == (criterion,)
        assert criteria_of(name.upper()) == (criterion,)


@pytest.mark.parametrize(
    ("label", "criteria"),
    [
        ("Impacto:**", ("impact",)),
        ("Recursos, impacto y sostenibilidad", ("impact", "sustainability")),
        ("Derechos Humanos, Equidad de Género y No Dejar a Nadie Atrás", ("human_rights", "gender", "leave_no_one_behind")),
        ("Effectiveness and efficiency", ("effectiveness", "efficiency")),
        ("Sustainability and relevance", ("relevance", "sustainability")),
        ("Gender Equality and Women’s Empowerment", ("gender",)),
        ("Égalité femmes-hommes", ("gender",)),
        ("Droits de l’homme", ("human_rights",)),
        ("Leaving no-one behind", ("leave_no_one_behind",)),
        ("Sin dejar a nadie atrás", ("leave_no_one_behind",)),
        ("Ne laisser personne de côté", ("leave_no_one_behind",)),
        ("Inclusión de la discapacidad", ("disability_inclusion",)),
        ("Persons with disabilities", ("disability_inclusion",)),
        ("Pérennité", ("sustainability",)),
        ("Partnerships and cooperation", ("partnerships",)),
        ("Diseño", ("design",)),
        ("Recommendation 3", ()),
        ("", ()),
    ],
)
def test_every_criterion_of_a_label_counts_in_one_order(label: str, criteria: tuple[str, ...]) -> None:
    assert criteria_of(label) == criteria


def test_the_design_of_the_evaluation_is_no_criterion_of_the_project() -> None:
    assert criteria_of("Evaluation design") == ()
    assert criteria_of("Diseño de la evaluación") == ()
    assert criteria_of("Asociaciones civiles") == ()


def test_every_kind_and_criterion_has_words_and_labels_in_three_languages() -> None:
    assert set(KIND_WORDS) | {"other"} == set(KINDS)
    assert set(KIND_LABELS) == set(KINDS)
    assert set(CRITERION_LABELS) == set(CRITERIA)
    assert all(set(labels) == {"es", "en", "fr"} for labels in [*KIND_LABELS.values(), *CRITERION_LABELS.values()])


def test_labels() -> None:
    assert kind_label("recommendation", "fr") == "Recommandation"
    assert kind_label("lesson", "es", plural=True) == "Lecciones aprendidas"
    assert kind_label("finding", "pt") == "Finding"
    assert criterion_label("effectiveness", "es") == "Eficacia"
    assert criterion_label("effectiveness", "fr") == "Efficacité"
    assert criterion_label("efficiency", "es") == "Eficiencia"
    assert criterion_label("efficiency", "ar") == "Efficiency"


def test_a_label_names_the_kind_or_criterion_it_labels() -> None:
    for kind in set(KINDS) - {"other"}:
        assert [kind_of_heading(one) for one, _ in KIND_LABELS[kind].values()] == [kind] * 3
    for criterion, labels in CRITERION_LABELS.items():
        assert all(criteria_of(label) == (criterion,) for label in labels.values())
