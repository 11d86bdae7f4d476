"""Document -> sections: the tree of headings, and the kind and criteria of what stands under each."""

import re
from dataclasses import replace

from ingest.headings import Heading, contents_places, headings, is_contents_heading, opens_annex, under
from ingest.labels import ADDRESSEE, detail_of, fact_of
from ingest.openings import named
from ingest.titles import names_role, role_of
from kb.language import fold
from kb.records import Document, Section
from kb.taxonomy import CRITERIA, criteria_of, kind_of_heading

# A heading of one of these kinds inside a chapter of findings or recommendations keeps the chapter's kind.
ANNEXES_FROM = 0.4  # of the report: what follows an annex's heading from here on stands in the annexes
WEAK = frozenset({"background", "summary"})
OF_ONE_KIND = {"terms_of_reference": "annex", "management_response": "management_response"}  # role of a file -> the kind of all that stands in it
DAC = frozenset({"relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"})
STRONG = frozenset({"finding", "conclusion", "recommendation", "lesson", "good_practice"})
LISTS_AT_THE_BACK = re.compile(
    r"(?:list (?:of )?|lista (?:de )?|liste (?:des )?)?(?:acronyms?|abbreviations?|siglas|acronimos|abreviaturas|sigles|abreviations|acronymes|"
    r"glossary|glosario|glossaire)\b"
)
RUN_IN = re.compile(r"[\s*_]*(?P<label>[^\W\d_][^:\n.;]{2,60}?)[*_\s]*:[*_\s]+(?=\S)")


def sections(document: Document) -> tuple[Section, ...]:
    """The document's sections in reading order, each under its parent. Empty where it has no heading.

    What stands before the first heading belongs to no section.
    """
    found = headings(document)
    parents = _parents(document, found, _title_lines(document, found))
    bare = _spans(document, found, parents)
    role = role_of(document)
    told = _with_kinds(bare, found, len(_title_lines(document, found)), role)
    return _with_run_ins(document, _with_summaries(told), len(_title_lines(document, found)), role == "brief")


def named_kind(sections: tuple[Section, ...], position: int | None) -> str | None:
    """The kind that the headings over `position` name, although it stands in a summary; None for none."""
    while position is not None:
        section = sections[position]
        kind = kind_of_heading(section.heading)
        if kind is not None and kind not in WEAK:
            return kind
        position = section.parent
    return None


def within(sections: tuple[Section, ...], position: int | None, kind: str) -> bool:
    """Whether the section at `position`, or one it stands under, is of `kind`."""
    while position is not None:
        if sections[position].kind == kind:
            return True
        position = sections[position].parent
    return False


def heading_path(sections: tuple[Section, ...], position: int | None) -> str:
    """The headings from the chapter down to the section at `position`, joined by " › "."""
    path: list[str] = []
    while position is not None:
        path.insert(0, sections[position].heading)
        position = sections[position].parent
    return " › ".join(path)


def _title_lines(document: Document, found: list[Heading]) -> frozenset[int]:
    """Which of the headings are lines of the title page: those before any other text, on the first page."""
    run = 0
    while run < len(found) and found[run].place == run and not _opens_chapter(found[run]):
        run += 1
    return frozenset(range(run)) if run != 1 or kind_of_heading(found[0].text) is None else frozenset()


def _opens_chapter(heading: Heading) -> bool:
    words = heading.text
    return heading.number is not None or is_contents_heading(words) or (kind_of_heading(words) is not None and not names_role(words))


def _parents(document: Document, found: list[Heading], title: frozenset[int]) -> list[int | None]:
    """For each heading, the place in `found` of the heading it stands under."""
    parents: list[int | None] = []
    stack: list[int] = []
    chapter = 0  # the number of the last numbered chapter
    for place, heading in enumerate(found):
        if place in title:
            parents.append(None)
            continue
        follows = heading.depth == 1 and heading.number == str(chapter + 1)
        sticky = bool(stack) and opens_annex(found[stack[0]]) and found[stack[0]].start > ANNEXES_FROM * len(document.text)
        if opens_annex(heading) or (sticky and follows):
            stack.clear()
        _leave_like_item(stack, found, heading)
        while len(stack) > sticky and not under(heading, found[stack[-1]]):
            stack.pop()
        chapter += follows
        parents.append(stack[-1] if stack else None)
        stack.append(place)
    return parents


def _leave_like_item(stack: list[int], found: list[Heading], heading: Heading) -> None:
    """ "Recommendation 2" ends "Recommendation 1" with all that stands under it."""
    for depth, place in enumerate(stack):
        if heading.item and found[place].item == heading.item:
            del stack[depth:]
            return


def _spans(document: Document, found: list[Heading], parents: list[int | None]) -> list[Section]:
    starts = [_start_of(document, heading) for heading in found]
    bare: list[Section] = []
    for place, heading in enumerate(found):
        parent = parents[place]
        level = 1 if parent is None else bare[parent].level + 1
        end = next((starts[later] for later in range(place + 1, len(found)) if not _stands_under(parents, later, place)), len(document.text))
        bare.append(Section(place, _shown(document, heading), starts[place], end, level, parent))
    return bare


def _stands_under(parents: list[int | None], place: int | None, above: int) -> bool:
    while place is not None and place != above:
        place = parents[place]
    return place == above


def _start_of(document: Document, heading: Heading) -> int:
    """Where the section begins: with a line "Addressee: ..." set just above a heading of recommendations."""
    if heading.place and kind_of_heading(heading.text) == "recommendation":
        before = document.blocks[heading.place - 1]
        found = detail_of(document.text[before.start : before.end])
        if found and found[0] == ADDRESSEE:
            return before.start
    return heading.start


def _shown(document: Document, heading: Heading) -> str:
    """The heading without layout marks; of an item's long statement only its name, "Recommendation 3"."""
    words = heading.text.strip(" *_#:")
    if heading.item and len(words) > 90:
        block = document.blocks[heading.place]
        found = named(document.text, block)
        words = document.text[block.start : found.start].strip(" *_.:|–—-\n") if found else words[:90]
    return " ".join(words.split())


def _with_kinds(bare: list[Section], found: list[Heading], title_lines: int, role: str) -> list[Section]:
    told: list[Section] = []
    for section in bare:
        parent = told[section.parent] if section.parent is not None else None
        in_title = section.position < title_lines
        kind = OF_ONE_KIND.get(role) or ("summary" if in_title and role == "brief" else _kind(section.heading, parent, in_title))
        silent = in_title or kind == "annex" or found[section.position].item  # an item's statement is no heading
        own = () if silent else criteria_of(section.heading)
        over = parent.criteria if parent and kind != "annex" else ()
        criteria = tuple(name for name in CRITERIA if name in own or name in over)
        told.append(replace(section, kind=kind, criteria=criteria))
    return told


def _kind(heading: str, parent: Section | None, in_title: bool) -> str:
    own = "annex" if LISTS_AT_THE_BACK.match(fold(heading)) else kind_of_heading(heading)
    if is_contents_heading(heading) or (in_title and own not in ("management_response", "annex")):
        return "other"
    if own is None and not in_title and set(criteria_of(heading)) & DAC:
        own = "finding"  # a chapter named after a criterion holds what was found on it
    if parent is None or parent.kind == "other":
        return own or "other"
    if parent.kind == "management_response":
        return parent.kind
    if parent.kind == "annex":
        return own if own in ("management_response", "summary_matrix") else "annex"
    if own is None or (parent.kind in STRONG and own in WEAK) or (own == "finding" and kind_of_heading(heading) is None):
        return parent.kind
    return own


def _with_summaries(told: list[Section]) -> list[Section]:
    """Inside a summary a heading keeps its own kind only where the report has no chapter of that kind besides.

    So a brief's "Key findings" are findings, and an executive summary's are summary.
    """
    inside = [_under_kind(told, section.parent, "summary") for section in told]
    chapters = {section.kind for section, summary in zip(told, inside, strict=True) if not summary}
    return [
        replace(section, kind="summary") if summary and section.kind in chapters else section for section, summary in zip(told, inside, strict=True)
    ]


def _under_kind(told: list[Section], position: int | None, kind: str) -> bool:
    return within(tuple(told), position, kind)


def _with_run_ins(document: Document, told: list[Section], title_lines: int, brief: bool) -> tuple[Section, ...]:
    """Paragraphs headed by their own first words ("Evaluation methodology: ...") as small sections.

    Only in front matter and summaries: elsewhere such words are a label, not a heading.
    """
    contents = contents_places(document)
    added = []
    for place, block in enumerate(document.blocks):
        match = RUN_IN.match(document.text, block.start, block.end)
        if block.role not in ("paragraph", "item") or not match or place in contents:
            continue
        position = deepest(told, block.start)
        kind = kind_of_heading(match["label"])
        known = fact_of(match.group())
        if known and known[0] != "methodology":
            continue
        opens = position is None or told[position].kind == "summary" or (told[position].kind == "other" and position < title_lines) or brief
        if kind and opens and len(match["label"].split()) <= 4:
            level = 1 if position is None else told[position].level + 1
            added.append(Section(-1, match["label"].strip(), block.start, block.end, level, position, kind))
    return _renumbered(told, added)


def owners(document: Document, sections: tuple[Section, ...]) -> list[int | None]:
    """For each block of the document, the position of the innermost section over it, or None before the first."""
    found: list[int | None] = []
    stack: list[Section] = []
    waiting = list(reversed(sections))
    for block in document.blocks:
        while waiting and waiting[-1].start <= block.start:
            stack.append(waiting.pop())
        stack = [section for section in stack if section.end > block.start]
        found.append(max(stack, key=lambda section: section.level).position if stack else None)
    return found


def deepest(told: list[Section] | tuple[Section, ...], offset: int) -> int | None:
    """The position of the innermost section over `offset`, or None before the first."""
    found = None
    for section in told:
        if section.start <= offset < section.end and (found is None or section.level >= told[found].level):
            found = section.position
    return found


def _renumbered(told: list[Section], added: list[Section]) -> tuple[Section, ...]:
    """All sections in reading order, positions and parents counted anew."""
    everything = sorted([*told, *added], key=lambda section: (section.start, section.level))
    places = {section.position: place for place, section in enumerate(everything) if section.position >= 0}
    return tuple(
        replace(section, position=place, parent=None if section.parent is None else places[section.parent])
        for place, section in enumerate(everything)
    )
