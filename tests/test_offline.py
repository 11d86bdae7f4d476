"""Nothing leaves the machine: the app as it is started, every way out of its processes refused and counted. The count is zero."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from typeset import column, typeset

ROOT = Path(__file__).parent.parent
# Run by every Python process that starts, workers too, before anything else is imported.
WATCH = '''
import json, os, socket, sys
LOG = os.environ["KB_TEST_OUTGOING"]
def write(**said):
    with open(LOG, "a", encoding="utf-8") as file:
        file.write(json.dumps({"pid": os.getpid(), **said}) + "\\n")
def inside(host):
    host = host.decode() if isinstance(host, bytes) else host
    return host in (None, "", "localhost", "::1", "0.0.0.0", "::") or str(host).startswith("127.")
def guard(owner, name, host_of):
    plain = getattr(owner, name)
    def guarded(*arguments, **named):
        host = host_of(arguments)
        if not inside(host):
            write(tried=name, host=str(host))
            raise OSError(f"no way out to {host}")
        return plain(*arguments, **named)
    setattr(owner, name, guarded)
at = lambda place: lambda arguments: arguments[place][0] if isinstance(arguments[place], tuple) else None
guard(socket.socket, "connect", at(1))
guard(socket.socket, "connect_ex", at(1))
guard(socket.socket, "sendto", at(-1))
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    guard(socket, name, lambda arguments: arguments[0])
write(watched=" ".join(sys.orig_argv[1:])[:300])
'''


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a process whose ways out are watched."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "watch"), str(ROOT), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GRADIO_", "HF_"))}
    yield plain | {"PYTHONPATH": path, "KB_TEST_OUTGOING": str(tmp_path / "outgoing.jsonl")}


def outgoing(environment: dict[str, str]) -> tuple[list[dict[str, object]], int]:
    """What was tried, and how many processes were watched."""
    lines = [json.loads(line) for line in Path(environment["KB_TEST_OUTGOING"]).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if "tried" in line], len({line["pid"] for line in lines if "watched" in line})


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_that_a_way_out_would_be_counted(watched: dict[str, str]) -> None:
    command = "import urllib.request, contextlib\nwith contextlib.suppress(OSError): urllib.request.urlopen('http://example.org')"
    subprocess.run([sys.executable, "-c", command], env=watched, check=True)
    [tried], processes = outgoing(watched)
    assert (tried["host"], processes) == ("example.org", 1)


def test_that_gradios_usage_figures_would_be_counted(watched: dict[str, str]) -> None:
    command = "import gradio, time\nwith gradio.Blocks(analytics_enabled=True): pass\ntime.sleep(3)"
    subprocess.run([sys.executable, "-W", "ignore", "-c", command], env=watched | {"GRADIO_ANALYTICS_ENABLED": "True"}, check=True)
    assert outgoing(watched)[0]


def test_the_app_and_its_workers_ask_nothing_of_another_machine(tmp_path: Path, watched: dict[str, str]) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "wells.txt").write_text("FINDINGS\n\nThe wells of the valley were dug by volunteers in 2021.\n", encoding="utf-8")
    typeset(corpus / "roads.pdf", column(72, 700, ["FINDINGS", "", "The roads of the hills were mended by the district in 2022."]))
    port = free_port()
    command = [sys.executable, str(ROOT / "app.py"), "--library", str(tmp_path / "library"), "--corpus", str(corpus), "--port", str(port)]
    served = subprocess.Popen(command, env=watched, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as web:
            until_ready(web, served)
            client = Client(str(web.base_url), verbose=False)
            reply = client.predict("Who dug the wells of the valley?", api_name="/ask")
            assert [one["text"] for one in reply["statements"]] == ["The wells of the valley were dug by volunteers in 2021."]
            hits = client.predict("roads", limit=5, api_name="/search")
            made = client.predict(reply["citations"] + hits[:1], language="en", format="docx", api_name="/memo")
            assert made["verified"] == "2 of 2"
            report = next(one["id"] for one in client.predict(api_name="/reports") if one["report_path"].endswith("roads.pdf"))
            assert web.get(f"/page/{report}/1.png").headers["content-type"] == "image/png"
            assert web.get("/").status_code == web.get("/config").status_code == web.get("/results.csv?q=roads").status_code == 200
            client.close()
    finally:
        served.terminate()
        told = served.communicate(timeout=30)[1]
    tried, processes = outgoing(watched)
    assert tried == [], told
    assert processes >= 2  # the app, and what read the reports and drew the page


def until_ready(web: httpx.Client, served: subprocess.Popen[str]) -> None:
    for _ in range(600):
        try:
            if web.get("/ready").status_code == 200:
                return
        except httpx.TransportError:
            assert served.poll() is None, served.stderr.read() if served.stderr else ""
        time.sleep(0.2)
    pytest.fail("the app did not get ready in two minutes")
