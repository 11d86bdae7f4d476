import json
from pathlib import Path

import pytest
from conftest import ToyEmbedder, make_reading

from kb.errors import InvalidRequest
from kb.evaluate import bare, benchmark, evaluate, score_ranking
from kb.gold import GoldQuestion
from kb.library import Library
from kb.records import Answer, Citation, Coverage, Filters, Hit, Question, Statement

BUDGET = ("background", "The budget was 500 dollars. Canada paid it.")
LESSON = ("lesson", "Training trainers lasts longer than training staff.")
POSTER = ("background", "A poster of the campaign.")


@pytest.fixture
def reports(library: Library) -> Library:
    library.add(make_reading("a.pdf", BUDGET, LESSON, POSTER))
    return library


def reply(library: Library, question: str, *quotes: str) -> Answer:
    """An answer that cites `quotes`, one statement each."""
    report = library.reports()[0]
    citations = []
    for number, quote in enumerate(quotes, start=1):
        start = report.text.index(quote)
        passage = next(passage for passage in library.browse(Filters()) if passage.start <= start < passage.end)
        citations.append(Citation(number, quote, passage, report, start, start + len(quote)))
    statements = tuple(Statement(citation.quote, (citation.number,)) for citation in citations)
    return Answer(Question(question, question, "en"), statements, tuple(citations), Coverage(1, len(citations)))


def in_order(library: Library, *texts: str) -> list[Hit]:
    """Hits on the passages that begin with `texts`."""
    passages = {passage.text: passage for passage in library.browse(Filters())}
    found = [next(passage for text, passage in passages.items() if text.startswith(start)) for start in texts]
    return [Hit(passage, library.reports()[0], 0.0, rank) for rank, passage in enumerate(found, start=1)]


def gold(*quotes: str, pages: tuple[int, ...] = (), language: str = "en") -> GoldQuestion:
    return GoldQuestion("q", "Who paid?", language, bool(quotes), quotes=quotes, pages=pages)


def test_white_space_case_quotation_marks_and_hyphens_do_not_count() -> None:
    assert bare("“Inter-\nAgency”  co\u00adordination – the ‘ﬁnal’ one") == "interagencycoordinationthefinalone"
    assert bare("eficacia") != bare("eficiencia")


@pytest.mark.parametrize(
    ("found", "right", "rank", "gain"),
    [
        ([7, 8, 9], {7}, 1, 1.0),
        ([8, 7, 9], {7}, 2, 0.6309),
        ([7, 8, 9], {7, 9}, 1, 0.9197),
        ([7, 8, 9], {5}, None, 0.0),
        ([7, 8, 9], set(), None, 0.0),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], {10}, None, 0.0),
    ],
)
def test_ranking_is_scored_to_its_tenth_place(found: list[int], right: set[int], rank: int | None, gain: float) -> None:
    place, cumulated = score_ranking(found, right)
    assert place == rank
    assert cumulated == pytest.approx(gain, abs=1e-4)


def test_an_answer_is_set_against_the_gold_quotes(reports: Library) -> None:
    outcome = evaluate(
        reports,
        [gold("the BUDGET was 500", "lasts longer", pages=(2,))],
        ask=lambda library, question, history: reply(library, question, "The budget was 500 dollars.", "A poster of the campaign."),
        find=lambda library, question: in_order(library, "A poster", "The budget", "Training"),
    )[0]
    assert (outcome.rank, outcome.found_in, outcome.answered) == (2, "en", True)
    assert outcome.gain == pytest.approx((0.6309 + 0.5) / 1.6309, abs=1e-4)
    assert (outcome.statements, outcome.right, outcome.quoted) == (2, 1, 0.5)
    assert outcome.paged is False  # the right words stand on page 1
    assert outcome.seconds > 0


def test_a_statement_inside_a_gold_quote_is_right_and_its_page_counts(reports: Library) -> None:
    outcome = evaluate(
        reports,
        [gold("The budget was 500 dollars. Canada paid it.", pages=(1, 3), language="es")],
        ask=lambda library, question, history: reply(library, question, "Canada paid it."),
        find=lambda library, question: [],
    )[0]
    assert (outcome.rank, outcome.gain, outcome.found_in) == (None, 0.0, "en")
    assert (outcome.right, outcome.quoted, outcome.paged) == (1, 1.0, True)


def test_words_that_no_passage_holds_cannot_be_found(reports: Library) -> None:
    outcome = evaluate(reports, [gold("Sweden paid it.")], find=lambda library, question: in_order(library, "The budget"))[0]
    assert (outcome.rank, outcome.found_in) == (None, "")


def test_a_question_to_be_declined_is_not_ranked(reports: Library) -> None:
    def find(library: Library, question: Question) -> list[Hit]:
        raise AssertionError("ranked")

    answers = {"declined": (), "answered": ("Canada paid it.",)}
    questions = [GoldQuestion(name, name, "en", False) for name in answers]
    outcomes = evaluate(reports, questions, ask=lambda library, question, history: reply(library, question, *answers[question]), find=find)
    assert [(outcome.answered, outcome.statements, outcome.rank) for outcome in outcomes] == [(False, 0, None), (True, 0, None)]


def test_history_is_handed_on_and_the_first_question_is_warmed_up(reports: Library) -> None:
    seen = []

    def ask(library: Library, question: str, history: tuple[str, ...]) -> Answer:
        seen.append((question, history))
        return reply(library, question)

    questions = [GoldQuestion("1", "Who paid?", "en", False), GoldQuestion("2", "And when?", "en", False, history=("Who paid?",))]
    evaluate(reports, questions, ask=ask)
    assert seen == [("Who paid?", ()), ("Who paid?", ()), ("And when?", ("Who paid?",))]


def test_without_stand_ins_the_tool_itself_is_asked(reports: Library) -> None:
    outcome = evaluate(reports, [GoldQuestion("q", "budget of 500 dollars", "en", True, quotes=("The budget was 500 dollars.",))])[0]
    assert (outcome.rank, outcome.answered, outcome.right) == (1, True, 1)


def write(path: Path, *lines: dict[str, str]) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path / "paragraphs.en.jsonl",
        {"id": "p1", "text": "\ufeffThe river floods the valley in spring. Farmers then move their cattle."},
        {"id": "p2", "text": "Bread is baked before dawn."},
    )
    write(tmp_path / "paragraphs.es.jsonl", {"id": "p1", "text": "El río inunda el valle."})
    write(
        tmp_path / "questions.en.jsonl",
        {"id": "q1", "question": "When is bread baked?", "paragraph": "p2"},
        {"id": "q2", "question": "What do farmers move when the river floods?", "paragraph": "p1"},
        {"id": "q3", "question": "Is bread baked?", "paragraph": "gone"},
    )
    return tmp_path


def test_benchmark_ranks_the_paragraphs_of_the_same_language(folder: Path, embedder: ToyEmbedder) -> None:
    outcomes = benchmark(folder, Path("questions.en.jsonl"), embedder=embedder)
    assert [(outcome.gold.id, outcome.gold.language, outcome.rank, outcome.gain) for outcome in outcomes] == [
        ("q1", "en", 1, 1.0),
        ("q2", "en", 1, 1.0),
        ("q3", "en", None, 0.0),
    ]
    assert "The river floods the valley in spring. Farmers then move their cattle." in embedder.encoded


def test_benchmark_across_languages_names_its_paragraphs(folder: Path, embedder: ToyEmbedder) -> None:
    benchmark(folder, folder / "questions.en.jsonl", folder / "paragraphs.es.jsonl", embedder)
    assert embedder.encoded == ["El río inunda el valle."]


def test_benchmark_names_what_is_missing(folder: Path, embedder: ToyEmbedder) -> None:
    fr = write(folder / "questions.fr.jsonl", {"id": "q", "question": "Quand ?", "paragraph": "p1"})
    with pytest.raises(InvalidRequest) as raised:
        benchmark(folder, fr, embedder=embedder)
    assert str(raised.value) == f"{folder} has no paragraphs for questions.fr.jsonl. Name the file: --paragraphs FILE."
    write(folder / "paragraphs.fr.jsonl", {"id": "p1", "words": "Le fleuve"})
    with pytest.raises(InvalidRequest) as raised:
        benchmark(folder, fr, embedder=embedder)
    assert str(raised.value) == ("Line 1 of paragraphs.fr.jsonl has no 'text'. Paragraphs have id and text; questions have question and paragraph.")
