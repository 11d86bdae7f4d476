"""How good search and answers are: gold questions asked of a library, and plain retrieval benchmarks.

A passage is right when it holds a gold quote; a statement is right when its quote holds a gold quote or
stands in one. White space, case, quotation marks and hyphens do not count. The measures are in
`kb.measures`. Not measured: what is good about an answer beyond the gold quotes, which takes a reader.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from hashlib import sha256
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from kb.answer import answer
from kb.embed import Embedder
from kb.errors import InvalidRequest
from kb.gold import GoldQuestion, read_lines
from kb.language import detect, sentences
from kb.library import Library, Progress
from kb.measures import Outcome
from kb.records import Answer, Filters, Hit, PageRun, Passage, Question, Reading, Report, Section
from kb.search import rank, search

DEPTH = 10  # passages ranked for a question

Ask = Callable[[Library, str, tuple[str, ...]], Answer]  # (library, question, the questions before it)
Find = Callable[[Library, Question], list[Hit]]  # (library, the question as its answer understood it)


def evaluate(library: Library, gold: Sequence[GoldQuestion], ask: Ask | None = None, find: Find | None = None) -> list[Outcome]:
    """Ask every question of `gold`, in order. `ask` and `find` stand in for the tool's own in a comparison.

    The first question is asked once beforehand, so that loading the model is not in its time. The time
    of a question is that of its answer; it is ranked once more to see the places of the right passages.
    """
    ask, find = ask or _ask, find or _find
    passages = [(passage, bare(passage.text)) for passage in library.browse(Filters())]
    for question in gold[:1]:
        ask(library, question.question, question.history)
    return [_outcome(library, question, passages, ask, find) for question in gold]


def _ask(library: Library, question: str, history: tuple[str, ...]) -> Answer:
    return answer(library, question, history=history)


def _find(library: Library, question: Question) -> list[Hit]:
    return rank(library, question, Filters(), DEPTH)


def _outcome(library: Library, gold: GoldQuestion, passages: list[tuple[Passage, str]], ask: Ask, find: Find) -> Outcome:
    started = perf_counter()
    reply = ask(library, gold.question, gold.history)
    seconds = perf_counter() - started
    if not gold.answerable:
        return Outcome(gold, answered=reply.answered, seconds=seconds)
    wanted = {bare(quote) for quote in gold.quotes}
    right = [passage for passage, text in passages if any(quote in text for quote in wanted)]
    spoken = [passage.language for passage in right]
    place, gain = score_ranking([hit.passage.id for hit in find(library, reply.question)], {passage.id for passage in right})
    matches = {citation.number: _matching(citation.quote, wanted) for citation in reply.citations}
    return Outcome(
        gold,
        place,
        gain,
        gold.language if gold.language in spoken else next(iter(spoken), ""),
        reply.answered,
        statements=len(reply.statements),
        right=sum(any(matches[number] for number in statement.citations) for statement in reply.statements),
        quoted=len(set().union(*matches.values())) / len(wanted),
        paged=_paged(reply, matches, gold.pages),
        seconds=seconds,
    )


def _matching(quote: str, wanted: set[str]) -> set[str]:
    """The gold quotes that `quote` holds or stands in."""
    said = bare(quote)
    return {gold for gold in wanted if said and (gold in said or said in gold)}


def _paged(reply: Answer, matches: dict[int, set[str]], pages: tuple[int, ...]) -> bool | None:
    """Whether a citation of right words names one of `pages`; None where there are no pages or no right words."""
    cited = [citation.page.page for citation in reply.citations if matches[citation.number]]
    return any(page in pages for page in cited) if pages and cited else None


def bare(text: str) -> str:
    """`text` without white space, case, quotation marks and hyphens; ligatures are spelled out."""
    return re.sub(r"[\s\-\u00ad\u2010-\u2015\u2212\"'`´“”„‘’‚«»‹›]+", "", unicodedata.normalize("NFKC", text).casefold())


def score_ranking(found: Sequence[int], right: set[int]) -> tuple[int | None, float]:
    """(rank of the first right one among the first ten, nDCG@10) of the ids `found`, best first.

    nDCG@10 is the sum of 1 / log2(1 + rank) over the right ones found, as a share of what a ranking with
    all the right ones first would have.
    """
    places = [place for place, number in enumerate(found[:DEPTH], start=1) if number in right]
    if not places:
        return None, 0.0
    ideal = sum(1 / log2(1 + place) for place in range(1, min(DEPTH, len(right)) + 1))
    return places[0], sum(1 / log2(1 + place) for place in places) / ideal


def benchmark(
    folder: Path, questions: Path, paragraphs: Path | None = None, embedder: Embedder | None = None, progress: Progress | None = None
) -> list[Outcome]:
    """Search paragraphs for questions that each have one right paragraph: a plain retrieval benchmark.

    `folder` holds paragraphs*.jsonl (id, text); of several, the one for the language that `questions`
    bears in its name is taken, or `paragraphs`. `questions` (id, question, paragraph) is a path, or a name
    in `folder`. Raises InvalidRequest where a file is missing or a line has not these fields.
    """
    asked = questions if questions.exists() else folder / questions
    source = paragraphs or _paragraphs_for(folder, asked)
    texts = {str(_value(source, line, "id")): str(_value(source, line, "text")).strip("\ufeff \n") for line in read_lines(source)}
    places = {key: place for place, key in enumerate(texts)}
    language = detect(" ".join(str(_value(asked, line, "question")) for line in read_lines(asked)[:50]))
    spoken = detect(" ".join(list(texts.values())[:50]))
    with TemporaryDirectory() as temporary, Library.open(temporary, embedder, create=True) as library:
        library.add(_reading(source.name, list(texts.values())), progress)
        sections = {passage.id: passage.section for passage in library.browse(Filters())}
        search(library, "?", limit=1)  # the model and the index are loaded before the first time is taken
        return [_found(library, asked, line, (language, spoken), places, sections) for line in read_lines(asked)]


def _found(
    library: Library,
    asked: Path,
    line: tuple[int, dict[str, object]],
    languages: tuple[str, str],
    places: dict[str, int],
    sections: dict[int, int | None],
) -> Outcome:
    """What became of one question of a benchmark; `languages` are that of the questions and that of the paragraphs."""
    text, paragraph = str(_value(asked, line, "question")), str(_value(asked, line, "paragraph"))
    started = perf_counter()
    hits = search(library, text, limit=DEPTH)
    seconds = perf_counter() - started
    found = list(dict.fromkeys(sections[hit.passage.id] for hit in hits))
    place, gain = score_ranking(found, {places[paragraph]} if paragraph in places else set())
    return Outcome(GoldQuestion(str(line[1].get("id", line[0])), text, languages[0], True), place, gain, languages[1], seconds=seconds)


def _paragraphs_for(folder: Path, questions: Path) -> Path:
    """The one paragraphs*.jsonl of `folder`, or the one with the same language in its name as `questions`."""
    found = sorted(folder.glob("paragraphs*.jsonl"))
    alike = [path for path in found if path.name.removeprefix("paragraphs") == questions.name.removeprefix("questions")]
    if len(found) != 1 and len(alike) != 1:
        raise InvalidRequest(f"{folder} has no paragraphs for {questions.name}.", "Name the file: --paragraphs FILE.")
    return (alike or found)[0]


def _value(path: Path, line: tuple[int, dict[str, object]], name: str) -> object:
    number, values = line
    if name not in values:
        raise InvalidRequest(f"Line {number} of {path.name} has no {name!r}.", "Paragraphs have id and text; questions have question and paragraph.")
    return values[name]


def _reading(name: str, paragraphs: list[str]) -> Reading:
    """A report without a title whose sections are the paragraphs, one passage each."""
    sections, passages, start = [], [], 0
    for position, text in enumerate(paragraphs):
        end = start + len(text)
        spans = tuple((start + first, start + last) for first, last in sentences(text))
        sections.append(Section(position, "", start, end))
        passages.append(Passage(text, start, end, "other", detect(text), sentences=spans, section=position))
        start = end + 2
    text = "\n\n".join(paragraphs)
    report = Report(name, sha256(text.encode()).hexdigest(), "", text, (PageRun(0, None),))
    return Reading(report, tuple(sections), (), tuple(passages))
