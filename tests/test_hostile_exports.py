"""Files, tables, references and terminal lines made of hostile strings hold them as text, and do nothing."""

import csv
import io
import json
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from conftest import ToyEmbedder
from docx import Document as open_docx
from hostile_text import STRINGS, WRITTEN, fill_with, hostile_reading
from lxml import html
from openpyxl import load_workbook
from typeset import column, typeset

from ingest import cli as ingest_cli
from ingest.pipeline import ingest
from kb import cli
from kb.answer import answer
from kb.bibliography import to_bibtex, to_csl, to_ris
from kb.cite import shown
from kb.export import FORMULA, as_csv, as_xlsx
from kb.library import Library
from kb.markdown import to_markdown
from kb.memo import check, memo_from
from kb.plain import as_json, plain
from kb.records import Check, Filters, Hit, Memo
from kb.ui.turn_tools import as_markdown
from kb.word import _path, to_html, to_word

ALL = [*STRINGS, *WRITTEN[:-1]]
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")


def hits() -> list[Hit]:
    made = [hostile_reading(number, string) for number, string in enumerate(ALL)]
    return [Hit(one.passages[0], one.report, 1.0, 1) for one in made]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Library:
    with Library.open(tmp_path_factory.mktemp("hostile") / "library", ToyEmbedder(), create=True) as library:
        fill_with(library, STRINGS)
        yield library


@pytest.fixture(scope="module", params=["un", "author-date"])
def memo(filled: Library, request: pytest.FixtureRequest) -> tuple[Memo, list[Check], int]:
    """A memo that quotes every report, with the string as the line above it too."""
    reports = {report.id: report for report in filled.reports()}
    picks = [
        {
            "report_path": reports[one.report_id].path,
            "passage_id": one.id,
            "start": one.start,
            "end": one.end,
            "quote": one.text,
            "before": reports[one.report_id].title,
        }
        for one in filled.browse(Filters())
    ]
    kept = {"title": "<b>A</b> $memo$", "addressee": "[x](javascript:y)", "date": "2026-11-23", "style": request.param, "picks": picks}
    made = memo_from(kept)
    return made, check(filled, made), len(reports)


def words_of(text: str) -> str:
    return " ".join(text.split())


def said(string: str) -> str:
    return words_of(shown(string))


def test_no_cell_of_a_table_is_a_formula() -> None:
    table = list(csv.reader(io.StringIO(as_csv(hits(), "en").decode("utf-8-sig"), newline="")))
    assert len(table) == len(ALL) + 1
    assert not [cell for row in table for cell in row if cell.lstrip().startswith(FORMULA)]
    sheet = load_workbook(io.BytesIO(as_xlsx(hits(), "en"))).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)} == {"s"}
    assert [words_of(row[0].value) for row in sheet.iter_rows(min_row=2)] == [said(string) for string in ALL]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_references_are_one_record_a_report() -> None:
    reports = [replace(hit.report, language="en}, note = {x}\nTY  - JOUR") for hit in hits()]
    assert len(json.loads(to_csl(reports, "en"))) == len(reports)
    ris = to_ris(reports, "en").split("\r\n")
    assert ris.count("TY  - RPRT") == ris.count("ER  - ") == len(reports)
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in ris)
    bibtex = re.sub(r"\\textbackslash\{\}|\\textasciitilde\{\}|\\textasciicircum\{\}|\\[{}$&#_%]", "", to_bibtex(reports, "en"))
    assert bibtex.count("@techreport{") == len(reports)
    assert not re.search(r"[\\$%#&~^]", bibtex)
    assert all(entry.count("{") == entry.count("}") for entry in bibtex.split("\n\n"))
    fields = re.findall(r"^  (\w+) = ", bibtex, re.MULTILINE)
    assert set(fields) <= {"author", "title", "institution", "address", "year", "number", "language"}


def test_a_memo_as_a_page_holds_the_strings_as_words(memo: tuple[Memo, list[Check], int]) -> None:
    page = html.document_fromstring(to_html(*memo))
    assert all(said(string) in words_of(page.text_content()) for string in STRINGS)
    assert {node.tag for node in page.iter() if isinstance(node.tag, str)} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "strong", "em", "br", "a", "sup", "span", "blockquote", "section",
        "ol", "li", "hr", "aside", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "div",
    }  # fmt: skip
    assert all(link.get("href").startswith("#") for link in page.iter("a"))
    assert not [node for node in page.iter() if any(name.startswith("on") or name == "src" for name in node.keys())]  # noqa: SIM118


def test_a_memo_as_a_word_file_holds_the_strings_as_words(memo: tuple[Memo, list[Check], int]) -> None:
    made = to_word(*memo)
    written = words_of(" ".join(paragraph.text for paragraph in open_docx(io.BytesIO(made)).paragraphs))
    assert all(said(string) in written for string in STRINGS)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        relations = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
        document = archive.read("word/document.xml").decode()
    assert "TargetMode" not in relations.replace('TargetMode="Internal"', "")
    assert not re.search(r"<w:(?:hyperlink|fldSimple|instrText|object)|<m:oMath", document)


def test_a_memo_as_markdown_is_read_as_words(memo: tuple[Memo, list[Check], int]) -> None:
    assert reads_as_words(to_markdown(*memo), STRINGS)


def test_an_answer_as_markdown_is_read_as_words(filled: Library) -> None:
    replies = {report.title: answer(filled, f"{report.title} shelters relevant", Filters(reports=(report.id,))) for report in filled.reports()}
    written = "\n\n".join(as_markdown(reply, "en") for reply in replies.values() if reply.answered)
    assert reads_as_words(written, [title for title, reply in replies.items() if reply.answered])


def reads_as_words(markdown: str, strings: list[str]) -> bool:
    """Whether another program reads no link, picture, markup of its own or formula in it, and all the strings."""
    done = subprocess.run([_path(), "--sandbox", "--from=gfm", "--to=html", "--mathml"], input=markdown.encode(), capture_output=True, check=True)
    page = html.fragment_fromstring(done.stdout.decode(), create_parent="body")
    outside = [link.get("href") for link in page.iter("a") if not link.get("href").startswith("#")]
    odd = {node.tag for node in page.iter() if isinstance(node.tag, str)} & {
        "img",
        "script",
        "iframe",
        "svg",
        "math",
        "form",
        "input",
        "style",
        "meta",
        "base",
    }
    assert not outside and not odd, (outside, odd)
    return all(normalize("NFC", said(string)) in normalize("NFC", words_of(page.text_content())) for string in strings)


def test_no_line_of_a_terminal_is_steered(filled: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.library.Library.open", lambda folder: _open(filled))
    for command in (
        ["search", "--limit", "500"],
        ["search", "--limit", "500", "--json"],
        ["ask", "shelters relevant"],
        ["search", "x", "--report", "\x1b[2J\u202e"],
    ):
        cli.main(command)
        printed = capsys.readouterr()
        assert not STEERS.search(printed.out + printed.err), command
    assert ingest_cli.main(["list", "--library", "x"]) == 0
    assert not STEERS.search(capsys.readouterr().out)


class _open:
    """The library, left open at the end of the block."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __enter__(self) -> Library:
        return self.library

    def __exit__(self, *_: object) -> None: ...


@pytest.mark.parametrize("string", WRITTEN)
def test_what_steers_is_taken_out_of_text_and_escaped_in_json(string: str) -> None:
    assert not STEERS.search(plain(string))
    assert not STEERS.search(as_json({"title": string}))
    assert json.loads(as_json({"title": string})) == {"title": string}


def test_the_letters_of_a_text_stay() -> None:
    for kept in ("Según «la» evaluación…\n\ten dos", "العربية\u200f 123", "e\u0301 中文 𝓯"):
        assert plain(kept) == kept
    assert plain("\u202efdp.noitaulave\u202c") == "fdp.noitaulave"


FILES = ("txt", "md", "html", "docx", "pdf", "toml", "name")


@pytest.mark.parametrize("kind", FILES)
def test_files_that_hold_the_strings_are_read_as_text(library: Library, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, string in enumerate(ALL):
        _write(folder, kind, number, string)
    summary = ingest([folder], tmp_path / "library", library=library)
    assert [failure.error for failure in summary.failed] == []
    assert summary.added == len(ALL)
    for report in library.reports():
        assert not STEERS.search(report.title + report.text + "".join(map(str, report.codes)))
        report.text.encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(folder: Path, kind: str, number: int, string: str) -> None:
    """One report that holds the string: in its text, its file's own title, its sidecar, or its name."""
    sentence = f"Report {number} found that the shelters were relevant to the people in them." + " They were used by many in every year." * 30
    written = string.encode("utf-8", "replace").decode()
    path = folder / f"{number}.{kind}"
    if kind == "docx":
        document = open_docx()
        legal = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", written)
        document.core_properties.title = legal[:255]
        document.add_heading(legal)
        document.add_paragraph(f"{legal} {sentence}")
        document.save(str(path))
    elif kind == "pdf":
        typeset(path, column(70, 720, [sentence[:90]]), info={"title": written, "author": written})
    elif kind == "toml":
        (folder / f"{number}.txt").write_text(sentence)
        path.write_text(f"title = {_quoted(written)}\ncodes = [{_quoted(written)}]\n".replace("\x7f", "\\u007f"), encoding="utf-8")
    elif kind == "name":
        name = re.sub(r"[/\x00]", "_", written)[:60]
        (folder / f"{number} {name}.txt").write_text(sentence)
    else:
        path.write_text(f"<p>{sentence}</p><p>{written}" if kind == "html" else f"{written}\n\n{sentence}\n", encoding="utf-8")
