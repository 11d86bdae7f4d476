"""The words that mean the same in three languages."""

from pathlib import Path

import pytest

from kb.errors import InvalidRequest
from kb.glossary import load
from kb.language import words


def found(text: str, language: str) -> list[tuple[str, set[str]]]:
    """(the words, the concepts) of each term that the shipped glossary finds in `text`."""
    text_words = words(text)
    return [(" ".join(text_words[start:end]), set(concepts)) for start, end, concepts in load().find(text_words, language)]


@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("presupuesto", "es", "budget"),
        ("dinero", "es", "budget"),
        ("budgets", "en", "budget"),
        ("montants", "fr", "budget"),
        ("donantes", "es", "donor"),
        ("donor", "en", "donor"),
        ("bailleurs", "fr", "donor"),
        ("recomendaciones", "es", "recommendation"),
        ("lessons", "en", "lesson"),
        ("mise en œuvre", "fr", "implementation"),
    ],
)
def test_a_word_of_any_language_stands_for_its_concept(text: str, language: str, concept: str) -> None:
    [(said, concepts)] = found(text, language)
    assert said == " ".join(words(text))
    assert concept in concepts


def test_false_friends_are_different_concepts() -> None:
    assert found("eficacia", "es") == [("eficacia", {"effectiveness"})]
    assert found("efficacité", "fr") == [("efficacite", {"effectiveness"})]
    assert found("effectiveness", "en") == [("effectiveness", {"effectiveness"})]
    assert found("eficiencia", "es") == [("eficiencia", {"efficiency"})]
    assert found("efficience", "fr") == [("efficience", {"efficiency"})]
    assert found("efficiency", "en") == [("efficiency", {"efficiency"})]


def test_the_longest_term_wins() -> None:
    assert found("buenas prácticas", "es") == [("buenas practicas", {"good_practice"})]
    assert found("trafficking in persons", "en") == [("trafficking in persons", {"trafficking"})]


def test_terms_in_a_question_are_found_where_they_stand() -> None:
    text_words = words("¿Qué presupuesto tuvo el albergue?")
    spans = [(start, end) for start, end, _ in load().find(text_words, "es")]
    assert [text_words[end - 1] for _, end in spans] == ["presupuesto", "albergue"]


def test_an_unknown_word_stands_for_nothing() -> None:
    assert found("zanahoria MEXW55", "es") == []


def test_an_office_adds_words_of_its_own(tmp_path: Path) -> None:
    extra = tmp_path / "glossary.toml"
    extra.write_text('logframe = { es = ["marco lógico"], en = ["logframe"] }\nbudget = { es = ["partida"] }\n', encoding="utf-8")
    glossary = load(extra)
    assert glossary.find(["marco", "logico"], "es") == [(0, 2, frozenset({"logframe"}))]
    assert glossary.find(["partida"], "es") == [(0, 1, frozenset({"budget"}))]
    assert ("budget",) in glossary.terms["budget"]  # what is shipped stays
    assert load().find(["partida"], "es") == []


@pytest.mark.parametrize("content", ["budget = [", 'budget = "money"', "budget = { en = [3] }", "budget = 3"])
def test_a_damaged_glossary_is_named_with_its_remedy(tmp_path: Path, content: str) -> None:
    extra = tmp_path / "glossary.toml"
    extra.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidRequest) as caught:
        load(extra)
    assert caught.value.problem.startswith("The glossary glossary.toml ")
    assert caught.value.remedy == ('Give each concept a line such as: shelter = { es = ["albergue"], en = ["shelter"], fr = ["refuge"] }')


def test_a_glossary_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert load(tmp_path / "glossary.toml").terms == load().terms
