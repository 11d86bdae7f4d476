"""What stands around answers and results: chips, follow-ups, files, history, uploads; as HTML and as values."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import make_reading

from kb.answer import answer
from kb.library import Library
from kb.records import Filters, Item
from kb.search import interpret
from kb.ui.asking import UNEXPECTED, answered, understood, without
from kb.ui.follow_up import follow_ups
from kb.ui.heatmap import heatmap
from kb.ui.history import MOST, kept, restored
from kb.ui.query import Query
from kb.ui.report_list import report_list
from kb.ui.results_of_files import results_list
from kb.ui.turn import Turn
from kb.ui.turn_tools import as_markdown, chips, tools
from kb.ui.viewer import AROUND, Place, see
from kb.ui.way_in import Result, safe_name, take
from kb.ui.word_marks import marked

ASKED = "¿Cuáles son las recomendaciones de MEXW55 sobre sostenibilidad?"


@pytest.fixture
def filled(library: Library) -> Library:
    """A report with a finding and two recommendations, one of them on sustainability; and another one."""
    texts = [
        ("finding", "Los albergues atendieron a 420 personas."),
        ("recommendation", "Formar a formadores."),
        ("recommendation", "Definir indicadores."),
    ]
    made = make_reading("a.txt", *texts, title="Albergues & casas", language="es", codes=("MEXW55",), year=2022)
    passages = (made.passages[0], replace(made.passages[1], item=0, criteria=("sustainability",)), replace(made.passages[2], item=1))
    items = tuple(Item(n, one.kind, one.start, one.end, criteria=one.criteria) for n, one in enumerate(passages[1:]))
    library.add(replace(made, passages=passages, items=items))
    library.add(make_reading("b.txt", ("other", "A report on the courts of another country.")))
    return library


# asking


def test_what_is_understood_can_be_dropped_one_by_one(filled: Library) -> None:
    question = interpret(filled, ASKED)
    (report,) = question.filters.reports
    assert understood(question) == [("kinds", "recommendation"), ("criteria", "sustainability"), ("reports", report)]
    left = without(question, (("criteria", "sustainability"), ("reports", str(report))))
    assert understood(left) == [("kinds", "recommendation")]


def test_a_turn_is_answered_without_what_was_dropped(filled: Library) -> None:
    whole = answered(filled, Turn(ASKED), ())
    assert [one.text for one in whole.answer.statements] == ["Formar a formadores."]
    less = answered(filled, Turn(ASKED, dropped=(("criteria", "sustainability"),)), ())
    assert [one.text for one in less.answer.statements] == ["Formar a formadores.", "Definir indicadores."]
    assert [report.path for report in whole.named] == ["a.txt"]


def test_an_unexpected_error_becomes_a_sentence_and_a_trace(
    filled: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("kb.ui.asking.answer", lambda *arguments: 1 / 0)
    assert answered(filled, Turn("?"), ()).problem is UNEXPECTED
    assert "ZeroDivisionError" in caplog.text


def test_chips_name_what_was_understood(filled: Library) -> None:
    html = chips(answered(filled, Turn(ASKED), ()), 3, "en")
    assert html.count('data-do="delete" data-turn="3"') == 3
    assert 'data-field="kinds" data-value="recommendation"' in html
    assert "MEXW55 <span" in html


def test_the_only_thing_understood_stays(filled: Library) -> None:
    assert "<button" not in chips(answered(filled, Turn("¿Cuáles son las recomendaciones?"), ()), 1, "en")


def test_follow_ups_are_questions_that_the_library_can_answer(filled: Library) -> None:
    first = answer(filled, "¿Cuáles son las recomendaciones de MEXW55?")
    assert follow_ups(filled, first) == ["¿Y los hallazgos?", "¿Y sobre sostenibilidad?"]
    second = answer(filled, "¿Y los hallazgos?", history=("¿Cuáles son las recomendaciones de MEXW55?",))
    assert [one.text for one in second.statements] == ["Los albergues atendieron a 420 personas."]


def test_an_answer_as_a_file_carries_its_citations(filled: Library) -> None:
    turn = answered(filled, Turn("¿Cuáles son las recomendaciones?"), ())
    expected = (
        "# ¿Cuáles son las recomendaciones?\n\n1 of 2 reports says something about this.\n\n1. Formar a formadores. [1]\n\n"
        "1. Definir indicadores. [2]\n\n## Sources\n\n[1] Albergues & casas (MEXW55) (2022), p. 2.\n\n> Formar a formadores.\n\n"
        "[2] Albergues & casas (MEXW55) (2022), p. 3.\n\n> Definir indicadores.\n"
    )
    assert as_markdown(turn.answer, "en") == expected
    assert expected in unquote(tools(turn, 1, True, "en"))


# history


def test_a_conversation_is_kept_as_places_and_put_together_again(filled: Library) -> None:
    first = answered(filled, Turn(ASKED, within=Filters(years=(2022,)), dropped=(("criteria", "sustainability"),), verdict="useful"), ())
    second = answered(filled, Turn("¿Quién ganó el mundial de fútbol?"), (ASKED,))
    told = json.loads(json.dumps(kept([first, Turn("never answered"), second])))
    assert "Formar" not in json.dumps(told)
    again = restored(filled, told)
    assert [(turn.question, turn.dropped, turn.within, turn.verdict) for turn in again] == [
        (turn.question, turn.dropped, turn.within, turn.verdict) for turn in (first, second)
    ]
    assert again[0].answer.statements == first.answer.statements
    assert again[0].answer.citations == first.answer.citations
    assert not again[1].answer.answered


def test_a_passage_that_is_gone_has_its_question_asked_again(filled: Library) -> None:
    told = kept([answered(filled, Turn("¿Cuáles son las recomendaciones?"), ())])
    filled.remove("a.txt")
    (again,) = restored(filled, told)
    assert not again.answer.answered


@pytest.mark.parametrize("told", [None, "x", {"a": 1}, [{}], [{"question": "?"}], [[1]], [None]])
def test_a_history_that_makes_no_sense_is_left_out(filled: Library, told: object) -> None:
    assert restored(filled, told) == []


def test_a_long_history_is_cut(filled: Library) -> None:
    turn = answered(filled, Turn("¿Cuáles son las recomendaciones?"), ())
    assert len(kept([turn] * 50)) == MOST


# results


def test_words_are_marked_through_stems_and_accents_and_the_rest_is_escaped(filled: Library) -> None:
    question = interpret(filled, 'formacion "los albergues" pers*')
    assert marked("<Formación> en los albergues, 3 personas", "es", question).count("<mark") == 4
    assert marked("<b> & **c**", "es", question) == "&lt;b&gt; &amp; c"


def test_a_heatmap_links_its_counts(filled: Library) -> None:
    (report, _) = filled.reports()
    html = heatmap(Query("x", view="reports"), {(report.id, "gender", "finding"): 3}, {report.id: report}, "en")
    assert f'href="/?tab=search&amp;q=x&amp;criterion=gender&amp;kind=finding&amp;report={report.id}"' in html
    assert 'class="cell finding l4"' in html
    assert 'aria-label="3 findings, Gender equality, Albergues &amp; casas">3</a>' in html


# reports


def test_the_list_of_reports_points_out_near_duplicates_and_escapes(library: Library) -> None:
    body = " ".join(f"In village {n} the shelter took in {n * 7} people and trained {n * 3} of its staff." for n in range(60))
    for path, title in (("draft.txt", "Draft <1>"), ("final.txt", "Final")):
        library.add(make_reading(path, ("finding", body), title=title))
    html = report_list(library, "en")
    assert html.count("Nearly the same text as “Draft &lt;1&gt;”.") == 1
    assert "<1>" not in html


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"), ("../../etc/passwd", "passwd"), ("C:\\x\\informe ñ.PDF", "informe ñ.pdf"), (".hidden.txt", "hidden.txt"),
        ('a<b>:"c|?*.docx', "a_b___c___.docx"), ("...", "report"), ("x" * 300 + ".pdf", "x" * 110 + ".pdf"), ("a\0b.txt", "a_b.txt"),
    ],
)  # fmt: skip
def test_uploaded_names_are_only_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_an_upload_never_overwrites_another_file(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    for n, words in enumerate(("one", "two", "one")):
        (tmp_path / str(n)).mkdir()
        sent = tmp_path / str(n) / "report.txt"
        sent.write_text(words)
        take(sent, folder)
        assert not sent.exists()
    assert {file.name: file.read_text() for file in folder.iterdir()} == {"report.txt": "one", "report (2).txt": "two"}


def test_what_became_of_files_is_a_line_each() -> None:
    html = results_list([Result("a.pdf", "added"), Result("<b>.pdf", "failed", ("<b>.pdf is empty.", "It is <odd>."))], "fr", ("c.pdf", 3, 3, 40))
    said = '<span class="why">&lt;b&gt;.pdf est vide. <span lang="en">It is &lt;odd&gt;.</span></span>'
    assert f'<li class="failed"><b>Illisible\u00a0:</b> &lt;b&gt;.pdf {said}</li>' in html
    assert '<progress value="40" max="100" aria-label="Lecture de c.pdf (3 sur 3)">' in html


# the viewer


def test_a_pdf_that_is_gone_is_shown_as_text_with_a_note(library: Library) -> None:
    made = make_reading("gone.pdf", ("finding", "The <shelters> were full."))
    library.add(made)
    (report,) = library.reports()
    html = see(library, report, Place(0, 25), "en")
    assert "The file gone.pdf is gone or cannot be opened; this is the text that was read from it." in html
    assert "<mark>The &lt;shelters&gt; were full.</mark>" in html


def test_the_text_around_a_quote_is_cut_at_lines(library: Library) -> None:
    paragraphs = [("finding", f"Line {n} says that the shelters were full again.") for n in range(300)]
    library.add(make_reading("a.txt", *paragraphs))
    (report,) = library.reports()
    start = report.text.index("Line 150")
    html = see(library, report, Place(start, start + 8), "en")
    shown = html[html.index("… ") : html.index(" …</div>")]
    assert shown.startswith("… Line ")
    assert "<mark>Line 150</mark> says" in shown
    assert len(shown) < 2 * AROUND + 300


@pytest.mark.parametrize("place", [Place(-5, 10**8), Place(10**8, 0), Place(5, 2)])
def test_a_place_outside_the_text_is_moved_into_it(library: Library, place: Place) -> None:
    library.add(make_reading("a.txt", ("finding", "Short.")))
    assert "viewer-title" in see(library, library.reports()[0], place, "es")
