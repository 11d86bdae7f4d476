"""Questions that ask how a project did by a criterion: findings that judge by it answer, in any language, whatever the verb."""

import pytest
from conftest import ToyEmbedder, make_reading

from kb.answer import answer
from kb.library import Library

FINDINGS = {
    "relevance": "Las actividades fueron altamente relevantes a las necesidades de las comunidades rurales.",
    "efficiency": "Los fondos se usaron de manera costo efectiva pese a los retrasos de la pandemia.",
    "effectiveness": "La oficina logró cumplir con todos sus productos y resultados en el plazo previsto.",
    "gender": "Se incluyeron consideraciones de equidad de género en los talleres de las escuelas.",
    "sustainability": "Las estrategias para generar apropiación hicieron muy sostenibles las mejoras.",
}
QUESTIONS = [
    ("¿Fue eficaz el proyecto?", "effectiveness"),
    ("¿Se lograron los objetivos?", "effectiveness"),
    ("Was the project effective?", "effectiveness"),
    ("Did the project achieve its objectives?", "effectiveness"),
    ("Le projet a-t-il atteint ses objectifs ?", "effectiveness"),
    ("¿Se utilizaron los recursos de manera eficiente?", "efficiency"),
    ("How efficient was the implementation?", "efficiency"),
    ("Is the project cost-effective?", "efficiency"),
    ("¿Fue costo-efectivo el proyecto?", "efficiency"),
    ("Was the project relevant to the needs of the country?", "relevance"),
    ("Le projet était-il pertinent ?", "relevance"),
    ("¿Se integró la perspectiva de género?", "gender"),
    ("L’égalité des sexes a-t-elle été intégrée ?", "gender"),
    ("Was gender mainstreamed in the project?", "gender"),
    ("Was the gender perspective well integrated?", "gender"),
    ("Les résultats sont-ils durables ?", "sustainability"),
]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("judged") / "library", ToyEmbedder(), create=True)
    library.add(make_reading("informe.txt", *(("finding", text) for text in FINDINGS.values()), language="es"))
    return library


@pytest.mark.parametrize(("question", "criterion"), QUESTIONS)
def test_the_finding_that_judges_by_the_criterion_answers_first(judged: Library, question: str, criterion: str) -> None:
    statements = answer(judged, question).statements
    assert statements and FINDINGS[criterion] in statements[0].text


@pytest.mark.parametrize(
    "question", ["¿Fue coherente con otras intervenciones?", "What impact did it have?", "Was the budget of the project effective?"]
)
def test_a_criterion_that_no_finding_judges_by_is_declined(judged: Library, question: str) -> None:
    assert not answer(judged, question).answered


def test_a_note_under_a_table_is_no_answer(library: Library) -> None:
    library.add(
        make_reading(
            "tables.txt", ("finding", "Nota: el impacto se mide en hogares. "), ("finding", "Source: impact survey of households."), language="es"
        )
    )
    assert not answer(library, "¿Qué impacto tuvo?").answered
