"""Document -> Report: what an evaluation report states about itself, each fact with the span it was read from.

What is not stated stays empty. Three sources, the first that says it wins: a sidecar file, labelled
lines ("Donante(s): ..."), and sentences ("contó con un presupuesto de ... otorgados por ...").
"""

import re
from collections import Counter
from dataclasses import replace

from ingest.fact_sentences import sentence_facts
from ingest.labels import facts_in
from ingest.names import organization, short_names
from ingest.sidecar import Sidecar
from ingest.titles import evaluation_kind_of, front_page, role_of, title_of
from kb.countries import countries_in
from kb.language import detect
from kb.records import Document, Fact, Report

FRONT = 15_000  # characters: labelled lines further on describe something else than the report
LONGEST_VALUE = 2_000  # characters in which the parts of a value are looked for
LISTED = frozenset({"evaluator", "donor", "country", "code"})  # facts of which there may be several
CODE = re.compile(r"\b(?:[A-Z]{3}[/ ]?[A-Z]\d{2,3}|[A-Z]{2}\d{4}|[A-Z]{2,4}(?:/[A-Z0-9]{2,6}){1,4}|[A-Z]{2}[.-]\d{3,5}|\d{8})\b")
AFTER_PROJECT = re.compile(r"(?P<value>.+?)\s*\((?P<code>[^()]*)\)\s*(?:[.;,]|$|(?:y|e|and|et)\b)\s*(?:(?:y|e|and|et)\s)?", re.DOTALL)
YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
MONTHS = (
    "january february march april may june july august september october november december enero febrero marzo abril mayo junio julio agosto "
    "septiembre setiembre octubre noviembre diciembre janvier fevrier février mars avril mai juin juillet aout août septembre octobre novembre "
    "decembre décembre"
)
_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th|er)?\s+)?(?:de\s+)?(?:{'|'.join(MONTHS.split())})\.?,?\s+(?:de\s+|del\s+)?"
# A line of the cover that is nothing but a date, perhaps with a place ("Viena, 2022"), or begins or ends with month and year.
DATE_LINE = re.compile(
    rf"\W*(?:(?:[\w’' ]{{0,24}}[,:–-]\s*)?(?:{_MONTH})?(?P<alone>(?:19|20)\d\d)\W*"
    rf"|{_MONTH}(?P<first>(?:19|20)\d\d)\b.*|.*\b{_MONTH}(?P<last>(?:19|20)\d\d)\W*)",
    re.IGNORECASE,
)
URL_YEAR = re.compile(r"(?:year|annee|ano|anio)[_\-/=]?(?P<year>20\d\d)")


def facts(document: Document, sidecar: Sidecar | None = None) -> Report:
    """The report that `document` is, with its facts; `sidecar` wins over what is read."""
    sidecar = sidecar or Sidecar()
    title = title_of(document)
    stated = [fact for fact in (title, *_labelled(document)) if fact]
    kind = evaluation_kind_of(document)
    if kind and not _first(stated, "evaluation_kind"):
        stated.append(kind)
    codes = _codes(document, stated)
    stated += sentence_facts(document, codes, stated)
    stated += _years(document, stated)
    stated += short_names(document, title.value if title else "")
    stated += [fact for fact in [organization(document)] if fact and not _first(stated, "organization")]
    stated = [fact for fact in stated if fact.name not in sidecar.names] + list(sidecar.facts)
    language, languages = languages_of(document)
    report = Report(
        path=document.path,
        sha256=document.sha256,
        title=_first(stated, "title") or _name_of(document),
        text=document.text,
        pages=document.pages,
        year=_year_of(stated),
        language=language,
        languages=languages,
        codes=codes,
        countries=_countries(document, stated, language),
        evaluation_kind=_first(stated, "evaluation_kind"),
        facts=tuple(stated),
        page_count=document.page_count,
        role=role_of(document),
        warnings=document.warnings,
    )
    return replace(report, **sidecar.fields)


def fact_lines(document: Document) -> dict[int, list[tuple[int, int]]]:
    """place of a block -> the spans of the labelled facts in it: one such line is one passage."""
    found = {}
    for place, block in enumerate(document.blocks):
        if block.start > FRONT:
            break
        if block.role not in ("contents", "footnote"):
            lines = facts_in(document.text[block.start : block.end])
            if lines:
                found[place] = [(block.start + start, block.start + end) for _, start, _, end in lines]
    return found


def _labelled(document: Document) -> list[Fact]:
    """The facts of labelled lines, one for each project and person that a line names."""
    found: list[Fact] = []
    for place, block in enumerate(document.blocks):
        if block.start > FRONT:
            break
        if block.role == "contents":
            continue
        words = document.text[block.start : block.end]
        for name, start, value, end in facts_in(words):
            span = (block.start + start, block.start + end)
            if name == "methodology":  # a heading of its own, see `sections`; here it only ends the fact before it
                continue
            text = words[value:end] or _next_value(document, place)
            if text and (name in LISTED or not any(fact.name == name and fact.start != span[0] for fact in found)):
                found += [Fact(name, part, *span, project) for part, project in _parts(name, text)]
    return [fact for fact in found if fact.value]


def _next_value(document: Document, place: int) -> str:
    """The short block below a label that stands alone, as in "Final report date:" over "July 2025"."""
    if place + 1 >= len(document.blocks):
        return ""
    block = document.blocks[place + 1]
    words = document.text[block.start : block.end]
    return words if block.role == "paragraph" and len(words) <= 120 and not facts_in(words) else ""


def _parts(name: str, value: str) -> list[tuple[str, str | None]]:
    """(value, project) of each part: "ACCBP Canadá (MEXW55) y INL US (MEXW64)." has two."""
    matches = [match for match in AFTER_PROJECT.finditer(value[:LONGEST_VALUE]) if CODE.fullmatch(match["code"].strip())]
    if matches and name not in ("title", "code"):
        return [(_tidy(match["value"]), match["code"].strip()) for match in matches]
    if name == "evaluator":
        return [(person, None) for person in _people(value)]
    if name == "code":
        return [(code, None) for code in CODE.findall(value)] or [(_tidy(value), None)]
    return [(_tidy(value), None)]


def _people(value: str) -> list[str]:
    """Names, with what stands in brackets after them."""
    parts = re.split(r"\s*;\s*|(?<=\))\s*(?:,|y|e|and|et)?\s*(?=[A-ZÀ-Þ])|\n", _tidy(value))
    parts = [piece for part in parts for piece in re.split(r",\s+(?=[A-ZÀ-Þ])|(?<=\w{2})\s+(?:y|and|et)\s+(?=[A-ZÀ-Þ][\w’'-]+\s+[A-ZÀ-Þ])", part)]
    return [tidy for part in parts if (tidy := _tidy(part))]


def _tidy(value: str) -> str:
    """A value without layout marks, outer spaces and a closing stop."""
    plain = " ".join(value.replace("**", "").replace("\\$", "$").split()).strip(" <>;,").lstrip(": ")
    return plain[:-1].rstrip() if plain.endswith(".") and not re.search(r"\b[A-Z]\.$|\.\w\.$|etc\.$|Inc\.$|Ltd\.$", plain) else plain


def _codes(document: Document, stated: list[Fact]) -> tuple[str, ...]:
    """Project codes: those labelled so, those that facts are given for, and those on the title page in a form that nothing else has."""
    found = [code for fact in stated if fact.name == "code" for code in CODE.findall(fact.value) or [fact.value]]
    found += [fact.project for fact in stated if fact.project]
    front = document.text[:2500]
    found += re.findall(r"\b[A-Z]{3}/?[A-Z]\d{2,3}\b", front)
    return tuple(dict.fromkeys(found))


def _countries(document: Document, stated: list[Fact], language: str) -> tuple[str, ...]:
    """The countries that the report says it covers, in its language: by label, else in its title."""
    for names in (("country", "region"), ("title",)):
        found = [name for fact in stated if fact.name in names for name in countries_in(fact.value, language)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _years(document: Document, stated: list[Fact]) -> list[Fact]:
    """The year of the report as a fact of its own: from its date, a date on the cover, or the address it is listed at."""
    for fact in stated:
        if fact.name == "report_date" and (match := YEAR.search(fact.value)):
            return [Fact("year", match.group(), fact.start, fact.end)]
    for block in front_page(document):
        words = document.text[block.start : block.end]
        if len(words) <= 80 and not facts_in(words) and (match := DATE_LINE.fullmatch(words)):
            return [Fact("year", match["alone"] or match["first"] or match["last"], block.start, block.end)]
    for fact in stated:
        if fact.name == "source" and (match := URL_YEAR.search(fact.value)):
            return [Fact("year", match["year"], fact.start, fact.end)]
    return []


def _year_of(stated: list[Fact]) -> int | None:
    year = _first(stated, "year")
    return int(year) if year and year.isdigit() else None


def languages_of(document: Document) -> tuple[str, tuple[str, ...]]:
    """(language of most of the text, languages of at least one part in twenty of it)."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        if block.end - block.start >= 60 and block.role != "contents":
            counts[detect(document.text[block.start : block.end])] += block.end - block.start
    if not counts:
        counts[detect(document.text)] = 1
    total = counts.total()
    return counts.most_common(1)[0][0], tuple(language for language, size in counts.most_common() if size >= total / 20)


def _first(stated: list[Fact], name: str) -> str | None:
    return next((fact.value for fact in stated if fact.name == name), None)


def _name_of(document: Document) -> str:
    """The file's name in place of a title that is not stated."""
    return re.sub(r"[_\s]+", " ", document.path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0])
