"""`python -m kb`: what it prints, in which shape, and how it ends."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ToyEmbedder, make_reading

from kb.cli import main
from kb.library import Library

HIT = {
    "rank", "score", "passage_id", "report_id", "report_path", "title", "heading", "kind", "criteria", "language", "page_label", "pdf_page",
    "text", "reference",
}  # fmt: skip
ANSWER = {"question", "language", "answered", "message", "statements", "citations", "coverage"}
CITATION = {
    "number", "quote", "passage_id", "report_id", "report_path", "heading", "kind", "criteria", "page_label", "pdf_page", "reference",
}  # fmt: skip
COVERAGE = {"reports_searched", "reports_with_hits"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of two reports, which commands open with the toy embedder unless they name another."""
    monkeypatch.setattr("kb.library.SentenceEmbedder", ToyEmbedder)
    made = tmp_path / "library"
    with Library.open(made, create=True) as library:
        spanish = make_reading(
            "corpus/albergues.txt",
            ("finding", r"Los albergues costaron \$752,110.31 USD."),
            ("recommendation", "Impacto:** Fortalecer los albergues."),
            title="Evaluación de albergues", language="es", year=2022, codes=("MEXW64",),
        )  # fmt: skip
        passages = (spanish.passages[0], replace(spanish.passages[1], criteria=("impact",)))
        library.add(replace(spanish, passages=passages))
        library.add(make_reading("corpus/wells.txt", ("finding", "The wells were dug in time."), title="Wells", year=2019))
    monkeypatch.setenv("KB_LIBRARY", str(made))
    return made


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> object:
    """Runs one command: (exit code, standard output, standard error)."""

    def command(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(list(arguments))
        except SystemExit as left:
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def parsed(result: tuple[int, str, str]) -> dict[str, Any]:
    code, out, err = result
    assert (code, err) == (0, "")
    return json.loads(out)


# search


def test_search_json(run: object) -> None:
    found = parsed(run("search", "fortalecer albergues", "--json"))
    assert set(found) == {"query", "hits", "coverage"}
    assert found["query"] == "fortalecer albergues"
    assert all(set(hit) == HIT for hit in found["hits"])
    first = found["hits"][0]
    assert {name: first[name] for name in HIT - {"score"}} == {
        "rank": 1,
        "passage_id": 2,
        "report_id": 1,
        "report_path": "corpus/albergues.txt",
        "title": "Evaluación de albergues",
        "heading": "Recommendation",
        "kind": "recommendation",
        "criteria": ["impact"],
        "language": "es",
        "page_label": "2",
        "pdf_page": 2,
        "text": "Impacto:** Fortalecer los albergues.",
        "reference": "Evaluación de albergues (MEXW64) (2022), pág. 2.",
    }
    assert isinstance(first["score"], float)


def test_search_json_counts_the_reports(run: object) -> None:
    assert parsed(run("search", "wells", "--words-only", "--json"))["coverage"] == {"reports_searched": 2, "reports_with_hits": 1}
    assert parsed(run("search", "wells", "--year", "2019", "--json"))["coverage"]["reports_searched"] == 1
    assert parsed(run("search", "zanahoria", "--words-only", "--json")) == {
        "query": "zanahoria",
        "hits": [],
        "coverage": {"reports_searched": 2, "reports_with_hits": 0},
    }


def test_search_prints_each_hit_for_people(run: object) -> None:
    assert run("search", "fortalecer", "--words-only") == (
        0,
        "1. Recommendation · recommendation · impact\n   Impacto: Fortalecer los albergues.\n   Evaluación de albergues (MEXW64) (2022), pág. 2.\n\n",
        "",
    )
    assert run("search", "zanahoria", "--words-only") == (0, "Nothing found.\n", "")


@pytest.mark.parametrize(
    ("filters", "passages"),
    [
        ((), [1, 2, 3]),
        (("--limit", "2"), [1, 2]),
        (("--kind", "finding"), [1, 3]),
        (("--kind", "finding", "--kind", "recommendation"), [1, 2, 3]),
        (("--criterion", "impact"), [2]),
        (("--language", "en"), [3]),
        (("--year", "2022"), [1, 2]),
        (("--report", "corpus/wells.txt"), [3]),
        (("--report", "wells.txt"), [3]),
        (("--report", "mexw64"), [1, 2]),
        (("--report", "wells.txt", "--report", "MEXW64", "--kind", "finding"), [1, 3]),
        (("--year", "2022", "--language", "en"), []),
    ],
)
def test_an_empty_search_browses_within_the_filters(run: object, filters: tuple[str, ...], passages: list[int]) -> None:
    assert [hit["passage_id"] for hit in parsed(run("search", *filters, "--json"))["hits"]] == passages


# ask


def test_ask_json(run: object) -> None:
    reply = parsed(run("ask", "¿Cuáles son las recomendaciones?", "--json"))
    assert set(reply) == ANSWER
    assert {name: reply[name] for name in ("question", "language", "answered", "message", "statements", "coverage")} == {
        "question": "¿Cuáles son las recomendaciones?",
        "language": "es",
        "answered": True,
        "message": "",
        "statements": [{"text": "Impacto:** Fortalecer los albergues.", "citations": [1]}],
        "coverage": {"reports_searched": 2, "reports_with_hits": 1},
    }
    [citation] = reply["citations"]
    assert set(citation) == CITATION
    assert citation == {
        "number": 1,
        "quote": "Impacto:** Fortalecer los albergues.",
        "passage_id": 2,
        "report_id": 1,
        "report_path": "corpus/albergues.txt",
        "heading": "Recommendation",
        "kind": "recommendation",
        "criteria": ["impact"],
        "page_label": "2",
        "pdf_page": 2,
        "reference": "Evaluación de albergues (MEXW64) (2022), pág. 2.",
    }


def test_not_found_is_an_honest_answer(run: object) -> None:
    reply = parsed(run("ask", "What is the capital of France?", "--json"))
    assert reply == {
        "question": "What is the capital of France?",
        "language": "en",
        "answered": False,
        "message": "None of the 2 reports searched says.",
        "statements": [],
        "citations": [],
        "coverage": {"reports_searched": 2, "reports_with_hits": 0},
    }
    assert run("ask", "What is the capital of France?") == (0, "None of the 2 reports searched says.\n", "")


def test_ask_prints_the_answer_for_people(run: object) -> None:
    assert run("ask", "What are the recommendations?") == (
        0,
        "Impacto: Fortalecer los albergues. [1]\n\n[1] Evaluación de albergues (MEXW64) (2022), p. 2. Recommendation\n",
        "",
    )


def test_ask_keeps_to_the_filters(run: object) -> None:
    assert not parsed(run("ask", "What are the recommendations?", "--report", "wells.txt", "--json"))["answered"]


@pytest.mark.parametrize("text", ["¿?", '"', "NEAR(", "'; DROP TABLE passages; --", "🎉", "(" * 10_000, "\udcff", "relevance* OR text:*"])
def test_nothing_that_is_typed_breaks_a_command(run: object, text: str) -> None:
    assert set(parsed(run("ask", text, "--json"))) == ANSWER
    assert set(parsed(run("search", text, "--json"))["coverage"]) == COVERAGE
    assert run("search", text)[0] == run("ask", text)[0] == 0


# how it ends


def test_no_library(run: object, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for command in ("search", "ask"):
        line = f"There is no library in {nowhere}. Make one: python -m ingest corpus/\n"
        assert run(command, "budget", "--library", str(nowhere)) == (1, "", line)


def test_another_model(run: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.library.SentenceEmbedder", lambda: ToyEmbedder("toy 2"))
    code, out, err = run("search", "budget", "--json")
    assert (code, out) == (1, "")
    assert err.startswith("The library was made with the model toy, but toy is set (toy 1 / toy 2). ")
    assert err.count("\n") == 1


def test_a_damaged_library(run: object, folder: Path) -> None:
    for file in folder.glob("library.sqlite*"):
        file.write_bytes(b"damaged " * 1000)
    code, out, err = run("ask", "budget")
    assert (code, out) == (1, "")
    assert err.startswith("The library's database library.sqlite cannot be read (")
    assert err.count("\n") == 1


def test_an_empty_question(run: object) -> None:
    line = "The question is empty. Write what you want to know of the reports, in quotation marks.\n"
    assert run("ask", "  ") == (2, "", line)


def test_an_unknown_report(run: object) -> None:
    line = "The library has no report called 'nothing.txt'. See what it has: python -m ingest list\n"
    assert run("search", "budget", "--report", "nothing.txt") == (2, "", line)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("sing",),
        ("ask",),
        ("search", "budget", "--limit", "0"),
        ("search", "budget", "--limit", "many"),
        ("search", "budget", "--kind", "opinion"),
        ("search", "budget", "--criterion", "beauty"),
        ("ask", "budget", "--year", "soon"),
        ("search", "one", "two"),
    ],
)
def test_wrong_usage(run: object, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: kb")
    assert "Traceback" not in err


def test_help(run: object) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert out.startswith("usage: kb")
    assert "search" in out
    assert "ask" in out


def test_the_command_itself_ends_with_the_exit_code_and_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kb", "ask", "¿Qué?", "--library", str(tmp_path / "nowhere")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=Path(__file__).parent.parent, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"There is no library in {tmp_path / 'nowhere'}. Make one: python -m ingest corpus/\n"
