"""NAME.toml beside a report: what an office says of the report. It wins over what is read from the file.

title = "..."                    codes = ["MEXW55", "MEXW64"]
year = 2022                      countries = ["México"]
evaluation_kind = "..."          group = "..."      role = "brief"      language = "es"
period = "2017-2021"             region = "..."     commissioner = "..."     source = "https://..."
evaluators = ["...", "..."]      donors = ["..."]   budgets = ["..."]
[donors]                         # or for each project
MEXW55 = "..."
"""

import json
import os
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import InvalidRequest
from kb.plain import plain
from kb.records import Fact
from kb.safe_write import write_whole

LARGEST = 256 << 10  # bytes
ROLES = ("report", "brief", "annex", "management_response", "terms_of_reference")
# key of the file -> the fact it states
FACTS = {
    "title": "title",
    "evaluation_kind": "evaluation_kind",
    "period": "period",
    "periods": "period",
    "region": "region",
    "commissioner": "commissioner",
    "manager": "manager",
    "source": "source",
    "evaluator": "evaluator",
    "evaluators": "evaluator",
    "donor": "donor",
    "donors": "donor",
    "budget": "budget",
    "budgets": "budget",
    "report_date": "report_date",
    "year": "year",
    "codes": "code",
    "countries": "country",
}
FIELDS: dict[str, type] = {
    "title": str,
    "year": int,
    "evaluation_kind": str,
    "language": str,
    "group": str,
    "role": str,
    "codes": list,
    "countries": list,
}


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar file says: fields of the Report, and facts without a span."""

    fields: dict[str, Any] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The facts that it states, which are then not read from the report."""
        return frozenset(fact.name for fact in self.facts)


def sidecar_path(path: Path) -> Path:
    """Where the sidecar of the report at `path` lies, if it has one."""
    return path.with_suffix(".toml")


def has_sidecar(path: Path) -> bool:
    """Whether a sidecar lies beside the report at `path`; beside the longest of names there is no room for one."""
    return os.path.isfile(sidecar_path(path))


def read_sidecar(path: Path) -> Sidecar:
    """The sidecar of the report at `path`; an empty one where there is none.

    Raises InvalidRequest, naming line or key, where it cannot be understood.
    """
    file = sidecar_path(path)
    if not has_sidecar(path):
        return Sidecar()
    if file.stat().st_size > LARGEST:
        raise InvalidRequest(f"{file.name} is larger than the {LARGEST >> 10} kB that are read.", f"Shorten {file.name}, or delete it.")
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidRequest(
            f"{file.name} is not valid TOML ({error}).", f"Correct {file.name}, or delete it to use what the report says."
        ) from error
    for key, value in said.items():
        _check(file, key, value)
    said = {key: _plain(value) for key, value in said.items()}
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items() if key in FIELDS}
    facts = tuple(fact for key, value in said.items() if key in FACTS for fact in _facts(FACTS[key], value))
    return Sidecar(fields, facts)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a text, a number, a list or a table
    """`value` with each text in it plain."""
    if isinstance(value, dict):
        return {plain(key): _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else plain(value) if isinstance(value, str) else value


def _check(file: Path, key: str, value: object) -> None:
    known = sorted(set(FIELDS) | set(FACTS))
    if key not in known:
        raise InvalidRequest(f"{file.name} has a key that means nothing here: {key!r}.", f"The keys are {', '.join(known)}.")
    wanted = FIELDS.get(key)
    if wanted is not None and (not isinstance(value, wanted) or isinstance(value, bool)):
        names = {str: "a text in quotes", int: "a number without quotes", list: 'a list of texts: ["..."]'}
        raise InvalidRequest(f"{file.name}: {key} has to be {names[wanted]}.", f"Correct that line of {file.name}.")
    if key == "role" and value not in ROLES:
        raise InvalidRequest(f"{file.name}: there is no role {value!r}.", f"The roles are {', '.join(ROLES)}.")
    if not all(isinstance(part, (str, int, float)) for part in _values(value)):
        raise InvalidRequest(f"{file.name}: {key} has to be a text or a list of texts.", f"Correct that line of {file.name}.")


def _values(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _facts(name: str, value: object) -> list[Fact]:
    if isinstance(value, dict):
        return [Fact(name, str(part), project=project) for project, part in value.items()]
    return [Fact(name, str(part)) for part in _values(value)]


def write_sidecar(path: Path, said: dict[str, Any]) -> None:
    """Write `said` into the sidecar of the report at `path`; what else it says stays, and an empty value takes its key out.

    Raises InvalidRequest where the sidecar or `said` cannot be understood, CannotWrite where the disk is full or the folder
    read-only; either leaves the file as it was, and so does a process killed while it writes.
    """
    read_sidecar(path)
    file = sidecar_path(path)
    known = tomllib.loads(file.read_text(encoding="utf-8")) if has_sidecar(path) else {}
    after = {key: value for key, value in (known | said).items() if value not in ("", [], {})}
    for key, value in after.items():
        _check(file, key, value)
    plain, tables = ({key: value for key, value in after.items() if isinstance(value, dict) == nested} for nested in (False, True))
    lines = [f"{key} = {_toml(value)}" for key, value in plain.items()]
    for key, table in tables.items():
        lines += ["", f"[{key}]", *(f"{_toml(name)} = {_toml(value)}" for name, value in table.items())]
    write_whole(file, ("\n".join(lines) + "\n").encode())


def _toml(value: str | float | list[str | float]) -> str:
    """A text, number or list as TOML writes it: JSON's way is one of them."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
