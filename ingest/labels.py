"""The labels of report facts and of item details in es, en, fr: "Donante(s):", "Budget :", "Priority:"."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ingest.pieces import CELL
from kb.language import fold

ADDRESSEE, PRIORITY, DUE, STATUS, ACTIONS = "addressee", "priority", "due", "status", "actions"

_PASSED_OVER = frozenset(
    "project projects programme program programmes proyecto proyectos programa projet projets programme intervention intervencion total overall "
    "the of del de du des la el los las le les l d s es as a and y et e".split()
)
_END = rf"[*_\s]*(?:[:：]|{CELL})[*_\s]*"  # of a label: its colon, or the end of its cell
_LABEL = re.compile(r"[\s*_•·▪\-]*(?P<label>[^\W\d_][^:\n" + CELL + r"]{1,70}?)" + _END)


def facts_in(line: str) -> list[tuple[str, int, int, int]]:
    """(fact, start of its label, start and end of its value) for each known label in a `line` that opens with one.

    A line may hold several where the layout ran them together: "Type: Final Evaluator(s): A. Person".
    """
    return _labelled(line, "fact") if _found(line, "fact") else []


def details_in(text: str) -> list[tuple[str, int, int, int]]:
    """Like `facts_in`, for the details of items, anywhere in `text`: "... (Addressee: UNODC; Priority: high)"."""
    return _labelled(text, "detail")


def _labelled(line: str, table: str) -> list[tuple[str, int, int, int]]:
    first = _found(line, table)
    after = first[1] if first else 0
    later = list(_later(line, after, table))
    names = ([first[0]] if first else []) + [_phrases(table)[_key(match["label"])] for match in later]
    starts = ([0] if first else []) + [match.start() for match in later] + [len(line)]
    values = ([after] if first else []) + [match.end() for match in later]
    return [
        (name, starts[place], values[place], values[place] + len(line[values[place] : starts[place + 1]].rstrip(f" {CELL};,")))
        for place, name in enumerate(names)
    ]


def _later(line: str, after: int, table: str) -> Iterator[re.Match[str]]:
    """The labels after the first: those in capitals, or after a bracket or a semicolon."""
    folded = fold_in_place(line)
    while match := _pattern(table).search(folded, after):
        opens = line[match.start()].isupper() or line[match.start() - 1] in "(;"
        after = match.end() if opens else match.start() + 1
        if opens:
            yield match


def fact_of(line: str) -> tuple[str, int] | None:
    """(fact, offset of its value) where `line` opens with a known label and a colon, or is a table's row; else None."""
    return _found(line, "fact")


def detail_of(line: str) -> tuple[str, int] | None:
    """Like `fact_of`, for the details of recommendations and management responses: "Addressee:", "Priority:"."""
    return _found(line, "detail")


def detail_named(heading: str) -> str | None:
    """The detail that the heading of a table's column names."""
    return _phrases("detail").get(_key(heading))


def fold_in_place(words: str) -> str:
    """`words` folded letter by letter, so that offsets stay: a letter that folds to several stays as it is."""
    return words.lower() if words.isascii() else "".join(map(_folded_letter, words))


@cache
def _folded_letter(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


def _found(line: str, table: str) -> tuple[str, int] | None:
    match = _LABEL.match(line)
    name = _phrases(table).get(_key(match["label"])) if match else None
    return (name, match.end()) if match and name else None


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """Any label of a table with its colon, in folded text."""
    phrases = sorted({fold(phrase) for phrases in _labels()[table].values() for phrase in phrases}, key=len, reverse=True)
    plural = r"(?:\s?\([a-z/.]{1,6}\))?"
    words = "|".join(re.escape(phrase).replace("'", "['’]") + plural for phrase in phrases)
    return re.compile(
        rf"(?<![\w'’])(?P<label>(?:{words})(?:\s(?:du|del|of the|de la|de l['’])\s?(?:projet|proyecto|project|evaluation|evaluacion))?){_END}"
    )


def _key(label: str) -> str:
    plain = re.sub(r"\([^)]{0,12}\)|[/·]\w{1,6}\b", "", fold(label.split(" - ")[0].split(" – ")[0]))
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in _PASSED_OVER)


@cache
def _labels() -> dict[str, dict[str, list[str]]]:
    """The two tables of labels: "fact" and "detail", each from what is labelled to its labels."""
    return tomllib.loads(files("ingest").joinpath("labels.toml").read_text(encoding="utf-8"))


@cache
def _phrases(table: str) -> dict[str, str]:
    """Every label of one of the two tables, in the form it is compared in -> what it labels."""
    return {_key(phrase): name for name, phrases in _labels()[table].items() for phrase in phrases}
