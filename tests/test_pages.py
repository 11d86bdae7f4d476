"""Page pictures, and the boxes of a quote on them, in PDFs typeset here."""

import io
from pathlib import Path

import pytest
from PIL import Image
from typeset import column, text, typeset

from kb.errors import UnreadableFile
from kb.pages import Box, marks, page_count, page_size, picture

FIRST = [
    "The shelters received four hundred and twenty people in the",
    "course of the project, and the staff were trained in inter-",
    "viewing them.",
]
ELSEWHERE = ["Nothing on this page has anything to do with the words above."]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return typeset(tmp_path / "report.pdf", column(72, 700, FIRST), column(72, 700, ELSEWHERE))


def test_a_page_is_drawn_at_the_width_asked_for(report: Path) -> None:
    drawn = Image.open(io.BytesIO(picture(report, 1, 400)))
    assert (drawn.format, drawn.width) == ("PNG", pytest.approx(400, abs=1))
    assert drawn.height == pytest.approx(400 * 842 / 595, abs=1)
    assert page_count(report) == 2
    assert page_size(report, 1) == (595, 842)


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_named(report: Path, page: int) -> None:
    with pytest.raises(UnreadableFile, match=rf"^report\.pdf has no page {page}\. It has 2 pages\.$"):
        picture(report, page, 400)


def test_a_file_that_is_no_pdf_or_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_text("not a PDF")
    for name in ("notes.pdf", "gone.pdf"):
        with pytest.raises(UnreadableFile, match=rf"^The pages of {name} cannot be shown\. Check that the file is there"):
            page_count(tmp_path / name)


def test_a_quote_is_marked_line_by_line_through_a_hyphen(report: Path) -> None:
    (boxes,) = marks(report, (1,), "and the staff were trained in interviewing them.").values()
    assert len(boxes) == 2
    second, third = boxes
    assert second.left == pytest.approx((72 + 107) / 595, abs=0.02)  # "course of the project, " is about 107 points wide
    assert third.left == pytest.approx(72 / 595, abs=0.005)
    assert (second.top + second.bottom) / 2 == pytest.approx(1 - (700 - 13 + 3) / 842, abs=0.006)
    assert third.right < second.right


def test_accents_and_case_do_not_matter(tmp_path: Path) -> None:
    made = typeset(tmp_path / "es.pdf", [text(72, 700, "SEGÚN LA EVALUACIÓN, LA FORMACIÓN FUE EFICAZ")])
    assert list(marks(made, (1,), "Según la evaluación, la formación fue eficaz")) == [1]


def test_half_a_quote_found_is_marked_and_less_is_not(report: Path) -> None:
    found = "the staff were trained in interviewing them"
    assert list(marks(report, (1,), f"{found} by people who came from afar")) == [1]
    assert marks(report, (1,), f"{found} by people who came from afar, and who went away again without being thanked") == {}
    assert marks(report, (2,), found) == {}
    assert marks(report, (1,), "…") == {}


def test_a_quote_that_crosses_pages_is_marked_on_both(tmp_path: Path) -> None:
    made = typeset(
        tmp_path / "two.pdf", [text(72, 90, "The shelters received four hundred people in")], [text(72, 750, "the second year of the project.")]
    )
    found = marks(made, (1, 2), "The shelters received four hundred people in the second year of the project.")
    assert sorted(found) == [1, 2]
    assert found[1][0].top > 0.85
    assert found[2][0].top < 0.15


def test_a_caption_in_between_is_not_marked(tmp_path: Path) -> None:
    lines = ["The shelters received four hundred and twenty", "Photograph: a shelter", "people in the second year of the project."]
    made = typeset(tmp_path / "caption.pdf", column(72, 700, lines, leading=40))
    (boxes,) = marks(made, (1,), f"{lines[0]} {lines[2]}").values()
    assert [round(842 * (1 - (box.top + box.bottom) / 2) / 10) for box in boxes] == [70, 62]


def test_boxes_of_a_turned_page_lie_on_the_picture(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    made = typeset(tmp_path / "straight.pdf", [text(72, 700, "The shelters received four hundred people.")])
    writer = PdfWriter()
    writer.add_page(PdfReader(made).pages[0]).rotate(90)
    writer.write(tmp_path / "turned.pdf")
    (box,) = marks(tmp_path / "turned.pdf", (1,), "The shelters received four hundred people.")[1]
    assert isinstance(box, Box)
    assert page_size(tmp_path / "turned.pdf", 1) == (842, 595)
    assert box.bottom - box.top > box.right - box.left  # the line now runs down
    assert (box.left + box.right) / 2 == pytest.approx(703 / 842, abs=0.01)
    assert box.top == pytest.approx(72 / 595, abs=0.01)
