"""The verbs as tools of an MCP server: an MCP client lists them, calls them, and reads answers with their citations."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from doors import behind, log_in
from web import TRAINING, fill_two, serve, toy_opening

pytest.importorskip("mcp", reason="the package mcp is not installed: pip install 'gradio[mcp]'")
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # Gradio's own client leaves its loops and sockets open
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("mcp") / "library"
    fill_two(folder)
    yield from serve(toy_opening(folder, folder.parent), mcp=True)


def with_session(address: str, *calls: tuple[str, dict[str, Any]], cookies: Any = None) -> tuple[list[types.Tool], list[types.CallToolResult]]:  # noqa: ANN401 - as httpx takes them
    """(the tools offered, what each call gave)."""

    async def run() -> tuple[list[types.Tool], list[types.CallToolResult]]:
        async with (
            httpx.AsyncClient(cookies=cookies, timeout=30) as http,
            streamable_http_client(f"{address}gradio_api/mcp/", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            offered = (await session.list_tools()).tools
            return offered, [await session.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(run())


def said(result: types.CallToolResult) -> Any:  # noqa: ANN401 - what JSON holds
    """The one text of a result, read as JSON."""
    assert not result.isError, result.content
    (content,) = result.content
    return json.loads(content.text)


def test_the_verbs_are_offered_and_explained(address: str) -> None:
    offered, _ = with_session(address)
    assert [tool.name for tool in offered] == ["ask", "search", "memo", "reports"]
    ask = offered[0]
    assert ask.description.startswith("Ask the evaluation reports a question.")
    assert ask.inputSchema["required"] == ["question"]
    assert all(argument["description"] for tool in offered for argument in tool.inputSchema["properties"].values())


def test_an_answer_carries_its_citations(address: str) -> None:
    _, (asked,) = with_session(address, ("ask", {"question": "¿Cuántas personas atendieron los albergues?"}))
    answer = said(asked)
    assert answer["statements"] == [{"text": "Los albergues atendieron a 420 personas.", "citations": [1]}]
    assert answer["citations"][0]["reference"] == "Albergues de México (2022), pág. 1."
    assert "México" in asked.content[0].text  # and not \u00e9, which would cost a language model more to read


def test_what_is_found_goes_into_a_memo(address: str) -> None:
    _, (found, listed) = with_session(address, ("search", {"text": "", "criterion": "sustainability"}), ("reports", {}))
    hits = said(found)
    assert [hit["text"] for hit in hits] == [TRAINING]
    assert [report["report_path"] for report in said(listed)] == ["albergues.txt", "training.pdf"]
    _, (made,) = with_session(address, ("memo", {"quotes": hits, "title": "Seguimiento", "language": "es"}))
    memo = said(made)
    assert (memo["verified"], memo["failed"]) == ("1 of 1", [])
    assert memo["text"].startswith("# Seguimiento\n")


def test_what_cannot_be_is_told_with_its_remedy(address: str) -> None:
    _, (refused,) = with_session(address, ("ask", {"question": "x", "kind": "zzz"}))
    assert refused.isError
    assert refused.content[0].text.startswith("There is no kind called 'zzz'. It is one of: summary, ")


def test_with_accounts_the_tools_are_for_those_who_are_logged_in(tmp_path: Path) -> None:
    for address in behind(tmp_path / "library", mcp=True):
        with httpx.Client(base_url=address) as client:
            assert client.post("/gradio_api/mcp/", json={}).status_code == 401
            log_in(client, "luc")
            _, (listed,) = with_session(address, ("reports", {}), cookies=client.cookies)
        assert len(said(listed)) == 2
