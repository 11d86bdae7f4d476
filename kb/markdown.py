"""A memo as Markdown: every quotation with its note, the evidence annex, the note on method.

Text that comes from a report or from the author is escaped: whatever it holds, it is read as text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from textwrap import shorten

from kb.cite import author, author_date, footnote, list_entry, locator, short_author, shown, title
from kb.language import language_name
from kb.memo import cited_reports, verified
from kb.memo_words import COLUMNS, INTRODUCTIONS, MONTHS, QUOTES, say
from kb.plain import plain
from kb.records import Check, Citation, Memo, Report
from kb.taxonomy import criterion_label, kind_label

WIDTHS = (5, 16, 15, 13, 20, 12, 34, 10)  # of the annex's columns, in proportion: none breaks the longest word of its own
LONGEST_TITLE = 90  # letters of a title in the annex; the notes have it whole
Lettered = dict[int, str]  # report id -> the letter after its year


def to_markdown(memo: Memo, checks: list[Check], searched: int) -> str:
    """The whole memo. `checks` are its picks looked up, `searched` the number of reports in the library."""
    return "\n\n".join((body(memo, checks), annex(memo, checks, searched))) + "\n"


def body(memo: Memo, checks: list[Check], languages: bool = False) -> str:
    """Title, addressee, date, the quotations in their order, and the references. `languages`: mark each quotation's language."""
    letters = _letters(cited_reports(checks))
    picked = (_quotation(memo, found, letters, languages) for found in checks)
    return "\n\n".join(filter(None, [_head(memo), *picked, _references(memo, checks, letters), _notes(memo, checks)]))


def annex(memo: Memo, checks: list[Check], searched: int, languages: bool = False) -> str:
    """The evidence as a table, and how it was found and checked."""
    table = [f"## {say('annex', memo.language)}", _table(memo, verified(checks), languages)] if verified(checks) else []
    return "\n\n".join([*table, f"## {say('method', memo.language)}", _method(memo, checks, searched)])


def literal(text: str) -> str:
    """`text` as Markdown that is read as that very text, on one line."""
    text = re.sub(r"[ \t\n\r\x0b\x0c\x85\u2028\u2029]+", " ", text)
    text = plain(re.sub(r"[\ud800-\udfff\ufffe\uffff]", "", text)).strip(" ")
    text = re.sub(r"([\\`*_{}\[\]<>#|~^$@=])", r"\\\1", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    text = re.sub(r"(?i)(?<=\w)(?=://)|(?<=\bwww)(?=\.)", r"\\", text)  # some programs make a link of a bare address, and of what follows
    return re.sub(r"^(?:(\(?(?:\d+|[A-Za-z]|[ivxlcIVXLC]+))(?=[.)](?: |$))|(?=[+:%-]))", r"\1\\", text)


def long_date(day: str, language: str) -> str:
    """`23 November 2026`, `23 de noviembre de 2026`, `23 novembre 2026`; "" for no date."""
    if not day:
        return ""
    on = date.fromisoformat(day)
    number = "1er" if language == "fr" and on.day == 1 else str(on.day)
    return (" de " if language == "es" else " ").join((number, MONTHS[language][on.month - 1], str(on.year)))


def introduction(kind: str, language: str) -> str:
    """The line above a quotation where its author wrote none: it credits the evaluation, never the agency."""
    return INTRODUCTIONS.get(kind, INTRODUCTIONS["other"])[language]


def tool() -> str:
    """The name and the version of the tool."""
    try:
        return f"evaluation-kb {version('evaluation-kb')}"
    except PackageNotFoundError:  # run from a folder that was never installed
        return "evaluation-kb"


def _head(memo: Memo) -> str:
    named = [("to", memo.addressee.strip()), ("date", long_date(memo.date, memo.language))]
    lines = [f"**{say(key, memo.language)}** {literal(value)}" for key, value in named if value]
    return "\n\n".join(filter(None, [f"# {literal(memo.title) or say('memo', memo.language)}", "\\\n".join(lines)]))


def _quotation(memo: Memo, found: Check, letters: Lettered, languages: bool) -> str:
    """The line above the quotation, and the quotation as a block of its own."""
    if found.citation is None:
        above = literal(found.pick.before)
        gone = f"**{say(f'missing.{found.missing}', memo.language)}** {literal(shown(found.pick.quote))}"
        return "\n\n".join(filter(None, [above, gone]))
    above = literal(found.pick.before) or introduction(found.citation.passage.kind, memo.language)
    return f"{above}\n\n{_block(memo, found.citation, letters, languages)}"


def _block(memo: Memo, citation: Citation, letters: Lettered, languages: bool) -> str:
    """A quotation in the marks of the memo's language, each of its paragraphs opened by one, closed with its note."""
    opening, closing = QUOTES[memo.language]
    *before, last = [part.strip() for part in re.split(r"\n\s*\n", shown(citation.quote)) if part.strip()]
    lines = [opening + _words(part, citation, languages) for part in before]
    mark = f"[^{citation.number}]"
    if memo.style == "un" and memo.language == "en":  # after the punctuation: “Words.”¹
        stop = "" if re.search(r"[.!?…]$", last) else "."
        end = f"{_words(last, citation, languages)}{closing}{stop}{mark}"
    else:
        words = _words(_without_stop(last), citation, languages)
        if memo.style == "author-date":  # “Words” (UNODC, 2022, p. 23).
            end = f"{words}{closing} {literal(author_date(citation, memo.language, letters.get(citation.report.id, '')))}."
        elif memo.language == "fr":  # before the punctuation and the quotation mark: « Mots¹ ».
            end = f"{words}{mark}{closing}."
        else:  # before the punctuation: “Palabras”¹.
            end = f"{words}{closing}{mark}."
    return "\n>\n".join(f"> {line}" for line in [*lines, opening + end])


def _words(text: str, citation: Citation, languages: bool) -> str:
    """A report's words, where `languages` is set marked with the language they are in, for spelling and for screen readers."""
    words, code = literal(text), citation.passage.language
    return f"[{words}]{{lang={code}}}" if languages and words and re.fullmatch("[a-z]{2}", code) else words


def _without_stop(words: str) -> str:
    return words[:-1] if words.endswith(".") and not words.endswith("..") else words


def _notes(memo: Memo, checks: list[Check]) -> str:
    """The footnotes; none in the author-date style."""
    if memo.style == "author-date":
        return ""
    return "\n\n".join(f"[^{citation.number}]: {_note(citation, memo.language)}" for citation in verified(checks))


def _note(citation: Citation, language: str) -> str:
    """The reference line, its title in italics; the language of the original where it is not the memo's."""
    spoken = citation.passage.language
    original = "" if spoken in (language, "und") else literal(say("original", language, spoken=language_name(spoken, language)))
    return f"{_with_title_in_italics(footnote(citation, language), citation.report, language)} {original}".rstrip()


def _with_title_in_italics(line: str, report: Report, language: str) -> str:
    who, name, line = literal(author(report, language)), literal(title(report).removesuffix(".")), literal(line)
    rest = line.removeprefix(who)
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") if name else re.compile("(?!)")
    return line[: len(line) - len(rest)] + whole.sub(lambda found: f"*{found[0]}*", rest, count=1)


def _references(memo: Memo, checks: list[Check], letters: Lettered) -> str:
    """The list of references that author-date citations need."""
    reports = cited_reports(checks)
    if memo.style != "author-date" or not reports:
        return ""
    lines = {list_entry(report, memo.language, letters.get(report.id, "")): report for report in reports}
    listed = [_with_title_in_italics(line, lines[line], memo.language) for line in sorted(lines)]
    return "\n\n".join([f"## {say('references', memo.language)}", *listed])


def _letters(reports: Sequence[Report]) -> Lettered:
    """A letter for each report that shares author and year with another one."""
    names = [(short_author(report), report.year) for report in reports]
    seen: Counter[tuple[str, int | None]] = Counter()
    letters = {}
    for report, name in zip(reports, names, strict=True):
        if names.count(name) > 1:
            letters[report.id] = chr(ord("a") + seen[name] % 26)
            seen[name] += 1
    return letters


def _table(memo: Memo, citations: list[Citation], languages: bool) -> str:
    """One row a quotation: number, report, kind, criterion, heading, place, the words, their language."""
    head = f"| {' | '.join(column[memo.language] for column in COLUMNS)} |"
    rule = f"|{'|'.join('-' * width for width in WIDTHS)}|"
    return "\n".join([head, rule, *(_row(memo.language, citation, languages) for citation in citations)])


def _row(language: str, citation: Citation, languages: bool) -> str:
    passage, report = citation.passage, citation.report
    named = [shorten(title(report), LONGEST_TITLE, placeholder="…"), *(f"({part})" for part in (", ".join(report.codes), report.year) if part)]
    cells = [
        str(citation.number),
        literal(" ".join(named)),
        "" if passage.kind == "other" else literal(kind_label(passage.kind, language)),
        literal(", ".join(criterion_label(criterion, language) for criterion in passage.criteria)),
        literal(shown(passage.heading)),
        literal(locator(citation, language)),
        _words(shown(citation.quote), citation, languages),
        literal(language_name(passage.language, language)),
    ]
    return f"| {' | '.join(cell or '–' for cell in cells)} |"


def _method(memo: Memo, checks: list[Check], searched: int) -> str:
    today = long_date(date.today().isoformat(), memo.language)
    counts = {"found": len(verified(checks)), "total": len(checks), "searched": searched}
    return literal(say("method.note", memo.language, tool=tool(), date=today, **counts))
