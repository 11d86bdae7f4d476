"""What was understood of a file, for people and for programs: outline, kinds, items, facts, warnings. Nothing is stored."""

from bisect import bisect_right
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.worker import read_safely
from kb.cite import shown
from kb.records import Item, Reading

QUOTE = 90  # characters of an item shown


def inspect(path: Path) -> dict[str, Any]:
    """What is understood of the file at `path`, in plain types. Raises KBError where it cannot be read."""
    reading, _ = read_safely(path)
    report = reading.report
    return {
        "path": str(path),
        "title": report.title,
        "role": report.role,
        "year": report.year,
        "language": report.language,
        "languages": list(report.languages),
        "codes": list(report.codes),
        "countries": list(report.countries),
        "evaluation_kind": report.evaluation_kind,
        "pages": report.page_count,
        "facts": [asdict(fact) for fact in report.facts],
        "sections": [_section(reading, position) for position in range(len(reading.sections))],
        "items": [_item(reading, item) for item in reading.items],
        "warnings": list(report.warnings),
    }


def as_lines(found: dict[str, Any]) -> list[str]:
    """The same as lines of text."""
    head = [found["title"], _words(found["role"], found["evaluation_kind"], found["year"], found["language"], *found["codes"], *found["countries"])]
    facts = [f"  {fact['name']}: {fact['value']}{_in_brackets(fact['project'])}" for fact in found["facts"] if fact["name"] != "title"]
    outline = [
        f"  {'  ' * (section['level'] - 1)}{section['heading']}  [{_words(section['kind'], *section['criteria'])}]{_page(section)}"
        for section in found["sections"]
    ]
    items = [f"  {_words(item['kind'], item['number'])}{_page(item)}{_details(item)}: {item['text']}" for item in found["items"]]
    warnings = [f"  {warning}" for warning in found["warnings"]]
    parts = (("Facts", facts), ("Outline", outline), ("Items", items), ("Warnings", warnings))
    return [*head, *(line for name, lines in parts if lines for line in ("", f"{name}:", *lines))]


def _section(reading: Reading, position: int) -> dict[str, Any]:
    section = reading.sections[position]
    return {
        "heading": section.heading,
        "level": section.level,
        "kind": section.kind,
        "criteria": list(section.criteria),
        **_place(reading, section.start),
    }


def _item(reading: Reading, item: Item) -> dict[str, Any]:
    words = shown(" ".join(reading.report.text[item.start : item.end].split()))
    quote = words if len(words) <= QUOTE else words[:QUOTE].rsplit(" ", 1)[0] + "…"
    return {
        "position": item.position, "kind": item.kind, "number": item.number, "label": item.label, "criteria": list(item.criteria),
        "addressee": item.addressee, "priority": item.priority, "due": item.due, "status": item.status,
        "links": list(item.links), "repeats": item.repeats, **_place(reading, item.start), "text": quote,
    }  # fmt: skip


def _place(reading: Reading, offset: int) -> dict[str, Any]:
    pages = reading.report.pages
    run = pages[max(0, bisect_right(pages, offset, key=lambda run: run.start) - 1)]
    return {"page": run.page, "page_label": run.label}


def _page(found: dict[str, Any]) -> str:
    """ ", p. 37", with the page of the file where its printed label is another."""
    if found["page"] is None:
        return ""
    label = found["page_label"]
    return f", PDF p. {found['page']}" if label is None else f", p. {label}" + (f" (PDF p. {found['page']})" if label != str(found["page"]) else "")


def _details(item: dict[str, Any]) -> str:
    said = [
        *item["criteria"], item["addressee"], item["priority"], item["due"], item["status"],
        f"on {', '.join(map(str, item['links']))}" if item["links"] else None,
        f"repeats {item['repeats']}" if item["repeats"] is not None else None,
    ]  # fmt: skip
    return _in_brackets(", ".join(str(part) for part in said if part))


def _in_brackets(words: str | None) -> str:
    return f" ({words})" if words else ""


def _words(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
