"""References for other programs: what is written, and that a reader of each format finds the same in it."""

import json
import subprocess
from dataclasses import replace

import pypandoc
import pytest
from conftest import make_reading

from kb.bibliography import keyed, to_bibtex, to_csl, to_ris
from kb.records import Fact, Report

FACTS = (Fact("organization", "UNODC"), Fact("place", "Vienna"))


def report(title: str = "Evaluación de **albergues** (MEXW64)", **fields: object) -> Report:
    return replace(make_reading("a.pdf", ("finding", "Words.")).report, title=title, **fields)


FULL = report(language="es", year=2022, codes=("MEXW64", "CS1137"), facts=FACTS)
NAMED = "Oficina de las Naciones Unidas contra la Droga y el Delito"


def test_bibtex() -> None:
    assert to_bibtex([FULL], "es") == (
        f"@techreport{{unodc2022,\n  author = {{{{{NAMED}}}}},\n  title = {{{{Evaluación de albergues}}}},\n  institution = {{{NAMED}}},\n"
        "  address = {Viena},\n  year = {2022},\n  number = {MEXW64, CS1137},\n  language = {es}\n}\n"
    )


def test_ris() -> None:
    assert to_ris([FULL], "es") == (
        f"TY  - RPRT\r\nID  - unodc2022\r\nAU  - {NAMED},\r\nTI  - Evaluación de albergues\r\nPY  - 2022\r\nCY  - Viena\r\nPB  - {NAMED}\r\n"
        "M1  - MEXW64, CS1137\r\nLA  - es\r\nER  - \r\n"
    )


def test_csl() -> None:
    assert json.loads(to_csl([FULL], "es")) == [
        {
            "id": "unodc2022", "type": "report", "title": "Evaluación de albergues", "author": [{"literal": NAMED}],
            "issued": {"date-parts": [[2022]]}, "publisher": NAMED, "publisher-place": "Viena", "number": "MEXW64, CS1137", "language": "es",
        }
    ]  # fmt: skip


def test_what_is_not_known_is_left_out() -> None:
    unknown = report("Wells", language="und")
    assert to_bibtex([unknown], "en") == "@techreport{wells,\n  title = {{Wells}}\n}\n"
    assert to_ris([unknown], "en") == "TY  - RPRT\r\nID  - wells\r\nTI  - Wells\r\nER  - \r\n"
    assert json.loads(to_csl([unknown], "en")) == [{"id": "wells", "type": "report", "title": "Wells"}]
    assert (to_bibtex([], "en"), to_ris([], "en"), to_csl([], "en")) == ("", "", "[]\n")


def test_keys_are_plain_and_differ() -> None:
    same = [report(title, year=2020, facts=FACTS) for title in ("One", "Two", "Three")]
    others = [report("Ñandú & Co.: final"), report("报告"), report("", year=2019)]
    assert list(keyed([*same, *others])) == ["unodc2020", "unodc2020-2", "unodc2020-3", "nanduco", "report", "report2019"]


def read(text: str, reader: str) -> list[dict[str, object]]:
    command = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={reader}", "--to=csljson"]
    return json.loads(subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout)


@pytest.mark.parametrize("reader", ["bibtex", "ris", "csljson"])
def test_another_program_reads_the_same_out_of_each(reader: str) -> None:
    (entry,) = read({"bibtex": to_bibtex, "ris": to_ris, "csljson": to_csl}[reader]([FULL], "es"), reader)
    assert (entry["type"], entry["title"]) == ("report", "Evaluación de albergues")
    assert entry["issued"] == {"date-parts": [[2022]]}
    assert [list(name.values()) for name in entry["author"]] == [[NAMED]]


@pytest.mark.parametrize(
    "title",
    [r"100% of A_B & C #1 \input{x} $5 ~ ^", "Ends {here} }} @book{x,", "Two\nER  - \nTY  - lines", "Unclosed { brace", 'A "quoted" title'],
)
def test_no_title_breaks_a_format(title: str) -> None:
    made = report(title, year=2022)
    seen = " ".join(title.split())
    (entry,) = read(to_bibtex([made], "en"), "bibtex")
    assert entry["title"].replace("\u00a0", " ") == seen
    assert to_ris([made], "en").count("\r\n") == 6
    assert f"TI  - {seen}\r\n" in to_ris([made], "en")
    assert json.loads(to_csl([made], "en"))[0]["title"] == seen
