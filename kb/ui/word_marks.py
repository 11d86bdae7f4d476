"""The words of a search marked in a passage, through stems and accents."""

from html import escape

from kb.cite import shown
from kb.language import WORD, fold, stem
from kb.records import Question


def marked(text: str, language: str, question: Question | None) -> str:
    """A report's words as HTML, layout marks hidden, with those that `question` looks for marked."""
    said = shown(text)
    if question is None:
        return escape(said)
    html, done = "", 0
    for start, end in spans(said, language, question):
        html += f'{escape(said[done:start])}<mark class="word">{escape(said[start:end])}</mark>'
        done = end
    return html + escape(said[done:])


def spans(text: str, language: str, question: Question) -> list[tuple[int, int]]:
    """Where in `text`, which is in `language`, words stand that `question` looks for, or that mean the same."""
    places = [(match.start(), match.end()) for match in WORD.finditer(text)]
    words = [fold(text[start:end]) for start, end in places]
    stems = [stem(word, language) for word in words]
    own = {one for term in question.terms for one in term.stems}
    hit = {at for at, one in enumerate(stems) if one in own or words[at].startswith(question.prefixes or ("\0",))}
    for sequence in {sequence for term in question.terms for sequence in term.synonyms}:
        hit |= _runs(stems, list(sequence))
    for phrase in question.phrases:
        hit |= _runs(words, WORD.findall(phrase))
    return [places[at] for at in sorted(hit)]


def _runs(words: list[str], wanted: list[str]) -> set[int]:
    """The places of `words` at which `wanted` stands, word after word."""
    length = len(wanted)
    return {at + n for at in range(len(words) - length + 1) if words[at : at + length] == wanted for n in range(length)} if length else set()
