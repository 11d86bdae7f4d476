"""Accounts: what the file holds, who may read it, and the command that keeps it."""

import io
import json
import os
import stat
from pathlib import Path

import pytest

from kb import user_cli
from kb.accounts import FILE, accounts, add, proves
from kb.cli import main
from kb.errors import InvalidRequest, KBError

PASSWORD = "three plain words"


def test_a_password_is_kept_as_its_hash_alone(tmp_path: Path) -> None:
    assert add(tmp_path, "Ana", "editor", PASSWORD) is True
    kept = (tmp_path / FILE).read_text(encoding="utf-8")
    assert PASSWORD not in kept
    assert [(one["name"], one["role"], one["secret"].split("$")[1]) for one in json.loads(kept)] == [("ana", "editor", "argon2id")]
    ana = accounts(tmp_path)["ana"]
    assert (proves(ana, PASSWORD), proves(ana, PASSWORD + " "), proves(ana, "")) == (True, False, False)


def test_nobody_but_the_owner_reads_the_file_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        add(tmp_path, "ana", "editor", PASSWORD)
        add(tmp_path, "luc", "reader", PASSWORD)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert {file.name for file in tmp_path.iterdir()} <= {FILE, "accounts.lock"}


def test_a_file_cut_short_in_the_writing_is_never_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, "ana", "editor", PASSWORD)

    def stopped(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", stopped)
    with pytest.raises(KBError, match=r"cannot be written \(No space left on device\)"):
        add(tmp_path, "luc", "reader", PASSWORD)
    assert list(accounts(tmp_path)) == ["ana"]
    assert {file.name for file in tmp_path.iterdir()} <= {FILE, "accounts.lock"}


def test_added_again_is_another_password_and_role(tmp_path: Path) -> None:
    add(tmp_path, "ana", "reader", PASSWORD)
    assert add(tmp_path, "ANA", "editor", "other words here") is False
    ana = accounts(tmp_path)["ana"]
    assert (ana.role, proves(ana, PASSWORD), proves(ana, "other words here")) == ("editor", False, True)


def test_where_there_is_no_account_a_hash_is_verified_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    monkeypatch.setattr("kb.accounts.PasswordHasher.verify", lambda self, secret, password: verified.append(secret) or True)
    assert proves(None, PASSWORD) is False
    assert [secret.split("$")[1] for secret in verified] == ["argon2id"]


def test_a_damaged_file_lets_nobody_in(tmp_path: Path) -> None:
    for told in ("{", '[{"name": "ana"}]', "null", '[{"name": "ana", "role": "owner", "secret": ""}]'):
        (tmp_path / FILE).write_text(told)
        with pytest.raises(KBError, match=r"accounts\.json (cannot be read|is unknown)"):
            accounts(tmp_path)


@pytest.mark.parametrize("name", ["", "../ana", "ana luz", "a" * 65, "ana\n", "ana\0"])
def test_a_name_is_letters_digits_and_a_few_signs(tmp_path: Path, name: str) -> None:
    if name.strip() == "ana":
        assert add(tmp_path, name, "reader", PASSWORD)
        return
    with pytest.raises(InvalidRequest, match="is no name for an account"):
        add(tmp_path, name, "reader", PASSWORD)


# the command


def kb(tmp_path: Path, *arguments: str) -> int:
    return main(["user", *arguments, "--library", str(tmp_path)])


def test_the_command_adds_lists_and_removes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\nnot this line\n"))
    assert kb(tmp_path, "add", "Ana", "--role", "editor") == 0
    assert proves(accounts(tmp_path)["ana"], PASSWORD)
    assert kb(tmp_path, "list") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "ana\teditor"
    assert kb(tmp_path, "remove", "ana") == 0
    assert accounts(tmp_path) == {}
    assert kb(tmp_path, "remove", "ana") == 2
    assert capsys.readouterr().err == "There is no account called 'ana'. See which there are: python -m kb user list\n"


def test_a_terminal_is_asked_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    answers = iter([PASSWORD, "another password", PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(user_cli, "getpass", lambda prompt: next(answers))
    assert kb(tmp_path, "add", "ana") == 2
    assert capsys.readouterr().err == "The two passwords differ. Nothing was changed; try again.\n"
    assert kb(tmp_path, "add", "ana") == 0
    assert accounts(tmp_path)["ana"].role == "reader"


def test_a_short_password_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert kb(tmp_path, "add", "ana") == 2
    assert "A password has 10 characters or more" in capsys.readouterr().err
    assert accounts(tmp_path) == {}
