"""What readers thought of answers: a line of JSON each in the library's folder, from which gold questions can be made."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock

from kb.gold import GoldQuestion, read_lines
from kb.records import Answer

FILE = "feedback.jsonl"
VERDICTS = ("useful", "not_useful", "wrong_evidence")
LONGEST_NOTE = 2000  # characters
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's verdict on an answer, with the evidence that the answer showed."""

    question: str
    language: str
    verdict: str
    note: str = ""
    reports: tuple[str, ...] = ()  # path of the report of each quote
    quotes: tuple[str, ...] = ()
    pages: tuple[int | None, ...] = ()  # of the file, for each quote
    history: tuple[str, ...] = ()
    at: str = ""


def feedback_on(answer: Answer, verdict: str, note: str = "", history: tuple[str, ...] = ()) -> Feedback:
    """The verdict on `answer`, now. `history` are the questions before it, oldest first."""
    cited = answer.citations
    return Feedback(
        answer.question.asked, answer.language, verdict, note.strip()[:LONGEST_NOTE], tuple(one.report.path for one in cited),
        tuple(one.quote for one in cited), tuple(one.page.page for one in cited), history, datetime.now(UTC).isoformat(timespec="seconds"),
    )  # fmt: skip


def keep(folder: Path, feedback: Feedback) -> None:
    """Add a line to the library's file; it is written whole or not at all, whoever else writes."""
    line = (json.dumps(asdict(feedback), ensure_ascii=False) + "\n").encode()
    with _ONE_AT_A_TIME:
        file = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line)
        finally:
            os.close(file)


def kept(folder: Path) -> list[Feedback]:
    """All that was said, oldest first. Raises InvalidRequest where the file was damaged by hand."""
    if not (folder / FILE).exists():
        return []
    lines = (values for _, values in read_lines(folder / FILE))
    return [Feedback(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}) for values in lines]


def as_gold(said: list[Feedback]) -> Iterator[GoldQuestion]:
    """A gold question for each answer called useful: one with quotes is to be found again, one without to be declined again."""
    for one in said:
        if one.verdict == "useful":
            pages = tuple(page for page in one.pages if page is not None)
            name = sha256(f"{one.at} {one.question}".encode()).hexdigest()[:10]
            report = one.reports[0] if len(set(one.reports)) == 1 else ""
            yield GoldQuestion(name, one.question, one.language, bool(one.quotes), report, one.quotes, pages, type="feedback", history=one.history)
