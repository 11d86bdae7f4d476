"""python -m ingest: what it prints, for people and for programs, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CORPUS, ToyEmbedder

from ingest.cli import main
from kb import library as library_module

REPORT = (
    "# Final evaluation of the Roads Fund in Malawi\n\nDonor: Norway\n\n## Recommendations\n\n1. Mend the roads of the south.\n"
    "2. Paint the schools.\n"
)


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The command line with the toy embedder, and a library in a folder of the test's own."""
    monkeypatch.setattr(library_module, "SentenceEmbedder", ToyEmbedder)
    monkeypatch.setenv("KB_LIBRARY", str(tmp_path / "library"))


@pytest.fixture
def roads(tmp_path: Path) -> Path:
    file = tmp_path / "roads.md"
    file.write_text(REPORT, encoding="utf-8")
    return file


def test_a_line_for_each_file_and_a_summary(roads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(roads)]) == 0
    assert capsys.readouterr().out == f"added     {roads}\n1 added. The library holds 1 report in 3 passages.\n"
    assert main(["add", str(roads)]) == 0
    assert capsys.readouterr().out == f"unchanged {roads}\n1 unchanged. The library holds 1 report in 3 passages.\n"


def test_json_for_programs(roads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(roads), "--json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"added": 1, "updated": 0, "unchanged": 0, "removed": 0, "failed": [], "reports": 1, "passages": 3}
    assert printed.err == ""


def test_a_file_that_fails_is_named_with_its_remedy(roads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(roads), str(roads.with_name("missing.pdf"))]) == 1
    printed = capsys.readouterr()
    assert printed.out.endswith("1 added, 1 failed. The library holds 1 report in 3 passages.\n")
    assert printed.err == f"{roads.with_name('missing.pdf')}: There is no file at {roads.with_name('missing.pdf')}. Check the path.\n"


def test_list_and_remove(roads: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(roads)])
    capsys.readouterr()
    assert main(["list"]) == 0
    assert capsys.readouterr().out == "roads.md\n    Final evaluation of the Roads Fund in Malawi\n    report · en\n1 report, 3 passages.\n"
    assert main(["list", "--json"]) == 0
    assert [(row["path"], row["countries"]) for row in json.loads(capsys.readouterr().out)] == [("roads.md", ["Malawi"])]
    assert main(["remove", str(roads)]) == 0
    assert capsys.readouterr().out == "1 removed. The library holds 0 reports in 0 passages.\n"
    assert main(["remove", str(roads)]) == 1


def test_reports_whose_files_are_gone_are_named_with_the_remedy(
    roads: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = roads.rename(tmp_path / "old roads.md")
    other = tmp_path / "health.md"
    other.write_text(REPORT.replace("Roads Fund in Malawi", "Health Fund in Peru"), encoding="utf-8")
    main([str(moved), str(other)])
    moved.unlink()
    capsys.readouterr()
    monkeypatch.chdir(tmp_path)
    assert main([str(other)]) == 0
    printed = capsys.readouterr()
    assert printed.err == "1 report whose file is gone stays in the library. To delete: python -m ingest remove 'old roads.md'\n"
    assert printed.out.endswith("The library holds 2 reports in 6 passages.\n")
    assert main(["remove", "old roads.md"]) == 0
    capsys.readouterr()
    main([str(other)])
    assert capsys.readouterr().err == ""


def test_another_folder_for_the_library(roads: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(roads), "--library", str(tmp_path / "other")]) == 0
    assert main(["list", "--library", str(tmp_path / "other")]) == 0
    assert "1 report, 3 passages." in capsys.readouterr().out
    assert main(["list"]) == 1
    assert capsys.readouterr().err == f"python -m ingest: There is no library in {tmp_path / 'library'}. Make one: python -m ingest corpus/\n"


def test_inspect_stores_nothing(roads: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(roads)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Final evaluation of the Roads Fund in Malawi",
        "report · Final evaluation · en · Malawi",
        "",
        "Facts:",
        "  donor: Norway",
        "  evaluation_kind: Final evaluation",
        "",
        "Outline:",
        "  Final evaluation of the Roads Fund in Malawi  [other]",
        "  Recommendations  [recommendation]",
        "",
        "Items:",
        "  recommendation · 1: Mend the roads of the south.",
        "  recommendation · 2: Paint the schools.",
    ]
    assert not (tmp_path / "library").exists()


def test_inspect_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(CORPUS / "unodc-mexw55-mexw64-resumen-de-evaluacion.txt"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["year"], found["codes"], found["role"]) == (2022, ["MEXW55", "MEXW64"], "brief")
    assert [item["label"] for item in found["items"]][:2] == ["Impacto", "Diseño"]
    assert found["items"][0]["text"].startswith("Impacto: Fortalecer y dar seguimiento")


def test_inspecting_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(tmp_path / "missing.pdf")]) == 1
    assert capsys.readouterr().err == f"python -m ingest: There is no file at {tmp_path / 'missing.pdf'}. Check the path.\n"


def test_measure_against_expectations(roads: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.measure.SentenceEmbedder", ToyEmbedder)
    (tmp_path / "expectations.toml").write_text('[files."roads.md"]\nrecommendation = { numbers = ["1", "3"], pages = [0, 0] }\n')
    assert main(["measure", str(tmp_path), "--expect", str(tmp_path / "expectations.toml"), "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["file"], row["items"], row["expected"], row["items right"], row["too long"], row["pages wrong"]) == ("roads.md", 2, 2, 1, 0, 0)
    assert main(["measure", str(tmp_path), "--expect", str(tmp_path / "none.toml")]) == 1


@pytest.mark.parametrize("wrong", [[], ["list", "--nonsense"], ["remove"], ["inspect"]])
def test_wrong_usage(wrong: list[str]) -> None:
    if wrong:
        with pytest.raises(SystemExit) as ended:
            main(wrong)
        assert ended.value.code == 2
    else:
        assert main(wrong) == 2


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['ingest', '--help']; from ingest.cli import main\ntry: main()\nexcept SystemExit: pass\n"
        "print(sorted({'torch', 'numpy', 'pypdf', 'faiss'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CORPUS.parent)
    assert done.stdout.startswith("usage: python -m ingest PATH...")
    assert done.stdout.endswith("[]\n")
