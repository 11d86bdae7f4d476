"""What became of the files added: a line each, and how far the one being read is."""

from html import escape

from kb.plain import one_line
from kb.ui.told import telling
from kb.ui.way_in import Result
from kb.ui.words import say

Now = tuple[str, int, int, int]  # (name of the file being read, its place, files in all, percent)


def results_list(results: list[Result], language: str, now: Now | None = None) -> str:
    """The lines of the files done, and of the one being read."""
    lines = "".join(_line(result, language) for result in results)
    return f'<ul class="outcome" role="status">{lines}{_progress(*now, language) if now else ""}</ul>' if results or now else ""


def _line(result: Result, language: str) -> str:
    said = f' <span class="why">{telling(result.said, language)}</span>' if any(result.said) else ""
    return f'<li class="{result.outcome}"><b>{say(f"outcome.{result.outcome}", language)}</b> {escape(one_line(result.name))}{said}</li>'


def _progress(name: str, number: int, files: int, percent: int, language: str) -> str:
    words = say("reports.reading", language, name=escape(one_line(name)), number=number, files=files)
    return f'<li>{words} <progress value="{percent}" max="100" aria-label="{words}"></progress></li>'
