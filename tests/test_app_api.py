"""The same verbs for programs: named endpoints, called by gradio_client and by ten readers at once."""

import re
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from gc import collect
from io import BytesIO
from time import perf_counter
from zipfile import ZipFile

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from web import SHELTERS, TRAINING, address_of_two

# ruff: noqa: F401, F811 - fixtures are imported from web and named again by the tests
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # gradio_client leaves its loops and sockets open
]


@pytest.fixture(scope="module")
def client(address_of_two: str) -> Iterator[Client]:
    opened = Client(address_of_two, verbose=False, analytics_enabled=False)
    yield opened
    opened.close()
    collect()  # what it leaves open, here and not in another test


def test_a_question_is_answered_in_the_shape_of_the_command_line(client: Client) -> None:
    reply = client.predict("¿Cuántas personas atendieron los albergues?", api_name="/ask")
    assert reply["statements"] == [{"text": "Los albergues atendieron a 420 personas.", "citations": [1]}]
    assert reply["citations"][0]["report_path"] == "albergues.txt"
    assert reply["coverage"] == {"reports_searched": 2, "reports_with_hits": 1}


def test_a_search_is_narrowed_and_cut(client: Client) -> None:
    found = client.predict("", criterion="sustainability", api_name="/search")
    assert [hit["text"] for hit in found] == [TRAINING]
    assert [hit["text"] for hit in client.predict("", limit=1, api_name="/search")] == [SHELTERS]


def test_the_reports_are_listed(client: Client) -> None:
    listed = client.predict(api_name="/reports")
    assert [(one["report_path"], one["year"], one["codes"]) for one in listed] == [("albergues.txt", 2022, []), ("training.pdf", 2020, ["ABC12"])]


def test_what_means_nothing_is_told_with_its_remedy(client: Client) -> None:
    with pytest.raises(AppError, match=r"There is no criterion called 'beauty'\. It is one of: relevance, coherence"):
        client.predict("x", criterion="beauty", api_name="/search")


def test_a_memo_of_what_was_answered_and_found_is_checked_and_written(client: Client) -> None:
    reply = client.predict("¿Cuántas personas atendieron los albergues?", api_name="/ask")
    hits = client.predict("", criterion="sustainability", api_name="/search")
    made = client.predict(reply["citations"] + hits, title="Seguimiento", language="es", api_name="/memo")
    assert (made["verified"], made["failed"], made["name"]) == ("2 of 2", [], "memo.md")
    assert made["text"].startswith("# Seguimiento\n")
    assert TRAINING.rstrip(".") in made["text"]
    assert made["text"].count("[^") == 4  # two marks, two notes


def test_a_memo_is_a_word_file_with_footnotes_and_names_what_it_did_not_find(client: Client) -> None:
    quotes = [
        {"report_path": "albergues.txt", "passage_id": 1, "quote": "Los albergues atendieron a 420 personas."},
        {"report_path": "albergues.txt", "passage_id": 1, "quote": "Los albergues atendieron a 421 personas."},
        {"report_path": "gone.pdf", "passage_id": 99, "text": "Nothing."},
    ]
    made = client.predict(quotes, format="docx", api_name="/memo")
    assert made["verified"] == "1 of 3"
    assert made["failed"] == [
        {"number": 2, "report_path": "albergues.txt", "problem": "these words are not in the report"},
        {"number": 3, "report_path": "gone.pdf", "problem": "the report is not in the library"},
    ]
    with ZipFile(BytesIO(b64decode(made["base64"]))) as word:
        assert word.read("word/document.xml").count(b"<w:footnoteReference ") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"quotes": []}, "A memo has from 1 to 500 quotations."),
        ({"quotes": [{"report_path": "a"}]}, "A quotation is not of the form expected."),
        ({"quotes": [{"report_path": "a", "text": "b"}], "style": "apa"}, "There is no style called 'apa'. It is one of: un, author-date."),
    ],
)
def test_a_memo_that_cannot_be_is_told_with_its_remedy(client: Client, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(AppError, match=re.escape(said)):
        client.predict(**arguments, api_name="/memo")


def test_only_the_verbs_are_offered(client: Client) -> None:
    offered = set(client.view_api(return_format="dict", print_info=False)["named_endpoints"])
    assert offered == {"/ask", "/search", "/memo", "/reports"}


def test_ten_who_ask_at_once_each_get_their_own_answer(client: Client) -> None:
    questions = ["¿Cuántas personas atendieron los albergues?", "How was the training of shelter staff rated?"] * 5
    began = perf_counter()
    with ThreadPoolExecutor(10) as readers:
        replies = list(readers.map(lambda question: client.predict(question, api_name="/ask"), questions))
    assert perf_counter() - began < 5
    assert [reply["question"] for reply in replies] == questions
    assert {reply["citations"][0]["report_path"] for reply in replies[::2]} == {"albergues.txt"}
    assert {reply["citations"][0]["report_path"] for reply in replies[1::2]} == {"training.pdf"}
