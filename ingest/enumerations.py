"""Which blocks of a document open an item: those that name themselves, and the lists that a heading or a sentence announces."""

import re
from dataclasses import dataclass

from ingest.headings import contents_places
from ingest.openings import LABEL, Opening, lettered, named, opening
from ingest.sections import STRONG, named_kind, within
from ingest.urging import urges
from kb.language import fold
from kb.records import Block, Document, Section
from kb.taxonomy import kind_of_heading

LEAST_SHARE = {
    "recommendation": 0.3,
    "lesson": 0.4,
    "good_practice": 0.4,
    "conclusion": 0.5,
    "finding": 0.6,
}  # of a section's text, for a list to be its items
ANNOUNCED = re.compile(r"[:：]\s*[*_]*\s*$")


@dataclass(frozen=True, slots=True)
class Enumerated:
    """A block that opens an item: its place among the blocks, how it opens, and what kind of item it is."""

    place: int
    opening: Opening
    kind: str


def enumerated(document: Document, sections: tuple[Section, ...], owner: list[int | None]) -> list[Enumerated]:
    """The blocks that open items: those that say so themselves, then the lists of each section that has none such."""
    contents = contents_places(document)
    found = [
        Enumerated(place, said, said.kind or "")
        for place, block in enumerate(document.blocks)
        if place not in contents and not _in_annex(sections, owner[place]) and (said := named(document.text, block)) is not None
    ]
    for section in (None, *sections):
        places = [place for place, position in enumerate(owner) if position == (section.position if section else None) and place not in contents]
        if section is None or not _in_annex(sections, section.position):
            found += _listed(document, sections, section, places, found)
    return sorted(_without_references(document, sections, owner, found), key=lambda one: one.place)


def _in_annex(sections: tuple[Section, ...], position: int | None) -> bool:
    return within(sections, position, "annex") and not within(sections, position, "management_response")


def _without_references(document: Document, sections: tuple[Section, ...], owner: list[int | None], found: list[Enumerated]) -> list[Enumerated]:
    """Without those in footnotes, captions and methodology, where a "Finding 2:" is only mentioned."""
    roles = ("footnote", "caption", "contents")
    return [one for one in found if document.blocks[one.place].role not in roles and not within(sections, owner[one.place], "methodology")]


def _listed(
    document: Document, sections: tuple[Section, ...], section: Section | None, places: list[int], found: list[Enumerated]
) -> list[Enumerated]:
    """The items among the lists of one section's own blocks, where no named ones stand in its chapter."""
    kind = _kind_for_lists(sections, section)
    listed: list[Enumerated] = []
    for run in _runs(document, places, kind):
        announced = _announced_kind(document, run[0])
        of_kind = announced or kind
        if of_kind not in STRONG or _has_named(sections, section, found, of_kind, document):
            continue
        chosen = _chosen(document, run, of_kind, _last_number(found + listed, of_kind))
        enough = announced or _share(document, chosen, run, places) >= LEAST_SHARE[of_kind]
        if chosen and enough and (announced or len(chosen) > 1 or chosen[0].opening.family in ("number", "letter", "roman")):
            listed += chosen
    plain = kind == "recommendation" and not listed and not _has_named(sections, section, found, kind, document)
    return _urged(document, places) if plain else listed


def _urged(document: Document, places: list[int]) -> list[Enumerated]:
    """The recommendations of a section that sets them as plain paragraphs, without marks, where most of them urge something."""
    blocks = {place: document.blocks[place] for place in places if document.blocks[place].role == "paragraph"}
    chosen = [place for place, block in blocks.items() if urges(document.text[block.start : block.end])]
    marked = any(opening(document.text, document.blocks[place]).family for place in places if document.blocks[place].role in ("paragraph", "item"))
    if marked or len(chosen) < 2 or 2 * len(chosen) < len(blocks):
        return []
    return [Enumerated(place, Opening("urged", document.blocks[place].start), "recommendation") for place in chosen]


def _kind_for_lists(sections: tuple[Section, ...], section: Section | None) -> str | None:
    if section is None:
        return None
    return named_kind(sections, section.position) if section.kind in (*STRONG, "summary") else None


def _has_named(sections: tuple[Section, ...], section: Section | None, found: list[Enumerated], kind: str, document: Document) -> bool:
    """Whether items that name themselves stand in the same chapter: then its lists are their activities."""
    top = section
    while top is not None and top.parent is not None and sections[top.parent].kind == top.kind:
        top = sections[top.parent]
    return top is not None and any(
        one.opening.family == "named" and one.kind == kind and top.start <= document.blocks[one.place].start < top.end for one in found
    )


def _runs(document: Document, places: list[int], kind: str | None) -> list[list[int]]:
    """The section's blocks that open like items, in runs that a sentence announcing another list ends."""
    runs: list[list[int]] = []
    fresh = True
    for place in places:
        block = document.blocks[place]
        if block.role in ("row", "caption", "footnote", "contents"):
            continue
        is_item = bool(opening(document.text, block).family or lettered(document.text, block, kind or "") or _labelled(document, block))
        if is_item and block.role != "heading":
            if fresh or not runs:
                runs.append([])
            runs[-1].append(place)
            fresh = False
        elif not is_item and _announced_by(document, block):
            fresh = True
    return runs


def _announced_by(document: Document, block: Block) -> str | None:
    """The kind of item that a sentence before a list announces: "The key findings are:"."""
    words = document.text[block.start : block.end]
    last = re.split(r"(?<=[.!?])\s+", words)[-1]
    return kind_in_sentence(last) if ANNOUNCED.search(words) else None


def kind_in_sentence(sentence: str) -> str | None:
    """The last kind of item that a sentence names ("Nine recommendations are put forward ...:")."""
    words = re.findall(r"\w+", fold(sentence))
    kinds = [kind for width in (2, 1) for place in range(len(words)) if (kind := _plural_kind(" ".join(words[place : place + width])))]
    return kinds[0] if kinds else None


def _plural_kind(words: str) -> str | None:
    kind = kind_of_heading(words) if re.search(r"s$", words) else None
    return kind if kind in STRONG and words not in ("results", "resultados", "resultats") else None


def _announced_kind(document: Document, first: int) -> str | None:
    if first == 0:
        return None
    return _announced_by(document, document.blocks[first - 1])


def _last_number(found: list[Enumerated], kind: str) -> int:
    """Where the count of the listed items of `kind` stands: it may go on under the next heading."""
    before = 0
    for one in found:
        if one.kind == kind and one.opening.number and one.opening.family in ("number", "letter", "roman"):
            before = _ordinal(one.opening.number, before)
    return before


def _chosen(document: Document, run: list[int], kind: str, before: int) -> list[Enumerated]:
    """Which blocks of a run are the items, and which belong to them: the outermost way of counting counts."""
    by_letter = [Enumerated(place, said, kind) for place in run if (said := lettered(document.text, document.blocks[place], kind))]
    if len(by_letter) > 1:
        return by_letter
    opened = [(place, opening(document.text, document.blocks[place])) for place in run]
    first = next((said for _, said in opened if said.family), None)
    families = ("number", "letter", "roman") if first is None or first.family != "bullet" else ("number",)
    for family in families:
        chosen = _counted([pair for pair in opened if pair[1].family == family or (family == "letter" and pair[1].family == "roman")], before)
        goes_on = chosen and before and _ordinal(chosen[0][1].number or "", before) == before + 1
        if len(chosen) > 1 or (len(chosen) == 1 and (len(run) == 1 or goes_on)):
            return [Enumerated(place, said, kind) for place, said in chosen]
    bullets = [(place, said) for place, said in opened if said.family == "bullet"]
    if bullets:
        return [Enumerated(place, said, kind) for place, said in bullets if said.mark == bullets[0][1].mark]
    labelled = [place for place in run if _labelled(document, document.blocks[place])]
    return [Enumerated(place, Opening("labelled", document.blocks[place].start), kind) for place in labelled] if len(labelled) > 1 else []


def _counted(opened: list[tuple[int, Opening]], before: int) -> list[tuple[int, Opening]]:
    """The blocks whose numbers count up from 1 (or a, or i), from `before`, or start again; other numbers count paragraphs."""
    depth = min((said.number.count(".") for _, said in opened if said.number), default=0)
    chosen: list[tuple[int, Opening]] = []
    for place, said in opened:
        if said.number is None or said.number.count(".") != depth:
            continue
        value = _ordinal(said.number, before)
        if value == before + 1 or value == 1 or (chosen and before < value <= before + 3):
            chosen.append((place, said))
            before = value
    return chosen


def _ordinal(number: str, before: int) -> int:
    """The place in the count that a number, letter or Roman numeral stands for; of two readings the one that follows `before`."""
    last = number.split(".")[-1]
    if last.isdigit():
        return int(last)
    letter = ord(last.lower()[0]) - ord("a") + 1 if len(last) == 1 else 0
    values = {"i": 1, "v": 5, "x": 10}
    digits = [values.get(one, 0) for one in last.lower()]
    roman = sum(-one if place + 1 < len(digits) and one < digits[place + 1] else one for place, one in enumerate(digits))
    return letter if letter == before + 1 or not set(last.lower()) <= set("ivx") else roman


def _share(document: Document, chosen: list[Enumerated], run: list[int], places: list[int]) -> float:
    """How much of the section's own text the run of the chosen items takes."""
    if not chosen:
        return 0.0
    running = [place for place in places if document.blocks[place].role in ("paragraph", "item")]
    size = {place: document.blocks[place].end - document.blocks[place].start for place in running}
    return sum(size.get(place, 0) for place in run) / max(1, sum(size.values()))


def _labelled(document: Document, block: Block) -> re.Match[str] | None:
    """The label before the colon of a paragraph such as "Recursos y sostenibilidad: Apoyar ..."."""
    if block.role not in ("paragraph", "item"):
        return None
    return LABEL.match(document.text, block.start, block.end)
