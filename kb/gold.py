"""Gold questions: what is asked of a library, and the words that answer it, to measure by."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kb.errors import InvalidRequest


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A line of a gold file: a question with the words that answer it, or with none where it must be declined.

    Any of `quotes` answers, but a question of type "list" wants them all. `pages` count from 1 in the
    file and are empty where it has none. `history` are the questions before it, oldest first.
    """

    id: str
    question: str
    language: str
    answerable: bool
    report: str = ""
    quotes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    kind: str = ""
    type: str = ""
    history: tuple[str, ...] = ()
    split: str = ""


def read_gold(path: Path, split: str | None = None) -> list[GoldQuestion]:
    """The questions of a gold file, one JSON object a line; of one `split` ("dev", "test") only, where it is named.

    Raises InvalidRequest where the file cannot be read, a line is no gold question, or none is left.
    """
    questions = [_question(path, number, values) for number, values in read_lines(path)]
    chosen = [question for question in questions if split in (None, question.split)]
    if not chosen:
        raise InvalidRequest(f"{path.name} has no questions{f' of the split {split!r}' if split else ''}.", "Name another file or split.")
    return chosen


def _question(path: Path, number: int, values: dict[str, Any]) -> GoldQuestion:
    known = {member.name for member in fields(GoldQuestion)}
    try:
        question = GoldQuestion(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in known})
    except TypeError:
        question = None
    if question is None or question.answerable != bool(question.quotes):
        raise InvalidRequest(
            f"Line {number} of {path.name} is no gold question.",
            "It needs id, question, language and answerable, and quotes exactly where it is answerable.",
        )
    return question


def read_lines(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The JSON objects of a file of JSON lines, each with its line number.

    Raises InvalidRequest where the file cannot be read or a line is something else.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRequest(f"The file {path} cannot be read.", "Name a file of JSON lines in UTF-8.") from error
    objects = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                objects.append((number, dict(json.loads(line))))
            except (ValueError, TypeError) as error:
                raise InvalidRequest(f"Line {number} of {path.name} is no JSON object.", "Write one JSON object a line.") from error
    return objects
