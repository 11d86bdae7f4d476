"""`python -m kb user`: who may use the app over a network."""

import argparse
import sys
from getpass import getpass
from pathlib import Path

from kb.errors import InvalidRequest


def add_to(commands: argparse._SubParsersAction) -> None:
    """The subcommand and its options."""
    command = commands.add_parser("user", help="accounts for the app on an office network: add, list, remove")
    acts = command.add_subparsers(required=True, metavar="ACT")
    add = acts.add_parser("add", help="add an account, or give one another password and role; the password is asked for")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=("reader", "editor"), default="reader", help="an editor adds, corrects and deletes reports (default: reader)")
    add.set_defaults(run=_add)
    listed = acts.add_parser("list", help="names and roles")
    listed.set_defaults(run=_list)
    remove = acts.add_parser("remove", help="remove an account; whoever is logged in by it is logged out")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=_remove)
    for act in (add, listed, remove):
        act.add_argument("--library", type=Path, help="the library's folder (default: KB_LIBRARY, else .kb)")


def _folder(options: argparse.Namespace) -> Path:
    from kb.folder import default_folder

    return options.library or default_folder()


def _add(options: argparse.Namespace) -> None:
    from kb.accounts import add, plain_name

    plain_name(options.name)  # before a password is asked for
    new = add(_folder(options), options.name, options.role, _password())
    print(f"{'Added' if new else 'Changed'}: {plain_name(options.name)} ({options.role}). If the app runs without accounts, start it again.")


def _list(options: argparse.Namespace) -> None:
    from kb.accounts import accounts

    for account in accounts(_folder(options)).values():
        print(f"{account.name}\t{account.role}")


def _remove(options: argparse.Namespace) -> None:
    from kb.accounts import plain_name, remove

    remove(_folder(options), options.name)
    print(f"Removed: {plain_name(options.name)}.")


def _password() -> str:
    """Asked for twice, unseen; or one line of standard input where that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        raise InvalidRequest("The two passwords differ.", "Nothing was changed; try again.")
    return password
