"""What people call an evaluation: the acronym of its title, the project's proper name, the organization evaluated."""

import re
from collections import Counter

from kb.language import fold
from kb.organizations import organizations_in
from kb.records import Document, Fact

ACRONYM = re.compile(r"\((?P<acronym>[A-Z][A-Za-z]{1,8}[A-Z]|[A-Z]{2,9})s?\)")
EARLY = 60_000  # characters
_NAME = r"[«“\"]?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s+(?:(?:de|del|of|the|du|des|la|y|and|et|à)\s+)?[A-ZÀ-Þ][\w’'-]+){0,4})"
NAMED = re.compile(rf"\b(?:proyectos?|programas?|projects?|programmes?|programs?|projets?|fondo|fund|fonds|iniciativa|initiative)\s+{_NAME}")
LEAST_TIMES, LEAST_SHARE = 4, 0.3  # how often a name has to stand in the text, and among all names found this way
ORGANIZATION_TIMES, ORGANIZATION_SHARE = 3, 0.6  # as above: a report names partners too, and its own organization most


def short_names(document: Document, title: str) -> list[Fact]:
    """The title's acronym, where the text gives it in brackets after the words, and the name most often set after "project"."""
    found = [fact for fact in (_acronym(document, title), _project(document)) if fact]
    return [fact for fact in found if fold(fact.value) not in fold(title)] if title else found


def _acronym(document: Document, title: str) -> Fact | None:
    for match in ACRONYM.finditer(document.text, 0, EARLY):
        letters = fold(match["acronym"])
        before = re.findall(r"\w+", fold(document.text[max(0, match.start() - 120) : match.start()]))
        for length in range(len(letters), min(len(before), 2 * len(letters) + 2) + 1):
            words = before[-length:]
            if _initials(words, letters) and _in_title(words, title):
                return Fact("acronym", match["acronym"], match.start("acronym"), match.end("acronym"))
    return None


def _initials(words: list[str], letters: str) -> bool:
    """Whether the words begin with the letters, in order; words of up to three letters may be passed over."""
    place = 0
    for word in words:
        if place < len(letters) and word[0] == letters[place]:
            place += 1
        elif len(word) > 3:
            return False
    return place == len(letters) and words[0][0] == letters[0]


def _in_title(words: list[str], title: str) -> bool:
    known = set(re.findall(r"\w+", fold(title)))
    return all(word in known for word in words if len(word) > 3)


def _project(document: Document) -> Fact | None:
    matches = list(NAMED.finditer(document.text))
    names = Counter(" ".join(match["name"].split()) for match in matches)
    if not names:
        return None
    name, times = names.most_common(1)[0]
    if times < LEAST_TIMES or times < LEAST_SHARE * len(matches):
        return None
    first = next(match for match in matches if " ".join(match["name"].split()) == name)
    return Fact("project", name, first.start("name"), first.end("name"))


def organization(document: Document) -> Fact | None:
    """The organization that the report names most by far, as its acronym, with the place where it is named first."""
    found = organizations_in(document.text)
    if not found:
        return None
    acronym, times = Counter(acronym for acronym, _, _ in found).most_common(1)[0]
    if times < ORGANIZATION_TIMES or times < ORGANIZATION_SHARE * len(found):
        return None
    start, end = next((start, end) for other, start, end in found if other == acronym)
    return Fact("organization", acronym, start, end)
