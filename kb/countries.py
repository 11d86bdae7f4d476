"""Names of countries in English, Spanish and French, found in a report's title and labels."""

import re
from functools import cache
from importlib.resources import files

from kb.language import fold

LANGUAGES = ("en", "es", "fr")
LONGEST = 7  # words


def countries_in(text: str, language: str = "en") -> tuple[str, ...]:
    """The countries that `text` names in any of the three languages, in its order, as `language` calls them.

    The longest name wins: "South Sudan" is not also Sudan.
    """
    words = re.findall(r"\w+", fold(text))
    found, place = [], 0
    while place < len(words):
        length = next((length for length in range(LONGEST, 0, -1) if tuple(words[place : place + length]) in _names()), 0)
        if length:
            found.append(_names()[tuple(words[place : place + length])])
        place += length or 1
    column = LANGUAGES.index(language) if language in LANGUAGES else 0
    return tuple(dict.fromkeys(names[column] for names in found))


def country_in(name: str, language: str) -> str:
    """What `language` calls the country `name`; `name` itself where it is no country's."""
    return next(iter(countries_in(name, language)), name)


def names_by_country() -> list[set[tuple[str, ...]]]:
    """For each country the folded words of all its names, in the three languages and in common short forms."""
    grouped: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for name, country in _names().items():
        grouped.setdefault(country, set()).add(name)
    return list(grouped.values())


@cache
def _names() -> dict[tuple[str, ...], tuple[str, ...]]:
    """The folded words of every name of a country -> its names in `LANGUAGES`."""
    table = {}
    lines = files("kb").joinpath("countries.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        columns = line.split("\t")
        others = columns[3].split("; ") if len(columns) > 3 else []
        for name in (*columns[:3], *others):
            table[tuple(re.findall(r"\w+", fold(name)))] = tuple(columns[:3])
    return table
