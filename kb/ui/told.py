"""What the library says of an error, in the reader's language.

The library raises its errors in English, for terminals and programs. Here each sentence is recognised by its form, its
names and numbers are taken out of it, and it is said again in Spanish or French.
"""

import re
from functools import cache
from html import escape

from kb.errors import KBError
from kb.ui.words_errors import SENTENCES as OF_THE_LIBRARY
from kb.ui.words_errors_files import SENTENCES as OF_FILES

SENTENCES = OF_FILES | OF_THE_LIBRARY
AND = {"es": " y ", "fr": " et "}


def told(sentence: str, language: str) -> str | None:
    """`sentence` in `language`; None where it is none of those that are known."""
    if language not in AND:
        return sentence
    for form, said in _forms():
        if match := form.fullmatch(sentence):
            fields = match.groupdict()
            if "pages" in fields:
                fields["pages"] = fields["pages"].replace(" and ", AND[language])
            return said[list(AND).index(language)].format(**fields)
    return None


def telling(sentences: tuple[str, ...], language: str) -> str:
    """The sentences as HTML; those that are known in English only are marked as English."""
    return " ".join(_html(sentence, told(sentence, language)) for sentence in sentences if sentence)


def problem_line(problem: KBError, language: str) -> str:
    """An error as its two sentences."""
    return f'<p class="problem" role="alert">{telling((problem.problem, problem.remedy), language)}</p>'


def plainly(problem: KBError, language: str) -> str:
    """The same as plain text."""
    return " ".join(told(sentence, language) or sentence for sentence in (problem.problem, problem.remedy) if sentence)


def _html(sentence: str, said: str | None) -> str:
    return escape(said) if said is not None else f'<span lang="en">{escape(sentence)}</span>'


@cache
def _forms() -> list[tuple[re.Pattern[str], tuple[str, str]]]:
    """The sentences as patterns, those with most words of their own first."""
    own = sorted(SENTENCES, key=lambda sentence: len(re.sub(r"\{\w+\}", "", sentence)), reverse=True)
    return [(re.compile(_pattern(sentence), re.DOTALL), SENTENCES[sentence]) for sentence in own]


def _pattern(sentence: str) -> str:
    parts = re.split(r"\{(\w+)\}", sentence)
    return "".join(f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
