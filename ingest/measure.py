"""How much of annotated files is understood, and how fast: items, pages, headings, passages too long, text lost.

What a file holds is written in a TOML file that names pages and counts, and no text:

    [files."report.pdf"]
    recommendation = { pages = [37, 37, 38], numbers = ["1", "2", "3"] }
    headings = { finding = 16, conclusion = 34, recommendation = 37 }
"""

import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.flow import flow
from ingest.items import items
from ingest.passages import passages
from ingest.read import read
from ingest.sections import sections, within
from kb.embed import SentenceEmbedder
from kb.errors import InvalidRequest
from kb.language import fold
from kb.records import Document, Item, Report, Section

COLUMNS = ("file", "items", "expected", "items right", "headings", "pages wrong", "passages", "too long", "text kept", "pages/s", "bare pypdf")


def measure(paths: list[Path], expectations: Path) -> list[dict[str, Any]]:
    """One row for each file that the expectations name, under the columns of `COLUMNS`.

    Raises InvalidRequest where the expectations cannot be read, UnreadableFile where a report cannot.
    """
    try:
        expected = tomllib.loads(expectations.read_text(encoding="utf-8"))["files"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise InvalidRequest(f"The expectations in {expectations} cannot be read ({error}).", "Name a file of them with --expect FILE.") from error
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if file.name in expected]
    embedder = SentenceEmbedder()
    return [_row(file, expected[file.name], embedder) for file in files]


def as_table(rows: list[dict[str, Any]]) -> str:
    """The rows as aligned text, with their sums below."""
    if not rows:
        return "None of the files is named in the expectations."
    sums = {name: sum(row[name] for row in rows) for name in ("items", "expected", "items right", "pages wrong", "passages", "too long")}
    lines = [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows, {"file": "all"} | sums]
    widths = {name: max(len(_shown(line.get(name, ""))) for line in lines) for name in COLUMNS}
    return "\n".join("  ".join(_shown(line.get(name, "")).ljust(widths[name]) for name in COLUMNS).rstrip() for line in lines)


def _shown(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _row(file: Path, expected: dict[str, Any], embedder: SentenceEmbedder) -> dict[str, Any]:
    began = time.process_time()
    document = flow(read(file))
    found = sections(document)
    listed = items(document, found)
    seconds = time.process_time() - began
    made = passages(document, found, listed, embedder.count, embedder.max_pieces, file.stem)
    right, wanted, counted = _items_right(document, found, listed, expected)
    too_long = sum(embedder.count(f"{passage.context}\n{passage.text}") > embedder.max_pieces for passage in made)
    bare_text, bare_seconds = _bare(file)
    count = document.page_count or 1
    return {
        "file": file.name,
        "items": counted,
        "expected": wanted,
        "items right": right,
        "headings": _headings_right(document, found, expected),
        "pages wrong": _pages_wrong(document, made, file),
        "passages": len(made),
        "too long": too_long,
        "text kept": _kept(bare_text, document.text),
        "pages/s": count / seconds,
        "bare pypdf": count / bare_seconds if bare_seconds else 0.0,
    }


def _items_right(document: Document, found: tuple[Section, ...], listed: tuple[Item, ...], expected: dict[str, Any]) -> tuple[int, int, int]:
    """(items with the number and page expected, items expected, items found), of the kinds the expectations name, in the body alone."""
    report = Report(document.path, "", "", document.text, document.pages)
    right = wanted = counted = 0
    for kind, said in expected.items():
        if kind == "headings":
            continue
        body = [item for item in listed if item.kind == kind and item.repeats is None and not within(found, item.section, "summary")] or [
            item for item in listed if item.kind == kind
        ]
        places = [(item.number, report.page_at(item.start).page) for item in body]
        numbers = said.get("numbers") or [None] * len(said["pages"])
        wanted += len(said["pages"])
        counted += len(body)
        for number, page in zip(numbers, said["pages"], strict=True):
            match = next((place for place in places if place[1] == (page or None) and (number is None or place[0] == number)), None)
            if match:
                places.remove(match)
                right += 1
    return right, wanted, counted


def _headings_right(document: Document, found: tuple[Section, ...], expected: dict[str, Any]) -> str:
    """ "3/4": how many of the chapters named open on the page named."""
    report = Report(document.path, "", "", document.text, document.pages)
    said = expected.get("headings", {})
    right = sum(any(section.kind == kind and report.page_at(section.start).page == page for section in found) for kind, page in said.items())
    return f"{right}/{len(said)}"


def _pages_wrong(document: Document, made: tuple[Any, ...], file: Path) -> int:
    """How many passages do not stand, word for word, on the page they name, as pypdf reads the pages by itself."""
    pages = [_letters(text) for text in _page_texts(file)]
    wrong = 0
    for passage in made if pages else ():
        words = _letters(passage.text)[:40]
        if passage.first_page is not None and len(words) == 40 and words not in pages[passage.first_page - 1]:
            wrong += any(words in page for page in pages)
    return wrong


def _bare(file: Path) -> tuple[str, float]:
    """What pypdf alone extracts of a PDF, and the processor's seconds it takes; nothing for other files."""
    began = time.process_time()
    text = "\n".join(_page_texts(file))
    return text, time.process_time() - began if text else 0.0


def _page_texts(file: Path) -> list[str]:
    if file.suffix.lower() != ".pdf":
        return []
    from ingest.read_pdf import open_pdf

    return [page.extract_text() for page in open_pdf(file).pages]


def _kept(bare: str, text: str) -> float:
    """The share of the letters that pypdf extracts which the document has too; what is missing are running heads and page numbers."""
    before, after = Counter(_letters(bare)), Counter(_letters(text))
    return 1.0 if not before else sum((before & after).values()) / before.total()


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())
