"""A library of two reports and a memo of three quotations from them, for the tests of memos."""

from dataclasses import replace

from conftest import make_reading

from kb.library import Library
from kb.memo import check
from kb.records import Check, Fact, Filters, Memo, PageRun, Pick

SHELTERS = r"Los albergues atendieron a **420** personas y costaron \$752,110.31 USD."
TRAIN = "Impacto:** Fortalecer los albergues."
TAUGHT = "Prevention works best with civil society. It lasts."


def fill(library: Library) -> None:
    """Spanish (finding on p. ix, recommendation on p. x) by UNODC, Vienna, 2022; English (lesson, no pages) by an unknown author."""
    spanish = make_reading(
        "corpus/albergues.pdf", ("finding", SHELTERS), ("recommendation", TRAIN), title="Evaluación de **albergues** (MEXW64)",
        language="es", year=2022, codes=("MEXW64",), facts=(Fact("organization", "UNODC"), Fact("place", "Vienna")),
    )  # fmt: skip
    pages = (PageRun(0, 5, "ix"), PageRun(spanish.passages[1].start, 6, "x"))
    passages = (spanish.passages[0], replace(spanish.passages[1], criteria=("impact",)))
    library.add(replace(spanish, report=replace(spanish.report, pages=pages), passages=passages))
    english = make_reading("corpus/wells.txt", ("lesson", TAUGHT), title="Wells & <b>water</b>")
    library.add(replace(english, report=replace(english.report, pages=(PageRun(0, None),))))


def picks_of(library: Library) -> tuple[Pick, ...]:
    """Every passage whole, in the order of the library."""
    reports = {report.id: report for report in library.reports()}
    return tuple(
        Pick(reports[found.report_id].path, found.start, found.end, found.text, found.id, reports[found.report_id].sha256)
        for found in library.browse(Filters())
    )


def memo_in(library: Library, **fields: object) -> tuple[Memo, list[Check], int]:
    """A memo of all passages, its checks, and the number of reports: what every writer takes."""
    memo = Memo(**{"picks": picks_of(library), "title": "Seguimiento", "date": "2026-11-23", "language": "es", **fields})
    return memo, check(library, memo), len(library.reports())
