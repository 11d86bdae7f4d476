"""From when on a quote is evidence enough to answer: two numbers for each model."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.errors import InvalidRequest

SHIPPED = Path(__file__).with_name("thresholds.toml")
FILE = "thresholds.toml"  # in a library's folder


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`spread` at most, over the words of the question, in how near the quote comes to each; `enough` nearness at least."""

    spread: float
    enough: float

    def meet(self, needed: "Thresholds") -> bool:
        """Whether evidence that passes these passes `needed`."""
        return self.spread <= needed.spread and self.enough >= needed.enough


DEFAULT = Thresholds(0.2, 0.6)  # of a model that nobody has calibrated


@cache
def load(model: str, own: Path | None = None) -> Thresholds:
    """The thresholds of `model`: those in the file `own` where it exists and has the model, else the shipped ones.

    Raises InvalidRequest where a file is not in the form the shipped one shows.
    """
    for path in filter(None, (own, SHIPPED)):
        table = _read(path).get(model) if path.exists() else None
        if table is not None:
            try:
                return Thresholds(float(table["spread"]), float(table["enough"]))
            except (TypeError, KeyError, ValueError) as error:
                raise _not_in_form(path) from error
    return DEFAULT


def _read(path: Path) -> dict[str, dict[str, float]]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _not_in_form(path) from error


def _not_in_form(path: Path) -> InvalidRequest:
    return InvalidRequest(f"{path} has no thresholds that can be read.", "Make it anew: python -m kb calibrate GOLD.jsonl")


def with_own(model: str, thresholds: Thresholds, own: Path) -> str:
    """The text of the file `own` with `thresholds` for `model`, in place of those it has for it."""
    tables = _read(own) if own.exists() else {}
    tables[model] = {"spread": thresholds.spread, "enough": thresholds.enough}
    return "\n".join(f'["{name}"]\nspread = {table["spread"]}\nenough = {table["enough"]}\n' for name, table in tables.items())
