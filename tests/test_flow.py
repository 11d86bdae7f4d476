"""Broken sentences are whole again, and nothing is joined that does not belong together."""

from pathlib import Path

import pytest

from ingest.flow import clean, flow
from ingest.pieces import Piece, compose, row_cells, row_text
from ingest.read import read
from ingest.stitch import Hyphens
from kb.records import Document, PageRun

CORPUS = Path(__file__).parent.parent / "corpus"
LONG = "The evaluation found that the shelters of the programme were well known to the persons who needed them, and that the staff"
REST = "of the shelters had been trained for their work. It ends here."


def flowed(*pieces: Piece, labels: dict[int | None, str | None] | None = None) -> Document:
    text, blocks, pages = compose(list(pieces), labels or {})
    return flow(Document("a", "0", text, blocks, pages))


def told(document: Document) -> list[tuple[str, str]]:
    return [(block.role, document.text[block.start : block.end]) for block in document.blocks]


def test_the_methodology_paragraph_is_whole() -> None:
    document = flow(read(next(CORPUS.glob("unodc-*.txt"))))
    whole = next(t for _, t in told(document) if t.startswith("Se usó una metodología"))
    assert "equidad de género y no dejar a nadie atrás). Se generaron conclusiones" in whole
    assert whole.endswith("alineada a las Normas y Estándares de Evaluación de la UNEG y la UNODC.")
    assert told(document)[-1] == ("paragraph", "<https://www.unodc.org/evaluation> unodc-ies@un.org")


def test_a_caption_no_longer_breaks_the_findings() -> None:
    document = flow(read(next(CORPUS.glob("unodc-*.txt"))))
    assert "Las estrategias de sostenibilidad de ambas intervenciones fueron sumamente exitosas" in document.text
    assert ("caption", "Cartel elaborado por LPOMEX para la campaña de MEXW64") in told(document)


def test_the_words_of_the_report_are_kept() -> None:
    raw = next(CORPUS.glob("unodc-*.txt")).read_text(encoding="utf-8").split()
    document = flow(read(next(CORPUS.glob("unodc-*.txt"))))
    assert sorted(document.text.split()) == sorted(raw)


def test_six_recommendations_are_items() -> None:
    document = flow(read(next(CORPUS.glob("unodc-*.txt"))))
    items = [document.text[b.start : b.end] for b in document.blocks if b.role == "item"]
    assert [words.split(":**")[0] for words in items] == [
        "Impacto",
        "Diseño",
        "Recursos, impacto y sostenibilidad",
        "Impacto, sostenibilidad y enfoque centrador en las víctimas",
        "Derechos Humanos, Equidad de Género y No Dejar a Nadie Atrás",
        "Impacto, sostenibilidad y seguimiento",
    ]


def test_a_paragraph_goes_on_over_the_page_past_tables_and_notes() -> None:
    document = flowed(
        Piece(LONG, 1),
        Piece("A note.", 1, "footnote", marker="1"),
        Piece("Table 1. Shelters", 2, "caption"),
        Piece("North\t4", 2, "row"),
        Piece(REST, 3),
        labels={1: "iv", 2: "1", 3: "2"},
    )
    assert told(document) == [("paragraph", f"{LONG} {REST}"), ("footnote", "A note."), ("caption", "Table 1. Shelters"), ("row", "North\t4")]
    at = document.text.index(REST)
    assert document.pages[:3] == (PageRun(0, 1, "iv"), PageRun(at, 3, "2"), PageRun(at + len(REST) + 2, 1, "iv"))


def test_an_open_bracket_finds_the_end_that_closes_it() -> None:
    opened = "Criteria were defined in the terms of reference of the evaluation (relevance, coherence, equity and"
    other = "The partners of the programme were consulted about the draft of this report and gave their"
    tails = [Piece("efficiency). All were used."), Piece("comments in writing.")]
    document = flowed(Piece(opened), Piece("Results", role="heading"), Piece(other), *tails)
    assert told(document) == [
        ("paragraph", f"{opened} efficiency). All were used."),
        ("heading", "Results"),
        ("paragraph", f"{other} comments in writing."),
    ]


@pytest.mark.parametrize(
    "second",
    [
        Piece("a heading in small letters", 1, "heading"),
        Piece("an item of a list;", 1, "item", marker="-"),
        Piece("Another paragraph that begins with a capital.", 1),
        Piece("https://www.example.org/report", 1),
        Piece("in another size, as in a box.", 1, size=8.0),
        Piece("far away in the report.", 9),
        Piece("closes a bracket that nobody opened).", 1),
    ],
)
def test_what_does_not_go_on_is_left_alone(second: Piece) -> None:
    first = Piece("The programme was carried out by the office in the capital without delay", 1)
    assert [words for _, words in told(flowed(first, second))] == [first.text, second.text]


def test_a_closed_paragraph_takes_nothing() -> None:
    assert len(told(flowed(Piece("The paragraph is closed by its full stop, long as it may be."), Piece("and this one begins small.")))) == 2


def test_an_item_takes_only_what_follows_at_once() -> None:
    item = Piece("Train the staff of the shelters in the two regions that lie", 1, "item", marker="1.")
    between = Piece("A paragraph stands between them.", 1)
    assert told(flowed(item, Piece("in the capital.", 2)))[0] == ("item", f"{item.text} in the capital.")
    assert told(flowed(Piece(item.text, 1, "item", marker="1."), between, Piece("in the capital.", 2)))[0] == ("item", item.text)


def test_a_repeated_table_heading_is_told_once() -> None:
    rows = [Piece("Finding\tAction", 1, "row"), Piece("One.\tDo.", 1, "row"), Piece("Finding\tAction", 2, "row"), Piece("Two.\tDo.", 2, "row")]
    assert [words for _, words in told(flowed(*rows))] == ["Finding\tAction", "One.\tDo.", "Two.\tDo."]


@pytest.mark.parametrize(
    ("lines", "words", "whole"),
    [
        ("the eva-\nluation", "", "the evaluation"),
        ("capacity-\nbuilding", "capacity and building", "capacity-building"),
        ("capacity-\nbuilding", "a capacity-building plan", "capacity-building"),
        ("cross-\nsectional", "cross-cutting", "cross-sectional"),
        ("over-\nall", "over all overall", "overall"),
        ("non-\nformal", "", "non-formal"),
        ("Anglo-\nSaxon", "", "Anglo-Saxon"),
        ("coope\u00ad\nration", "", "cooperation"),
        ("en 2017-\n2018", "", "en 2017-2018"),
        ("business-as-\nusual", "", "business-as-usual"),
        ("day-\nto-day", "", "day-to-day"),
        ("the OECD-\nDAC", "the OECD", "the OECD-DAC"),
        ("RECOMEN-\nDACIONES", "", "RECOMENDACIONES"),
        ("see https://www.example.org/reports/\nfinal.pdf now", "", "see https://www.example.org/reports/final.pdf now"),
        ("peut-\nêtre", "il peut être", "peut-être"),
    ],
)
def test_hyphens_at_line_ends(lines: str, words: str, whole: str) -> None:
    assert clean(Hyphens([lines, words]).undo(lines)) == whole


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("eﬃciency and ﬂow", "efficiency and flow"),
        ("a\u00a0b\u2009c\n\td", "a b c d"),
        ("soft\u00adly\u200b", "softly"),
        ("evaluacio\u0301n", "evaluación"),
        ("na¨ıve", "naïve"),
        ("report.¹² Next", "report. Next"),
        ("35 km²", "35 km²"),
        ("\uf0b7 point", "point"),
        ("- Impacto:** \\$5", "- Impacto:** \\$5"),
    ],
)
def test_clean(raw: str, words: str) -> None:
    assert clean(raw) == words


def test_flow_twice_is_flow_once() -> None:
    document = flow(read(next(CORPUS.glob("unodc-*.txt"))))
    assert flow(document) == document


# the cells of a row


def test_the_cells_of_a_row_are_parted_by_a_tab_and_keep_their_places() -> None:
    document = flowed(Piece("\tThe  re-\nport\t\tNo\tone\t", 1, "row"), Piece("Two\ttabs", 1, "paragraph"))
    assert told(document) == [("row", "\tThe report\t\tNo\tone"), ("paragraph", "Two tabs")]
    first = document.blocks[0]
    assert row_cells(document.text[first.start : first.end]) == [(0, ""), (1, "The report"), (12, ""), (13, "No"), (16, "one")]


def test_a_row_is_written_without_the_cells_that_are_empty_at_its_end() -> None:
    assert row_text(["", " a\tb ", "", "c", "", " "]) == "\ta b\t\tc"
    assert row_text(["", ""]) == ""
    assert row_cells("a\t\tb") == [(0, "a"), (2, ""), (3, "b")]


def test_a_row_cut_by_the_page_is_whole_cell_by_cell() -> None:
    document = flowed(Piece("1\tThe roads of\tMend", 1, "row"), Piece("\tthe north\tthem.", 2, "row"))
    assert told(document) == [("row", "1\tThe roads of the north\tMend them.")]
    assert document.text[document.pages[1].start :].startswith("the north")


def test_a_bullet_that_a_font_keeps_in_a_place_of_its_own_is_a_bullet() -> None:
    document = flowed(Piece("Roads", 1, "item", marker="\x7f"), Piece("Schools", 1, "item", marker="\uf0b7"), Piece("a\x7fb", 1))
    assert document.text == "• Roads\n• Schools\n\na b"
