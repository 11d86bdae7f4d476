"""What an acronym stands for: the sentences in which the reports spell it out, "complaint and feedback mechanism (CFM)"."""

import re

from kb.evidence import Quote
from kb.language import fold, words
from kb.library import Library
from kb.records import Filters, Question

_ASKS = re.compile(
    r"\b(?:que (?:es|son|significan?|quieren? decir)|what (?:is|are|does|do)"
    r"|que (?:signifie(?:nt)?|veu(?:t|lent) dire)|qu est ce que?|definicion|definition)\b"
)
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]s?\b")
# What such a question may say besides the acronym.
_SAID = frozenset(
    """mean means meaning stand stands acronym significa significan quiere quieren significado sigla siglas acronimo signifie signifient
    veut veulent sens sigle acronyme""".split()
)


def meaning_quotes(library: Library, question: Question, scope: Filters) -> list[Quote]:
    """The first sentence of each report in `scope` that spells out the acronym asked for, or a line that does where no sentence does;
    nothing where the question asks for more."""
    acronym = _asked(question)
    if not acronym:
        return []
    found = library.search_words(f'plain : "{acronym}"', scope)
    spelled = re.compile(rf"(?:[^\W\d_]+[ \u00a0’'-]+){{2,}}[(\[]{acronym}s?[)\]]", re.IGNORECASE)
    quotes: dict[tuple[int, bool], Quote] = {}  # the first sentence of each report, and the first line
    for passage in sorted(library.passages(found), key=lambda passage: (passage.report_id, passage.start)):
        report = library.report(passage.report_id)
        for start, end in passage.sentences:
            if spelled.search(report.text[start:end]):
                quotes.setdefault((report.id, report.text[end - 1] != "."), Quote(start, end, passage, report))
    return [quote for (report_id, is_line), quote in quotes.items() if not is_line or (report_id, False) not in quotes]


def _asked(question: Question) -> str:
    """The acronym that the question asks for, folded; "" where it asks for something else."""
    acronyms = {fold(name) for name in _ACRONYM.findall(question.text)}
    others = {term.word for term in question.terms} - acronyms - _SAID
    asked = _ASKS.search(" ".join(words(question.text)))
    return acronyms.pop().removesuffix("s") if asked and len(acronyms) == 1 and not others else ""
