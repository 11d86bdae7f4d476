"""Who may use the app over a network: names, roles and hashed passwords, in one file of the library's folder."""

import json
import os
import re
import unicodedata
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock

from kb.errors import InvalidRequest, KBError

FILE = "accounts.json"
ROLES = ("reader", "editor")
SHORTEST, LONGEST = 10, 1000  # characters of a password
NAME = re.compile(r"[\w.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class Account:
    """A name, what it may do (a reader asks and reads, an editor changes the library too), and the argon2 hash of its password."""

    name: str
    role: str
    secret: str


def accounts(folder: Path) -> dict[str, Account]:
    """All accounts of the library in `folder`, by name. Raises KBError where the file cannot be understood: nobody is let in then."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        found = [Account(str(one["name"]), str(one["role"]), str(one["secret"])) for one in told]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KBError(f"The accounts in {folder / FILE} cannot be read.", "Restore the file, or delete it and add them again.") from error
    if unknown := [one.name for one in found if one.role not in ROLES]:
        raise KBError(f"The role of {unknown[0]} in {folder / FILE} is unknown.", f"Write one of: {', '.join(ROLES)}.")
    return {one.name: one for one in found}


def add(folder: Path, name: str, role: str, password: str) -> bool:
    """Add an account, or give one that is there another role and password. Whether it is new."""
    name = plain_name(name)
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidRequest(f"A password has {SHORTEST} characters or more (and {LONGEST} at most).", "Choose a longer one; a few words are best.")
    if role not in ROLES:
        raise InvalidRequest(f"There is no role called {role!r}.", f"It is one of: {', '.join(ROLES)}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "accounts.lock"):
            known = accounts(folder)
            _write(folder, known | {name: Account(name, role, PasswordHasher().hash(password))})
    except OSError as error:
        raise KBError(f"The accounts in {folder} cannot be written ({error.strerror}).", "Name another folder with --library DIR.") from error
    return name not in known


def remove(folder: Path, name: str) -> None:
    """Remove an account: whoever is logged in by it is not any more. Raises InvalidRequest where there is none."""
    known = accounts(folder)
    if plain_name(name) not in known:
        raise InvalidRequest(f"There is no account called {name!r}.", "See which there are: python -m kb user list")
    with FileLock(folder / "accounts.lock"):
        _write(folder, {other: account for other, account in accounts(folder).items() if other != plain_name(name)})


def plain_name(name: str) -> str:
    """`name` in the one form in which it is kept and compared: composed, in small letters. Raises InvalidRequest where it is none."""
    plain = unicodedata.normalize("NFC", name).strip().lower()
    if not NAME.fullmatch(plain):
        raise InvalidRequest(f"{name[:64]!r} is no name for an account.", "Use letters, digits and . @ + - _ only, 64 at most.")
    return plain


def proves(account: Account | None, password: str) -> bool:
    """Whether `password` is that of `account`. It takes as long where there is no account, so that time does not tell names."""
    try:
        return PasswordHasher().verify(account.secret if account else nobody(), password) and account is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobody() -> str:
    """The hash of a password that no account has."""
    return PasswordHasher().hash(os.urandom(32))


def _write(folder: Path, known: dict[str, Account]) -> None:
    """The file whole or not at all, readable by nobody but the owner of the library."""
    new = folder / f"{FILE}.{os.getpid()}.new"
    new.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump([asdict(known[name]) for name in sorted(known)], file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / FILE)
    finally:
        new.unlink(missing_ok=True)
