"""`python -m kb memo`: the files it writes, what it prints, how it ends."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ToyEmbedder
from memos import TRAIN, fill, memo_in

from kb.cli import main
from kb.library import Library
from kb.memo import dumps, read


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a library and a memo file of three quotations."""
    monkeypatch.setattr("kb.library.SentenceEmbedder", ToyEmbedder)
    monkeypatch.setenv("KB_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)
    with Library.open(tmp_path / "library", create=True) as library:
        fill(library)
        memo, _, _ = memo_in(library)
    Path("memo.json").write_text(dumps(memo), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> object:
    """Runs one command: (exit code, standard output, standard error)."""

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["memo", *arguments])
        except SystemExit as left:
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def test_one_memo_in_every_format(run: object, folder: Path) -> None:
    code, out, err = run("memo.json", "--to", "a.docx", "--to", "a.md", "--to", "a.html", "--to", "a.json", "--references", "a.bib", "--verify")
    assert (code, err) == (0, "")
    assert out == "Written: a.docx\nWritten: a.md\nWritten: a.html\nWritten: a.json\nWritten: a.bib\nQuotations verified verbatim: 3 of 3\n"
    with zipfile.ZipFile("a.docx") as opened:
        assert opened.read("word/document.xml").count(b"<w:footnoteReference ") == 3
    assert "“Impacto: Fortalecer los albergues”[^2]." in Path("a.md").read_text(encoding="utf-8")
    assert "<title>Seguimiento</title>" in Path("a.html").read_text(encoding="utf-8")
    assert read(Path("a.json")) == read(Path("memo.json"))
    assert Path("a.bib").read_text(encoding="utf-8").startswith("@techreport{unodc2022,")


@pytest.mark.parametrize(("name", "beginning"), [("r.ris", "TY  - RPRT"), ("r.json", '[\n  {\n    "id": "unodc2022"')])
def test_references_follow_the_ending(run: object, name: str, beginning: str) -> None:
    assert run("memo.json", "--references", name) == (0, f"Written: {name}\n", "")
    assert Path(name).read_text(encoding="utf-8").startswith(beginning)


def test_a_memo_from_a_question(run: object) -> None:
    arguments = ("--title", "Albergues", "--addressee", "Jefatura", "--date", "2026-11-23", "--to", "q.md", "--to", "q.json")
    assert run("--from-question", "¿Cuáles son las recomendaciones?", *arguments)[0] == 0
    head = "# Albergues\n\n**Para:** Jefatura\\\n**Fecha:** 23 de noviembre de 2026\n\nLa evaluación recomendó:\n\n> “"
    assert Path("q.md").read_text(encoding="utf-8").startswith(head)
    memo = read(Path("q.json"))
    assert [pick.quote for pick in memo.picks] == [TRAIN]
    assert (memo.language, memo.style, memo.date) == ("es", "un", "2026-11-23")


def test_options_take_the_place_of_what_the_file_says(run: object) -> None:
    assert run("memo.json", "--title", "Suivi", "--language", "fr", "--style", "author-date", "--to", "a.md")[0] == 0
    text = Path("a.md").read_text(encoding="utf-8")
    assert text.startswith("# Suivi\n\n**Date\u00a0:** 23 novembre 2026")
    assert "«\u202fImpacto: Fortalecer los albergues\u202f» (UNODC, 2022, p. x" in text


def test_a_quotation_that_no_longer_stands_is_named(run: object, folder: Path) -> None:
    memo = read(Path("memo.json"))
    picks = (replace(memo.picks[0], quote="Nobody said\nthis."), replace(memo.picks[1], report_path="x.pdf", sha256="y"), memo.picks[2])
    Path("old.json").write_text(dumps(replace(memo, picks=picks)), encoding="utf-8")
    assert run("old.json", "--verify") == (
        1,
        "Quotations verified verbatim: 1 of 3\n1. corpus/albergues.pdf: these words are not in the report: Nobody said this.\n"
        f"2. x.pdf: the report is not in the library: {TRAIN}\n",
        "2 of 3 quotations could not be verified. Add the report again, or take the quotation out.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("nothing.json", "--verify"), "The memo nothing.json cannot be read (No such file or directory). Check the name.\n"),
        (
            ("memo.json", "--to", "nowhere/a.md"),
            "nowhere/a.md cannot be written (No such file or directory). Close it where it is open, or name another file.\n",
        ),
        (
            ("--from-question", "What is the capital of France?", "--to", "a.md"),
            "None of the 2 reports searched says. Ask in other words, or look with: python -m kb search\n",
        ),
    ],
)
def test_what_fails_is_one_line_with_a_remedy(run: object, arguments: tuple[str, ...], line: str) -> None:
    assert run(*arguments) == (1, "", line)


def test_an_ending_that_stands_for_no_format(run: object, folder: Path) -> None:
    line = "No memo can be written as a.pdf. Name a file that ends in .docx, .html, .md, .json.\n"
    assert run("memo.json", "--to", "a.md", "--to", "a.pdf") == (2, "", line)
    line = "No references can be written as a.xml. Name a file that ends in .bib, .ris, .json.\n"
    assert run("memo.json", "--to", "a.md", "--references", "a.xml") == (2, "", line)
    assert not (folder / "a.md").exists()


def test_a_file_that_is_no_memo(run: object) -> None:
    Path("bad.json").write_text(json.dumps({"title": "x"}))
    code, _, err = run("bad.json", "--verify")
    assert (code, err.partition(".json is ")[2].partition(".")[0]) == (1, "not a memo file")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("memo.json",),
        ("--verify",),
        ("memo.json", "--from-question", "Why?", "--verify"),
        ("memo.json", "--verify", "--language", "de"),
        ("memo.json", "--verify", "--style", "apa"),
        ("memo.json", "--verify", "--date", "23/11/2026"),
    ],
)
def test_wrong_usage(run: object, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: kb memo")
