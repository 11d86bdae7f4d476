"""Reports and passages as the JSON that the database keeps of them, and back."""

import json
from dataclasses import asdict, replace
from typing import Any

from kb.records import Fact, Item, PageRun, Passage, Report, Section


def list_json(records: tuple[Any, ...]) -> str:
    """The JSON of a list of records."""
    return json.dumps([asdict(record) for record in records], ensure_ascii=False)


def sections_of(record: str) -> list[Section]:
    """The sections of their JSON."""
    return [Section(**_tuples(fields)) for fields in json.loads(record)]


def items_of(record: str) -> list[Item]:
    """The items of their JSON."""
    return [Item(**_tuples(fields)) for fields in json.loads(record)]


def report_json(report: Report) -> str:
    """The JSON of `report` without its text and its id, which have columns of their own."""
    return json.dumps(asdict(replace(report, text="", id=0)), ensure_ascii=False)


def passage_json(passage: Passage) -> str:
    """The JSON of `passage` without its id and its report's."""
    return json.dumps({name: value for name, value in asdict(passage).items() if name not in ("id", "report_id")}, ensure_ascii=False)


def report_of(number: int, record: str, text: str) -> Report:
    """The report with id `number` of its JSON and its text."""
    fields = _tuples(json.loads(record))
    fields["pages"] = tuple(PageRun(**run) for run in fields["pages"])
    fields["facts"] = tuple(Fact(**fact) for fact in fields["facts"])
    return Report(**(fields | {"id": number, "text": text}))


def passage_of(number: int, report_id: int, record: str) -> Passage:
    """The passage with id `number` of its JSON."""
    fields = _tuples(json.loads(record))
    fields["sentences"] = tuple(tuple(span) for span in fields["sentences"])
    return Passage(**fields, id=number, report_id=report_id)


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where the records have tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
