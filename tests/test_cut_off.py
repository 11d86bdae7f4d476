"""The whole app, started as a reader starts it, with every way to another machine refused and counted: it works, and tried none."""

import os
import socket
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from doors import call, verb

import app

HERE = Path(__file__).parent
REPORT = "# Final evaluation of the Roads Fund in Malawi\n\n## Findings\n\nThe roads of the north were repaired in two years.\n"
SENT = "# Final evaluation of the Wells Fund in Chad\n\n## Lessons\n\nThe wells of the south need owners who repair the pumps.\n"
SWITCHES = ("GRADIO_", "HF_", "HUGGING", "TRANSFORMERS_", "DO_NOT_TRACK", "KB_")  # what would keep it quiet without its own doing


@dataclass(frozen=True, slots=True)
class Cut:
    """The running app: its address, and the file in which its attempts are counted."""

    address: str
    home: Path

    def tried(self) -> list[str]:
        file = self.home / "tried.txt"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def environment(home: Path) -> dict[str, str]:
    """This process's, with nothing that tells Gradio or the hub to keep quiet, and every Python process watched."""
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith(SWITCHES)}
    return own | {"PYTHONPATH": os.pathsep.join([str(HERE / "cut_off"), str(HERE.parent)]), "KB_TRIED": str(home / "tried.txt"), "HOME": str(home)}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cut]:
    """The app as `python app.py` starts it, on a report of its own, with the model that comes with it."""
    home = tmp_path_factory.mktemp("cut")
    (home / "corpus").mkdir()
    (home / "corpus" / "roads.md").write_text(REPORT, encoding="utf-8")
    port = free_port()
    command = [sys.executable, app.__file__, "--library", home / "library", "--corpus", home / "corpus", "--port", str(port)]
    with (home / "said.txt").open("w") as said:
        process = subprocess.Popen(command, env=environment(home), cwd=home, stdout=said, stderr=said)
    try:
        opened = Cut(f"http://127.0.0.1:{port}", home)
        assert ready(opened.address, process), (home / "said.txt").read_text()
        yield opened
    finally:
        process.terminate()
        process.wait(30)


def ready(address: str, process: "subprocess.Popen[bytes]") -> bool:
    ends = time.monotonic() + 180
    while time.monotonic() < ends and process.poll() is None:
        with suppress(httpx.TransportError):
            if httpx.get(f"{address}/ready").status_code == 200:
                return True
        time.sleep(0.2)
    return False


def test_asked_read_uploaded_and_written_without_a_try_at_another_machine(cut: Cut) -> None:
    with httpx.Client(base_url=cut.address, timeout=60) as client:
        assert all(client.get(path).status_code == 200 for path in ("/", "/?tab=search&q=roads", "/config", "/see/1?start=0&end=9", "/inspect/1"))
        reply = verb(client, "ask", "What became of the roads of the north?", "", "")
        assert reply["statements"][0]["text"] == "The roads of the north were repaired in two years."
        sent = client.post("/gradio_api/upload", files={"files": ("wells.md", SENT.encode())}).json()
        assert "wells.md" in call(client, "upload", "upload", [[{"path": sent[0], "meta": {"_type": "gradio.FileData"}}], "en"])
        assert [one["report_path"] for one in verb(client, "reports")] == ["corpus/roads.md", "corpus/wells.md"]
        made = verb(client, "memo", reply["citations"], "Roads", "", "en", "un", "docx")
        assert b64decode(made["base64"])[:2] == b"PK"
    time.sleep(1)  # what is sent in the background is sent by now
    assert cut.tried() == []
    said = (cut.home / "said.txt").read_text()
    assert "Evaluation reports: http://127.0.0.1:" in said
    assert [words for words in ("What became", "roads of the north", "wells of the south") if words in said] == []


def test_the_page_is_not_told_to_count_its_readers(cut: Cut) -> None:
    assert httpx.get(f"{cut.address}/config").json()["analytics_enabled"] is False


def test_gradio_and_the_hub_count_nothing(tmp_path: Path) -> None:
    code = (
        "import app; app._stay_on_this_machine('127.0.0.1'); from gradio.analytics import analytics_enabled; from huggingface_hub.utils import "
        "send_telemetry; send_telemetry('kb'); import time; time.sleep(1); print('gradio counts:', analytics_enabled())"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True)
    assert done.stdout == "gradio counts: False\n"
    assert Cut("", tmp_path).tried() == []


@pytest.mark.parametrize(
    "code",
    [
        "from urllib.request import urlopen; urlopen('http://files.example/')",
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import httpx; httpx.get('https://files.example/')",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.gethostbyname(\"files.example\")'], check=True)",
    ],
)
def test_that_a_try_would_be_counted(tmp_path: Path, code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert (done.returncode, "no other machine may be reached" in done.stderr) == (1, True), done.stderr
    assert len(Cut("", tmp_path).tried()) == 1
