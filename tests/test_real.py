"""The report in corpus/, read with the model that comes with the tool: questions with the exact quotes that answer them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CORPUS

from ingest.pipeline import ingest
from kb.answer import answer
from kb.cli import answer_json
from kb.library import Library
from kb.records import Filters
from kb.search import search

PREVENTION = (
    r"La intervención MEXW55 contó con un presupuesto de \$752,110.31 USD, otorgados por ACCBP del gobierno de Canadá y su objetivo general "
    "fue “Prevenir la trata de personas en las comunidades piloto en México, con especial énfasis en las mujeres y las niñas” mediante "
    "capacitaciones y una campaña de prevención."
)
SHELTERS = (
    r"La intervención MEXW64 contó con un presupuesto de \$2,933,023.00 USD por parte de INL, del gobierno de EE. UU y su objetivo general fue "
    "“Fortalecer los albergues civiles, estatales y federales para víctimas de trata de personas en México, para proveer de una atención "
    "integral a las víctimas y fomentar su participación en procesos judiciales”, mediante cinco componentes."
)
RECOMMENDATIONS = [
    "Impacto:** Fortalecer y dar seguimiento al trabajo y las capacidades del Estado Mexicano para prevenir, perseguir, sancionar y erradicar "
    "la TdP, para generar y sistematizar información sobre este delito y así disminuir la impunidad y el riesgo de las víctimas y sus "
    "aliadas/os.",
    "Diseño:** Mejorar el diseño de las intervenciones, procurando hacer una investigación más profunda sobre el problema antes del diseño, "
    "un mejor análisis de riesgos y mejores indicadores de medición de impacto, entre otras cosas.",
    "Recursos, impacto y sostenibilidad:** Apoyar a las socias fortaleciendo sus capacidades para asegurar recursos y ampliar su red de apoyos.",
    "Impacto, sostenibilidad y enfoque centrador en las víctimas:** Continuar con la capacitación y apoyo al personal encargado de las CAMIs, "
    "albergues, casas de medio camino y refugios, fortaleciendo sus políticas de autocuidado y su entendimiento del enfoque centrado en la "
    "víctima.",
    "Derechos Humanos, Equidad de Género y No Dejar a Nadie Atrás:** Continuar reforzando la implementación efectiva y transversal de los "
    "enfoques de derechos humanos, género y no dejar a nadie atrás en las intervenciones contra la trata de UNODC y en la ejecución de "
    "actividades de sus socias y aliadas políticas.",
    "Impacto, sostenibilidad y seguimiento:** Continuar la vinculación con sectores de la empresa privada que pueden ser claves para llevar "
    "el mensaje contra la trata de personas, sosteniendo en espacios estratégicos la campaña corazón azul.",
]
METHODOLOGY = (
    "Se usó una metodología de análisis de contribución – i.e., analizar la contribución de las actividades en el desarrollo de los "
    "productos, la de los productos en los resultados y, todos ellos, en el cumplimiento de los objetivos. Se usaron técnicas de muestreo "
    "intencional y de conveniencia para la selección de participantes. Se recabó información de fuentes primarias y secundarias, obtenida de "
    "información documental y por medio de entrevistas, cuestionarios y grupos focales. Los datos obtenidos se cruzaron y triangularon con la "
    "finalidad de determinar hallazgos para cada criterio establecido en los TdRs (relevancia, coherencia, eficiencia, efectividad, impacto, "
    "sostenibilidad, derechos humanos, equidad de género y no dejar a nadie atrás). Se generaron conclusiones, recomendaciones, lecciones "
    "aprendidas y mejores prácticas. La evaluación fue supervisada por IES, alineada a las Normas y Estándares de Evaluación de la UNEG y la "
    "UNODC."
)
SUSTAINABILITY = (
    "Las estrategias de sostenibilidad de ambas intervenciones fueron sumamente exitosas al involucrar a las beneficiarias en todos los "
    "procesos para generar una alta apropiación de resultados y al haber insertado ambas intervenciones en el marco de la CI."
)
ALLIANCES = (
    "Las alianzas y colaboraciones logradas fueron consideradas una de las grandes fortalezas de ambos proyectos y fueron muy elogiadas por "
    "sus socias y aliadas. Los recursos asignados fueron suficientes y se usaron de manera costo efectiva, aunque, en ambos casos, el logro "
    "eficiente de resultados se vio afectado por la pandemia COVID19 y el cambio de gobierno en 2018."
)
TRAINERS = (
    "Se aprendió que hace falta generar programas que busquen formar formadores, en vez de hacer capacitaciones directas (dada la rotación de "
    "personal en las instituciones), para mejorar la sostenibilidad de los resultados y multiplicar el impacto."
)
PERIOD = "Duración: del 12/12/2017 al 12/12/2021 (MEXW55) y del 20/09/2018 al 31/12/2022 (MEXW64)."
EVALUATORS = "Equipo evaluador: Edgar Arredondo Casillas (líder de la evaluación) y Diego Lorente Pérez de Eulate (experto sustantivo)."
DONORS = "Donante(s): ACCBP Canadá (MEXW55) y INL US (MEXW64)."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("real") / "library"
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("KB_MODEL", raising=False)
        summary = ingest([CORPUS], folder)
        assert (summary["added"], summary["failed"], summary["reports"]) == (1, [], 1)
        with Library.open(folder) as opened:
            yield opened


def quotes(library: Library, question: str, *history: str) -> list[str]:
    """The quotes of the answer, after a look that each is a statement and stands where its citation says."""
    reply = answer(library, question, history=history)
    assert [statement.text for statement in reply.statements] == [citation.quote for citation in reply.citations]
    for citation in reply.citations:
        assert citation.report.text[citation.start : citation.end] == citation.quote
    return [citation.quote for citation in reply.citations]


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuál fue el presupuesto de cada proyecto?",
        "¿Qué presupuesto tuvieron las dos intervenciones?",
        "What were the budgets of the two projects?",
        "Quel était le budget des projets ?",
    ],
)
def test_the_two_budgets_each_with_its_project(library: Library, question: str) -> None:
    assert quotes(library, question) == [PREVENTION, SHELTERS]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("¿Cuál fue el presupuesto del MEXW55?", PREVENTION),
        ("What was the budget of MEXW55?", PREVENTION),
        ("¿Cuánto costó el MEXW64?", SHELTERS),
        ("How much money did MEXW64 have?", SHELTERS),
    ],
)
def test_the_budget_of_one_project_is_not_that_of_the_other(library: Library, question: str, quote: str) -> None:
    assert quotes(library, question) == [quote]


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuáles son las recomendaciones?",
        "¿Qué recomendaciones hizo la evaluación?",
        "What are the recommendations?",
        "List all the recommendations",
        "Quelles sont les recommandations ?",
        "¿Qué recomendaciones formula la evaluación de trata de personas en México a LPOMEX?",
        "What are the recommendations of the human trafficking evaluation in Mexico?",
        "Quelles sont les recommandations de l'évaluation sur la traite des personnes au Mexique ?",
    ],
)
def test_all_six_recommendations_in_order(library: Library, question: str) -> None:
    assert quotes(library, question) == RECOMMENDATIONS


def test_the_recommendations_on_a_criterion(library: Library) -> None:
    assert quotes(library, "recomendaciones sobre género") == [RECOMMENDATIONS[4]]
    assert quotes(library, "What are the recommendations on sustainability?") == [RECOMMENDATIONS[place] for place in (2, 3, 5)]


def test_the_recommendations_on_a_subject(library: Library) -> None:
    assert quotes(library, "¿Qué recomendaciones se hicieron sobre los albergues?") == [RECOMMENDATIONS[3]]
    assert quotes(library, "What are the recommendations about the Blue Heart campaign?") == [RECOMMENDATIONS[5]]


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué metodología se usó?",
        "What methodology was used?",
        "Quelle est la méthodologie ?",
        "¿Cómo se llevó a cabo la evaluación?",
        "Comment l'évaluation a-t-elle été menée ?",
    ],
)
def test_the_methodology_is_whole_although_the_file_breaks_it(library: Library, question: str) -> None:
    assert quotes(library, question) == [METHODOLOGY]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("¿Qué estrategias de sostenibilidad hubo?", SUSTAINABILITY),
        ("¿Quiénes fueron los evaluadores?", EVALUATORS),
        ("Who were the evaluators?", EVALUATORS),
        ("¿Cuándo empezó y terminó el MEXW64?", PERIOD),
        ("¿Quiénes son los donantes?", DONORS),
        ("Quand le projet MEXW55 a-t-il débuté ?", PERIOD),
        ("¿Qué se aprendió sobre formar formadores?", TRAINERS),
        ("Que dit l'évaluation sur les partenariats ?", ALLIANCES),
    ],
)
def test_a_question_is_answered_first_by_the_sentence_that_says_it(library: Library, question: str, quote: str) -> None:
    assert quotes(library, question)[0] == quote


def test_a_follow_up_keeps_its_subject(library: Library) -> None:
    assert quotes(library, "¿y el del MEXW64?", "¿Cuál fue el presupuesto del MEXW55?") == [SHELTERS]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("¿Por qué Canadá retiró su financiamiento?", "El informe consultado no lo dice."),
        ("¿Qué dice el informe sobre Colombia?", "El informe consultado no lo dice."),
        ("¿Cuál fue el presupuesto del MEXW99?", "El informe consultado no lo dice."),
        ("¿Qué recomendaciones hay sobre agua potable?", "El informe consultado no lo dice."),
        ("What is the capital of France?", "The report searched does not say."),
        ("How many schools were built?", "The report searched does not say."),
        ("Quel est le taux de chômage au Mexique ?", "Le rapport consulté ne le dit pas."),
    ],
)
def test_what_the_report_does_not_say_is_declined(library: Library, question: str, message: str) -> None:
    reply = answer_json(answer(library, question))
    assert (reply["answered"], reply["statements"], reply["citations"]) == (False, [], [])
    assert reply["message"] == message
    assert reply["coverage"] == {"reports_searched": 1, "reports_with_hits": 0}


@pytest.mark.parametrize(
    ("query", "beginning"),
    [
        ("estrategias de sostenibilidad", "Las estrategias de sostenibilidad"),
        ("entrevistas y cuestionarios", "Se usó una metodología"),
        ("interviews and questionnaires", "Se usó una metodología"),
        ("corazón azul", "Impacto, sostenibilidad y seguimiento:** Continuar"),
        ("rotación de personal", "Se aprendió que"),
    ],
)
def test_a_search_finds_the_passage_among_the_first_three(library: Library, query: str, beginning: str) -> None:
    for words_only in (False, True):
        texts = [hit.passage.text for hit in search(library, query, limit=3, words_only=words_only)]
        assert any(beginning in text for text in texts)


def test_browsing_by_kind_and_criterion(library: Library) -> None:
    hits = search(library, "", Filters(kinds=("recommendation",), criteria=("design",)))
    assert [hit.passage.text for hit in hits] == [RECOMMENDATIONS[1]]


def test_what_the_report_says_of_itself(library: Library) -> None:
    [report] = library.reports()
    assert Path(report.path).name == "unodc-mexw55-mexw64-resumen-de-evaluacion.txt"
    assert (report.codes, report.year, report.language) == (("MEXW55", "MEXW64"), 2022, "es")


def test_no_passage_is_longer_than_the_model_reads(library: Library) -> None:
    model = library.embedder
    passages = library.browse(Filters())
    assert passages
    assert max(model.count(f"{passage.context}\n{passage.text}") for passage in passages) <= model.max_pieces


def test_reading_it_again_changes_nothing(library: Library) -> None:
    before = (library.counts(), library.generation)
    summary = ingest([CORPUS], library.folder)
    assert (summary["added"], summary["updated"], summary["unchanged"]) == (0, 0, 1)
    assert (library.counts(), library.generation) == before
