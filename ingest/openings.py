"""How a numbered, lettered, bulleted or named item opens: "Recommendation 3:", "R3.", "Hallazgo 4 -", "3.", "a)", "•"."""

import re
from dataclasses import dataclass

from ingest.labels import fold_in_place
from kb.language import fold
from kb.records import Block, Document
from kb.taxonomy import criteria_of

# kind -> the words that name one item of it (folded), and the letters that stand for them before a number
NAMES: dict[str, tuple[str, ...]] = {
    "recommendation": ("recommendation", "recomendacion", "recommandation", "recomendacao", r"rec\."),
    "finding": ("finding", "hallazgo", "constatation", "constatacion", "constat", "achado"),
    "conclusion": ("conclusion", "conclusao"),
    "lesson": (
        "lesson learned",
        "lesson learnt",
        "lesson",
        "leccion aprendida",
        "leccion",
        "ensenanza",
        "enseignement tire",
        "enseignement",
        "lecon apprise",
        "lecon tiree",
        "lecon",
        "licao aprendida",
        "licao",
    ),
    "good_practice": ("good practice", "best practice", "promising practice", "buena practica", "mejor practica", "bonne pratique", "boa pratica"),
}
LETTERS: dict[str, tuple[str, ...]] = {
    "recommendation": ("R", "REC"),
    "finding": ("F", "H", "KF", "C"),  # C: constat, constatation
    "conclusion": ("C", "CON"),
    "lesson": ("L", "LL", "LA", "E"),  # LA: lección aprendida, E: enseignement
    "good_practice": ("GP", "BP", "P"),
}
_KIND_OF_NAME = {name.rstrip("\\."): kind for kind, names in NAMES.items() for name in names}
_BEFORE = r"(?:(?:key|main|major|overall|general|strategic|operational|specific|priority|evaluation|principal|nueva|nouvelle)\s+)*"
_AFTER = (
    r"(?:\s+(?:clave|cle|general|generale|generica|especifica|specifique|estrategica|strategique|operativa|operacional|operationnelle|"
    r"principal|principale|prioritaria|prioritaire|programatica|tecnica|institucional))*"
)
_NUMBER = r"(?:[a-z]{1,2}[-.]?)?\d{1,3}(?:[.\-]\d{1,3})*(?:\s?[a-z](?![a-z]))?|[ivx]{1,5}(?![a-z])|[a-k](?![a-z])"
_NAMED = re.compile(
    rf"[\s*_#>]*{_BEFORE}(?P<name>{'|'.join(name for names in NAMES.values() for name in names)}){_AFTER}"
    rf"\s*(?:n\s?[.°ºo]{{0,3}}\s*|num(?:ero)?\.?\s*|#\s*|\()?(?P<number>{_NUMBER})\)?"
    r"(?P<end>[*_\s]*(?:\([^()]{1,80}\)\s*)?[*_\s]*(?:[.:)|\t]|[–—-](?=\s)|$)|[ \n](?=\w))[*_\s]*"
)
_LETTERED = re.compile(
    r"[\s*_]*(?P<letters>[A-Z]{1,3})[.\- ]?\s?(?P<number>\d{1,2}(?:\.\d{1,2})?[a-z]?)\s?[*_]*(?:[.:)|\t]|[–—-](?=\s)|\s(?=[A-ZÀ-Þ]))[*_\s]*"
)
_COUNTED = re.compile(
    r"[\s*_]*\(?(?P<number>\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})(?:[.)]|\s?[–-](?=\s)|(?<=\d\.\d)(?=\s)|(?<=\d)(?=\s+[A-ZÀ-Þ¿«“]))[*_\s]*"
)
LABEL = re.compile(r"[\s*_]*(?P<label>[^\W\d_][^:.;?!()\n\t]{1,118}?)[*_\s]*:[*_\s]+(?=[^\W\d_a-zà-ÿ]|[*_«“\"¿(])")
NO_LABEL = re.compile(r"\b(?:following|siguientes?|suivant[es]*|should|debe\w*|deberia\w*|devrait|devraient|doit|including|incluyendo|notamment)\b")
_BULLET = re.compile(r"[\s*_]*[•●○◦▪▫■□►➢➤✓✔❖·o–—*\-\uf0b7\uf0a7\uf0d8\uf0fc\uf076](?=\s)[*_\s]*")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a block opens with. `family`: named, lettered, number, letter, roman, bullet or "" (nothing).

    `kind` is what the word names, `number` as printed ("1.1", "b"), `mark` the bullet itself,
    `start` the offset in the report's text at which the statement begins.
    """

    family: str
    start: int
    number: str | None = None
    kind: str | None = None
    mark: str = ""


def opening(text: str, block: Block) -> Opening:
    """How `block` of `text` opens."""
    return named(text, block) or _counted(text, block) or Opening("", block.start)


def named(text: str, block: Block) -> Opening | None:
    """The opening of a block that begins with a word such as "Recommendation" and a number; else None."""
    words = text[block.start : block.end]
    match = _NAMED.match(fold_in_place(words[:200]))
    if not match or block.role == "contents":
        return None
    if match["end"] in (" ", "\n") and not (words[match.end()].isupper() and (block.bold or block.role == "heading")):
        return None  # "Finding 3.5 shows that": a reference, no opening
    number = words[match.start("number") : match.end("number")].strip()
    kind = _KIND_OF_NAME[match["name"].rstrip(".")]
    return Opening("named", block.start + match.end(), number.upper() if number.isalpha() else number, kind)


def lettered(text: str, block: Block, kind: str) -> Opening | None:
    """The opening of a block that begins with the letter of `kind` and a number ("R3."); else None."""
    match = _LETTERED.match(text, block.start, block.end)
    if not match or match["letters"] not in LETTERS.get(kind, ()):
        return None
    return Opening("lettered", match.end(), match["number"], kind)


def _counted(text: str, block: Block) -> Opening | None:
    if block.marker:
        return _of_marker(block.marker, block.start)
    match = _COUNTED.match(text, block.start, block.end)
    if match and match.end() < block.end:
        return Opening(_family(match["number"]), match.end(), match["number"])
    match = _BULLET.match(text, block.start, block.end)
    return Opening("bullet", match.end(), mark=match.group().strip(" *_")) if match else None


def _of_marker(marker: str, start: int) -> Opening:
    number = marker.strip("().–-*_ \t")
    if number and number.replace(".", "").isalnum() and number != "o":
        return Opening(_family(number), start, number)
    return Opening("bullet", start, mark=marker.strip())


def _family(number: str) -> str:
    if number[0].isdigit():
        return "number"
    return "roman" if set(number.lower()) <= set("ivx") and number.lower() not in ("x",) else "letter"


def label_of(text: str, start: int, end: int) -> str | None:
    """The words before the colon with which a statement at `start` opens, without layout marks ("Recursos y sostenibilidad").

    None where they are part of its sentence.
    """
    match = LABEL.match(text, start, end)
    if not match:
        return None
    label = " ".join(match["label"].strip(" *_").split())
    words = len(label.split())
    plain = NO_LABEL.search(fold(label)) is not None
    return None if plain or words > 14 or (words > 8 and not criteria_of(label)) else label


def last_of_statement(document: Document, place: int) -> int:
    """The place of the last block of a statement set in bold, which opens at `place` and may be cut in several blocks."""
    first = document.blocks[place]
    while first.bold and place + 1 < len(document.blocks) and _goes_on_in_bold(document, first, place + 1):
        place += 1
    return place


def _goes_on_in_bold(document: Document, first: Block, place: int) -> bool:
    block = document.blocks[place]
    like = block.bold and block.role in ("heading", "paragraph") and abs((block.size or 0) - (first.size or 0)) < 0.3
    words = document.text[block.start : block.end]
    return like and named(document.text, block) is None and not words.isupper() and (block.role == "paragraph" or len(words) > 60)
