"""What a question asks for."""

from dataclasses import replace

import pytest
from conftest import make_reading

from kb.glossary import load
from kb.question import understand
from kb.records import Fact, Filters, Question, Report


def report(number: int, path: str, title: str, *codes: str) -> Report:
    return replace(make_reading(path, ("finding", "Text."), title=title, codes=codes).report, id=number)


REPORTS = [
    replace(report(1, "corpus/mexico.txt", "Trata de personas en México", "MEXW55", "MEXW64"), language="es", countries=("México",)),
    report(2, "corpus/haiti.pdf", "Evaluation of the reintegration of returnees in Haiti", "CS1137"),
    report(3, "corpus/peru.pdf", "Haku Wiñay: evaluación de impactos"),
]


def ask(text: str, *history: str) -> Question:
    return understand(text, REPORTS, load(), history)


def terms(question: Question) -> list[str]:
    return [term.word for term in question.terms]


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("¿Cuáles son las recomendaciones?", "es", "recommendation"),
        ("recomendaciones", "es", "recommendation"),
        ("What are the recommendations?", "en", "recommendation"),
        ("How many recommendations are there?", "en", "recommendation"),
        ("Quelles sont les recommandations ?", "fr", "recommendation"),
        ("What lessons were learned?", "en", "lesson"),
        ("Muéstrame todas las buenas prácticas", "es", "good_practice"),
        ("Summarize the main findings", "en", "finding"),
        ("Quelles leçons ont été apprises ?", "fr", "lesson"),
        ("¿Cuáles fueron las conclusiones?", "es", "conclusion"),
    ],
)
def test_a_question_for_a_list(text: str, language: str, kind: str) -> None:
    question = ask(text)
    assert (question.language, question.preferences.kinds, question.wants_list) == (language, (kind,), True)
    assert terms(question) == []
    assert question.filters == Filters()


@pytest.mark.parametrize("text", ["¿Qué metodología se usó?", "What is the capital of France?", "¿Hay alguna recomendación sobre género?", "budget"])
def test_no_question_for_a_list(text: str) -> None:
    assert not ask(text).wants_list


def test_a_list_about_a_subject_keeps_the_subject() -> None:
    question = ask("recomendaciones sobre los albergues")
    assert question.wants_list
    [term] = question.terms
    assert (term.word, term.concepts, term.is_name) == ("albergues", {"shelter"}, False)
    assert ("shelter",) in term.synonyms


def test_criteria_are_preferred_and_false_friends_told_apart() -> None:
    assert ask("hallazgos de eficacia").preferences.criteria == ("effectiveness",)
    assert ask("hallazgos de eficiencia").preferences.criteria == ("efficiency",)
    assert ask("constatations sur l’efficacité").preferences.criteria == ("effectiveness",)
    assert ask("findings on efficiency").preferences.criteria == ("efficiency",)
    assert ask("impact and sustainability").preferences.criteria == ("impact", "sustainability")


def test_words_of_asking_are_no_terms() -> None:
    assert terms(ask("¿Qué presupuesto tuvo cada proyecto según el informe?")) == ["presupuesto"]
    assert terms(ask("According to the report, what does the evaluation say about shelters?")) == ["shelters"]


def test_a_term_knows_its_stem_in_every_language_and_its_synonyms() -> None:
    [term] = ask("¿Quién donó los refugios?").terms[-1:]
    assert term.word == "refugios"
    assert "refugi" in term.stems
    assert ("shelter",) in term.synonyms


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("¿Por qué Canadá retiró su financiamiento?", ["canada"]),
        ("¿Qué dice el informe sobre Colombia?", ["colombia"]),
        ("XYZ99 budget", ["xyz99"]),
        ("What did INL pay in 2018?", ["inl", "2018"]),
        ("¿Cuánto costó? Preguntan por el presupuesto.", []),
        ("What is the capital of the country?", []),
    ],
)
def test_names_are_codes_numbers_acronyms_and_capitals_within_a_sentence(text: str, names: list[str]) -> None:
    assert [term.word for term in ask(text).terms if term.is_name] == names


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("¿Cuál fue el presupuesto del MEXW55?", (1,)),
        ("presupuesto mexw64", (1,)),
        ("CS1137: who funded it?", (2,)),
        ("recommendations on CS1137 and MEXW55", (1, 2)),
        ("Who funded the project in Haiti?", (2,)),
        ("lecciones del informe de Haku Wiñay", (3,)),
        ("Who funded the project?", ()),
        ("What does it say about Colombia?", ()),
    ],
)
def test_a_report_named_by_code_or_title_is_certain(text: str, reports: tuple[int, ...]) -> None:
    assert ask(text).filters == Filters(reports=reports)


def test_what_a_report_is_called_names_it_in_small_letters_too() -> None:
    called = replace(REPORTS[2], facts=(Fact("project", "Haku Wiñay"), Fact("acronym", "HWP")))
    reports = [*REPORTS[:2], called]
    for text, named in [("lecciones de haku winay", (3,)), ("the hwp lessons", (3,)), ("qué dice haku", ())]:
        assert understand(text, reports, load()).filters == Filters(reports=named)


def test_the_word_beside_evaluation_names_a_report() -> None:
    assert ask("lessons of the reintegration evaluation").filters == Filters(reports=(2,))
    assert ask("¿Qué dice la evaluación de la trata?").filters == Filters(reports=(1,))
    assert ask("lessons of the final evaluation").filters == Filters()


@pytest.mark.parametrize(
    "text",
    [
        "¿Cómo se llevó a cabo la evaluación?",
        "How was the evaluation carried out?",
        "How was the Mexico evaluation conducted?",
        "Comment l'évaluation a-t-elle été menée ?",
    ],
)
def test_how_it_was_evaluated_asks_for_the_methodology(text: str) -> None:
    question = ask(text)
    assert (question.preferences.kinds, terms(question)) == (("methodology",), [])


@pytest.mark.parametrize("text", ["How did the evaluation find the training?", "Comment les formations ont-elles été menées ?"])
def test_how_else_does_not(text: str) -> None:
    assert ask(text).preferences.kinds != ("methodology",)


@pytest.mark.parametrize(
    ("text", "reports", "left"),
    [
        ("¿Cuáles son las recomendaciones de la evaluación de trata de personas en México?", (1,), []),
        ("What are the recommendations of the human trafficking evaluation in Mexico?", (1,), []),
        ("Quelles sont les recommandations de l'évaluation sur la traite des personnes au Mexique ?", (1,), []),
        ("¿Qué recomienda la evaluación de la reintegración en Haití?", (2,), []),
        ("¿Cuáles son las recomendaciones sobre la trata de personas en México?", (1,), ["trata", "personas"]),
        ("What are the recommendations of the Mexico evaluation about human trafficking?", (1,), ["human", "trafficking"]),
    ],
)
def test_what_an_evaluation_is_called_by_in_any_language_is_no_subject(text: str, reports: tuple[int, ...], left: list[str]) -> None:
    question = ask(text)
    assert question.filters.reports == reports
    assert terms(question) == left


def test_a_country_names_the_report_on_it_but_not_the_one_that_visited_it_among_others() -> None:
    visited = replace(report(4, "corpus/aid.pdf", "Evaluation of humanitarian aid"), countries=("Ethiopia", "Türkiye"))
    on_it = replace(report(5, "corpus/wells.pdf", "Evaluation of the wells"), countries=("Ethiopia",))
    assert understand("What was done in Ethiopia?", [*REPORTS, visited], load()).filters.reports == ()
    assert understand("What was done in Ethiopia?", [*REPORTS, visited, on_it], load()).filters.reports == (5,)
    assert understand("¿Qué se hizo en Etiopía?", [*REPORTS, visited, on_it], load()).filters.reports == (5,)


def test_what_names_all_the_reports_there_are_filters_nothing() -> None:
    assert understand("presupuesto del MEXW55", REPORTS[:1], load()).filters == Filters()


@pytest.mark.parametrize("text", ["How did COVID-19 affect it?", "How did COVID 19 affect it?", "How did COVID19 affect it?"])
def test_a_name_with_a_number_is_found_however_it_is_written(text: str) -> None:
    written = {sequence for term in ask(text).terms if term.word.startswith("covid") for sequence in term.synonyms}
    assert written >= {("covid19",), ("covid", "19")}


def test_a_word_of_a_criterion_is_a_word_of_the_question() -> None:
    assert terms(ask("Was the MEXW64 project relevant?")) == ["mexw64", "relevant"]


def test_operators() -> None:
    question = ask('"Casa de Medio Camino" albergue -refugio capacita*')
    assert question.phrases == ("casa de medio camino",)
    assert question.excluded == ("refugio",)
    assert question.prefixes == ("capacita",)
    assert "refugio" not in terms(question)
    assert "albergue" in terms(question)
    assert ask("« bonnes pratiques »").phrases == ask("“Bonnes pratiques”").phrases == ("bonnes pratiques",)
    assert ask('budget "?!"').phrases == ()


def test_a_hyphen_within_a_word_excludes_nothing() -> None:
    assert ask("cost-effectiveness of follow-up").excluded == ()


@pytest.mark.parametrize("text", ["", "   ", "?!", "***", '""', "-", "🎉"])
def test_nothing_asked(text: str) -> None:
    question = ask(text)
    assert (question.terms, question.phrases, question.prefixes, question.excluded) == ((), (), (), ())
    assert question.language == "en"
    assert not question.wants_list


def test_a_paste_is_cut() -> None:
    assert len(ask("budget " * 5000).asked) == 1000
    assert terms(ask("budget " * 5000)) == ["budget"]


def test_what_no_report_holds_is_taken_out() -> None:
    assert ask("presupuesto \ud800 total\0final").asked == "presupuesto ? total final"


# follow-ups


@pytest.mark.parametrize(
    ("before", "asked", "completed"),
    [
        ("¿Cuál fue el presupuesto del MEXW55?", "¿y el del MEXW64?", "¿Cuál fue el presupuesto del MEXW64?"),
        ("¿Cuáles son las recomendaciones?", "¿Y las lecciones?", "¿Cuáles son las lecciones?"),
        ("¿Cuáles son las recomendaciones?", "¿Qué hay de las buenas prácticas?", "¿Cuáles son las buenas prácticas?"),
        ("¿Cuáles son las recomendaciones sobre albergues?", "¿Y lecciones?", "¿Cuáles son las lecciones sobre albergues?"),
        ("What are the recommendations?", "And what about good practices?", "What are the good practices?"),
        ("What did it find on effectiveness?", "and efficiency?", "What did it find on efficiency?"),
        ("Quelles sont les recommandations ?", "Et les leçons ?", "Quelles sont les leçons ?"),
        ("¿Cumplió MEXW55 sus metas?", "¿Y el otro proyecto?", "¿Cumplió MEXW64 sus metas?"),
        ("Who paid for MEXW64?", "What about the other project?", "Who paid for MEXW55?"),
        ("Qui a financé MEXW64 ?", "Et l’autre projet ?", "Qui a financé MEXW55 ?"),
        ("What are the recommendations?", "What about Haiti?", "What are the recommendations Haiti?"),
    ],
)
def test_a_follow_up_is_completed_from_the_question_before(before: str, asked: str, completed: str) -> None:
    question = ask(asked, before)
    assert (question.asked, question.text) == (asked, completed)


def test_a_follow_up_of_a_follow_up() -> None:
    question = ask("¿y el del MEXW55?", "¿Cuál fue el presupuesto del MEXW55?", "¿y el del MEXW64?")
    assert question.text == "¿Cuál fue el presupuesto del MEXW55?"


def test_a_whole_question_is_left_as_it_is() -> None:
    assert ask("Who are the donors?", "What are the recommendations?").text == "Who are the donors?"
    whole = ask("¿Y quién financió el proyecto?", "¿Cuáles son las recomendaciones?")
    assert whole.text == "¿Y quién financió el proyecto?"
    assert not whole.wants_list
    assert ask("¿y las lecciones?").text == "¿y las lecciones?"  # nothing was asked before


@pytest.mark.parametrize("text", [
    "Quelles leçons ont été tirées ?", "Quelles recommandations ont été formulées ?", "Quelle méthodologie a été utilisée ?",
    "¿Qué recomendaciones emitió la evaluación?", "¿Qué lecciones deja el proyecto?", "What recommendations were issued?", "What lessons were drawn?",
])  # fmt: skip
def test_what_is_done_with_a_kind_is_no_subject(text: str) -> None:
    assert terms(ask(text)) == []


def test_what_a_kind_is_about_stays_its_subject() -> None:
    assert terms(ask("¿Qué lecciones deja el proyecto sobre minería?")) == ["mineria"]
    assert terms(ask("Who issued the passports?")) == ["issued", "passports"]


@pytest.mark.parametrize(
    "text",
    [
        "Who evaluated the projects?",
        "Who led this evaluation?",
        "¿Quién hizo la evaluación?",
        "Who conducted the AAP evaluation?",
        "¿Quiénes hicieron la meta-evaluación?",
        "¿Quiénes evaluaron los proyectos?",
        "Par qui l'évaluation a-t-elle été menée ?",
    ],
)
def test_who_evaluated_asks_for_the_evaluators(text: str) -> None:
    assert "evaluator" in ask(text).concepts


@pytest.mark.parametrize(
    "text", ["How many projects were evaluated?", "Who supervised the evaluation?", "¿Quién financió la evaluación?", "¿Qué se evaluó?"]
)
def test_others_do_not(text: str) -> None:
    assert "evaluator" not in ask(text).concepts


@pytest.mark.parametrize(
    ("text", "counted"), [("How many shelters were built?", "shelters"), ("¿Cuántos de los albergues cerraron?", None), ("¿Dónde?", None)]
)
def test_what_is_counted(text: str, counted: str | None) -> None:
    term = ask(text).counted
    assert (term and term.word) == counted
