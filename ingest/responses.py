"""Management responses: what became of each recommendation, who answers for it, and what is to be done."""

import re
from dataclasses import replace

from ingest.labels import ACTIONS, ADDRESSEE, DUE, STATUS, details_in
from ingest.pieces import CELL
from ingest.sections import within
from kb.language import fold
from kb.records import Document, Item, Section

PARTIAL = re.compile(
    r"(?:partial|parcial|partiel)\w* (?:accept|acept|agree|concur|de acuerdo|d.accord)|"
    r"(?:accept|acept|agree|concur|acuerdo|d.accord)\w* (?:in part|partial|parcial|partiel|en part)"
)
REJECTED = re.compile(
    r"reject|(?:not|n[’']t) (?:\w+ )?(?:accept|agree|concur)|disagree|rechaz|no (?:se |es |est\w+ )?(?:acept|de acuerdo)|desacuerdo|rejet|refus|"
    r"n[’'](?:est pas |a pas ete )?accept|pas accept|pas d[’']accord"
)
ACCEPTED = re.compile(r"accept|agree|concur|acept|de acuerdo|d[’']accord|approuv|aprob|endors")

STATUSES = (("partially accepted", PARTIAL), ("rejected", REJECTED), ("accepted", ACCEPTED))  # where two begin at once the first counts


def status_of(words: str) -> str | None:
    """accepted, partially accepted or rejected, by what a response says first; None where it does not say."""
    folded = fold(words)[:400]
    found = [(match.start(), name) for name, pattern in STATUSES for match in [pattern.search(folded)] if match]
    return min(found, default=(0, None), key=lambda pair: pair[0])[1]


def responses(document: Document, sections: tuple[Section, ...], owner: list[int | None], items: tuple[Item, ...]) -> list[Item]:
    """The responses to the recommendations in `items`: each runs from its label to the next recommendation.

    `links` holds the position of the recommendation answered.
    """
    answers = []
    asked = [item for item in items if item.kind == "recommendation"]
    for item in asked:
        later = [other.start for other in items if other.start > item.start]
        stop = min(later, default=len(document.text))
        for place, block in enumerate(document.blocks):
            if item.start <= block.start < stop and within(sections, owner[place], "management_response"):
                answer = _answer(document, block.start, block.end, stop, item)
                if answer:
                    answers.append(answer)
                    break
    return answers


def _answer(document: Document, start: int, end: int, stop: int, item: Item) -> Item | None:
    """The response that the block `start:end` opens, if it does: "Management response - accept/reject: ..."."""
    first = next((found for found in details_in(document.text[start:end]) if found[0] == STATUS and found[1] < 5), None)
    if first is None:
        return None
    region = [(name, document.text[item.start : stop][value:last]) for name, _, value, last in details_in(document.text[item.start : stop])]
    said = dict(reversed(region))
    last = end
    for block in document.blocks:
        inside = end <= block.start < stop
        if inside and any(found[0] == ACTIONS and found[1] < 5 for found in details_in(document.text[block.start : block.end])):
            last = block.end
    blank = replace(item, kind="management_response", start=start, end=last, label=None, priority=None, links=(item.position,), repeats=None)
    return replace(blank, status=status_of(document.text[start + first[2] : end]), addressee=_short(said.get(ADDRESSEE)), due=_short(said.get(DUE)))


def _short(value: str | None) -> str | None:
    plain = " ".join(re.split(rf"[\n{CELL}]", value or "")[0].split()).strip(" .;,")
    return plain if 0 < len(plain) <= 160 else None
