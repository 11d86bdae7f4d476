"""Answers: all the items of a list, the facts a report states, the sentence that says it, or "not found"."""

from dataclasses import replace

import pytest
from conftest import make_reading

from kb.answer import answer, not_found
from kb.library import Library
from kb.records import Answer, Coverage, Fact, Filters, Item, PageRun, Reading

SHELTERS = (
    ("background", "The project MEXW55 had a budget of 752,110.31 USD from ACCBP. It covered pilot communities."),
    ("background", "The project MEXW64 had a budget of 2,933,023.00 USD from INL. It covered shelters."),
    ("finding", "The shelters received furniture. Delays were caused by the pandemic. Partners praised the alliances."),
    ("recommendation", "Impact: Prosecute trafficking."),
    ("recommendation", "Design: Study the problem of the shelters before."),
    ("recommendation", "Measure the indicators every year."),  # goes on from the item before
    ("recommendation", "Gender: Keep the gender approach in shelters."),
    ("lesson", "Local organizations stay longer than governments."),
    ("lesson", "Training trainers multiplies results."),
)


def shelters_reading() -> Reading:
    """A report on shelters: two budgets, three recommendations (the second in two passages), two lessons nobody numbered."""
    made = make_reading("shelters.txt", *SHELTERS, title="Shelters evaluation", codes=("MEXW55", "MEXW64"), year=2022)
    text = made.report.text
    item_of = {3: 0, 4: 1, 5: 1, 6: 2}
    criteria = {3: ("impact",), 4: ("design",), 5: ("design",), 6: ("gender",)}
    passages = tuple(replace(passage, item=item_of.get(place), criteria=criteria.get(place, ())) for place, passage in enumerate(made.passages))
    spans = [(passages[3].start, passages[3].end), (passages[4].start, passages[5].end), (passages[6].start, passages[6].end)]
    items = tuple(Item(place, "recommendation", start, end, addressee="the Secretariat") for place, (start, end) in enumerate(spans))
    facts = tuple(
        Fact(name, value, text.index(value), text.index(value) + len(value), project)
        for name, value, project in [
            ("budget", "752,110.31 USD", "MEXW55"),
            ("budget", "2,933,023.00 USD", "MEXW64"),
            ("donor", "ACCBP", "MEXW55"),
            ("donor", "INL", "MEXW64"),
        ]
    )
    facts += (Fact("organization", "OFFICE"),)
    return replace(made, report=replace(made.report, facts=facts), items=items, passages=passages)


@pytest.fixture
def shelters(library: Library) -> Library:
    library.add(shelters_reading())
    return library


@pytest.fixture
def two_reports(shelters: Library) -> Library:
    """The report on shelters and one on wells in Haiti."""
    paragraphs = [
        ("background", "The wells had a budget of 9,000 USD."),
        ("finding", "Delays were caused by the hurricane."),
        ("recommendation", "Repair the wells."),
    ]
    made = make_reading("wells.txt", *paragraphs, title="Wells in Haiti", codes=("CS1137",), year=2019)
    at = made.report.text.index("9,000 USD")
    item = Item(0, "recommendation", made.passages[2].start, made.passages[2].end)
    passages = (*made.passages[:2], replace(made.passages[2], item=0))
    shelters.add(replace(made, report=replace(made.report, facts=(Fact("budget", "9,000 USD", at, at + 9),)), items=(item,), passages=passages))
    return shelters


def said(reply: Answer) -> list[str]:
    return [statement.text for statement in reply.statements]


def check(reply: Answer) -> None:
    """What holds of every answer: each statement is the quote of its citation, and each quote stands in its report."""
    assert [citation.number for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
    for citation in reply.citations:
        assert citation.quote == citation.report.text[citation.start : citation.end]
        assert citation.quote.strip() == citation.quote != ""
        assert citation.report.id == citation.passage.report_id
        assert citation.passage.start <= citation.start < citation.passage.end
    quotes = {citation.number: citation.quote for citation in reply.citations}
    assert all(statement.text == quotes[number] for statement in reply.statements for number in statement.citations)


RECOMMENDATIONS = [
    "Impact: Prosecute trafficking.",
    "Design: Study the problem of the shelters before.\n\nMeasure the indicators every year.",
    "Gender: Keep the gender approach in shelters.",
]


# lists


@pytest.mark.parametrize(
    "question", ["What are the recommendations?", "recommendations", "¿Cuáles son las recomendaciones?", "Quelles sont les recommandations ?"]
)
def test_a_list_has_all_the_items_whole_and_in_order(shelters: Library, question: str) -> None:
    reply = answer(shelters, question)
    check(reply)
    assert said(reply) == RECOMMENDATIONS
    assert [statement.citations for statement in reply.statements] == [(1,), (2,), (3,)]
    assert {statement.kind for statement in reply.statements} == {"recommendation"}
    assert (reply.answered, reply.message, reply.coverage) == (True, "", Coverage(1, 1))


def test_a_list_about_a_subject_has_the_items_about_it(shelters: Library) -> None:
    reply = answer(shelters, "What are the recommendations on shelters?")
    check(reply)
    assert said(reply) == RECOMMENDATIONS[1:]
    assert said(answer(shelters, "recomendaciones sobre los albergues")) == RECOMMENDATIONS[1:]


@pytest.mark.parametrize("question", ["Who are the recommendations addressed to?", "¿A quién van dirigidas las recomendaciones?"])
def test_whom_the_recommendations_are_addressed_to(shelters: Library, question: str) -> None:
    made = make_reading("b.txt", ("recommendation", "Addressee: Ministry of Wells."), ("recommendation", "Dig deeper."))
    item = Item(0, "recommendation", made.passages[1].start, made.passages[1].end, addressee="Ministry of Wells")
    shelters.add(replace(made, items=(item,), passages=(made.passages[0], replace(made.passages[1], item=0))))
    assert said(answer(shelters, question)) == ["Addressee: Ministry of Wells."]


def test_what_was_found_on_a_criterion_is_all_the_findings_labelled_with_it(two_reports: Library) -> None:
    paragraphs = [("finding", "Finding 1. The tool is used."), ("finding", "Finding 2. Staff are trained."), ("finding", "Finding 3. It is cheap.")]
    made = make_reading("tools.txt", *paragraphs, title="Toolkit review")
    items = tuple(Item(n, "finding", one.start, one.end, number=str(n + 1)) for n, one in enumerate(made.passages))
    labels = (("effectiveness",), ("effectiveness",), ("efficiency",))
    passages = tuple(replace(one, item=n, criteria=labels[n]) for n, one in enumerate(made.passages))
    two_reports.add(replace(made, items=items, passages=passages))
    assert said(answer(two_reports, "What did the toolkit evaluation find on effectiveness?")) == [text for _, text in paragraphs[:2]]
    assert said(answer(two_reports, "¿Qué encontró la evaluación del toolkit sobre la eficiencia?")) == [paragraphs[2][1]]


@pytest.mark.parametrize("question", ["Who funded the project?", "Which donor supported the wells?", "¿Qué donante apoyó el proyecto?"])
def test_who_paid_is_the_donor_and_not_the_budget(library: Library, question: str) -> None:
    made = make_reading("a.txt", ("summary", "Budget: 9,000 USD."), ("summary", "Donor: INL."), title="Wells")
    facts = (Fact("budget", "9,000 USD", 8, 17), Fact("donor", "INL", made.report.text.index("INL"), made.report.text.index("INL") + 3))
    library.add(replace(made, report=replace(made.report, facts=facts)))
    assert said(answer(library, question)) == ["Donor: INL."]


def test_a_list_about_a_subject_of_which_an_item_has_but_a_word_is_declined(shelters: Library) -> None:
    assert not answer(shelters, "recommendations on psychological counselling of the bereaved in shelters").answered


def test_a_fact_is_quoted_whole_where_a_stop_stands_within_it(library: Library) -> None:
    line = "Evaluators: First Firm (Lead eval.) Second Firm (case study)"
    made = make_reading("a.txt", ("summary", line))
    cut = (made.passages[0].start, made.passages[0].start + 35), (made.passages[0].start + 36, made.passages[0].end)
    facts = tuple(Fact("evaluator", name, *span) for name, span in [("First Firm", (0, len(line))), ("Second Firm", (0, len(line)))])
    passage = replace(made.passages[0], sentences=cut)
    library.add(replace(made, report=replace(made.report, facts=facts), passages=(passage,)))
    assert said(answer(library, "Who were the evaluators?")) == [line]


def test_when_the_field_was_visited(library: Library) -> None:
    made = make_reading("a.txt", ("summary", "Field visit dates: March 2024 (Kenya)."), title="Wells")
    start = made.report.text.index("March")
    library.add(replace(made, report=replace(made.report, facts=(Fact("visits", "March 2024 (Kenya)", start, start + 18),))))
    for question in ("When did the fieldwork in Kenya take place?", "¿Cuándo fue la visita de campo?"):
        assert said(answer(library, question)) == ["Field visit dates: March 2024 (Kenya)."]


def test_when_a_report_was_published(library: Library) -> None:
    made = make_reading("a.txt", ("summary", "Date of the report: June 2025."), title="Wells")
    start = made.report.text.index("June")
    library.add(replace(made, report=replace(made.report, facts=(Fact("report_date", "June 2025", start, start + 9),))))
    assert said(answer(library, "When was the wells evaluation published?")) == ["Date of the report: June 2025."]
    assert not answer(library, "Which publications did the wells project issue?").answered


def test_whose_report_it_is_and_whom_it_tells_are_no_subject_of_a_list(shelters: Library) -> None:
    assert said(answer(shelters, "What recommendations does the shelters evaluation by OFFICE make to the SECRETARIAT?")) == RECOMMENDATIONS


def test_a_list_by_criterion_has_the_items_that_bear_it(shelters: Library) -> None:
    assert said(answer(shelters, "recommendations on impact")) == RECOMMENDATIONS[:1]
    assert said(answer(shelters, "recomendaciones de género")) == RECOMMENDATIONS[2:]


def test_a_list_about_what_no_item_names_is_not_the_whole_list(shelters: Library) -> None:
    reply = answer(shelters, "What are the recommendations about Colombia?")
    assert not reply.answered
    assert reply.message == "The report searched does not say."


def test_what_a_report_does_not_enumerate_is_given_passage_by_passage(shelters: Library) -> None:
    reply = answer(shelters, "¿Cuáles son las lecciones aprendidas?")
    check(reply)
    assert said(reply) == ["Local organizations stay longer than governments.", "Training trainers multiplies results."]


def test_of_what_is_not_enumerated_a_subject_has_its_sentences(shelters: Library) -> None:
    reply = answer(shelters, "findings on the pandemic")
    check(reply)
    assert said(reply) == ["Delays were caused by the pandemic."]


def test_a_list_on_one_criterion_is_not_all_the_items(shelters: Library) -> None:
    assert said(answer(shelters, "Are there recommendations on design?")) == [RECOMMENDATIONS[1]]
    assert said(answer(shelters, "recommendations on efficiency")) == []


def test_a_list_has_nothing_of_another_kind(shelters: Library) -> None:
    assert said(answer(shelters, "What are the recommendations about the pandemic?")) == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the second recommendation?", RECOMMENDATIONS[1:2]),
        ("recommendations 1 and 3", [RECOMMENDATIONS[0], RECOMMENDATIONS[2]]),
        ("What does recommendation 3 say about gender?", RECOMMENDATIONS[2:]),
        ("recomendación número 4", []),
    ],
)
def test_an_item_is_given_by_its_number_or_its_place(shelters: Library, question: str, expected: list[str]) -> None:
    assert said(answer(shelters, question)) == expected


def test_an_item_is_given_by_the_number_its_report_gives_it(library: Library) -> None:
    made = make_reading("a.txt", ("recommendation", "Train the staff."), ("management_response", "Accepted in part."))
    passages = tuple(replace(passage, item=place) for place, passage in enumerate(made.passages))
    kinds = ("recommendation", "management_response")
    items = tuple(Item(place, kinds[place], passage.start, passage.end, number="7") for place, passage in enumerate(passages))
    library.add(replace(made, items=items, passages=passages))
    assert said(answer(library, "recommendation 7")) == ["Train the staff."]
    assert said(answer(library, "What did management respond to recommendation 7?")) == ["Accepted in part."]
    assert said(answer(library, "recommendation 1")) == []


def test_items_repeated_in_the_summary_are_listed_once(library: Library) -> None:
    made = make_reading("a.txt", ("summary", "Train the staff."), ("recommendation", "Train all the staff well."), ("recommendation", "Pay them."))
    passages = tuple(replace(passage, item=place) for place, passage in enumerate(made.passages))
    items = tuple(Item(place, "recommendation", passage.start, passage.end) for place, passage in enumerate(passages))
    library.add(replace(made, items=items, passages=passages))
    assert said(answer(library, "recommendations")) == ["Train all the staff well.", "Pay them."]


def test_a_list_over_several_reports_goes_report_by_report(two_reports: Library) -> None:
    reply = answer(two_reports, "What are the recommendations?")
    check(reply)
    assert said(reply) == [*RECOMMENDATIONS, "Repair the wells."]
    assert reply.coverage == Coverage(2, 2)


def test_a_list_within_the_report_named(two_reports: Library) -> None:
    assert said(answer(two_reports, "recommendations of CS1137")) == ["Repair the wells."]
    assert said(answer(two_reports, "What are the recommendations in Haiti?")) == ["Repair the wells."]


def test_a_list_within_a_filter(two_reports: Library) -> None:
    shelters = two_reports.find("shelters.txt")
    reply = answer(two_reports, "What are the recommendations?", Filters(reports=(shelters.id,)))
    assert said(reply) == RECOMMENDATIONS
    assert reply.coverage == Coverage(1, 1)


# facts


def test_a_fact_is_answered_by_the_sentence_that_states_it(shelters: Library) -> None:
    reply = answer(shelters, "What were the budgets of the projects?")
    check(reply)
    assert said(reply) == [
        "The project MEXW55 had a budget of 752,110.31 USD from ACCBP.",
        "The project MEXW64 had a budget of 2,933,023.00 USD from INL.",
    ]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("¿Cuál fue el presupuesto del MEXW55?", "The project MEXW55 had a budget of 752,110.31 USD from ACCBP."),
        ("What was the budget of MEXW64?", "The project MEXW64 had a budget of 2,933,023.00 USD from INL."),
        ("¿Quién financió el MEXW64?", "The project MEXW64 had a budget of 2,933,023.00 USD from INL."),
        ("Quel était le budget de MEXW55 ?", "The project MEXW55 had a budget of 752,110.31 USD from ACCBP."),
    ],
)
def test_a_fact_of_one_project(shelters: Library, question: str, sentence: str) -> None:
    reply = answer(shelters, question)
    check(reply)
    assert said(reply) == [sentence]


def test_a_fact_of_the_report_named(two_reports: Library) -> None:
    assert said(answer(two_reports, "What was the budget in Haiti?")) == ["The wells had a budget of 9,000 USD."]
    assert said(answer(two_reports, "budget CS1137")) == ["The wells had a budget of 9,000 USD."]


# sentences


def test_the_sentence_that_answers_comes_first_and_whole(shelters: Library) -> None:
    reply = answer(shelters, "What were the delays caused by?")
    check(reply)
    assert said(reply)[0] == "Delays were caused by the pandemic."
    assert reply.statements[0].kind == "finding"
    assert reply.citations[0].page.label == "3"
    assert reply.coverage == Coverage(1, 1)


def test_a_quote_after_a_page_break_is_cited_on_its_own_page(library: Library) -> None:
    made = make_reading("a.pdf", ("finding", "Shelters opened in March. Wells were dug by volunteers."))
    broken = made.report.text.index("dug")  # the second sentence begins on page ix and ends on page x
    second = made.report.text.index("Wells")
    pages = (PageRun(0, 8, "viii"), PageRun(second, 9, "ix"), PageRun(broken, 10, "x"))
    passage = replace(made.passages[0], first_page=8, last_page=10, page_label="viii")
    library.add(replace(made, report=replace(made.report, pages=pages), passages=(passage,)))
    reply = answer(library, "Who dug the wells, were they volunteers?")
    assert said(reply) == ["Wells were dug by volunteers."]
    assert reply.citations[0].page == pages[1]
    assert reply.citations[0].passage.page_label == "viii"


def test_two_facts_asked_at_once_are_both_answered(library: Library) -> None:
    made = make_reading("a.txt", ("background", "It had a budget of 900 USD. The donor was INL."), ("finding", "Roads."), codes=("MEXW64",))
    text = made.report.text
    facts = tuple(Fact(name, value, text.index(value), text.index(value) + len(value)) for name, value in [("budget", "900 USD"), ("donor", "INL")])
    library.add(replace(made, report=replace(made.report, facts=facts)))
    assert said(answer(library, "What was the budget of MEXW64, and who paid it?")) == ["It had a budget of 900 USD.", "The donor was INL."]


def test_an_item_is_quoted_whole(shelters: Library) -> None:
    reply = answer(shelters, "Does it recommend to study the problem of the shelters before?")
    check(reply)
    assert said(reply)[0] == RECOMMENDATIONS[1]


def test_an_exact_phrase_must_stand_in_the_quoted_passage(shelters: Library) -> None:
    reply = answer(shelters, '"caused by the pandemic" delays')
    assert said(reply)[0] == "Delays were caused by the pandemic."
    assert {citation.passage.id for citation in reply.citations} == {reply.citations[0].passage.id}


def test_only_reports_within_the_filter_answer(two_reports: Library) -> None:
    reply = answer(two_reports, "What were the delays caused by?", Filters(years=(2019,)))
    assert said(reply)[0] == "Delays were caused by the hurricane."
    assert {citation.report.path for citation in reply.citations} == {"wells.txt"}


def test_the_report_named_answers(two_reports: Library) -> None:
    reply = answer(two_reports, "What were the delays caused by in Haiti?")
    assert said(reply)[0] == "Delays were caused by the hurricane."
    assert reply.coverage == Coverage(1, 1)


def test_a_follow_up_is_answered_with_its_subject(shelters: Library) -> None:
    reply = answer(shelters, "¿y el del MEXW64?", history=("¿Cuál fue el presupuesto del MEXW55?",))
    assert said(reply) == ["The project MEXW64 had a budget of 2,933,023.00 USD from INL."]
    assert reply.question.asked == "¿y el del MEXW64?"


# not found


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("¿Qué dice el informe sobre Colombia?", "El informe consultado no lo dice."),
        ("¿Cuál fue el presupuesto del MEXW99?", "El informe consultado no lo dice."),
        ("What is the capital of France?", "The report searched does not say."),
        ("Quelle est la capitale de la France ?", "Le rapport consulté ne le dit pas."),
        ("¿Por qué Canadá retiró su financiamiento?", "El informe consultado no lo dice."),
        ("Who won the football championship?", "The report searched does not say."),
    ],
)
def test_what_the_report_does_not_say_is_declined_in_the_language_of_the_question(shelters: Library, question: str, message: str) -> None:
    reply = answer(shelters, question)
    assert (reply.statements, reply.citations, reply.answered) == ((), (), False)
    assert reply.message == message
    assert reply.coverage == Coverage(1, 0)


def test_how_many_reports_were_searched_is_said(two_reports: Library) -> None:
    reply = answer(two_reports, "Who won the football championship?")
    assert reply.message == "None of the 2 reports searched says."
    assert answer(two_reports, "¿Quién ganó el campeonato de fútbol?").message == "No se encontró en ninguno de los 2 informes consultados."
    assert not_found("fr", 2, 2) == "Aucun des 2 rapports consultés ne le dit."
    assert not_found("pt", 2, 2) == "None of the 2 reports searched says."


def test_an_empty_library_says_that_it_is_empty(library: Library) -> None:
    assert answer(library, "What is the budget?").message == "The library has no reports."
    assert answer(library, "¿Cuál es el presupuesto?").message == "La biblioteca no tiene informes."
    assert answer(library, "Quelles sont les recommandations ?").message == "La bibliothèque ne contient aucun rapport."


@pytest.mark.parametrize("question", ["", "  ", "?", "NEAR(", '"', "🎉", "'; DROP TABLE reports; --", "\0", "\ud800", "(" * 10_000])
def test_what_asks_nothing_is_answered_with_nothing(shelters: Library, question: str) -> None:
    reply = answer(shelters, question)
    assert not reply.answered
    assert reply.message == "The report searched does not say."


def test_the_closest_passages_are_offered_as_no_answer(shelters: Library) -> None:
    reply = answer(shelters, "Which football team likes shelters in Colombia?")
    assert not reply.answered
    assert 1 <= len(reply.closest) <= 3
    assert "shelters" in reply.closest[0].passage.text


@pytest.mark.parametrize("question", ["What are the recommendations?", "What were the budgets?", "What were the delays caused by?"])
def test_every_way_to_an_answer_keeps_to_the_filters(two_reports: Library, question: str) -> None:
    within = answer(two_reports, question, Filters(years=(2019,)))
    assert {citation.report.path for citation in within.citations} == {"wells.txt"}
    assert within.coverage == Coverage(1, 1)
    assert not answer(two_reports, question, Filters(languages=("fr",))).answered
    assert not answer(two_reports, question, Filters(criteria=("coherence",))).answered
    assert {citation.passage.kind for citation in answer(two_reports, question, Filters(kinds=("finding",))).citations} <= {"finding"}


def test_a_filter_that_nothing_passes_finds_nothing(shelters: Library) -> None:
    assert not answer(shelters, "What were the delays caused by?", Filters(years=(1999,))).answered
    assert not answer(shelters, "What were the delays caused by?", Filters(kinds=("annex",))).answered
