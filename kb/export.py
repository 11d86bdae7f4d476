"""Passages found as a table for a spreadsheet: CSV, or an Excel workbook. The only owner of openpyxl."""

import csv
import io
from collections.abc import Iterable, Iterator

from kb.cite import hit_reference, shown
from kb.plain import plain
from kb.records import Hit
from kb.taxonomy import criterion_label, kind_label

COLUMNS = {
    "es": (
        "Informe",
        "Año",
        "Códigos",
        "Tipo",
        "Criterios",
        "Epígrafe",
        "Página",
        "Página del PDF",
        "Párrafo",
        "Idioma",
        "Pasaje",
        "Referencia",
        "Archivo",
    ),
    "en": ("Report", "Year", "Codes", "Kind", "Criteria", "Heading", "Page", "PDF page", "Paragraph", "Language", "Passage", "Reference", "File"),
    "fr": (
        "Rapport",
        "Année",
        "Codes",
        "Type",
        "Critères",
        "Intitulé",
        "Page",
        "Page du PDF",
        "Paragraphe",
        "Langue",
        "Passage",
        "Référence",
        "Fichier",
    ),
}
WIDTHS = (40, 7, 14, 18, 22, 30, 8, 8, 10, 8, 90, 60, 30)  # of the workbook's columns, in characters
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet would take a cell that begins so for a formula

Row = tuple[str | int, ...]


def rows(hits: Iterable[Hit], language: str) -> Iterator[Row]:
    """A row for each hit, in the order of `COLUMNS`; what is not known is empty."""
    for hit in hits:
        passage, report = hit.passage, hit.report
        yield (
            shown(report.title), report.year or "", ", ".join(report.codes), kind_label(passage.kind, language),
            ", ".join(criterion_label(criterion, language) for criterion in passage.criteria), shown(passage.heading),
            passage.page_label or "", passage.first_page or "", passage.paragraph or "", passage.language, shown(passage.text),
            hit_reference(hit, language), report.path,
        )  # fmt: skip


def as_csv(hits: Iterable[Hit], language: str) -> bytes:
    """UTF-8 with the mark by which Excel knows it. What looks like a formula is kept as text by an apostrophe."""
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)  # a cell that holds another separator stays one
    writer.writerow(COLUMNS[language])
    writer.writerows([_as_text(cell) for cell in row] for row in rows(hits, language))
    return table.getvalue().encode("utf-8-sig")


def _as_text(cell: str | int) -> str | int:
    risky = isinstance(cell, str) and (cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA))
    return f"'{cell}" if risky else cell


def as_xlsx(hits: Iterable[Hit], language: str) -> bytes:
    """A workbook of one sheet, its heading row fixed. Words are kept as words, whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width

    def cell(value: str | int, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", plain(value)) if isinstance(value, str) else value)
        made.data_type = "s" if isinstance(value, str) else "n"
        made.alignment = Alignment(wrap_text=True, vertical="top")
        made.font = Font(bold=bold)
        return made

    sheet.append([cell(name, bold=True) for name in COLUMNS[language]])
    for row in rows(hits, language):
        sheet.append([cell(value) for value in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
