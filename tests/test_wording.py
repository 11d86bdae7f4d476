"""How a question is put: politeness, who says, and what the verb of saying asks for."""

import pytest

from kb.glossary import load
from kb.language import words
from kb.question import understand
from kb.wording import is_empty, kinds_of_saying, only_asks


def left(query: str) -> list[str]:
    places = only_asks(query)
    return [word for place, word in enumerate(words(query)) if place not in places]


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("¿Me puedes dar las recomendaciones?", ["las", "recomendaciones"]),
        ("Necesito las recomendaciones para un memo", ["las", "recomendaciones"]),
        ("I need the lessons for a memo", ["the", "lessons"]),
        ("Could you please list the lessons?", ["the", "lessons"]),
        ("Montre-moi les bonnes pratiques", ["les", "bonnes", "pratiques"]),
        ("J’ai besoin des recommandations", ["recommandations"]),
        ("¿Qué dicen los evaluadores sobre el género?", ["que", "sobre", "el", "genero"]),
        ("Qu’est-ce que l’évaluation a constaté sur le genre ?", ["qu", "est", "ce", "que", "l", "sur", "le", "genre"]),
        ("According to the evaluators, was it efficient?", ["was", "it", "efficient"]),
        ("How were the evaluators selected?", ["how", "were", "the", "evaluators", "selected"]),
        ("the needs of the women", ["the", "needs", "of", "the", "women"]),
    ],
)
def test_what_only_asks_is_told_from_the_subject(query: str, rest: list[str]) -> None:
    assert left(query) == rest


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("¿Qué encontró la evaluación?", ("finding",)),
        ("What did the evaluators conclude?", ("finding", "conclusion")),
        ("Que proposent les évaluateurs ?", ("recommendation",)),
        ("What do the evaluators think of the design?", ()),
        ("Where were the victims found?", ()),
    ],
)
def test_the_verb_of_saying_names_the_kind(query: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of_saying(query) == kinds


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("¿Qué propone el equipo evaluador?", ("recommendation",)),
        ("What lessons did the evaluation find?", ("lesson",)),
        ("Quelles bonnes pratiques sont à retenir ?", ("good_practice",)),
        ("¿Qué lecciones podemos sacar?", ("lesson",)),
        ("Quisiera ver las lecciones aprendidas", ("lesson",)),
        ("What are the results of the evaluation?", ("finding",)),
    ],
)
def test_what_is_left_of_a_question_for_a_kind_is_nothing(query: str, kinds: tuple[str, ...]) -> None:
    question = understand(query, [], load())
    assert (question.preferences.kinds, question.terms) == (kinds, ())


def test_the_evaluators_as_those_who_say_are_not_asked_for() -> None:
    assert "evaluator" not in understand("Según los evaluadores, ¿fue eficiente?", [], load()).concepts
    assert "evaluator" in understand("¿Quiénes son los evaluadores?", [], load()).concepts


@pytest.mark.parametrize(
    ("query", "kinds", "numbers"),
    [
        ("What is recommendation 3?", ("recommendation",), ("3",)),
        ("¿Qué dice la recomendación n.º 2 de AAP?", ("recommendation",), ("2",)),
        ("recommendations 2 and 3", ("recommendation",), ("2", "3")),
        ("Quelle est la troisième recommandation ?", ("recommendation",), ("3",)),
        ("Finding 3.2", ("finding",), ("3.2",)),
        ("What is the management response to recommendation 4?", ("management_response",), ("4",)),
        ("¿Qué respondió la gerencia a la recomendación 1?", ("management_response",), ("1",)),
        ("How many recommendations were made in 2024?", ("recommendation",), ()),
        ("recommendations on 15 shelters", ("recommendation",), ()),
    ],
)
def test_items_are_named_by_number(query: str, kinds: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    question = understand(query, [], load())
    assert (question.preferences.kinds, question.numbers) == (kinds, numbers)


def test_a_word_of_asking_is_empty_in_its_forms() -> None:
    assert is_empty("mencionan", "es", of_a_kind=False)
    assert is_empty("drawn", "en", of_a_kind=True)
    assert not is_empty("drawn", "en", of_a_kind=False)
