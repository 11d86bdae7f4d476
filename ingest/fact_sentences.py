"""Facts that a report states in a sentence: budget, donor and period of each project.

Only sentences that say outright what the whole project had ("with a budget of USD 1 million, funded
by ..."), and only early in the report: a sum further on is the price of something else.
"""

import re

from ingest.headings import contents_places
from ingest.labels import fold_in_place
from kb.language import sentences
from kb.records import Document, Fact

EARLY = 25_000  # characters
SHARE = 0.35  # of the report
_CURRENCY = r"us\s?\\?\$|usd|eur|euros?|€|\\?\$|£|gbp|cad|chf|cop|mxn|s/\.?|xof|fcfa"
_SUM = r"\d[\d.,\u00a0 ]*\d?"
MONEY = (
    rf"(?:(?:{_CURRENCY})\s?{_SUM}|{_SUM}\s?(?:\$|€|usd|eur|euros?|dollars?|dolares))"
    r"(?:\s?(?:million(?:s|es)?|millon(?:es)?|mil|thousand|mille|milliards?|m\b))?"
    r"(?:\s?(?:de\s)?(?:usd|eur|dollars?|dolares|euros|us\$|etats-unis|estadounidenses|americains))*"
)
BUDGET = re.compile(
    r"(?:(?:con|with|avec|d.un|tuvo|dispuso de|has|had|of)\s+(?:un|a|an|una)?\s*"
    r"(?:presupuesto|budget|inversion|financiamiento|financement|funding|montant)"
    r"|(?:presupuesto|budget|monto|montant|cout|costo|valor|value|cost)\s+(?:total|global|general|aprobado|approved|approuve|overall)?\s*"
    r"(?:del proyecto|of the project|du projet)?\s*"
    r"(?:es|fue|era|asciende|ascendio|was|is|amounts?|amounted|est|etait|s.eleve|s.elevait|totalled|totals))"
    rf"[^.;]{{0,60}}?(?P<value>{MONEY})"
)
DONOR = re.compile(
    r"(?:otorgad[oa]s? por|financiad[oa]s? por|financee?s? par|funded by|financed by|aportad[oa]s? por|donad[oa]s? por|"
    r"con fondos de|with funding from|con financiamiento de|avec le (?:soutien financier|financement) d[eu]|por parte de|"
    r"provided by|with financial support from)\s+(?P<value>[^,;.]{2,90}(?:\.(?=[A-Z ]{1,3}[A-Z]\b)[^,;.]{0,20})?)"
)
DATE = r"(?:\d{1,2}(?:er)?[/ .\-](?:de )?)?(?:\d{1,2}[/.\-]|(?:[a-z]{3,10})\s+(?:de |del )?)?(?:19|20)\d\d"
PERIOD = re.compile(
    r"(?:implement|execut|ejecut|mis en .uvre|mise en .uvre|realis|carried out|ran from|desarroll|se deroul|periode|period|duracion|duree)"
    rf"[^.;]{{0,90}}?(?P<value>(?:d.|de |del? |du |from |between |entre )?(?:el )?{DATE}"
    rf"\s?(?:-|–|a|al|hasta|to|until|and|y|et|au|jusqu.(?:a|en))\s?(?:el )?(?:fines? de )?{DATE})"
)
LEFTOVER = re.compile(
    r"\s+(?:y|e|and|et)\s+(?:su|its|cuyo|whose|son|el|the|l[ea])\b.*$|\s+(?:para|to|for|pour|en el marco|under|dans le cadre|with|con|avec)\b.*$",
    re.DOTALL,
)


def sentence_facts(document: Document, codes: tuple[str, ...], stated: list[Fact]) -> list[Fact]:
    """Budgets, donors and periods stated in sentences, where `stated` does not have them for that project yet."""
    found: list[Fact] = []
    limit = max(6_000, min(EARLY, int(SHARE * len(document.text))))
    contents = contents_places(document)
    for place, block in enumerate(document.blocks):
        if block.start > limit:
            break
        if block.role in ("paragraph", "item") and place not in contents:
            words = document.text[block.start : block.end]
            for start, end in sentences(words):
                found += _facts_of(document.text, block.start + start, block.start + end, codes, [*stated, *found])
    return found


def _facts_of(text: str, start: int, end: int, codes: tuple[str, ...], stated: list[Fact]) -> list[Fact]:
    sentence = text[start:end]
    folded = fold_in_place(sentence)
    project = next((code for code in codes if code in sentence), None)
    facts = []
    money = BUDGET.search(folded)
    for name, match in (("budget", money), ("donor", DONOR.search(folded) if money else None), ("period", PERIOD.search(folded))):
        of_evaluation = name == "period" and match and re.search(r"evalua[ct]i", folded[: match.start("value")])
        if match and not of_evaluation and not _known(stated, name, project, codes):
            value = _value(sentence[match.start("value") : match.end("value")], name)
            facts.append(Fact(name, value, start, end, project))
    return facts


def _known(stated: list[Fact], name: str, project: str | None, codes: tuple[str, ...]) -> bool:
    """Whether the fact is stated already: for this project, or for a report that has but one."""
    return any(fact.name == name and (fact.project in (None, project) or len(codes) < 2) for fact in stated)


def _value(words: str, name: str) -> str:
    plain = " ".join(words.replace("\\$", "$").split()).strip(" ,;.")
    return LEFTOVER.sub("", plain) if name == "donor" else plain
