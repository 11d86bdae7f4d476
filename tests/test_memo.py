"""Memos: kept, opened, checked against the library, and written as Markdown in the forms of three languages."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import make_reading
from memos import SHELTERS, TAUGHT, TRAIN, fill, memo_in, picks_of

from kb.answer import answer
from kb.errors import UnreadableFile
from kb.library import Library
from kb.markdown import introduction, literal, long_date, to_markdown
from kb.memo import MOST_PICKS, check, cited_reports, dumps, is_date, loads, memo_of, read, sealed, verified
from kb.memo_words import INTRODUCTIONS
from kb.records import Fact, Memo, Pick
from kb.taxonomy import KINDS

REMEDY = 'Open a file that was saved with "Save memo" or python -m kb memo --to memo.json.'


@pytest.fixture
def filled(library: Library) -> Library:
    fill(library)
    return library


# kept and opened


def test_a_memo_is_opened_as_it_was_saved(filled: Library) -> None:
    memo = Memo(picks_of(filled), 'Título “con” "comillas"\n', "Jefatura", "2026-11-23", "fr", "author-date")
    memo = replace(memo, picks=(replace(memo.picks[0], before="Antes <b>\u202f»"), *memo.picks[1:]))
    assert loads(dumps(memo)) == memo
    assert loads(dumps(Memo())) == Memo()


def test_a_memo_file_is_read_by_people_too() -> None:
    kept = json.loads(dumps(Memo((Pick("a.pdf", 3, 7, "año", 9, "ff"),), "T", language="es")))
    assert kept == {
        "memo": 1,
        "picks": [{"report_path": "a.pdf", "start": 3, "end": 7, "quote": "año", "passage_id": 9, "sha256": "ff", "before": ""}],
        "title": "T", "addressee": "", "date": "", "language": "es", "style": "un",
    }  # fmt: skip
    assert "año" in dumps(Memo((Pick("a.pdf", 3, 7, "año"),)))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not a memo file"),
        ("[1, 2]", "is not a memo file"),
        ('{"title": "x"}', "is not a memo file"),
        ('{"memo": "one"}', "is not a memo file"),
        ('{"memo": 1, "picks": [{"quote": "x"}]}', "is not a memo file"),
        ('{"memo": 1, "picks": [{"report_path": "a", "start": "x", "end": 2, "quote": "q"}]}', "is not a memo file"),
        ('{"memo": 1, "picks": 7}', "is not a memo file"),
        ('{"memo": 1, "picks": [{"report_path": "a", "start": 1e999, "end": 2, "quote": "q"}]}', "is not a memo file"),
        ('{"memo": 1, "picks": [{"report_path": "a", "start": -1, "end": 2, "quote": "q"}]}', "is not a memo file"),
        ('{"memo": 1, "picks": [{"report_path": "a", "start": 1, "end": 2, "passage_id": 9223372036854775808, "quote": "q"}]}', "is not a memo file"),
        (json.dumps({"memo": 1, "picks": [{"report_path": "a", "start": 1, "end": 2, "quote": "q" * 100_001}]}), "is not a memo file"),
        ("[" * 100_000, "is not a memo file"),
        ('{"memo": 2}', "was saved by a newer version"),
        ('{"memo": 1, "language": "de"}', "names a language, a style or a date that is none"),
        ('{"memo": 1, "style": "apa"}', "names a language, a style or a date that is none"),
        ('{"memo": 1, "date": "soon"}', "names a language, a style or a date that is none"),
        (json.dumps({"memo": 1, "picks": [{}] * (MOST_PICKS + 1)}), "holds more than 500 quotations"),
    ],
)
def test_a_file_that_is_no_memo_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        loads(text)
    assert str(refused.value) == f"The file {problem}. {REMEDY}"


def test_what_is_no_letter_can_be_written_again() -> None:
    memo = loads('{"memo": 1, "title": "a\\ud800", "picks": [{"report_path": "a", "start": 1, "end": 2, "quote": "\\udfff"}]}')
    assert (memo.title, memo.picks[0].quote) == ("a?", "?")


def test_a_file_is_named_where_it_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nothing\.json cannot be read \(No such file or directory\)\. Check the name\."):
        read(tmp_path / "nothing.json")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile, match=r"bytes\.json is not a memo file\."):
        read(tmp_path / "bytes.json")


def test_dates() -> None:
    assert [is_date(text) for text in ("", "2026-11-23", "2026-02-30", "23/11/2026", "x")] == [True, True, False, False, False]
    assert long_date("2026-11-23", "en") == "23 November 2026"
    assert long_date("2026-11-23", "es") == "23 de noviembre de 2026"
    assert long_date("2026-08-01", "fr") == "1er août 2026"
    assert long_date("", "en") == ""


# from an answer


def test_a_memo_of_an_answer_holds_what_it_cites(filled: Library) -> None:
    memo = memo_of(answer(filled, "¿Cuáles son las recomendaciones?"), title="T")
    assert (memo.title, memo.language, memo.style) == ("T", "es", "un")
    assert [(pick.report_path, pick.quote) for pick in memo.picks] == [("corpus/albergues.pdf", TRAIN)]
    assert verified(check(filled, memo))[0].quote == TRAIN
    assert memo_of(answer(filled, "What are the recommendations?"), language="fr").language == "fr"


# checked against the library


def test_every_quote_that_stands_is_found_and_numbered(filled: Library) -> None:
    _, checks, _ = memo_in(filled)
    assert [found.citation.quote for found in checks] == [SHELTERS, TRAIN, TAUGHT]
    assert [found.citation.number for found in checks] == [1, 2, 3]
    assert [found.citation.passage.kind for found in checks] == ["finding", "recommendation", "lesson"]
    assert [report.path for report in cited_reports(checks)] == ["corpus/albergues.pdf", "corpus/wells.txt"]


def test_a_quote_that_has_moved_is_found_by_its_words(filled: Library) -> None:
    pick = replace(picks_of(filled)[1], passage_id=0)
    text = filled.reports()[0].text
    moved = replace(pick, start=pick.start + 7, end=pick.end + 7)
    spaced = replace(pick, start=0, end=9, quote="Impacto:**\n Fortalecer  los\u00a0albergues.")
    for other in (moved, spaced, replace(pick, passage_id=999), replace(pick, start=-5, end=-1)):
        (found,) = check(filled, Memo((other,)))
        assert (found.citation.start, found.citation.end) == (pick.start, pick.end)
        assert found.citation.quote == text[pick.start : pick.end] == TRAIN
        assert found.citation.passage.kind == "recommendation"


def test_the_nearest_of_two_same_sentences_is_taken(library: Library) -> None:
    library.add(make_reading("a.txt", ("background", "It works."), ("finding", "It works.")))
    _, second = picks_of(library)
    (found,) = check(library, Memo((replace(second, start=second.start - 1, end=second.end - 1, passage_id=0),)))
    assert found.citation.passage.kind == "finding"
    assert found.citation.start == second.start


def test_a_report_is_known_by_its_bytes_and_else_by_its_path(filled: Library) -> None:
    pick = picks_of(filled)[2]
    for other in (replace(pick, report_path="elsewhere/wells.txt"), replace(pick, sha256="other"), replace(pick, sha256="")):
        assert check(filled, Memo((other,)))[0].citation.report.path == "corpus/wells.txt"
    assert check(filled, Memo((replace(pick, report_path="elsewhere/wells.txt", sha256=""),)))[0].missing == "report"


def test_failures_are_named_and_the_others_are_numbered_without_them(filled: Library) -> None:
    one, two, three = picks_of(filled)
    changed, gone = replace(one, quote=one.quote.replace("420", "421")), replace(three, report_path="x", sha256="y")
    memo = Memo((changed, two, replace(three, quote=" "), gone, three))
    checks = check(filled, memo)
    assert [found.missing for found in checks] == ["quote", "", "quote", "report", ""]
    assert [citation.number for citation in verified(checks)] == [1, 2]
    assert sealed(memo, checks) == memo
    assert sealed(Memo((replace(two, sha256=""),)), check(filled, Memo((replace(two, sha256=""),)))).picks == (two,)


def test_a_deleted_report_is_missing(filled: Library) -> None:
    memo, _, _ = memo_in(filled)
    filled.remove(filled.folder.parent / "corpus/wells.txt")
    assert [found.missing for found in check(filled, memo)] == ["", "", "report"]


# written


def blocks(library: Library, **fields: object) -> list[str]:
    """The quotations of the memo, marks and all, without "> "."""
    text = to_markdown(*memo_in(library, **fields))
    return [block[2:] for block in text.split("\n\n") if block.startswith("> ")]


def test_in_english_the_mark_goes_after_the_punctuation(filled: Library) -> None:
    assert blocks(filled, language="en") == [
        r"“Los albergues atendieron a 420 personas y costaron \$752,110.31 USD.”[^1]",
        "“Impacto: Fortalecer los albergues.”[^2]",
        "“Prevention works best with civil society. It lasts.”[^3]",
    ]


def test_in_spanish_the_mark_goes_before_the_punctuation(filled: Library) -> None:
    assert blocks(filled, language="es")[1:] == [
        "“Impacto: Fortalecer los albergues”[^2].",
        "“Prevention works best with civil society. It lasts”[^3].",
    ]


def test_in_french_the_mark_goes_before_the_punctuation_and_the_guillemet(filled: Library) -> None:
    assert blocks(filled, language="fr")[1:] == [
        "«\u202fImpacto: Fortalecer los albergues[^2]\u202f».",
        "«\u202fPrevention works best with civil society. It lasts[^3]\u202f».",
    ]


@pytest.mark.parametrize(
    ("quote", "english", "spanish", "french"),
    [
        ("Was it worth it?", "“Was it worth it?”[^1]", "“Was it worth it?”[^1].", "«\u202fWas it worth it?[^1]\u202f»."),
        ("And so on...", "“And so on...”[^1]", "“And so on...”[^1].", "«\u202fAnd so on...[^1]\u202f»."),
        ("No stop", "“No stop”.[^1]", "“No stop”[^1].", "«\u202fNo stop[^1]\u202f»."),
        ("One.\n\nTwo.", "“One.\n>\n> “Two.”[^1]", "“One.\n>\n> “Two”[^1].", "«\u202fOne.\n>\n> «\u202fTwo[^1]\u202f»."),
        ("1.", "“1\\.”[^1]", "“1”[^1].", "«\u202f1[^1]\u202f»."),
        ("One\nline.", "“One line.”[^1]", "“One line”[^1].", "«\u202fOne line[^1]\u202f»."),
    ],
)
def test_how_a_quotation_ends(library: Library, quote: str, english: str, spanish: str, french: str) -> None:
    library.add(make_reading("a.txt", ("finding", quote)))
    for language, block in (("en", english), ("es", spanish), ("fr", french)):
        assert blocks(library, language=language) == [block]


def test_author_and_date(filled: Library) -> None:
    assert blocks(filled, language="es", style="author-date") == [
        r"“Los albergues atendieron a 420 personas y costaron \$752,110.31 USD” (UNODC, 2022, pág. ix \[PDF pág. 5\]).",
        r"“Impacto: Fortalecer los albergues” (UNODC, 2022, pág. x \[PDF pág. 6\]).",
        r"“Prevention works best with civil society. It lasts” (Wells & \<b\>water\</b\>).",
    ]
    text = to_markdown(*memo_in(filled, language="es", style="author-date"))
    assert "[^" not in text
    assert (
        "## Referencias\n\nOficina de las Naciones Unidas contra la Droga y el Delito \\[UNODC\\] (2022). "
        "*Evaluación de albergues* (MEXW64). Viena.\n\n*Wells & \\<b\\>water\\</b\\>*.\n\n## Anexo"
    ) in text


def test_two_reports_of_one_author_and_year_are_told_apart(library: Library) -> None:
    for name in ("a", "b"):
        library.add(make_reading(f"{name}.txt", ("finding", f"Words of {name}."), title=name, year=2020, facts=(Fact("organization", "IOM"),)))
    assert blocks(library, language="en", style="author-date") == ["“Words of a” (IOM, 2020a, p. 1).", "“Words of b” (IOM, 2020b, p. 1)."]
    assert "(2020b). *b*." in to_markdown(*memo_in(library, language="en", style="author-date"))


@pytest.mark.parametrize(
    ("language", "notes"),
    [
        (
            "en",
            [
                r"[^2]: United Nations Office on Drugs and Crime, *Evaluación de albergues* (MEXW64) (Vienna, 2022), p. x \[PDF p. 6\]. "
                "Original in Spanish.",
                r"[^3]: *Wells & \<b\>water\</b\>*.",
            ],
        ),
        (
            "es",
            [
                r"[^2]: Oficina de las Naciones Unidas contra la Droga y el Delito, *Evaluación de albergues* (MEXW64) (Viena, 2022), "
                r"pág. x \[PDF pág. 6\].",
                r"[^3]: *Wells & \<b\>water\</b\>*. Original en inglés.",
            ],
        ),
        (
            "fr",
            [
                r"[^2]: Office des Nations Unies contre la drogue et le crime, *Evaluación de albergues* (MEXW64) (Vienne, 2022), "
                r"p. x \[PDF p. 6\]. Original en espagnol.",
                r"[^3]: *Wells & \<b\>water\</b\>*. Original en anglais.",
            ],
        ),
    ],
)
def test_the_notes(filled: Library, language: str, notes: list[str]) -> None:
    assert [line for line in to_markdown(*memo_in(filled, language=language)).split("\n") if line.startswith("[^")][1:] == notes


def test_head_introductions_annex_and_method(filled: Library) -> None:
    memo, _, searched = memo_in(filled, addressee="Jefatura *de* sección")
    memo = replace(memo, picks=(replace(memo.picks[0], before="Sobre el alcance:"), *memo.picks[1:]))
    text = to_markdown(memo, check(filled, memo), searched)
    assert text.startswith(
        "# Seguimiento\n\n**Para:** Jefatura \\*de\\* sección\\\n**Fecha:** 23 de noviembre de 2026\n\nSobre el alcance:\n\n> “Los albergues"
    )
    assert "La evaluación recomendó:\n\n> “Impacto" in text
    assert "La evaluación extrajo la siguiente lección:\n\n> “Prevention" in text
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert rows[0] == "| N.º | Informe | Tipo | Criterio | Apartado | Página o párrafo | Cita textual | Idioma |"
    assert rows[3] == (
        r"| 2 | Evaluación de albergues (MEXW64) (2022) | Recomendación | Impacto | Recommendation | pág. x \[PDF pág. 6\] "
        "| Impacto: Fortalecer los albergues. | español |"
    )
    assert rows[4].startswith(r"| 3 | Wells & \<b\>water\</b\> | Lección aprendida | – | Lesson | – | Prevention")
    today = long_date(date.today().isoformat(), "es")
    assert f"Informes consultados: 2. Citas verificadas textualmente: 3 de 3 ({today}). Ninguna frase fue redactada por una máquina" in text
    assert "Preparado con evaluation-kb" in text


def test_what_could_not_be_verified_is_never_shown_as_a_quotation(filled: Library) -> None:
    memo, _, _ = memo_in(filled, language="en")
    memo = replace(memo, picks=(replace(memo.picks[0], quote="Nobody said this."), replace(memo.picks[1], report_path="x", sha256="y")))
    text = to_markdown(memo, check(filled, memo), 2)
    assert "**[Not verified: these words are not in the report.]** Nobody said this." in text
    assert "**[Not verified: the report is not in the library.]** Impacto: Fortalecer los albergues." in text
    assert "“" not in text
    assert "[^" not in text
    assert "Annex" not in text
    assert "Quotations verified verbatim: 0 of 2" in text


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_introduced_by_the_evaluation(kind: str, language: str) -> None:
    line = introduction(kind, language)
    assert line.endswith("\u00a0:" if language == "fr" else ":") and not line.endswith(" :")
    assert "evalua" in line.casefold() or "évalua" in line.casefold()
    assert set(INTRODUCTIONS) == set(KINDS)


def test_marked_languages(filled: Library) -> None:
    from kb.markdown import body

    memo, checks, _ = memo_in(filled)
    assert "> “[Impacto: Fortalecer los albergues]{lang=es}”[^2]." in body(memo, checks, languages=True)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*a* _b_ `c` [d](e) <f> #g $h$ ~i~ ^j^ @k |l| {m} \\n", r"\*a\* \_b\_ \`c\` \[d\](e) \<f\> \#g \$h\$ \~i\~ \^j\^ \@k \|l\| \{m\} \\n"),
        ("&amp; M&E &#65;", r"\&amp; M&E &\#65;"),
        ("1. One", r"1\. One"),
        ("1.", r"1\."),
        ("(iv) One", r"(iv\) One"),
        ("One. Two.", "One. Two."),
        ("a) One", r"a\) One"),
        ("- One", r"\- One"),
        ("+ One - two", r"\+ One - two"),
        ("3.5 million", "3.5 million"),
        ("Line\n\n# two\x00\x1f", r"Line \# two"),
        ("a\u00a0b\u202fc", "a\u00a0b\u202fc"),
        ("  ", ""),
    ],
)
def test_text_is_escaped(text: str, escaped: str) -> None:
    assert literal(text) == escaped
