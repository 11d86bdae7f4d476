"""The app as it serves: by https, what it writes down, how it is when it is full or its library is not there, and programs that log in."""

import json
import logging
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Event

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from doors import PASSWORD, behind, call, log_in
from gradio_client import Client
from web import fill, fill_two, serve, toy_opening

from kb.ui import log
from kb.ui.access import Rules
from kb.ui.limits import Limits

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that this machine's own address signed for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    signed = made.sign(key, hashes.SHA256())
    (folder / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return folder / "cert.pem", folder / "key.pem"


# https

def test_by_https_pages_are_served_and_the_cookie_goes_by_nothing_else(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    for address in behind(tmp_path / "library", certificate=cert, key=key, https=True):
        assert address.startswith("https://127.0.0.1:")
        with httpx.Client(base_url=address, verify=ssl.create_default_context(cafile=str(cert)), timeout=30) as client:
            cookie = log_in(client, "ana").headers["set-cookie"]
            assert cookie.startswith("__Host-kb-session=") and "Secure" in cookie
            assert client.get("/").status_code == 200
        with pytest.raises(httpx.TransportError), httpx.Client(base_url=address.replace("https", "http")) as plain:
            plain.get("/")


# what is written down

@pytest.fixture
def quiet_logs() -> Iterator[None]:
    """The logs as they are when the app starts, and again afterwards."""
    yield
    for one in (log.ACTS, log.QUESTIONS):
        for handler in one.handlers[:]:
            one.removeHandler(handler)
            handler.close()
        one.setLevel(logging.NOTSET)


ASK = "¿Cuántas personas atendieron los albergues?"


@pytest.mark.usefixtures("quiet_logs")
def test_questions_are_written_down_only_where_that_is_switched_on(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path / "library")
    file = tmp_path / "questions.jsonl"
    for address in serve(opening := toy_opening(tmp_path / "library", tmp_path)):
        opening.wait()
        client = Client(address, verbose=False)
        client.predict(ASK, api_name="/ask")
        log.questions_to(file)
        assert file.read_text(encoding="utf-8") == ""
        said = client.predict(ASK, api_name="/ask")["statements"][0]["text"]
        client.close()
    [line] = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    assert {name: line[name] for name in ("event", "question", "answered", "statements")} == {
        "event": "question", "question": ASK, "answered": True, "statements": 1,
    }  # fmt: skip
    assert set(line) == {"at", "event", "question", "answered", "statements", "reports", "seconds"}
    assert said not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    printed = "".join(capfd.readouterr())
    assert ASK not in printed and said not in printed


@pytest.mark.usefixtures("quiet_logs")
def test_acts_are_lines_of_json_without_passwords_or_report_text(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log.acts_to_the_terminal()
    for address in behind(tmp_path / "library"):
        with httpx.Client(base_url=address, timeout=30) as client:
            log_in(client, "ana", "some other words")
            log_in(client, "ana")
            call(client, "reports", "delete", ["en"], {"report": "1"})
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines][:2] == ["log-in refused", "log-in"]
    assert all(line["name"] == "ana" for line in lines[:2])
    assert len(lines) >= 3
    told = json.dumps(lines, ensure_ascii=False)
    assert "words" not in told and "420 personas" not in told


# full, or without its library

def test_when_too_many_wait_one_more_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()
    monkeypatch.setattr("kb.ui.api.answer", lambda *arguments, **named: go_on.wait(30))
    fill(tmp_path / "library")
    for address in serve(opening := toy_opening(tmp_path / "library", tmp_path), Rules(limits=Limits(waiting=2))):
        opening.wait()
        with httpx.Client(base_url=address, timeout=30, headers={"accept-language": "es"}) as client:
            number = next(one["id"] for one in client.get("/config").json()["dependencies"] if one["api_name"] == "ask")
            body = {"fn_index": number, "data": [ASK, "", ""], "session_hash": "abcdefgh"}
            told = [client.post("/gradio_api/queue/join", json=body) for _ in range(20)]
            go_on.set()
    refused = [one for one in told if one.status_code != 200]
    assert refused and {one.status_code for one in refused} == {503}
    assert {one.json()["detail"] for one in refused} == {"Hay demasiadas preguntas en espera. Vuelva a intentarlo dentro de un momento."}
    assert {one.headers["retry-after"] for one in refused} == {"5"}


def test_a_library_that_cannot_be_read_is_alive_and_not_ready(tmp_path: Path) -> None:
    fill(tmp_path / "library")
    (tmp_path / "library" / "library.sqlite").write_bytes(b"no database at all, whatever its name says" * 200)
    for address in serve(opening := toy_opening(tmp_path / "library", tmp_path)):
        opening.wait()
        with httpx.Client(base_url=address) as client:
            assert (client.get("/health").status_code, client.get("/ready").status_code) == (200, 503)
            assert client.get("/ready").json() == {"status": "not ready"}


# programs

def test_a_program_logs_in_as_gradios_client_does(tmp_path: Path) -> None:
    for address in behind(tmp_path / "library"):
        client = Client(address, auth=("luc", PASSWORD), verbose=False)
        assert client.predict(ASK, api_name="/ask")["statements"][0]["text"] == "Los albergues atendieron a 420 personas."
        client.close()
        with pytest.raises(Exception, match="(?i)not right|credentials|auth|log"):
            Client(address, auth=("luc", "some other words"), verbose=False)
