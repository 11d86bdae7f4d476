"""Sentences that were broken apart: hyphens at line ends, paragraphs and rows that go on elsewhere."""

import re
from collections.abc import Iterable
from itertools import zip_longest

from ingest.pieces import CELL, Piece, row_cells

WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
BROKEN = re.compile(r"(?P<chain>-?)(?P<head>[^\W\d_]+)(?P<hyphen>[-\u00ad\u2010])[ \t]*\n\s*(?P<tail>[^\W\d_]+)(?P<more>-?)")
BROKEN_RANGE = re.compile(r"(?<=\d)([-–])\n(?=\d)")
BROKEN_ADDRESS = re.compile(r"((?:https?://|www\.)\S*[/_=&?-])\n(?=[\w%#])")
CLOSERS = frozenset(
    "based building cutting day depth driven effective effectiveness ended free going income led level making oriented out "
    "raising related responsive scale sensitive sharing solving specific structured taking term time up wide year".split()
)  # words that close an English compound more often than they end a divided word
STOP = re.compile(r"(?:[.!?:;…]|https?:\S+|\S+@\S+)[\"'”’»)\]*]*$")
HANGING = re.compile(
    r"(?:,|[-\u2010]|\b(?:a|al|and|as|at|au|aux|avec|by|con|d|dans|de|del|des|du|e|el|en|et|for|from|in|la|las|le|"
    r"les|los|of|on|o|or|ou|par|para|por|pour|que|qui|se|son|sur|sus|that|the|their|to|un|una|une|which|with|y))$",
    re.IGNORECASE,
)
LABEL = re.compile(r"[^.:]{2,45}\s?:\s")
LEAST = 40  # characters; shorter text without a full stop is a label, not a broken paragraph
SHORT = 160  # characters; what stands between the halves of a sentence and is no longer is a caption
FAR = 4  # pages that figures and tables may fill between the halves of a sentence
RUNNING = ("paragraph", "item")
ASIDE = ("caption", "footnote", "row")


class Hyphens:
    """Undoes hyphens at line ends; a real compound keeps its own. Judges by the report's other words."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: set[str] = set()
        for text in texts:
            self.words.update(word.casefold() for word in WORD.findall(BROKEN.sub(" ", text)))
        self.heads = {word.split("-")[0] for word in self.words if "-" in word}

    def undo(self, text: str) -> str:
        """The text with its broken words, years and addresses whole; other line ends stay."""
        text = BROKEN_ADDRESS.sub(r"\1", BROKEN_RANGE.sub(r"\1", text))
        return BROKEN.sub(self._whole, text)

    def _whole(self, match: re.Match[str]) -> str:
        chain, head, hyphen, tail, more = match.groups()
        inside = bool(chain or more) and hyphen != "\u00ad"
        return chain + (f"{head}-{tail}" if inside else self.joined(head, hyphen, tail)) + more

    def joined(self, head: str, hyphen: str, tail: str) -> str:
        """The word whose halves stood at the end of one line and the start of the next."""
        whole, compound = f"{head}{tail}", f"{head}-{tail}"
        if hyphen == "\u00ad" or whole.casefold() in self.words:
            return whole
        first, last = head.casefold(), tail.casefold()
        if compound.casefold() in self.words or first in ("non", "self") or last in CLOSERS:
            return compound
        if tail[0].isupper():
            short = max(len(head), len(tail)) <= 5  # two acronyms
            return compound if short or not head.isupper() or {first, last} & self.words else whole
        known = {first, last} <= self.words and len(tail) > 2
        return compound if known or (first in self.heads and min(len(head), len(tail)) > 3) else whole


def stitch(pieces: list[Piece], hyphens: Hyphens) -> list[Piece]:
    """The pieces with every broken paragraph whole; what stood between its halves follows it."""
    told = {piece.page for piece in pieces if piece.role in RUNNING and len(piece.text) > SHORT}
    waiting: list[int] = []
    taken: set[int] = set()
    for j, piece in enumerate(pieces):
        waiting = [i for i in waiting if _in_reach(pieces[i], piece, told)]
        i = _beginning(pieces, waiting, j, taken)
        if i is not None:
            _append(pieces[i], piece, hyphens)
            _retell(pieces[i + 1 : j])
            taken.add(j)
            if not _is_open(pieces[i]):
                waiting.remove(i)
        elif _is_open(piece):
            waiting.append(j)
    return [piece for j, piece in enumerate(pieces) if j not in taken]


def _is_open(piece: Piece) -> bool:
    """Does the piece stop in mid-sentence?"""
    if piece.role not in RUNNING or STOP.search(piece.text) or _is_label(piece):
        return False
    return len(piece.text) >= LEAST or bool(HANGING.search(piece.text))


def _is_label(piece: Piece) -> bool:
    """A label and its value on a line of their own, such as "Donor: Canada", are whole without a full stop."""
    return len(piece.text) < SHORT and bool(LABEL.match(piece.text))


def _beginning(pieces: list[Piece], waiting: list[int], j: int, taken: set[int]) -> int | None:
    """Which of the open pieces does piece `j` go on with? The nearest whose brackets fit."""
    tail = pieces[j]
    if tail.role != "paragraph" or not tail.text or _is_label(tail):
        return None
    small = tail.text[0].islower() and not tail.text.startswith(("http", "www."))
    for i in reversed(waiting):
        head = pieces[i]
        near = j - i < 40 and all(k in taken or pieces[k].role in ASIDE for k in range(i + 1, j))
        if head.role == "item" and not near:
            continue
        if abs((head.size or 0) - (tail.size or 0)) > 0.6:
            continue
        closes = _unclosed(tail.text, "()") < 0
        if closes and _unclosed(head.text, "()") <= 0:
            continue
        if small:
            return _past_caption(pieces, waiting, i)
        if near and _goes_over(head, tail):
            return i
    return None


def _goes_over(head: Piece, tail: Piece) -> bool:
    """Does a sentence that goes on with a capital, digit or bracket run over the page?"""
    if head.page is None or _last_page(head) == tail.page:
        return bool(HANGING.search(head.text)) and not tail.bold
    return tail.bold == head.bold and (len(head.text) > SHORT or bool(HANGING.search(head.text)))


def _past_caption(pieces: list[Piece], waiting: list[int], i: int) -> int:
    """A short open piece right after a long open one is the caption that broke the long one."""
    label = len(pieces[i].text) <= SHORT and pieces[i].role == "paragraph"
    return i - 1 if label and i - 1 in waiting and len(pieces[i - 1].text) > SHORT else i


def _in_reach(head: Piece, tail: Piece, told: set[int | None]) -> bool:
    """On the same page, or on the next one that has running text; anywhere in a file without pages."""
    first, last = _last_page(head), tail.page
    if first is None or last is None:
        return True
    return first <= last <= first + FAR and not any(page in told for page in range(first + 1, last))


def _last_page(piece: Piece) -> int | None:
    return piece.turns[-1][1] if piece.turns else piece.page


def _unclosed(text: str, pair: str) -> int:
    """Brackets left open (positive), or closed without having been opened (negative)."""
    depth = 0
    for char in text:
        if char == pair[0]:
            depth += 1
        elif char == pair[1]:
            depth -= 1
            if depth < 0:
                return depth
    return depth


def _append(head: Piece, tail: Piece, hyphens: Hyphens) -> None:
    match = re.search(r"([^\W\d_]+)([-\u2010])$", head.text)
    start = re.match(r"[^\W\d_]+", tail.text)
    if match and start:
        word = hyphens.joined(match[1], match[2], start[0])
        text = head.text[: match.start()] + word
        at, rest = len(text) - len(start[0]), tail.text[start.end() :]
        text += rest
    else:
        at = len(head.text) + 1
        text = f"{head.text} {tail.text}"
    head.turns.append((at, tail.page))
    head.turns += [(at + offset, page) for offset, page in tail.turns]
    head.text = text


def _retell(between: list[Piece]) -> None:
    """A short label between the halves of a sentence is a picture's caption."""
    for piece in between:
        whole = STOP.search(piece.text) or HANGING.search(piece.text) or _is_label(piece)
        if piece.role == "paragraph" and len(piece.text) <= SHORT and not whole:
            piece.role = "caption"


def stitch_rows(pieces: list[Piece]) -> list[Piece]:
    """Tables that go on over the page: headings repeated there out, broken rows whole."""
    kept: list[Piece] = []
    header: Piece | None = None
    last: Piece | None = None
    for piece in pieces:
        if piece.role != "row":
            if piece.role not in ("footnote", "caption"):
                header = last = None
            kept.append(piece)
            continue
        if header is None:
            header = piece
        elif piece.text == header.text and piece.page != header.page:
            continue
        if last is not None and _goes_on(last, piece):
            _append_cells(last, piece)
        else:
            last = piece
            kept.append(piece)
    return kept


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Is the row the rest of the last one, cut by the end of the page?"""
    above, below = [words for _, words in row_cells(last.text)], [words for _, words in row_cells(piece.text)]
    page = _last_page(last)
    if page is None or piece.page != page + 1 or max(len(above), len(below)) < 2:
        return False
    if len(below) > 1 and not below[0]:
        return True
    started = [(a, b) for a, b in zip_longest(above, below, fillvalue="") if b]
    return all(a and not STOP.search(a) and b[:1].islower() for a, b in started)


def _append_cells(last: Piece, piece: Piece) -> None:
    """Cell by cell, so that each stays whole; the text then turns the page and back with every cell."""
    text = ""
    turns: list[tuple[int, int | None]] = []
    for above, below in zip_longest(row_cells(last.text), row_cells(piece.text), fillvalue=(len(last.text), "")):
        if turns:
            text += CELL
        start, words = above
        turns.append((len(text), _page_at(last, start)))
        turns += [(len(text) + at - start, page) for at, page in last.turns if start < at < start + len(words)]
        text += words
        if below[1]:
            text += " " if words else ""
            turns.append((len(text), piece.page))
            text += below[1]
    last.text, last.turns = text, turns


def _page_at(piece: Piece, offset: int) -> int | None:
    """The page on which the piece's text at `offset` stands."""
    return next((page for at, page in reversed(piece.turns) if at <= offset), piece.page)
