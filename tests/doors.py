"""The app behind its door, asked without a browser."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from web import fill_two, serve, toy_opening

from kb.accounts import add
from kb.ui.access import Rules

PASSWORD = "three plain words"


def behind(folder: Path, mcp: bool = False, **rules: Any) -> Iterator[str]:  # noqa: ANN401 - the fields of Rules
    """The app on a library of two reports, for an editor called ana and a reader called luc."""
    fill_two(folder)
    add(folder, "ana", "editor", PASSWORD)
    add(folder, "luc", "reader", PASSWORD)
    opening = toy_opening(folder, folder.parent / "corpus")
    for address in serve(opening, Rules(**{"accounts": folder} | rules), mcp):
        opening.wait()
        yield address


def log_in(client: httpx.Client, name: str, password: str = PASSWORD) -> httpx.Response:
    return client.post("/login", data={"username": name, "password": password})


def raw(address: str, target: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """(status, body) of a request sent as it is written, its Host included."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    link = HTTPConnection(host, port, timeout=20)
    try:
        link.putrequest(method, target, skip_host=True)
        for name, value in {"Host": f"{host}:{port}", **headers}.items():
            link.putheader(name, value)
        link.endheaders()
        answer = link.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        link.close()


def call(client: httpx.Client, on: str, event: str, data: list[Any], said: dict[str, Any] | None = None) -> str:
    """What the last step of the app's handler of `event` on the part `on` of the page gives, as text: what a page would be told."""
    config = client.get("/config").json()
    part = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == on)
    number = next(one["id"] for one in config["dependencies"] if [part, event] in [list(target) for target in one["targets"]])
    body = {"fn_index": number, "data": data, "event_data": said, "session_hash": "abcdefgh", "trigger_id": part}
    joined = client.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        return f"{joined.status_code} {joined.text}"
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": "abcdefgh"}, timeout=60) as told:
        steps = [json.loads(line.removeprefix("data: ")) for line in told.iter_lines() if line.startswith("data: ")]
    return json.dumps([one for one in steps if one["msg"] in ("process_generating", "process_completed")], ensure_ascii=False)


def verb(client: httpx.Client, name: str, *data: Any) -> Any:  # noqa: ANN401 - what a named endpoint takes and gives
    """What one of the app's named endpoints answers."""
    number = client.post(f"/gradio_api/call/{name}", json={"data": list(data)}).json()["event_id"]
    with client.stream("GET", f"/gradio_api/call/{name}/{number}") as told:
        lines = list(told.iter_lines())
    assert "event: complete" in lines, lines
    return json.loads(lines[lines.index("event: complete") + 1].removeprefix("data: "))[0]
