"""What the interface says, in Spanish, English and French.

A key names a sentence or a label. Where a number decides the form, two keys stand side by side: `key.one` and
`key.many`. Kinds and criteria are named by `kb.taxonomy`, so that a badge and a filter say the same word.
"""

import re

from kb.language import language_name
from kb.taxonomy import CRITERIA, KINDS, criterion_label, kind_label
from kb.ui import words_access, words_ask, words_cards, words_frame, words_memo, words_reports, words_search, words_viewer

__all__ = ["LANGUAGES", "WORDS", "language_name", "say", "say_count", "translations"]
LANGUAGES = {"es": "Español", "en": "English", "fr": "Français"}

FRENCH_SPACE = re.compile(r" (?=[?!:;»%])|(?<=«) ")  # where French lines are not broken
TABLES = (words_frame, words_access, words_ask, words_cards, words_memo, words_reports, words_search, words_viewer)
WORDS: dict[str, dict[str, str]] = {
    key: forms | {"fr": FRENCH_SPACE.sub("\u00a0", forms["fr"])} for table in TABLES for key, forms in table.WORDS.items()
}


def say(key: str, language: str, **values: object) -> str:
    """The words of `key` in `language` (es, en or fr; English until the browser has told its own), its {fields} filled with `values`."""
    forms = WORDS[key]
    return forms.get(language, forms["en"]).format(**values)


def say_count(key: str, n: int, language: str, **values: object) -> str:
    """The form of `key` that goes with the number `n`: one or many. French counts zero as one."""
    form = "one" if n == 1 or (n == 0 and language == "fr") else "many"
    return say(f"{key}.{form}", language, n=n, **values)


def translations() -> dict[str, dict[str, str]]:
    """All words by language, kinds and criteria included ("kind.finding", "criterion.impact")."""
    return {
        language: {key: forms[language] for key, forms in WORDS.items()}
        | {f"kind.{kind}": kind_label(kind, language) for kind in KINDS}
        | {f"criterion.{criterion}": criterion_label(criterion, language) for criterion in CRITERIA}
        for language in LANGUAGES
    }
