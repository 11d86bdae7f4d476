"""Words of the field that mean the same in Spanish, English and French."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.countries import names_by_country
from kb.errors import InvalidRequest
from kb.language import fold, stem, stems

SHIPPED = Path(__file__).with_name("glossary.toml")
LONGEST = 5  # words of a term
COUNTRY = "country "  # what the names of a country's concepts begin with

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """Concepts by name: all the stem sequences that stand for each, which concepts a sequence stands for, and each language's sequences."""

    terms: Mapping[str, frozenset[Stems]]
    concepts: Mapping[Stems, frozenset[str]]
    languages: Mapping[str, frozenset[Stems]]

    def knows(self, text_words: list[str], language: str) -> bool:
        """Whether `text_words` (folded) are a term of that language."""
        return tuple(stems(" ".join(text_words), language)) in self.languages[language]

    def find(self, text_words: list[str], language: str) -> list[tuple[int, int, frozenset[str]]]:
        """Where the glossary's terms stand among `text_words` (folded): (start, end, concepts), longest first at each place."""
        found, position = [], 0
        while position < len(text_words):
            match = self._at(text_words, position, language)
            if match:
                found.append((position, position + match[0], match[1]))
            position += match[0] if match else 1
        return found

    def _at(self, text_words: list[str], position: int, language: str) -> tuple[int, frozenset[str]] | None:
        for length in range(min(LONGEST, len(text_words) - position), 0, -1):
            said = text_words[position : position + length]
            concepts = self.concepts.get(tuple(stems(" ".join(said), language)))
            if concepts and stems(said[0], language) and stems(said[-1], language):  # no stop word at either end
                return length, concepts
        return None


@cache
def load(extra: Path | None = None) -> Glossary:
    """The shipped glossary, with the office's own from `extra` where that file exists.

    Raises InvalidRequest where a file is not in the form the shipped one shows.
    """
    terms: dict[str, set[Stems]] = {}
    concepts: dict[Stems, set[str]] = {}
    said_in: dict[str, set[Stems]] = {}
    for number, names in enumerate(names_by_country()):
        for sequence in {tuple(stems(" ".join(name), language)) for name in names for language in ("es", "en", "fr")} - {()}:
            terms.setdefault(f"{COUNTRY}{number}", set()).add(sequence)
            concepts.setdefault(sequence, set()).add(f"{COUNTRY}{number}")
    for path in [SHIPPED] + ([extra] if extra and extra.exists() else []):
        for concept, languages in _read(path).items():
            for language, phrases in languages.items():
                for phrase in phrases:
                    sequence = tuple(stems(phrase, language)) or (stem(fold(phrase), language),)
                    terms.setdefault(concept, set()).add(sequence)
                    concepts.setdefault(sequence, set()).add(concept)
                    said_in.setdefault(language, set()).add(sequence)
    return Glossary(
        {name: frozenset(values) for name, values in terms.items()},
        {sequence: frozenset(names) for sequence, names in concepts.items()},
        {language: frozenset(sequences) for language, sequences in said_in.items()},
    )


def _read(path: Path) -> dict[str, dict[str, list[str]]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if all(isinstance(phrase, str) for names in table.values() for phrases in names.values() for phrase in phrases):
            return table
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError) as error:
        raise InvalidRequest(f"The glossary {path.name} cannot be read ({error}).", _FORM) from error
    raise InvalidRequest(f"The glossary {path.name} has a term that is no text.", _FORM)


_FORM = 'Give each concept a line such as: shelter = { es = ["albergue"], en = ["shelter"], fr = ["refuge"] }'
