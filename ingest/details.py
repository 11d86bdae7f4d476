"""What items say of themselves and of each other: addressee, priority, due date; findings a recommendation rests on; repetitions."""

import re
from dataclasses import replace

from ingest.labels import ADDRESSEE, DUE, PRIORITY, details_in, fold_in_place
from ingest.pieces import CELL
from ingest.responses import responses
from ingest.sections import owners, within
from kb.language import fold
from kb.records import Document, Item, Section
from kb.taxonomy import criteria_of

# Headings over a group of recommendations: "To the Government", "Short term", "High priority".
ADDRESSED = re.compile(
    r"(?:recom\w+\s+)?(?:addressed to|directed to|dirigidas? al?|dirigees? a|adressees? a|a l.attention (?:de la|de l.|d[eu]s?)|"
    r"to|for|para|pour|aux?)\s+(?:the |la |el |los |las |les |le |l['’])?(?P<who>\S.*)",
    re.IGNORECASE,
)
TERM = re.compile(
    r"(?:short|medium|long)(?:er)?[- ]term|(?:corto|mediano|medio|largo) plazo|(?:court|moyen|long) terme|immediate|inmediat[oa]s?|immediat\w*",
    re.IGNORECASE,
)
RANK = re.compile(
    r"(?:(?:very )?high|medium|low)(?: priority)?|(?:prioridad )?(?:alta|media|baja)|(?:priorite )?(?:haute|elevee|moyenne|faible)", re.IGNORECASE
)
REFERENCE = re.compile(
    r"(?P<name>findings?|hallazgos?|constats?|constatations?|constatacion(?:es)?|conclusions?|conclusion(?:es)?)\s*(?:n[o°º]s?\.?\s*|#)?"
    r"(?P<numbers>\d{1,2}(?:\.\d{1,2})?(?:\s*(?:,|;|and|y|e|et|&|-|–|a|to)\s*\d{1,2}(?:\.\d{1,2})?)*)(?![\d%])"
)
SAME_NUMBER, SAME_WORDS = 0.3, 0.6  # shares of the shorter one's words: two items say the same


def completed(document: Document, sections: tuple[Section, ...], items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items with their details, links and repetitions, and the management responses among them."""
    owner = owners(document, sections)
    detailed = tuple(_with_details(document, sections, items, place) for place in range(len(items)))
    linked = tuple(_with_links(document, detailed, item) for item in detailed)
    return _with_repetitions(document, sections, _with_responses(linked, responses(document, sections, owner, linked)))


def _with_details(document: Document, sections: tuple[Section, ...], items: tuple[Item, ...], place: int) -> Item:
    item = items[place]
    if item.kind != "recommendation":
        return item
    stop = _stop(document, sections, items, place)
    said = _said(document.text[item.start : stop])
    shared = _shared(document, sections, items, place)
    return replace(
        item,
        addressee=item.addressee or said.get(ADDRESSEE) or shared.get(ADDRESSEE),
        priority=item.priority or said.get(PRIORITY) or shared.get(PRIORITY),
        due=item.due or said.get(DUE) or shared.get(DUE),
    )


def _stop(document: Document, sections: tuple[Section, ...], items: tuple[Item, ...], place: int) -> int:
    """Where what belongs to an item ends: at the next item, or with its section."""
    section = _section_of(sections, items[place])
    last = section.end if section else len(document.text)
    return max(items[place].end, min(last, items[place + 1].start if place + 1 < len(items) else last))


def _said(words: str) -> dict[str, str]:
    """The details stated in `words`; the first of each sort."""
    found: dict[str, str] = {}
    for name, _, value, end in details_in(words):
        plain = " ".join(re.split(rf"[\n{CELL}]", words[value:end])[0].split()).strip(" .;,*")
        if name not in found and 0 < len(plain) <= 160:
            found[name] = plain.rstrip(")") if plain.count(")") > plain.count("(") else plain
    return found


def _shared(document: Document, sections: tuple[Section, ...], items: tuple[Item, ...], place: int) -> dict[str, str]:
    """The details stated once for all items of a section: above the first of them, or by the section's heading."""
    section = _section_of(sections, items[place])
    if section is None or section.kind not in ("recommendation", "summary"):
        return {}
    first = next((item.start for item in items if item.start >= section.start), section.end)
    found = _said(document.text[section.start : first]) if first > section.start else {}
    heading = re.sub(r"^[\dA-Z]{1,3}(?:\.\d+)*[.)]?\s+", "", section.heading)
    above = _line_above(document, section, items[place])
    for line in (above, heading):
        who = _addressed(line)
        if who and not criteria_of(line):
            found.setdefault(ADDRESSEE, who)
            break
    for name, pattern in ((DUE, TERM), (PRIORITY, RANK)):
        match = pattern.search(fold(heading)) if len(heading) <= 60 else None
        if match:
            found.setdefault(name, match.group())
    return found


def _line_above(document: Document, section: Section, item: Item) -> str:
    """The last short line over an item, within its section, that may name who it and those after it are addressed to."""
    lines = [
        document.text[block.start : block.end] for block in document.blocks if section.start <= block.start < item.start and block.role == "paragraph"
    ]
    return next((line for line in reversed(lines) if _addressed(line)), "")


def _addressed(line: str) -> str | None:
    """Whom a line such as "À l'attention du Ministère" or "To UNICEF" names; None for any other line."""
    match = ADDRESSED.fullmatch(fold_in_place(line)) if len(line) <= 100 and not line.rstrip().endswith(".") else None
    return line[match.start("who") :].strip(" :.") if match else None


def _section_of(sections: tuple[Section, ...], item: Item) -> Section | None:
    return sections[item.section] if item.section is not None else None


def _with_links(document: Document, items: tuple[Item, ...], item: Item) -> Item:
    """The item with the positions of the findings and conclusions that it, or what explains it, refers to by number."""
    if item.kind not in ("recommendation", "conclusion", "lesson") or item.links:
        return item
    stop = items[item.position + 1].start if item.position + 1 < len(items) else item.end + 3_000
    folded = fold(document.text[item.start : stop])
    wanted = {
        (kind, number) for match in REFERENCE.finditer(folded) for kind in [_kind_named(match["name"])] for number in _numbers(match["numbers"])
    }
    links = tuple(other.position for other in items if (other.kind, other.number) in wanted and other.position != item.position)
    return replace(item, links=links)


def _kind_named(name: str) -> str:
    return "conclusion" if name.startswith("conclusion") else "finding"


def _numbers(listed: str) -> list[str]:
    """The numbers of "2, 4 y 5" and of "2-4"."""
    numbers: list[str] = []
    for part in re.split(r"\s*(?:,|;|\band\b|\by\b|\be\b|\bet\b|&)\s*", listed):
        ends = re.fullmatch(r"(\d+)\s*(?:-|–|a|to)\s*(\d+)", part)
        numbers += [str(number) for number in range(int(ends[1]), int(ends[2]) + 1)] if ends else [part.strip()]
    return numbers


def _with_responses(items: tuple[Item, ...], answers: list[Item]) -> tuple[Item, ...]:
    """Items and responses in reading order; links follow the items to their new positions."""
    ordered = sorted([*items, *answers], key=lambda item: (item.start, item.kind == "management_response"))
    moved = {item.position: place for place, item in enumerate(ordered) if item.kind != "management_response"}
    return tuple(replace(item, position=place, links=tuple(moved[link] for link in item.links)) for place, item in enumerate(ordered))


def _with_repetitions(document: Document, sections: tuple[Section, ...], items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items of a summary or a matrix that say again what one of the body says, marked with that one's position."""
    apart = {item.position for item in items if any(within(sections, item.section, kind) for kind in ("summary", "summary_matrix"))}
    body = [item for item in items if item.position not in apart]
    words = {item.position: _content(document.text[item.start : item.end]) for item in items}
    return tuple(replace(item, repeats=_repeated(item, body, words)) if item.position in apart else item for item in items)


def _repeated(item: Item, body: list[Item], words: dict[int, frozenset[str]]) -> int | None:
    best, position = 0.0, None
    for other in body:
        if other.kind == item.kind:
            shared = len(words[item.position] & words[other.position]) / max(1, min(len(words[item.position]), len(words[other.position])))
            if shared >= (SAME_NUMBER if other.number and other.number == item.number else SAME_WORDS) and shared > best:
                best, position = shared, other.position
    return position


def _content(words: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", fold(words)) if len(word) > 3)
