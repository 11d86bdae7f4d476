"""What is served beside the pages: https, who programs are, what is written down, and what is said when it is too much or nothing works."""

import argparse
import json
import logging
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from gc import collect
from pathlib import Path
from threading import Event

import httpx
import pytest
from doors import PASSWORD, behind, call, log_in, verb
from gradio_client import Client
from web import SHELTERS, fill, serve, toy_opening

from kb.errors import InvalidRequest
from kb.folder import DATABASE
from kb.ui import log, serving
from kb.ui.access import Rules
from kb.ui.limits import Limits

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # gradio_client leaves its loops and sockets open
]
QUESTION = "¿Cuántas personas atendieron los albergues?"


# https


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody but itself has signed, and its key."""
    folder = tmp_path_factory.mktemp("https")
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine to make a certificate with")
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=kb", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = folder / "cert.pem", folder / "key.pem"
    subprocess.run(["openssl", *made, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    return files


def test_by_https_the_page_is_served_and_its_session_goes_by_nothing_else(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate[0]))
    for address in behind(tmp_path / "library", certificate=certificate[0], key=certificate[1], https=True):
        assert address.startswith("https://127.0.0.1:")
        with httpx.Client(base_url=address, verify=trusted, timeout=30) as client:
            cookie = log_in(client, "ana").headers["set-cookie"]
            assert cookie.startswith("__Host-kb-session=")
            assert "Secure" in cookie.split("; ")
            assert verb(client, "ask", QUESTION, "", "")["statements"][0]["text"] == "Los albergues atendieron a 420 personas."
        with pytest.raises(httpx.TransportError):
            httpx.get(address.replace("https", "http"))


def rules_with(folder: Path, certificate: Path, key: Path) -> Rules:
    parser = argparse.ArgumentParser()
    parser.set_defaults(library=folder)
    serving.add_to(parser)
    return serving.rules_of(parser.parse_args(["--certificate", str(certificate), "--key", str(key)]))


def test_a_certificate_that_is_none_is_told_before_anything_starts(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    assert rules_with(tmp_path, *certificate).https is True
    for wrong in ((tmp_path / "none.pem", certificate[1]), (certificate[0], certificate[0]), (certificate[1], certificate[1])):
        with pytest.raises(InvalidRequest, match="are no certificate and its key, in PEM and without a password"):
            rules_with(tmp_path, *wrong)


# programs with an account


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from behind(tmp_path_factory.mktemp("serving") / "library", limits=Limits(burst=10_000, per_second=10_000))


def test_a_program_logs_in_with_a_name_and_a_password(address: str) -> None:
    client = Client(address, auth=("luc", PASSWORD), verbose=False, analytics_enabled=False)
    reply = client.predict(QUESTION, api_name="/ask")
    assert reply["statements"] == [{"text": "Los albergues atendieron a 420 personas.", "citations": [1]}]
    client.close()
    collect()


@pytest.mark.parametrize("auth", [None, ("luc", "not the words")])
def test_a_program_without_one_gets_nothing(address: str, auth: tuple[str, str] | None) -> None:
    with pytest.raises((ValueError, httpx.HTTPError)):
        Client(address, auth=auth, verbose=False, analytics_enabled=False)
    collect()


# what is written down


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every line that the process writes to any log, as it is written."""
    written: list[str] = []

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(f"{self.format(record)} {log.Lines().format(record)}")

    handler = Listening(logging.DEBUG)
    loggers = [logging.getLogger(), log.ACTS, log.QUESTIONS]
    for one in loggers:
        one.addHandler(handler)
    yield written
    for one in loggers:
        one.removeHandler(handler)


def close_logs() -> None:
    for one in (log.ACTS, log.QUESTIONS):
        for handler in list(one.handlers):
            one.removeHandler(handler)
            handler.close()
        one.setLevel(logging.NOTSET)
        one.propagate = True


def ask(address: str) -> None:
    """The question asked in the page and by a program."""
    with httpx.Client(base_url=address, timeout=60) as client:
        log_in(client, "ana")
        assert "420 personas" in call(client, "question", "submit", [QUESTION, None, None, "es"])
        verb(client, "ask", QUESTION, "", "")


def test_no_question_is_written_down_unless_that_is_switched_on(address: str, lines: list[str]) -> None:
    ask(address)
    assert [line for line in lines if "albergues" in line] == []


def test_a_question_is_written_down_where_that_is_switched_on_and_no_report_with_it(address: str, lines: list[str], tmp_path: Path) -> None:
    log.questions_to(tmp_path / "questions.jsonl")
    try:
        ask(address)
    finally:
        close_logs()
    written = [json.loads(line) for line in (tmp_path / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{**one, "at": "", "seconds": 0} for one in written] == [
        {"at": "", "event": "question", "question": QUESTION, "answered": True, "statements": 1, "reports": 1, "seconds": 0}
    ] * 2
    assert (tmp_path / "questions.jsonl").stat().st_mode & 0o077 == 0
    assert [line for line in lines if "420" in line or SHELTERS in line or PASSWORD in line] == []


def test_who_logs_in_and_what_they_do_is_written_as_json(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    log.acts_to_the_terminal()
    try:
        with httpx.Client(base_url=address, timeout=60) as client:
            log_in(client, "luc", "not the words")
            log_in(client, "luc")
            call(client, "reports", "delete", ["en"], {"report": "1"})
    finally:
        close_logs()
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [{name: one[name] for name in one if name != "at"} for one in told] == [
        {"event": "log-in refused", "name": "luc", "address": "127.0.0.1"},
        {"event": "log-in", "name": "luc", "address": "127.0.0.1"},
        {"event": "refused: report deleted", "name": "luc", "report": "1"},
    ]


def test_a_file_of_questions_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"Questions cannot be written to .* \(No such file or directory\)\. Name another file"):
        log.questions_to(tmp_path / "none" / "questions.jsonl")


# too much, or nothing works


def test_when_too_many_wait_the_next_is_told_in_their_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()
    monkeypatch.setattr("kb.ui.api.answer", lambda *_: go_on.wait(30))
    for address in behind(tmp_path / "library", limits=Limits(waiting=2)):
        with httpx.Client(base_url=address, timeout=30, headers={"accept-language": "es"}) as client:
            log_in(client, "ana")
            told = [client.post("/gradio_api/call/ask", json={"data": [QUESTION, "", ""]}) for _ in range(12)]
            go_on.set()
    assert told[0].status_code == 200
    assert (told[-1].status_code, told[-1].headers["retry-after"]) == (503, "5")
    assert told[-1].json() == {"detail": "Hay demasiadas preguntas en espera. Vuelva a intentarlo dentro de un momento."}
    assert {answer.status_code for answer in told} == {200, 503}


def test_it_is_not_ready_while_the_library_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    fill(folder)
    opening = toy_opening(folder, tmp_path)
    for address in serve(opening):
        opening.wait()
        assert httpx.get(f"{address}ready").status_code == 200
        whole = (folder / DATABASE).read_bytes()
        for harm in (lambda: (folder / DATABASE).write_bytes(b"no database" * 999), (folder / DATABASE).unlink):
            harm()
            told = httpx.get(f"{address}ready")
            assert (told.status_code, told.json(), httpx.get(f"{address}health").status_code) == (503, {"status": "not ready"}, 200)
        (folder / DATABASE).write_bytes(whole)


def test_it_is_not_ready_where_the_library_was_damaged_before(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / DATABASE).write_bytes(b"no database" * 999)
    opening = toy_opening(tmp_path / "library", tmp_path)
    for address in serve(opening):
        opening.wait()
        assert (httpx.get(f"{address}ready").status_code, httpx.get(f"{address}health").status_code) == (503, 200)
