"""What the app writes down, as lines of JSON: who logged in and what was changed; and questions, only where that is switched on.

Never a word of a report, and never a password.
"""

import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

from kb.errors import KBError
from kb.records import Answer

ACTS, QUESTIONS = logging.getLogger("kb.acts"), logging.getLogger("kb.questions")


class Lines(logging.Formatter):
    """A record as a line of JSON: when, what, and its particulars."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        return json.dumps({"at": at, "event": record.getMessage(), **getattr(record, "said", {})}, ensure_ascii=False)


def act(event: str, **said: object) -> None:
    """Something done that whoever keeps the library may want to know of."""
    ACTS.info(event, extra={"said": said})


def asked(answer: Answer, seconds: float) -> None:
    """A question, and how it fared: not who asked it, and not what the reports say."""
    said = {
        "question": answer.question.asked,
        "answered": answer.answered,
        "statements": len(answer.statements),
        "reports": len({citation.report.id for citation in answer.citations}),
        "seconds": round(seconds, 3),
    }
    QUESTIONS.info("question", extra={"said": said})


def acts_to_the_terminal() -> None:
    """Switch on the log of acts."""
    _write(ACTS, logging.StreamHandler())


def questions_to(file: Path) -> None:
    """Switch on the log of questions; the file is its owner's alone. Raises KBError where it cannot be written."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        _write(QUESTIONS, logging.FileHandler(file, encoding="utf-8"))
    except OSError as error:
        raise KBError(f"Questions cannot be written to {file} ({error.strerror}).", "Name another file with --log-questions FILE.") from error


def _write(log: logging.Logger, handler: logging.Handler) -> None:
    handler.setFormatter(Lines())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
