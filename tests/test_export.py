"""Results as CSV and as a workbook: what stands in which cell, and nothing that a spreadsheet would compute."""

import csv
import io
from dataclasses import replace

import pytest
from conftest import make_reading
from openpyxl import load_workbook

from kb.export import COLUMNS, as_csv, as_xlsx
from kb.records import Hit


def hit(text: str = "Repair the shelters.") -> Hit:
    made = make_reading("b.txt", ("recommendation", text), title="Shelters", year=2022, codes=("MEXW55", "MEXW64"))
    passage = replace(made.passages[0], criteria=("sustainability", "gender"), heading="Recommendations", page_label="ix", first_page=11)
    return Hit(passage, made.report, 1.0, 1)


ROW = ["Shelters", "2022", "MEXW55, MEXW64", "Recomendación", "Sostenibilidad, Igualdad de género", "Recommendations", "ix", "11", "", "en"]


def test_csv_has_a_row_for_each_passage() -> None:
    written = as_csv([hit(), hit("Hire translators.")], "es")
    assert written.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(written.decode("utf-8-sig")))
    assert tuple(head) == COLUMNS["es"]
    assert first[:11] == [*ROW, "Repair the shelters."]
    assert first[11].endswith("(MEXW55, MEXW64) (2022), pág. ix [PDF pág. 11].")
    assert first[12] == "b.txt"
    assert second[10] == "Hire translators."


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1 point", "@SUM(A1)", " =1", "＝1+1"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    made = hit()
    risky = replace(made, report=replace(made.report, title=text))
    _, row = csv.reader(io.StringIO(as_csv([risky], "en").decode("utf-8-sig"), newline=""))
    assert row[0] == f"'{text}"
    cell = load_workbook(io.BytesIO(as_xlsx([risky], "en"))).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()


def test_a_cell_that_holds_another_separator_is_one_in_every_country() -> None:
    assert b',"a;=1+1",' in as_csv([hit("a;=1+1")], "en")


def test_a_workbook_keeps_numbers_and_leaves_out_what_no_cell_may_hold() -> None:
    made = hit("A bell\x07 rang.")
    sheet = load_workbook(io.BytesIO(as_xlsx([made], "fr"))).active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS["fr"])
    assert (sheet["B2"].value, sheet["H2"].value, sheet["K2"].value) == (2022, 11, "A bell rang.")
    assert sheet.freeze_panes == "A2"
