"""Files are read into one text with true pages, and every bad file ends in one sentence and its remedy."""

from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document as WordDocument
from reportlab.pdfbase.pdfmetrics import stringWidth
from typeset import BOLD, Mark, box, column, grid, picture, rule, text, turned, typeset

from ingest import ocr
from ingest.flow import flow
from ingest.limits import Limits
from ingest.read import read
from kb.errors import UnreadableFile
from kb.records import Document, PageRun

INSTALL = ocr.INSTALL


def blocks(document: Document) -> list[tuple[str, str, str]]:
    """(role, marker, text) of every block."""
    return [(b.role, b.marker, document.text[b.start : b.end]) for b in document.blocks]


def texts(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks]


def pages_of(document: Document, words: str) -> list[tuple[int | None, str | None]]:
    """(page, label) of each run that the words touch."""
    start = document.text.index(words)
    end = start + len(words)
    ends = [run.start for run in document.pages[1:]] + [len(document.text)]
    return [(run.page, run.label) for run, stop in zip(document.pages, ends, strict=True) if run.start < end and stop > start]


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: None)


PROSE = (
    "The project was relevant to the needs of the",
    "institutions and of the people they serve, and",
    "its partners said so in every interview held.",
)


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        "Findings are set out in this first column, and",
        "they go on for a good number of lines so that",
        "the eye travels down to its foot and turns to",
    ]
    right = [
        "the second column, where the sentence that was",
        "broken off is carried to its end. And another",
        "sentence follows that nobody reads too early.",
    ]
    marks = [text(50, 780, "Evaluation of the shelter programme in two regions", 18, BOLD)]
    document = flow(read(typeset(tmp_path / "a.pdf", marks + column(50, 740, left) + column(320, 740, right))))
    assert blocks(document) == [
        ("heading", "", "Evaluation of the shelter programme in two regions"),
        ("paragraph", "", " ".join(left + right)),
    ]


def test_columns_whose_lines_do_not_stand_level_are_still_columns(tmp_path: Path) -> None:
    left = [
        "The first column speaks about relevance, and",
        "says that the project met the needs of people",
        "who had not been asked at the beginning.",
    ]
    right = [
        "The second column is about efficiency, and it",
        "says that the money was spent with some care",
        "although the books were closed rather late.",
    ]
    document = flow(read(typeset(tmp_path / "a.pdf", column(50, 700, left) + column(320, 694, right, leading=14.5))))
    assert texts(document) == [" ".join(left), " ".join(right)]


def report(labelled: bool, tmp_path: Path) -> Document:
    """Two roman and three arabic pages, with a header and the page number printed below."""
    pages: list[list[Mark]] = []
    for number, label in enumerate(("i", "ii", "1", "2", "3")):
        body = column(70, 700, [f"Page {number + 1} has words of its own about theme {number}.", *PROSE])
        pages.append([text(70, 810, "Final evaluation of project ABC1", 8), *body, text(290, 30, label, 9)])
    labels = [(1, "r", 5), (3, "1", 11)] if labelled else []
    return flow(read(typeset(tmp_path / "r.pdf", *pages, labels=labels)))


def test_headers_and_page_numbers_are_left_out_and_give_the_labels(tmp_path: Path) -> None:
    document = report(False, tmp_path)
    assert "Final evaluation of project ABC1" not in document.text
    assert [(run.page, run.label) for run in document.pages] == [(1, "i"), (2, "ii"), (3, "1"), (4, "2"), (5, "3")]
    assert pages_of(document, "Page 2 has words of its own about theme 1.") == [(2, "ii")]
    assert document.page_count == 5


def test_labels_in_the_file_win_over_printed_numbers(tmp_path: Path) -> None:
    assert [run.label for run in report(True, tmp_path).pages] == ["v", "vi", "11", "12", "13"]


def test_a_heading_that_repeats_with_other_numbers_is_no_header(tmp_path: Path) -> None:
    pages = [[text(70, 800, f"Recommendation {n}", 14, BOLD), *column(70, 770, PROSE)] for n in (3, 1, 2)]
    document = flow(read(typeset(tmp_path / "a.pdf", *pages)))
    assert [t for t in texts(document) if t.startswith("Recommendation")] == ["Recommendation 3", "Recommendation 1", "Recommendation 2"]
    assert {run.label for run in document.pages} == {None}


def test_a_paragraph_that_runs_over_the_page_keeps_both_pages(tmp_path: Path) -> None:
    first = column(70, 200, ["The evaluation found that the partners of the project were", "satisfied with the support they had received from the"])
    second = column(70, 760, ["office in the capital, and would gladly work with it again.", "A second sentence closes the paragraph."])
    notes = [rule(70, 90, 200, 90), text(70, 78.5, "1", 5), text(74, 76, "Interviews held in May, some of them by telephone.", 7)]
    document = flow(read(typeset(tmp_path / "a.pdf", first + notes, second)))
    whole = " ".join(words for _, _, _, words, _, _ in first + second)
    assert texts(document)[0] == whole
    assert pages_of(document, whole) == [(1, None), (2, None)]
    assert pages_of(document, "A second sentence closes") == [(2, None)]
    assert blocks(document)[1] == ("footnote", "1", "Interviews held in May, some of them by telephone.")
    assert pages_of(document, "Interviews held in May") == [(1, None)]


def raised(before: str, mark: str, after: str) -> list[Mark]:
    """A line at y 700 with a superscript in it."""
    x = 70 + stringWidth(before, "Helvetica", 10)
    return [text(70, 700, before), text(x, 704, mark, 6), text(x + stringWidth(mark, "Helvetica", 6), 700, after)]


def test_a_footnote_mark_is_kept_out_of_the_sentence(tmp_path: Path) -> None:
    marks = raised("The shelters were full", "2", " in every month of the year.") + column(70, 687, PROSE)
    document = flow(read(typeset(tmp_path / "a.pdf", marks)))
    assert document.text.startswith("The shelters were full in every month of the year.")


def test_an_exponent_stays_with_its_unit(tmp_path: Path) -> None:
    marks = raised("An area of 35 km", "2", " was covered.") + column(70, 687, PROSE)
    assert flow(read(typeset(tmp_path / "a.pdf", marks))).text.startswith("An area of 35 km2 was covered.")


def test_a_ruled_table_is_read_row_by_row(tmp_path: Path) -> None:
    xs, ys = [60.0, 220.0, 380.0, 540.0], [700.0, 680.0, 640.0, 600.0]
    marks = column(60, 760, PROSE) + grid(xs, ys)
    for at, words in zip(xs, ("Finding", "Evidence", "Recommendation"), strict=False):
        marks.append(text(at + 4, 686, words, 9, BOLD))
    marks += column(64, 666, ["The shelters lack staff", "at night."], 9, 12)
    marks += column(224, 666, ["Interviews with directors,", "survey of residents"], 9, 12)
    marks += column(384, 666, ["Hire two more persons", "for each shelter."], 9, 12)
    marks += column(64, 626, ["The data are old."], 9, 12) + column(384, 626, ["Collect them again."], 9, 12)
    document = flow(read(typeset(tmp_path / "a.pdf", marks)))
    assert [t for role, _, t in blocks(document) if role == "row"] == [
        "Finding\tEvidence\tRecommendation",
        "The shelters lack staff at night.\tInterviews with directors, survey of residents\tHire two more persons for each shelter.",
        "The data are old.\t\tCollect them again.",
    ]


def test_a_table_without_rules_is_read_row_by_row(tmp_path: Path) -> None:
    marks = column(60, 780, PROSE)
    for place, row in enumerate((("Donor", "Amount"), ("Canada", "752,110"), ("Norway", "93,000"), ("Sweden", "7,500"))):
        marks += [text(60, 700 - 14 * place, row[0]), text(300, 700 - 14 * place, row[1])]
    document = flow(read(typeset(tmp_path / "a.pdf", marks)))
    assert [t for role, _, t in blocks(document) if role == "row"] == ["Donor\tAmount", "Canada\t752,110", "Norway\t93,000", "Sweden\t7,500"]


def test_a_table_row_cut_by_the_page_is_whole_again(tmp_path: Path) -> None:
    head = [text(64, 726, "Recommendation", 9, BOLD), text(304, 726, "Response", 9, BOLD)]
    lines = grid([60, 300, 540], [740, 720, 680]) + head
    first = [*lines, text(64, 706, "Train the staff of the shelters", 9), text(304, 706, "Accepted, and begun in", 9)]
    second = [*lines, text(304, 706, "two of the four regions.", 9)]
    document = flow(read(typeset(tmp_path / "a.pdf", first, second)))
    assert texts(document) == ["Recommendation\tResponse", "Train the staff of the shelters\tAccepted, and begun in two of the four regions."]
    assert pages_of(document, "two of the four regions.") == [(2, None)]
    assert pages_of(document, "Accepted, and begun in") == [(1, None)]


def test_a_box_does_not_break_the_paragraph_beside_it(tmp_path: Path) -> None:
    left = ["The first paragraph of the brief is about the", "needs of the people and about what was done", "to meet them in each of the regions by"]
    right = ["the partners of the project and their staff;", "what they did is told below the box, and so", "the column ends here for good."]
    inside = ["Project code: ABC123", "Donor: Canada"]
    marks = [*column(50, 720, left), box(310, 690, 560, 745), *column(320, 725, inside), *column(320, 660, right)]
    assert texts(flow(read(typeset(tmp_path / "a.pdf", marks)))) == [" ".join(left + right), *inside]


def test_a_page_set_sideways_is_read_along_its_lines(tmp_path: Path) -> None:
    marks = [turned(100 + 13 * place, 100, line) for place, line in enumerate(PROSE)]
    document = flow(read(typeset(tmp_path / "a.pdf", marks)))
    assert texts(document) == [" ".join(PROSE)]


def test_a_label_that_runs_upwards_stands_in_its_cell(tmp_path: Path) -> None:
    lines = grid([60, 90, 300, 540], [740, 660, 580])
    marks = [*lines, turned(80, 665, "Relevance"), turned(80, 590, "Impact")]
    marks += [text(94, 700, "Did the project meet needs?"), text(304, 700, "Interviews")]
    marks += [text(94, 620, "What changed?"), text(304, 620, "Survey")]
    document = flow(read(typeset(tmp_path / "a.pdf", column(60, 800, PROSE) + marks)))
    assert texts(document)[1:] == ["Relevance\tDid the project meet needs?\tInterviews", "Impact\tWhat changed?\tSurvey"]


def test_text_painted_twice_is_read_once(tmp_path: Path) -> None:
    marks = [text(70, 760, "Conclusions", 16, BOLD), text(70.4, 760.3, "Conclusions", 16, BOLD), *column(70, 720, PROSE)]
    assert texts(flow(read(typeset(tmp_path / "a.pdf", marks)))) == ["Conclusions", " ".join(PROSE)]


def test_labels_open_lines_of_their_own(tmp_path: Path) -> None:
    marks: list[Mark] = []
    said = ["Donor: Government of Canada and its office", "Region: Mexico and two of its neighbours"]
    for place, (label, value) in enumerate(words.split(" ", 1) for words in said):
        x = 70 + stringWidth(f"{label} ", BOLD, 10)
        marks += [text(70, 700 - 13 * place, label, 10, BOLD), text(x, 700 - 13 * place, value)]
    assert texts(flow(read(typeset(tmp_path / "a.pdf", marks)))) == said


def test_list_items_carry_their_markers(tmp_path: Path) -> None:
    lines = ["The evaluation makes two recommendations to the office:", "1. Keep the shelters open on every day of the year, and"]
    lines += ["    tell the municipalities about it.", "2. Count the residents.", "a) at night;", "b) at noon."]
    document = flow(read(typeset(tmp_path / "a.pdf", column(70, 700, lines))))
    assert blocks(document)[1:] == [
        ("item", "1.", "Keep the shelters open on every day of the year, and tell the municipalities about it."),
        ("item", "2.", "Count the residents."),
        ("item", "a)", "at night;"),
        ("item", "b)", "at noon."),
    ]
    assert document.text.endswith("2. Count the residents.\na) at night;\nb) at noon.")


def test_contents_and_captions_are_told_apart(tmp_path: Path) -> None:
    marks = column(70, 780, ["Introduction ........................ 1", "Findings ............................ 7"])
    marks += [text(70, 700, "Figure 2. Shelters by region", 9), *column(70, 640, PROSE)]
    document = flow(read(typeset(tmp_path / "a.pdf", marks)))
    assert [role for role, _, _ in blocks(document)] == ["contents", "contents", "caption", "paragraph"]


def test_size_and_weight_are_kept(tmp_path: Path) -> None:
    document = read(typeset(tmp_path / "a.pdf", [text(70, 760, "Conclusions", 16, BOLD), *column(70, 720, PROSE)]))
    assert [(b.role, b.size, b.bold) for b in document.blocks] == [("heading", 16.0, True), ("paragraph", 10.0, False)]


def test_bookmarks_and_properties(tmp_path: Path) -> None:
    path = typeset(
        tmp_path / "a.pdf",
        column(70, 720, PROSE),
        column(70, 720, PROSE),
        bookmarks=[(1, "Findings", 0), (2, "Relevance", 1)],
        info={"title": "Final evaluation", "author": "Evaluation office"},
    )
    document = read(path)
    assert document.outline == ((1, "Findings", 1), (2, "Relevance", 2))
    assert (document.metadata["title"], document.metadata["author"]) == ("Final evaluation", "Evaluation office")


def test_an_empty_password_opens_the_file(tmp_path: Path) -> None:
    path = typeset(tmp_path / "a.pdf", column(70, 720, PROSE), password=("", "secret"))
    assert texts(flow(read(path))) == [" ".join(PROSE)]


def error(path: Path, **limits: int) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(path, Limits(**limits))
    return str(caught.value)


def test_bad_files_are_named_with_their_remedy(tmp_path: Path, no_ocr: None) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\nthis is no PDF at all")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no Word file")
    (tmp_path / "table.xlsx").write_bytes(b"x")
    (tmp_path / "junk.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "blank.txt").write_text(" \n\n ")
    typeset(tmp_path / "locked.pdf", column(70, 720, PROSE), password=("open", "secret"))
    typeset(tmp_path / "scan.pdf", [picture(0, 0, 595, 842)], [picture(0, 0, 595, 842)])
    resave = "Open it in a PDF viewer, save or print it as a new PDF, and add that one."
    resave_word = "Open it in Word, save it again as .docx, and add that one."
    types = "Files that can be read end in .pdf, .docx, .txt, .md or .html."
    plain = "Save it as plain text in UTF-8, or add the PDF or Word file it came from."
    assert error(tmp_path / "none.pdf") == f"There is no file at {tmp_path / 'none.pdf'}. Check the path."
    assert error(tmp_path / "empty.pdf") == "empty.pdf is empty. Add a file that has text."
    assert error(tmp_path / "broken.pdf") == f"broken.pdf is damaged and cannot be opened as a PDF. {resave}"
    assert error(tmp_path / "broken.docx") == f"broken.docx is damaged and cannot be opened as a Word file. {resave_word}"
    assert error(tmp_path / "table.xlsx") == f"table.xlsx is of a type that cannot be read. {types}"
    assert error(tmp_path / "junk.txt") == f"junk.txt holds no readable text. {plain}"
    assert error(tmp_path / "blank.txt") == "blank.txt holds no text. Add a version of the file that has text."
    assert error(tmp_path / "locked.pdf") == "locked.pdf is protected by a password. Save a copy without the password and add that one."
    assert error(tmp_path / "scan.pdf") == f"scan.pdf holds no text: pages 1-2 are only pictures. {INSTALL}"


def test_limits_of_pages_and_size(tmp_path: Path) -> None:
    path = typeset(tmp_path / "long.pdf", *[column(70, 720, PROSE)] * 3)
    assert error(path, pages=2) == "long.pdf has 3 pages, more than the 2 that are read. Split it into smaller files and add those."
    (tmp_path / "big.txt").write_bytes(b"word " * 300_000)
    smaller = "Make its pictures smaller or split it, and add the result."
    assert error(tmp_path / "big.txt", size=1) == f"big.txt has 1 MB, more than the 1 MB that are read. {smaller}"


def test_a_page_that_is_a_picture_is_named(tmp_path: Path, no_ocr: None) -> None:
    document = read(typeset(tmp_path / "a.pdf", column(70, 720, PROSE), [picture(0, 0, 595, 842)]))
    assert document.warnings == (f"In a.pdf, page 2 is only pictures and was left out. {INSTALL}",)
    assert document.ocr_pages == frozenset()


def test_plain_text_keeps_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("RECOMENDACIONES\n\n- Impacto:** Seguir\n  con \\$5.\n- Diseño:** Mejorar.\n\n1. Uno.\n\nFin.\n", encoding="utf-8")
    document = flow(read(path))
    assert blocks(document) == [
        ("heading", "", "RECOMENDACIONES"),
        ("item", "-", "Impacto:** Seguir con \\$5."),
        ("item", "-", "Diseño:** Mejorar."),
        ("item", "1.", "Uno."),
        ("paragraph", "", "Fin."),
    ]
    assert document.pages == (PageRun(0, None, None),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes("La evaluación concluyó «bien» — según el año.".encode(encoding))
    assert read(tmp_path / "a.txt").text == "La evaluación concluyó «bien» — según el año."


def test_form_feeds_start_pages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First page.\f\fThird page.\f")
    assert [(run.start, run.page) for run in read(tmp_path / "a.txt").pages] == [(0, 1), (13, 3)]


def test_headers_of_paged_text_are_left_out(tmp_path: Path) -> None:
    body = "\n\n".join(" ".join(PROSE) for _ in range(20))
    pages = [f"Final evaluation ABC1\n\nTheme {n} has words.\n\n{body}\n\n{label}" for n, label in enumerate(("iv", "v", "1", "2"))]
    (tmp_path / "a.txt").write_text("\f".join(pages))
    document = flow(read(tmp_path / "a.txt"))
    assert "ABC1" not in document.text
    assert [run.label for run in document.pages] == ["iv", "v", "1", "2"]
    assert pages_of(document, "Theme 2 has words.") == [(3, "1")]


def test_a_text_that_is_not_wrapped_has_a_paragraph_on_each_line(tmp_path: Path) -> None:
    long = "The evaluation concluded that the project was relevant. " * 4
    (tmp_path / "a.txt").write_text(f"MAIN\nFINDINGS\n{long}\nAnother paragraph.\nFull report:\nhttps://example.org/a\n")
    assert blocks(flow(read(tmp_path / "a.txt"))) == [
        ("heading", "", "MAIN FINDINGS"),
        ("paragraph", "", long.strip()),
        ("paragraph", "", "Another paragraph."),
        ("paragraph", "", "Full report: https://example.org/a"),
    ]


def test_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Report\n\nFindings\n--------\n\nText **bold** here.\n\n* one\n* two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    document = flow(read(tmp_path / "a.md"))
    assert blocks(document) == [
        ("heading", "#", "Report"),
        ("heading", "##", "Findings"),
        ("paragraph", "", "Text **bold** here."),
        ("item", "*", "one"),
        ("item", "*", "two"),
        ("row", "", "A\tB"),
        ("row", "", "1\t2"),
    ]
    assert [b.level for b in document.blocks[:2]] == [1, 2]


def test_bullets_written_as_delete(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\x7f Mend the roads.\n\x7f Paint the schools.\n")
    document = flow(read(tmp_path / "a.txt"))
    assert blocks(document) == [("item", "•", "Mend the roads."), ("item", "•", "Paint the schools.")]
    assert document.text == "• Mend the roads.\n• Paint the schools."


def test_a_row_of_markdown_keeps_the_cells_before_the_first_that_says_something(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("| A | B | C |\n|---|---|---|\n| | | 3 |\n| 1 | | |\n")
    assert blocks(flow(read(tmp_path / "a.md"))) == [("row", "", "A\tB\tC"), ("row", "", "\t\t3"), ("row", "", "1")]


HTML = """<html><head><meta charset="iso-8859-1"><title>Évaluation</title><meta name="author" content="Bureau"></head><body>
<nav>menu</nav><h1>Titre</h1><p>Une phrase<sup>1</sup> sur 5 m<sup>2</sup>.</p><div>Texte <b>gras</b>
<ol start="3"><li>trois<ul><li>sous</li></ul></li><li><p>quatre</p></li></ol></div>
<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2 <i>x</i></td></tr></table><script>no()</script></body></html>"""


def test_html(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(HTML.encode("iso-8859-1"))
    document = flow(read(tmp_path / "a.html"))
    assert blocks(document) == [
        ("heading", "", "Titre"),
        ("paragraph", "", "Une phrase sur 5 m2."),
        ("paragraph", "", "Texte gras"),
        ("item", "3.", "trois"),
        ("item", "-", "sous"),
        ("item", "4.", "quatre"),
        ("row", "", "A\tB"),
        ("row", "", "1\t2 x"),
    ]
    assert document.metadata == {"title": "Évaluation", "author": "Bureau"}


def test_word(tmp_path: Path) -> None:
    word = WordDocument()
    word.core_properties.title = "Management response"
    word.add_heading("Findings", level=2)
    word.add_paragraph("The project was relevant.")
    word.add_paragraph("Train the staff.", style="List Number")
    word.add_paragraph("Count the residents.", style="List Number")
    word.add_paragraph("A point.", style="List Bullet")
    word.add_paragraph().add_run("Next steps").bold = True
    table = word.add_table(rows=2, cols=2)
    for cell, words in zip((c for row in table.rows for c in row.cells), ("Recommendation", "Status", "1", "Accepted"), strict=True):
        cell.text = words
    word.save(str(tmp_path / "a.docx"))
    document = flow(read(tmp_path / "a.docx"))
    assert blocks(document) == [
        ("heading", "", "Findings"),
        ("paragraph", "", "The project was relevant."),
        ("item", "1.", "Train the staff."),
        ("item", "2.", "Count the residents."),
        ("item", "•", "A point."),
        ("heading", "", "Next steps"),
        ("row", "", "Recommendation\tStatus"),
        ("row", "", "1\tAccepted"),
    ]
    assert document.blocks[0].level == 2
    assert document.metadata["title"] == "Management response"


def test_reading_says_nothing_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = typeset(tmp_path / "a.pdf", column(70, 720, PROSE))
    path.write_bytes(path.read_bytes().replace(b"startxref", b"startxxxx"))
    with suppress(UnreadableFile):
        read(path)
    assert capfd.readouterr() == ("", "")
