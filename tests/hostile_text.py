"""One hostile string a line, and reports made of them. They are data to be shown, and never more than that."""

from dataclasses import replace
from pathlib import Path

from conftest import make_reading

from kb.library import Library
from kb.records import Fact, Report

OWN = Path(__file__).parent / "data" / "hostile.txt"
SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "injection" / "strings.txt"
# What only code in Python can write into a report: a text file is read with its controls taken out.
WRITTEN = ("\x1b[2J\x1b]0;title\x07 steers", "\x9b31m steers too", "a\rb\x00c", "half \ud83d of a letter")
STRINGS = [
    *dict.fromkeys(line for file in (OWN, SHARED) if file.is_file() for line in file.read_text(encoding="utf-8").split("\n") if line),
]


def hostile_reading(number: int, string: str, year: int = 2020):  # noqa: ANN201 - a Reading
    """A report that is `string` wherever a report has words."""
    made = make_reading(f"{number}.txt", ("finding", f"{string} The shelters were found relevant."), title=string, year=year)
    facts = (Fact("organization", string), Fact("place", string))
    report = replace(made.report, codes=(string[:40],), countries=(string,), evaluation_kind=string, warnings=(string,), facts=facts, page_count=None)
    passage = replace(made.passages[0], heading=string, criteria=("relevance",), page_label=string[:20], paragraph=string[:20])
    return replace(made, report=report, passages=(passage,))


def fill_with(library: Library, strings: list[str]) -> list[Report]:
    """A report for each string."""
    return [library.add(hostile_reading(number, string)) for number, string in enumerate(strings)]
