"""A memo: quotes picked from reports, in an order, kept in a file that can be opened and checked again years later."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import UnreadableFile
from kb.records import Answer, Check, Citation, Filters, Memo, Passage, Pick, Report

if TYPE_CHECKING:
    from kb.library import Library

FORMAT = 1  # of the memo file
LANGUAGES = ("es", "en", "fr")
STYLES = ("un", "author-date")
MOST_PICKS = 500
LONGEST_TEXT = 100_000  # letters of a quotation
TEXTS = ("title", "addressee", "date", "language", "style")  # the fields of a memo that are plain text


def memo_of(answer: Answer, **settings: str) -> Memo:
    """A memo of all that `answer` cites, in its order; its language is the question's where `settings` name none."""
    spoken = answer.language if answer.language in LANGUAGES else "en"
    return Memo(tuple(pick_of(citation) for citation in answer.citations), **{"language": spoken, **settings})


def pick_of(citation: Citation) -> Pick:
    """The quote of `citation`, to be kept."""
    report = citation.report
    return Pick(report.path, citation.start, citation.end, citation.quote, citation.passage.id, report.sha256)


def dumps(memo: Memo) -> str:
    """The memo file: JSON, made to be read by people too."""
    return json.dumps({"memo": FORMAT, **asdict(memo)}, ensure_ascii=False, indent=2) + "\n"


def loads(text: str | bytes) -> Memo:
    """The memo that `dumps` wrote. Raises UnreadableFile where the file is none."""
    try:
        kept = json.loads(text)
        return memo_from(kept) if kept["memo"] <= FORMAT else _refuse("was saved by a newer version")
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return _refuse("is not a memo file")


def memo_from(kept: dict[str, Any]) -> Memo:
    """The memo of such a dict as a memo file holds. Raises UnreadableFile where a field means nothing here."""
    texts = {name: _text(kept[name]) for name in TEXTS if kept.get(name)}
    if texts.get("language", "en") not in LANGUAGES or texts.get("style", "un") not in STYLES or not is_date(texts.get("date", "")):
        _refuse("names a language, a style or a date that is none")
    if len(kept.get("picks", ())) > MOST_PICKS:
        _refuse(f"holds more than {MOST_PICKS} quotations")
    return Memo(tuple(pick_from(entry) for entry in kept.get("picks", ())), **texts)


def is_date(text: str) -> bool:
    """Whether `text` is a date as 2026-11-23, or empty: no date."""
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def pick_from(entry: dict[str, Any]) -> Pick:
    """The pick of such a dict as a memo file holds. Raises TypeError or ValueError where it is none."""
    known = {field.name: entry[field.name] for field in fields(Pick) if field.name in entry}
    numbers = {name: int(known[name]) for name in ("start", "end", "passage_id") if name in known}
    texts = {name: _text(value) for name, value in known.items() if name not in numbers}
    if not all(0 <= number < 2**53 for number in numbers.values()) or any(len(text) > LONGEST_TEXT for text in texts.values()):
        raise ValueError("a pick's numbers or texts are none that a report has")
    return Pick(**texts, **numbers)


def _text(value: object) -> str:
    """`value` as text that can be written again: "?" for what is no letter at all."""
    return str(value).encode(errors="replace").decode()


def _refuse(problem: str) -> Memo:
    raise UnreadableFile(f"The file {problem}.", 'Open a file that was saved with "Save memo" or python -m kb memo --to memo.json.')


def read(path: Path) -> Memo:
    """The memo in the file at `path`. Raises UnreadableFile where there is none."""
    try:
        return loads(path.read_bytes())
    except OSError as error:
        raise UnreadableFile(f"The memo {path} cannot be read ({error.strerror}).", "Check the name.") from error
    except UnreadableFile as error:
        raise UnreadableFile(error.problem.replace("The file", str(path), 1), error.remedy) from error


def check(library: "Library", memo: Memo) -> list[Check]:
    """Each pick looked up in the library as it is now; those found are numbered from 1 in the memo's order."""
    checks, numbers = [_check(library, pick) for pick in memo.picks], count(1)
    return [replace(found, citation=replace(found.citation, number=next(numbers))) if found.citation else found for found in checks]


def verified(checks: Iterable[Check]) -> list[Citation]:
    """The citations of the picks that were found."""
    return [found.citation for found in checks if found.citation]


def sealed(memo: Memo, checks: list[Check]) -> Memo:
    """`memo` with the hash of each report noted, so that a file that has been moved is known again."""
    picks = (replace(found.pick, sha256=found.citation.report.sha256) if found.citation else found.pick for found in checks)
    return replace(memo, picks=tuple(picks))


def cited_reports(checks: Iterable[Check]) -> list[Report]:
    """The reports cited, each once, in the order of their first quotation."""
    return list({citation.report.id: citation.report for citation in verified(checks)}.values())


def _check(library: "Library", pick: Pick) -> Check:
    report = _report_of(library, pick)
    if report is None:
        return Check(pick, missing="report")
    span = _span_in(report.text, pick)
    if span is None:
        return Check(pick, missing="quote")
    start, end = span
    return Check(pick, Citation(0, report.text[start:end], _passage_at(library, report, pick, start, end), report, start, end))


def _report_of(library: "Library", pick: Pick) -> Report | None:
    """The report of the same bytes, wherever its file lies now, else the one at the same path."""
    same = (report for report in library.reports() if pick.sha256 and report.sha256 == pick.sha256)
    return next(same, None) or next((report for report in library.reports() if report.path == pick.report_path), None)


def _span_in(text: str, pick: Pick) -> tuple[int, int] | None:
    """Where the quote stands: at its own place, else at the nearest one with the same words, however they are spaced."""
    words = pick.quote.split()
    if not words:
        return None
    if pick.start >= 0 and text[pick.start : pick.end] == pick.quote:
        return pick.start, pick.end
    spans = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    return min(spans, key=lambda span: abs(span[0] - pick.start), default=None)


def _passage_at(library: "Library", report: Report, pick: Pick, start: int, end: int) -> Passage:
    """The passage that was picked, else the one that shares most of the quote."""

    def shared(passage: Passage) -> int:
        return min(end, passage.end) - max(start, passage.start)

    own = [passage for passage in library.passages([pick.passage_id]) if passage.report_id == report.id and shared(passage) > 0]
    best = max(own or library.browse(Filters(reports=(report.id,))), key=shared, default=None)
    if best is None or shared(best) <= 0:  # words that no passage holds, such as a caption
        return Passage(report.text[start:end], start, end, "other", report.language, report_id=report.id)
    return best
