"""Sidecars: what an office says of a report wins over what is read from it."""

from pathlib import Path

import pytest
from papers import paper

from ingest.facts import facts
from ingest.sidecar import Sidecar, read_sidecar, sidecar_path, write_sidecar
from kb.errors import InvalidRequest


def test_a_sidecar_wins(tmp_path: Path) -> None:
    report = tmp_path / "roads.pdf"
    (tmp_path / "roads.toml").write_text(
        'title = "Roads for all"\nyear = 2019\ncodes = ["XCAX75"]\ndonors = ["Norway"]\n[budgets]\nXCAX75 = "USD 1"\n', encoding="utf-8"
    )
    found = facts(paper("# Evaluation of the Roads Fund\nDonor: Denmark\nCountry: Malawi"), read_sidecar(report))
    assert (found.title, found.year, found.codes, found.countries) == ("Roads for all", 2019, ("XCAX75",), ("Malawi",))
    assert [(fact.name, fact.value, fact.project, fact.start) for fact in found.facts if fact.name in ("donor", "budget")] == [
        ("donor", "Norway", None, None), ("budget", "USD 1", "XCAX75", None),
    ]  # fmt: skip


def test_without_a_sidecar_nothing_is_said(tmp_path: Path) -> None:
    assert read_sidecar(tmp_path / "roads.pdf") == Sidecar()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("year = ", r"roads\.toml is not valid TOML \(Invalid value"),
        ("yaer = 2019", r"roads\.toml has a key that means nothing here: 'yaer'\."),
        ('year = "2019"', r"roads\.toml: year has to be a number without quotes\."),
        ('codes = "A"', r"roads\.toml: codes has to be a list of texts"),
        ('role = "novel"', r"roads\.toml: there is no role 'novel'\."),
    ],
)
def test_a_malformed_sidecar_is_named(tmp_path: Path, words: str, problem: str) -> None:
    (tmp_path / "roads.toml").write_text(words)
    with pytest.raises(InvalidRequest, match=problem) as caught:
        read_sidecar(tmp_path / "roads.pdf")
    assert caught.value.remedy


def test_what_a_reader_says_joins_what_the_sidecar_says(tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    sidecar_path(report).write_text('group = "EV-1"\nyear = 2020\ncodes = ["A1"]\n\n[donors]\nMEXW55 = "Canadá"\n', encoding="utf-8")
    write_sidecar(report, {"title": 'La "trata"\nen México \\ ñ', "year": 2022, "codes": []})
    said = read_sidecar(report)
    assert said.fields == {"group": "EV-1", "year": 2022, "title": 'La "trata"\nen México \\ ñ'}
    assert ("donor", "Canadá", "MEXW55") in {(fact.name, fact.value, fact.project) for fact in said.facts}


def test_a_correction_that_means_nothing_leaves_the_sidecar_as_it_was(tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    for said in ({"year": "about 2020"}, {"role": "novel"}, {"colour": "red"}):
        with pytest.raises(InvalidRequest):
            write_sidecar(report, said)
    assert not sidecar_path(report).exists()
