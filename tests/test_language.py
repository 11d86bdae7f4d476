"""Languages, words, stems and sentences."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kb.language import detect, fold, sentences, stem, stems, words


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Lo donó EE. UU. en 2018. Luego paró.", ["Lo donó EE. UU. en 2018.", "Luego paró."]),
        ("Fue de INL, de EE. UU y su objetivo fue otro. Fin.", ["Fue de INL, de EE. UU y su objetivo fue otro.", "Fin."]),
        ("The U.S. Government paid. It did.", ["The U.S. Government paid.", "It did."]),
        ("Una contribución – i.e., analizarla. Se usó.", ["Una contribución – i.e., analizarla.", "Se usó."]),
        ("See p. 12 and Vol. II for more. Next.", ["See p. 12 and Vol. II for more.", "Next."]),
        ("See p. 12. Next.", ["See p. 12.", "Next."]),
        ("Ver págs. 3–5 y art. 4. Fin.", ["Ver págs. 3–5 y art. 4.", "Fin."]),
        ("No. 5 was good. It was.", ["No. 5 was good.", "It was."]),
        ("The answer is no. Then he left.", ["The answer is no.", "Then he left."]),
        ("Prof. J. M. Smith spoke. He left.", ["Prof. J. M. Smith spoke.", "He left."]),
        ("Le Dr. Sow a parlé. Mme Ba aussi.", ["Le Dr. Sow a parlé.", "Mme Ba aussi."]),
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3. Next step is this. And that.", ["3. Next step is this.", "And that."]),
        ("2.1. Next step is this. And that.", ["2.1. Next step is this.", "And that."]),
        ("Finding 3. It worked. It lasted.", ["Finding 3. It worked.", "It lasted."]),
        ("It was rated 3. Next time better.", ["It was rated 3.", "Next time better."]),
        ("It ended in 2018. In 2019 it began.", ["It ended in 2018.", "In 2019 it began."]),
        ("It cost 3.5 million. Then 752,110.31 USD were paid.", ["It cost 3.5 million.", "Then 752,110.31 USD were paid."]),
        ("It lasted.12 Then it ended.", ["It lasted.12", "Then it ended."]),
    ],
)
def test_numbers_and_stops(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("She said “stop.” Then she left.", ["She said “stop.”", "Then she left."]),
        ('He said "no." He left.', ['He said "no."', "He left."]),
        ("« C’est fini. » Puis on part.", ["« C’est fini. »", "Puis on part."]),
        ("(It ended.) Then more.", ["(It ended.)", "Then more."]),
        ("¿Qué pasó? ¡Nada! Fin.", ["¿Qué pasó?", "¡Nada!", "Fin."]),
        ("Terminó. ¿Y luego? «Nada». Étonnant.", ["Terminó.", "¿Y luego?", "«Nada».", "Étonnant."]),
        ("Fin… Otra cosa. Really?! Yes.", ["Fin…", "Otra cosa.", "Really?!", "Yes."]),
    ],
)
def test_closing_quotes_and_opening_marks(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_line_break_ends_a_sentence() -> None:
    assert split("2.3 Eficacia\nEl proyecto logró.\n\nFin") == ["2.3 Eficacia", "El proyecto logró.", "Fin"]


def test_what_has_no_end_is_one_sentence() -> None:
    assert split("  Hola.Adiós  ") == ["Hola.Adiós"]
    assert split("  \n ") == []


def test_sentences_leave_out_nothing_but_white_space() -> None:
    text = "  Uno. Dos (tres).  “Cuatro.”\n\n5. Seis; siete. EE. UU. ocho "
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_stemmer_tells_false_friends_apart_in_spanish_and_portuguese(language: str) -> None:
    effective, efficient = set(stems("eficacia eficaz", language)), set(stems("eficiencia eficiente", language))
    assert effective.isdisjoint(efficient)


def test_the_stemmer_tells_false_friends_apart_in_english_and_french() -> None:
    assert set(stems("effectiveness effective", "en")).isdisjoint(stems("efficiency efficient", "en"))
    assert set(stems("efficacité efficace", "fr")).isdisjoint(stems("efficience efficient", "fr"))


@pytest.mark.parametrize(("language", "first", "second"), [
    ("es", "género géneros", "generar generan"),
    ("en", "effective effectiveness effectively", "effect effects"),
    ("en", "evaluator evaluators", "evaluated evaluation"),
    ("es", "evaluador evaluadoras", "evaluados evaluación"),
    ("fr", "évaluateur évaluatrices", "évalués évaluation"),
    ("en", "relevant relevance", "relevé"),
])  # fmt: skip
def test_words_of_the_criteria_keep_apart_from_words_that_look_alike(language: str, first: str, second: str) -> None:
    assert set(stems(first, language)).isdisjoint(stems(second, language) + stems(second, "fr"))
    assert len(set(stems(first, language))) == 1


def test_stems_join_the_forms_of_a_word_and_drop_stop_words() -> None:
    assert stems("las recomendaciones", "es") == stems("la recomendación", "es") == ["recomend"]
    assert stems("The recommendations of the", "en") == stems("recommendation", "en")
    assert stems("les bénéficiaires", "fr") == stems("bénéficiaire", "fr")


@pytest.mark.parametrize(("language", "one", "several"), [
    ("es", "mujer hogar joven gobierno préstamo", "mujeres hogares jóvenes gobiernos préstamos"),
    ("es", "líder país informe eficaz sostenible", "líderes países informes eficaces sostenibles"),
    ("fr", "loi emploi revenu foyer usager jeune durable", "lois emplois revenus foyers usagers jeunes durables"),
    ("fr", "apprise", "appris"),
])  # fmt: skip
def test_a_word_has_one_stem_in_singular_and_plural(language: str, one: str, several: str) -> None:
    assert stems(one, language) == stems(several, language)


def test_numbers_and_codes_are_their_own_stems() -> None:
    assert stems("MEXW55: $752,110.31 en 2018", "es") == ["mexw55", "752,110.31", "2018"]


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stems("Tudo 项目 e", "zh") == ["tudo", "项目", "e"]


def test_fold() -> None:
    assert fold("ÉVALUATION Ñandú") == "evaluation nandu"
    assert fold("Mise en Œuvre, ﬁn, Ｒｅｃ, 𝓕𝓲𝓷") == "mise en oeuvre, fin, rec, fin"
    assert fold("e\u0301") == fold("é") == "e"


def test_words() -> None:
    assert words("L’impact (90%): aliadas/os, COVID-19") == ["l", "impact", "90", "aliadas", "os", "covid", "19"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Cuáles son las recomendaciones?", "es"),
        ("What were the budgets of the two projects?", "en"),
        ("Quelles sont les recommandations ?", "fr"),
        ("presupuesto", "es"),
        ("sustainability", "en"),
        ("bonnes pratiques", "fr"),
        ("Quais são as recomendações do relatório?", "pt"),
    ],
)
def test_detect(text: str, language: str) -> None:
    assert detect(text) == language


def test_what_has_no_letters_has_no_language() -> None:
    assert detect("12/12/2017") == "und"
    assert detect("", default="en") == "en"


def test_stems_found_by_many_threads_at_once_are_those_found_by_one() -> None:
    openings, endings = ("organis", "form", "évalu", "particip", "continu"), ("ations", "eraient", "issement", "ements", "euses")
    words = [f"{opening}{ending}" for opening in openings for ending in endings]
    expected = [stem(word, "fr") for word in words]
    stem.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: (stem.cache_clear() if n % 7 == 0 else None, stem(words[n % len(words)], "fr"))[1], range(2000)))
    assert found == [expected[n % len(words)] for n in range(2000)]
