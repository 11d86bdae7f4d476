"""The door with accounts: who is let in, what a reader may not do, and which files are given out."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from doors import PASSWORD, behind, call, log_in, raw
from web import open_with_toy

from kb.accounts import add, remove
from kb.ui.limits import Limits
from kb.ui.login import inside

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
PAGE = {"accept": "text/html", "accept-language": "es-MX,es;q=0.9"}
REFUSED = "Only editors add, correct and delete reports."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("access") / "library"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    yield from behind(folder, limits=Limits(upload=200_000, body=100_000, burst=10_000, per_second=10_000))


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as opened:
        yield opened


# who is let in

STRANGER = ["/", "/config", "/see/1?start=0&end=9", "/page/2/1.png", "/original/1", "/inspect/1", "/results.csv?q=a", "/gold.jsonl",
            "/gradio_api/info", "/gradio_api/openapi.json", "/gradio_api/queue/data?session_hash=a", "/gradio_api/heartbeat/a",
            "/gradio_api/file=/etc/passwd", "/gradio_api/mcp/", "/static/img/logo.svg", "/monitoring", "/theme.css"]  # fmt: skip


@pytest.mark.parametrize("path", STRANGER)
def test_a_stranger_is_told_to_log_in_and_no_more(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()) == (401, {"detail": "Your session is over, or has not begun. Log in and try again."})


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/cancel"])
def test_a_stranger_sends_nothing(client: httpx.Client, path: str) -> None:
    assert client.post(path, json={"data": ["x"]}).status_code == 401


def test_a_strangers_browser_goes_to_the_log_in_page_and_then_where_it_wanted(client: httpx.Client) -> None:
    sent = client.get("/?tab=search&q=formación", headers=PAGE)
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2F%3Ftab%3Dsearch%26q%3Dformaci%25C3%25B3n")
    page = client.get(sent.headers["location"], headers=PAGE).text
    assert '<html lang="es">' in page
    assert 'name="next" value="/?tab=search&amp;q=formaci%C3%B3n"' in page
    told = client.post("/login", data={"username": "ana", "password": PASSWORD, "next": "/?tab=search"}, headers=PAGE)
    assert (told.status_code, told.headers["location"]) == (303, "/?tab=search")
    assert client.get("/", headers=PAGE).status_code == 200


@pytest.mark.parametrize("goal", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/login", "/a\nb", "", "/" * 3000])
def test_a_log_in_never_leads_elsewhere(goal: str) -> None:
    assert inside(goal) == "/"


def test_the_cookie_is_out_of_reach(client: httpx.Client) -> None:
    cookie = log_in(client, "ana").headers["set-cookie"]
    assert cookie.startswith("kb-session=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"}


def test_a_wrong_password_and_an_unknown_name_are_told_alike(client: httpx.Client) -> None:
    wrong, unknown = (client.post("/login", data={"username": name, "password": "not the words"}, headers=PAGE) for name in ("luc", "nobody"))
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "El nombre o la contraseña no son correctos." in wrong.text
    assert wrong.text.replace("luc", "nobody") == unknown.text
    assert "set-cookie" not in wrong.headers


def test_log_out_ends_the_session_on_the_server(client: httpx.Client) -> None:
    log_in(client, "ana")
    token = client.cookies["kb-session"]
    assert client.post("/logout").headers["location"] == "/login"
    assert client.get("/config", headers={"cookie": f"kb-session={token}"}).status_code == 401


def test_a_removed_account_is_out_at_once_and_so_is_an_old_password(client: httpx.Client, folder: Path) -> None:
    add(folder, "eva", "reader", PASSWORD)
    log_in(client, "eva")
    assert client.get("/config").status_code == 200
    add(folder, "eva", "reader", "quite other words")
    assert client.get("/config").status_code == 401
    log_in(client, "eva", "quite other words")
    assert client.get("/config").status_code == 200
    remove(folder, "eva")
    assert client.get("/config").status_code == 401


def test_a_damaged_accounts_file_lets_nobody_in(client: httpx.Client, folder: Path) -> None:
    log_in(client, "ana")
    whole = (folder / "accounts.json").read_bytes()
    (folder / "accounts.json").write_text("[")
    try:
        assert client.get("/config").status_code == 401
        assert log_in(client, "ana").status_code == 503
    finally:
        (folder / "accounts.json").write_bytes(whole)
    assert client.get("/config").status_code == 200


# what a reader may not do


@pytest.mark.parametrize("event", ["delete", "retry", "edit"])
def test_a_reader_changes_no_report(client: httpx.Client, event: str) -> None:
    log_in(client, "luc")
    fields = {name: "changed" for name in ("title", "year", "codes", "countries", "evaluation_kind", "role")}
    assert REFUSED in call(client, "reports", event, ["en"], {"report": "1", **fields})
    assert client.get("/original/1").status_code == 200


def test_a_reader_adds_no_report_and_what_was_sent_is_deleted(client: httpx.Client, folder: Path) -> None:
    log_in(client, "luc")
    sent = client.post("/gradio_api/upload", files={"files": ("escuelas.txt", b"Las escuelas recibieron bibliotecas.")}).json()
    assert Path(sent[0]).is_file()
    assert REFUSED in call(client, "upload", "upload", [[{"path": sent[0], "meta": {"_type": "gradio.FileData"}}], "en"])
    assert not Path(sent[0]).exists()
    assert not (folder.parent / "corpus").exists()


def test_the_record_names_the_account_that_changed_a_report(tmp_path: Path) -> None:
    fields = {"title": "Albergues", "year": "2022", "codes": "", "countries": "", "evaluation_kind": "", "role": "report"}
    for address in behind(tmp_path / "library"):
        with httpx.Client(base_url=address, timeout=60) as client:
            log_in(client, "ana")
            call(client, "reports", "edit", ["en"], {"report": "1", **fields})
            call(client, "reports", "delete", ["en"], {"report": "2"})
    with open_with_toy(tmp_path / "library") as library:
        told = [(change.verb, change.path, change.actor) for change in library.changes() if change.actor != "cli"]
    assert told == [("edited", "albergues.txt", "ana"), ("updated", "albergues.txt", "ana"), ("removed", "training.pdf", "ana")]


# whose page asks


def test_another_sites_page_is_refused(client: httpx.Client) -> None:
    log_in(client, "ana")
    said = {"detail": "The request comes from another page and was refused. Open the app at its own address."}
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:1"}, {"sec-fetch-site": "cross-site"}):
        answer = client.post("/gradio_api/queue/join", json={}, headers=headers)
        assert (answer.status_code, answer.json()) == (403, said), headers
    own = str(client.base_url).rstrip("/")
    assert client.post("/logout", headers={"origin": own, "sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "x@127.0.0.1", "127.0.0.1/health?", "127.0.0.1/login?"])
def test_another_name_or_a_path_in_the_host_opens_nothing(address: str, host: str) -> None:
    assert raw(address, "/config", Host=host)[0] in (400, 401, 403)


# what is served

OUT = ["/etc/passwd", "../../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd%00.txt", "....//etc/passwd",
       "{folder}/library.sqlite", "{folder}/accounts.json", "{folder}/../albergues.txt", "{cwd}/pyproject.toml", "pyproject.toml",
       "http://127.0.0.1:1/", "file:///etc/passwd"]  # fmt: skip
DOORS = ["/gradio_api/file={}", "/gradio_api/file/{}", "/file={}", "/static/{}", "/assets/{}", "/svelte/{}", "/original/{}", "/original/1/{}",
         "/page/{}", "/see/{}", "/inspect/{}", "/results.{}", "/gradio_api/proxy={}", "/custom_component/a/b/c/{}", "/{}", "//{}"]  # fmt: skip
SECRETS = ("root:", "SQLite format", "argon2", "Los albergues", "[project]")


@pytest.mark.parametrize("door", DOORS)
def test_no_file_but_the_reports_own_is_given_out(client: httpx.Client, address: str, folder: Path, door: str) -> None:
    log_in(client, "ana")
    for path in OUT:
        target = door.format(path.format(folder=folder, cwd=os.getcwd()))
        status, body = raw(address, target, Cookie=f"kb-session={client.cookies['kb-session']}")
        assert status in (400, 403, 404, 405, 422), (target, status, body[:200])
        assert not any(secret in body for secret in SECRETS), target


@pytest.mark.parametrize("path", ["/etc/passwd", "http://files.example/a.txt", "{folder}/accounts.json", "../../etc/passwd"])
def test_no_file_is_read_that_was_not_uploaded_and_none_is_fetched(
    client: httpx.Client, folder: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    log_in(client, "ana")
    find = socket.getaddrinfo
    monkeypatch.setattr("socket.getaddrinfo", lambda host, *rest, **more: looked_up.append(str(host)) or find(host, *rest, **more))
    data = [[{"path": path.format(folder=folder), "meta": {"_type": "gradio.FileData"}}], "en"]
    assert '"success": false' in call(client, "upload", "upload", data)
    assert "files.example" not in looked_up
    assert not (folder.parent / "corpus").exists()


def test_a_link_in_the_place_of_a_report_is_not_followed(client: httpx.Client, folder: Path) -> None:
    log_in(client, "ana")
    file = folder.parent / "albergues.txt"
    whole = file.read_bytes()
    file.unlink()
    file.symlink_to(folder / "accounts.json")
    try:
        assert [client.get(path).status_code for path in ("/original/1", "/inspect/1")] == [404, 404]
        assert "argon2" not in client.get("/original/1").text
    finally:
        file.unlink()
        file.write_bytes(whole)
    assert client.get("/original/1").text.startswith("Los albergues atendieron a 420 personas.")


# how much, and what every answer says


def test_a_request_that_is_too_large_is_told_so(client: httpx.Client) -> None:
    log_in(client, "ana")
    large = client.post("/gradio_api/upload", files={"files": ("a.txt", b"a" * 300_000)}, headers={"accept-language": "fr"})
    said = "C’est trop volumineux\u00a0: 1 Mo peuvent être envoyés à la fois. Ajoutez les fichiers en plusieurs fois."
    assert (large.status_code, large.json()["detail"]) == (413, said)
    assert client.post("/gradio_api/queue/join", content=b" " * 150_000).status_code == 413
    assert client.post("/login", data={"username": "ana", "password": "a" * 9000}).status_code == 413


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [
        ("/gradio_api/queue/join", "application/json", b'{"data": ["'),
        ("/gradio_api/upload", "multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'),
    ],
)
def test_a_length_that_is_not_told_is_counted(client: httpx.Client, path: str, kind: str, start: bytes) -> None:
    log_in(client, "ana")
    pieces = (piece for piece in (start, *[b"a" * 10_000] * 40))
    assert client.post(path, content=pieces, headers={"content-type": kind}).status_code == 413


def test_every_answer_keeps_the_browser_to_this_app(client: httpx.Client) -> None:
    log_in(client, "ana")
    for path in ("/", "/login", "/see/1?start=0&end=9", "/gradio_api/file=x", "/health", "/nowhere", "/results.csv?q=a"):
        headers = client.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert (policy["default-src"], policy["connect-src"], policy["frame-ancestors"]) == ("'self'", "'self'", "'none'")
        assert not any("http" in sources or "*" in sources for sources in policy.values())
        assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
        assert (headers["referrer-policy"], headers["cache-control"]) == ("same-origin", "no-store")


def test_health_and_readiness_need_no_log_in(client: httpx.Client) -> None:
    assert (client.get("/health").json(), client.get("/ready").json()) == ({"status": "up"}, {"status": "ready"})


def test_after_some_failures_the_right_password_waits_too(tmp_path: Path) -> None:
    for address in behind(tmp_path / "library"):
        with httpx.Client(base_url=address) as client:
            assert [log_in(client, "ana", "not the words").status_code for _ in range(5)] == [401] * 5
            told = log_in(client, "ana")
            assert told.status_code == 429
            assert told.json()["detail"].startswith("Too many attempts. Try again in ")


def test_whoever_asks_too_often_is_told_to_wait(tmp_path: Path) -> None:
    for address in behind(tmp_path / "library", limits=Limits(burst=5, per_second=0.001)):
        with httpx.Client(base_url=address) as client:
            assert 429 in [client.get("/config").status_code for _ in range(7)]
            refused = client.get("/config", headers={"accept-language": "es"})
            assert refused.json() == {"detail": "Demasiadas peticiones en poco tiempo. Espere unos segundos y vuelva a intentarlo."}
            assert (client.get("/health").status_code, client.get("/ready").status_code) == (200, 200)
