"""The pages as HTML: what is said, what is escaped, in which language."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from conftest import make_reading

from kb.cite import shown
from kb.errors import LibraryDamaged
from kb.library import Library
from kb.records import Answer, Citation, Coverage, Fact, Hit, Item, PageRun, Question, Reading, Statement
from kb.ui.cards import citation_card, close_card, hit_card, prose, quote_in_passage
from kb.ui.examples import examples
from kb.ui.opening import Opening, Stage, describe
from kb.ui.told import problem_line
from kb.ui.turn import Turn
from kb.ui.turns import WHOLE, conversation, welcome
from kb.ui.words import LANGUAGES, WORDS, language_name, say_count, translations

BUDGET = r"The budget was **\$752,110.31 USD**."
PARAGRAPH = f"The shelters were full. {BUDGET} Staff left."


def reading(text: str = PARAGRAPH, kind: str = "finding", **report: object) -> Reading:
    """A report of one passage on page 11, printed "ix"."""
    made = make_reading("a.txt", (kind, text), title="Shelters & homes", **report)
    passage = replace(made.passages[0], criteria=("efficiency",), heading="Findings › Resources", page_label="ix", first_page=11)
    return replace(made, report=replace(made.report, pages=(PageRun(0, 11, "ix"),)), passages=(passage,))


def cited(made: Reading, quote: str, number: int = 1) -> Citation:
    start = made.report.text.index(quote)
    return Citation(number, quote, made.passages[0], made.report, start, start + len(quote))


def answered(made: Reading, *quotes: str, wants_list: bool = False) -> Answer:
    citations = tuple(cited(made, quote, number) for number, quote in enumerate(quotes, start=1))
    statements = tuple(Statement(citation.quote, (citation.number,), "finding") for citation in citations)
    question = Question("What?", "What?", "en", wants_list=wants_list)
    return Answer(question, statements, citations, Coverage(12, 1))


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# words


@pytest.mark.parametrize("key", WORDS)
def test_words_stand_in_every_language_with_the_same_fields(key: str) -> None:
    assert set(WORDS[key]) == set(LANGUAGES)
    fields = {language: set(re.findall(r"\{(\w+)\}", form)) for language, form in WORDS[key].items()}
    assert fields["es"] == fields["en"] == fields["fr"]


def test_a_key_with_one_form_has_the_other() -> None:
    forms = {tuple(key.rsplit(".", 1)) for key in WORDS if key.endswith((".one", ".many"))}
    assert {key for key, form in forms if form == "one"} == {key for key, form in forms if form == "many"}


@pytest.mark.parametrize(
    ("n", "language", "expected"), [(1, "en", "1 report"), (2, "en", "2 reports"), (0, "en", "0 reports"), (0, "fr", "0 rapport")]
)
def test_a_number_decides_the_form(n: int, language: str, expected: str) -> None:
    assert say_count("library.reports", n, language) == expected


def test_before_the_browser_has_told_its_language_words_are_english() -> None:
    assert say_count("library.reports", 2, None) == "2 reports"
    assert conversation([Turn("What?", answered(reading(), BUDGET))], None).count("Findings › Resources") == 1


def test_kinds_and_criteria_are_among_the_words() -> None:
    assert translations()["es"]["kind.finding"] == "Hallazgo"
    assert translations()["fr"]["criterion.effectiveness"] == "Efficacité"
    assert language_name("en", "fr") == "anglais"
    assert language_name("sw", "fr") == "sw"


# cards


def test_the_quote_is_marked_inside_its_passage_and_layout_marks_are_hidden() -> None:
    assert quote_in_passage(cited(reading(), BUDGET)) == "The shelters were full. <mark>The budget was $752,110.31 USD.</mark> Staff left."


def test_a_quote_outside_its_passage_is_shown_alone() -> None:
    made = reading()
    short = replace(made.passages[0], end=23, text="The shelters were full.")
    assert quote_in_passage(replace(cited(made, BUDGET), passage=short)) == "<mark>The budget was $752,110.31 USD.</mark>"


def test_a_quote_that_goes_on_after_its_passage_is_shown_to_its_end() -> None:
    made = reading()
    short = replace(made.passages[0], end=40, text=PARAGRAPH[:40])
    assert quote_in_passage(replace(cited(made, BUDGET), passage=short)) == "The shelters were full. <mark>The budget was $752,110.31 USD.</mark>"


def test_a_card_tells_kind_criterion_heading_page_and_report() -> None:
    card = citation_card(cited(reading(year=2022), BUDGET), "cite-3-1", "es")
    assert words_of(card).startswith("1 Volver a la respuesta Hallazgo Eficiencia Findings › Resources The shelters were full.")
    assert "pág. ix · PDF, pág. 11 · inglés" in words_of(card).replace(" · ", " · ")
    assert "Shelters &amp; homes (2022)" in card
    assert 'id="cite-3-1"' in card
    assert '<blockquote lang="en">' in card


def test_what_is_not_known_of_a_page_is_said() -> None:
    made = reading()
    unpaged = replace(made, report=replace(made.report, pages=(PageRun(0, None, None),)))
    assert "page not given · English" in words_of(citation_card(cited(unpaged, BUDGET), "c", "en"))


@pytest.mark.parametrize("text", ['<script>alert("1")</script>', "<img src=x onerror=y>", "**b** $x^2$ [a](javascript:z)", "{{value}} ${value}"])
def test_words_of_a_report_are_never_markup(text: str) -> None:
    made = reading(text)
    hit = Hit(made.passages[0], replace(made.report, title=text), 1.0, 1)
    for html in (hit_card(hit, "en"), close_card(hit, "en"), conversation([Turn(text, answered(made, text))], "en")):
        assert not re.search(r"<(script|img|b)\b(?!l)", html)
        assert shown(text) in unescape(words_of(html))
    assert prose("<b> & **c**") == "&lt;b&gt; &amp; c"


# the conversation


def test_an_answer_counts_its_reports_and_ties_each_statement_to_its_card() -> None:
    page = conversation([Turn("What?", answered(reading(), "The shelters were full.", "Staff left."))], "en")
    assert "1 of 12 reports says something about this." in words_of(page)
    assert re.findall(r'class="mark" href="#([^"]+)" data-goto="([^"]+)"', page) == [("cite-1-1", "cite-1-1"), ("cite-1-2", "cite-1-2")]
    assert re.findall(r'<article class="card" id="([^"]+)"', page) == ["cite-1-1", "cite-1-2"]
    assert "Findings" in words_of(page)  # the plural of the badge above two statements
    assert "<ol" not in page


def test_a_list_is_numbered() -> None:
    page = conversation([Turn("What?", answered(reading(), "The shelters were full.", "Staff left.", wants_list=True))], "en")
    assert page.count("<li>") == 2


def test_ids_differ_between_turns() -> None:
    turn = Turn("What?", answered(reading(), "Staff left."))
    ids = re.findall(r' id="([^"]+)"', conversation([turn, turn], "fr"))
    assert len(ids) == len(set(ids)) == 6


def test_a_declined_answer_is_calm_and_offers_close_passages_as_such() -> None:
    made = reading()
    near = (Hit(made.passages[0], made.report, 1.0, 1),)
    refusal = Answer(Question("?", "?", "es"), (), (), Coverage(1, 0), "El informe consultado no lo dice.", near)
    page = words_of(conversation([Turn("¿Qué?", refusal)], "es"))
    assert page.startswith("Pregunta: ¿Qué? El informe consultado no lo dice.")
    assert "Los pasajes más cercanos (no responden a la pregunta) Pasaje cercano" in page


def test_a_problem_is_shown_with_its_remedy() -> None:
    problem = LibraryDamaged("The <file> cannot be read.", "Move it aside.")
    assert problem_line(problem, "en") == '<p class="problem" role="alert">The &lt;file&gt; cannot be read. Move it aside.</p>'
    assert "Move it aside." in conversation([Turn("What?", problem=problem)], "en")


def test_a_question_without_an_answer_yet_says_what_is_going_on() -> None:
    assert "Searching the reports…" in conversation([Turn("What?")], "en")


def test_turns_of_long_ago_keep_their_words_and_not_their_cards() -> None:
    long = [Turn(f"What {number}?", answered(reading(), BUDGET)) for number in range(1, WHOLE + 4)]
    html = conversation(long, "en")
    assert html.count('class="question"') == html.count("</section>") == WHOLE + 3
    assert [f'id="cite-{number}-1"' in html for number in (3, 4, WHOLE + 3)] == [False, True, True]
    assert html.count("752,110.31") >= WHOLE + 3
    assert html.count('data-question="What 3?"') == 1 and 'data-question="What 4?"' not in html


def test_the_welcome_offers_its_questions_as_buttons() -> None:
    assert 'data-question="What of &lt;x&gt;?"' in welcome(["What of <x>?"], "en")


# examples


def test_examples_are_made_from_what_the_library_holds(library: Library) -> None:
    assert examples(library, "en") == []
    made = make_reading("a.txt", ("recommendation", "Train the staff."), ("lesson", "Ask early."), codes=("MEXW55",))
    facts = (Fact("budget", "752,110.31 USD", project="MEXW55"),)
    library.add(replace(made, report=replace(made.report, facts=facts), items=(Item(0, "recommendation", 0, 16),)))
    assert examples(library, "es") == ["¿Cuáles son las recomendaciones?", "¿Cuál fue el presupuesto de MEXW55?", "¿Qué lecciones se aprendieron?"]


def test_with_several_reports_an_example_names_one(library: Library) -> None:
    for path, codes in (("a.txt", ()), ("b.txt", ("MEXW64",))):
        made = make_reading(path, ("recommendation", f"Train the staff of {path}."), codes=codes)
        library.add(replace(made, items=(Item(0, "recommendation", 0, 16),)))
    assert examples(library, "fr")[0] == "Quelles sont les recommandations de MEXW64\u00a0?"


# opening


def test_a_library_without_reports_is_built_from_the_corpus(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[Stage] = []

    def add(into: Library, paths: list[Path], progress: Callable[[int, int], None]) -> None:
        progress(1, 4)
        seen.append(opening.stage)
        into.add(make_reading(str(paths[0]), ("finding", "The shelters were full.")))

    opening = Opening(tmp_path / "library", tmp_path / "corpus", add, lambda folder: library)
    opening.start()
    assert opening.library().counts() == (1, 1)
    assert seen == [Stage("building", 25)]
    assert opening.stage == Stage("ready")
    assert capsys.readouterr().out == "Model toy (languages not stated). Library library: reports 1, passages 1.\n"


def test_a_library_that_has_reports_is_left_as_it_is(library: Library, tmp_path: Path) -> None:
    library.add(make_reading("a.txt", ("finding", "The shelters were full.")))
    opening = Opening(tmp_path, tmp_path, lambda into, paths, progress: pytest.fail("nothing to add"), lambda folder: library)
    opening.start()
    assert opening.library() is library


def test_a_library_that_cannot_be_opened_keeps_its_reason(tmp_path: Path) -> None:
    def damaged(folder: Path) -> Library:
        raise LibraryDamaged("It cannot be read.", "Move it aside.")

    opening = Opening(tmp_path, tmp_path, lambda into, paths, progress: None, damaged)
    opening.start()
    with pytest.raises(LibraryDamaged, match=r"It cannot be read\. Move it aside\."):
        opening.library()
    assert opening.stage == Stage("failed")


def test_the_start_line_names_the_languages_the_model_reads(library: Library) -> None:
    library.embedder.languages = ("en", "es")
    assert describe(library) == "Model toy (English, Spanish). Library library: reports 0, passages 0."
