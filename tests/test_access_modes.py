"""The other ways to be served: without accounts on this machine, by a proxy that names readers, by https; and what app.py refuses to do."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from doors import PASSWORD, behind, call, raw
from web import fill, serve, toy_opening

import app
from kb.accounts import add
from kb.errors import InvalidRequest
from kb.ui import serving
from kb.ui.access import Rules, loopback

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
REFUSED = "Only editors add, correct and delete reports."


def rules_of(folder: Path, *arguments: str) -> Rules:
    parser = argparse.ArgumentParser()
    parser.set_defaults(library=folder)
    serving.add_to(parser)
    return serving.rules_of(parser.parse_args(arguments))


# what app.py does as it is told


def test_off_this_machine_it_does_not_start_without_accounts(tmp_path: Path) -> None:
    command = [sys.executable, app.__file__, "--library", str(tmp_path / "library"), "--host", "0.0.0.0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert "has no accounts. Add one: python -m kb user add NAME --role editor. Or say --without-accounts" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1"])
def test_on_this_machine_alone_everyone_may_do_everything(tmp_path: Path, host: str) -> None:
    assert rules_of(tmp_path, "--host", host) == Rules(host=host)
    assert Rules().everyone is True


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "kb.office", "127.0.0.1.evil.example", ""])
def test_every_other_address_is_the_networks(tmp_path: Path, host: str) -> None:
    assert loopback(host) is False
    with pytest.raises(InvalidRequest):
        rules_of(tmp_path, "--host", host)
    assert rules_of(tmp_path, "--host", host, "--without-accounts").everyone is True


def test_accounts_are_asked_for_wherever_there_are_some(tmp_path: Path) -> None:
    add(tmp_path, "ana", "editor", PASSWORD)
    assert rules_of(tmp_path).accounts == tmp_path
    served = rules_of(tmp_path, "--host", "0.0.0.0")
    assert (served.accounts, served.everyone, served.proxies) == (tmp_path, False, ())


# without accounts


@pytest.fixture(scope="module")
def open_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("open") / "library"
    fill(folder)
    yield from serve(toy_opening(folder, folder))


def test_without_accounts_the_page_is_there_and_no_log_in(open_address: str) -> None:
    with httpx.Client(base_url=open_address) as client:
        assert client.get("/").status_code == 200
        assert client.get("/login").status_code == 404
        assert REFUSED not in call(client, "reports", "delete", ["en"], {"report": "999"})


def test_without_accounts_another_sites_name_and_page_are_refused_all_the_same(open_address: str) -> None:
    assert "The app answers on this machine only" in raw(open_address, "/config", Host="evil.example:7860")[1]
    assert raw(open_address, "/gradio_api/queue/join", "POST", Origin="https://evil.example")[0] == 403
    port = open_address.rstrip("/").rpartition(":")[2]
    assert raw(open_address, "/config", Host=f"localhost:{port}")[0] == 200


# a proxy that names readers


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from behind(tmp_path_factory.mktemp("named") / "library", header="X-Remote-User", proxies=("127.0.0.1",), https=True)


@pytest.mark.parametrize(("name", "editor"), [("ana", True), ("ANA", True), ("luc", False), ("someone.else@office.example", False)])
def test_the_proxys_reader_has_the_role_of_the_account_or_reads(named: str, name: str, editor: bool) -> None:
    with httpx.Client(base_url=named, headers={"X-Remote-User": name}) as client:
        assert client.get("/config").json()["username"] == name.lower()
        assert (REFUSED in call(client, "reports", "delete", ["en"], {"report": "999"})) is not editor


@pytest.mark.parametrize("headers", [[], [("X-Remote-User", "")], [("X-Remote-User", "a b")], [("X-Remote-User", "luc"), ("X-Remote-User", "ana")]])
def test_nobody_named_or_two_is_nobody(named: str, headers: list[tuple[str, str]]) -> None:
    with httpx.Client(base_url=named) as client:
        told = client.get("/config", headers=headers)
    assert (told.status_code, told.json()["detail"][:24]) == (401, "It is not known who asks")


def test_only_the_proxys_word_is_taken(tmp_path: Path) -> None:
    for address in behind(tmp_path / "library", header="X-Remote-User", proxies=("10.0.0.5",)):
        with httpx.Client(base_url=address) as client:
            for headers in ({"X-Remote-User": "ana"}, {"X-Remote-User": "ana", "X-Forwarded-For": "10.0.0.5"}):
                assert client.get("/config", headers=headers).status_code == 401


def test_where_no_proxy_is_trusted_an_address_cannot_be_made_up(tmp_path: Path) -> None:
    for address in behind(tmp_path / "library"):
        with httpx.Client(base_url=address) as client:
            told = [
                client.post("/login", data={"username": f"n{n}", "password": "y"}, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
                for n in range(6)
            ]
            assert told == [401] * 5 + [429]


def test_behind_a_proxy_that_serves_https_the_cookie_is_secure(tmp_path: Path) -> None:
    for address in behind(tmp_path / "library", proxies=("127.0.0.1",), https=True):
        with httpx.Client(base_url=address) as client:
            seen = {"Host": "kb.office", "Origin": "https://kb.office"}
            told = client.post("/login", data={"username": "ana", "password": PASSWORD}, headers=seen)
            assert told.headers["set-cookie"].startswith("__Host-kb-session=")
            assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} < set(told.headers["set-cookie"].split("; "))
            assert client.post("/login", headers=seen | {"Origin": "http://kb.office"}).status_code == 403
