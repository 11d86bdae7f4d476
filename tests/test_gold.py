import json
from collections import Counter
from pathlib import Path

import pytest

from kb.errors import InvalidRequest
from kb.gold import GoldQuestion, read_gold

GOLDEN = Path(__file__).parent / "golden" / "mexico.jsonl"
CORPUS = Path(__file__).parent.parent / "corpus"

ASKED = {"id": "a", "question": "Who paid?", "language": "en", "answerable": True, "quotes": ["Canada paid."], "split": "dev", "note": "ours"}
DECLINED = {"id": "b", "question": "Why did Canada stop?", "language": "en", "answerable": False, "history": ["Who paid?"], "split": "test"}


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_lines_become_questions_and_unknown_fields_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", ASKED, "", DECLINED)
    assert read_gold(path) == [
        GoldQuestion("a", "Who paid?", "en", True, quotes=("Canada paid.",), split="dev"),
        GoldQuestion("b", "Why did Canada stop?", "en", False, history=("Who paid?",), split="test"),
    ]


def test_one_split_is_read_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", ASKED, DECLINED)
    assert [question.id for question in read_gold(path, "test")] == ["b"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Line 2 of gold.jsonl is no JSON object. Write one JSON object a line."),
        ("7", "Line 2 of gold.jsonl is no JSON object. Write one JSON object a line."),
        (
            {"id": "c", "question": "Who?"},
            "Line 2 of gold.jsonl is no gold question. It needs id, question, language and answerable, and quotes exactly where it is answerable.",
        ),
        (
            ASKED | {"quotes": []},
            "Line 2 of gold.jsonl is no gold question. It needs id, question, language and answerable, and quotes exactly where it is answerable.",
        ),
        (
            DECLINED | {"quotes": ["Canada paid."]},
            "Line 2 of gold.jsonl is no gold question. It needs id, question, language and answerable, and quotes exactly where it is answerable.",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: object, message: str) -> None:
    with pytest.raises(InvalidRequest) as raised:
        read_gold(write(tmp_path / "gold.jsonl", ASKED, line))
    assert str(raised.value) == message


def test_a_missing_file_and_an_empty_split_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest) as raised:
        read_gold(tmp_path / "none.jsonl")
    assert str(raised.value) == f"The file {tmp_path / 'none.jsonl'} cannot be read. Name a file of JSON lines in UTF-8."
    with pytest.raises(InvalidRequest) as raised:
        read_gold(write(tmp_path / "gold.jsonl", ASKED), "test")
    assert str(raised.value) == "gold.jsonl has no questions of the split 'test'. Name another file or split."


def test_every_quote_of_our_gold_questions_stands_in_the_report() -> None:
    gold = read_gold(GOLDEN)
    texts = {name: " ".join((CORPUS / name).read_text(encoding="utf-8").split()) for name in {question.report for question in gold}}
    assert [question.id for question in gold for quote in question.quotes if " ".join(quote.split()) not in texts[question.report]] == []


def test_our_gold_questions_are_enough_of_each_sort() -> None:
    gold = read_gold(GOLDEN)
    assert len({question.id for question in gold}) == len(gold) == 121
    assert Counter(question.answerable for question in gold) == {True: 83, False: 38}
    assert Counter(question.split for question in gold) == {"dev": 61, "test": 60}
    answerable = {question.type for question in gold if question.answerable}
    assert answerable == {"fact", "paraphrase", "keyword", "list", "cross-lingual", "follow-up"}
    assert {question.language for question in gold} == {"es", "en", "fr"}
