"""What an acronym stands for."""

import pytest
from conftest import make_reading

from kb.answer import answer
from kb.library import Library

LINE = "Terms: complaint and feedback mechanism (CFM)"
SPELLED = "The complaint and feedback mechanism (CFM) was set up in 2019."
USED = "A CFM needs staff."


@pytest.fixture
def acronyms(library: Library) -> Library:
    library.add(make_reading("a.txt", ("background", LINE), ("finding", USED), ("finding", f"It was late. {SPELLED}")))
    library.add(
        make_reading("b.txt", ("finding", "Los mecanismos de queja y respuesta (CFM) funcionan."), ("finding", "La sede (CFM, OSC) es otra."))
    )
    return library


@pytest.mark.parametrize("question", ["What does CFM mean?", "What are CFMs?", "¿Qué significa CFM?", "Que signifie CFM ?", "Qu’est-ce que le CFM ?"])
def test_the_sentence_of_each_report_that_spells_it_out(acronyms: Library, question: str) -> None:
    assert [statement.text for statement in answer(acronyms, question).statements] == [
        SPELLED,
        "Los mecanismos de queja y respuesta (CFM) funcionan.",
    ]


@pytest.mark.parametrize("question", ["What does the CFM need?", "What does OSC mean?", "CFM"])
def test_not_where_more_is_asked_or_nothing_spelled_out(acronyms: Library, question: str) -> None:
    assert [statement.text for statement in answer(acronyms, question).statements[:1]] != [SPELLED]
