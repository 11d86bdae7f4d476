"""What a question asks for: its language, content words, kind, criteria, report, and whether it wants a list.

No model is needed. What is certain becomes a filter, what is likely a preference.
"""

import re
from dataclasses import replace
from math import log

from kb.glossary import Glossary
from kb.language import STOP_WORDS, WORD, detect, fold, stem, words
from kb.records import Filters, Question, Report, Term
from kb.taxonomy import CRITERIA, KINDS

LISTED_KINDS = ("recommendation", "finding", "conclusion", "lesson", "good_practice", "management_response")
READ = ("es", "en", "fr", "pt")
MAX_CHARACTERS = 1000  # of a question that are read; what is longer is a paste, and its beginning says enough

_PHRASE = re.compile(r'"([^"]+)"|“([^”]+)”|«\s*([^»]+?)\s*»')
_EXCLUDED = re.compile(r"(?<!\S)-(\w{2,})")
_PREFIX = re.compile(r"(?<!\S)(\w{2,})\*")
_LIST = re.compile(
    r"\b(cuales son|cuantas|cuantos|enumer\w+|lista|liste|listar|todas las|todos los|what are|which are|list|all|how many|every"
    r"|quelles sont|quels sont|combien|enumer\w+|toutes les|tous les|donne[rz]? les)\b"
)
_ABOUT = r"(?:what about|how about|qu[eé] (?:hay|pasa|hubo) (?:de|con)|qu[eé] tal|qu['’]en est-il de)\b"
_FOLLOW_UP = re.compile(rf"^\W*(?:(?:y|e|o|and|or|et|ou)\b\W*(?:{_ABOUT})?|{_ABOUT})", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:\w{1,4} )?(?:quien\w*|que|cual\w*|cuan\w+|como|donde|who|whom|what|which|how|when|where|why"
    r"|qui|quel\w*|combien|comment|quand|pourquoi)\b"
)
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w/-]{3,}\b")
# Words of asking and of every report: they carry no subject and are not expected in the passage.
_GENERIC = frozenset(
    words(
        """principal principales main key principaux principales project projects proyecto proyectos projet projets informe
        report rapport evaluacion evaluation programme programa program texto document documento say says dice state mention
        mentioned menciona mentionne list lista liste summarize summarise resume resumeme
        enumera enumerate todas todos all toutes tous
        two both dos ambos ambas deux found find hicieron hizo
        made make fait faites give dame muestra muestrame show montre existen exist hay cual cuales many cuantas cuantos combien
        about regarding sobre respecto acerca concernant propos according segun selon please favor plait tell intervention
        intervenciones interventions intervencion team equipo equipe conclude concluded concluye identified identifico happened
        paso long called llama llamaba nombre name nom uso usa usaron usado utilizo utilizaron use used uses using utilise utilisee
        concern concerns concerning relate related relating refer refers refieren refiere tratan trata portent porte concernent
        concerne cover covered aplico aplicaron applied applique hubo give given gave dio dieron dado tire tires tirer drawn
        draw saco extrajo extraen formulo formularon formulated formulees adresse adressees addressed dirigen dirigidas"""
    )
)


def understand(text: str, reports: list[Report], glossary: Glossary, history: tuple[str, ...] = ()) -> Question:
    """What `text` asks of a library that holds `reports`; `history` are the questions before it, oldest first."""
    asked = " ".join(_clean(text).split())[:MAX_CHARACTERS]
    language = detect(asked, default="en")
    completed = _complete(asked, language, history, glossary)
    query, phrases, prefixes, excluded = _operators(completed)
    found = glossary.find(words(query), language)
    concepts = frozenset(name for _, _, names in found for name in names)
    filters, preferences, said = _narrow(query, concepts, reports)
    kinds = tuple(kind for kind in KINDS if kind in preferences.kinds)
    return Question(
        asked=asked,
        text=completed,
        language=language,
        terms=_terms(query, found, language, glossary, set(kinds), said),
        phrases=phrases,
        prefixes=prefixes,
        excluded=excluded,
        concepts=concepts,
        filters=filters,
        preferences=preferences,
        wants_list=any(kind in LISTED_KINDS for kind in kinds) and _asks_for_list(query, language, glossary),
    )


def _clean(text: str) -> str:
    """`text` without what no report holds and neither index can be asked for: NUL and halves of characters."""
    return text.replace("\0", " ").encode(errors="replace").decode()


def _operators(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(the words left, "exact phrases", prefixes*, -excluded words); all but the first folded."""
    quoted = (fold(next(filter(None, match.groups()))) for match in _PHRASE.finditer(text))
    phrases = tuple(phrase for phrase in quoted if words(phrase))
    rest = _PHRASE.sub(lambda match: " " + next(filter(None, match.groups())) + " ", text)
    excluded = tuple(fold(word) for word in _EXCLUDED.findall(rest))
    rest = _EXCLUDED.sub(" ", rest)
    return _PREFIX.sub(" ", rest), phrases, tuple(fold(word) for word in _PREFIX.findall(rest)), excluded


def _terms(
    query: str, found: list[tuple[int, int, frozenset[str]]], language: str, glossary: Glossary, kinds: set[str], said: set[str]
) -> tuple[Term, ...]:
    """The content words of `query`: without stop words, words of asking, the kind it asks for and the report it names."""
    text_words, names = words(query), _names(query)
    at = {position: concepts for start, end, concepts in found for position in range(start, end)}
    terms: dict[str, Term] = {}
    for position, word in enumerate(text_words):
        concepts = at.get(position, frozenset())
        if word in STOP_WORDS.get(language, ()) or word in _GENERIC or concepts & kinds or word in said:
            continue
        synonyms = frozenset(sequence for name in concepts for sequence in glossary.terms[name])
        own = frozenset(stem(word, read) for read in READ)
        terms.setdefault(word, Term(word, own, concepts, synonyms, is_name=word in names and not concepts))
    return tuple(terms.values())


def _names(query: str) -> set[str]:
    """The folded words of `query` written as names: codes, numbers, acronyms, capitals not at the beginning of a sentence."""
    names = set()
    for match in re.finditer(r"[\w/-]+(?:[.,]\d+)*", query):
        word = match.group()
        opens = not query[: match.start()].rstrip(" ¿¡\"“«(").strip() or query[: match.start()].rstrip(" ¿¡\"“«(").endswith((".", "?", "!", ":"))
        if any(c.isdigit() for c in word) or (len(word) > 1 and word.isupper()) or (word[0].isupper() and not opens):
            names.update(words(word))
    return names


def _narrow(query: str, concepts: frozenset[str], reports: list[Report]) -> tuple[Filters, Filters, set[str]]:
    """(what is certain, what is likely, the words that named a report)."""
    kinds = tuple(kind for kind in KINDS if kind in concepts)
    criteria = tuple(criterion for criterion in CRITERIA if criterion in concepts and criterion != "design")
    named, said = named_reports(query, reports)
    return Filters(reports=named), Filters(kinds=kinds, criteria=criteria), said


def named_reports(query: str, reports: list[Report]) -> tuple[tuple[int, ...], set[str]]:
    """The reports that `query` names by code or by the proper words of their titles, and the words that did.

    Empty where it names none, or where all that it names are all there are.
    """
    asked = set(words(query))
    codes = {fold(code): code for report in reports for code in report.codes}
    asked_codes = asked | {fold(code) for code in _CODE.findall(query)}
    with_code = tuple(report.id for report in reports if asked_codes & {fold(code) for code in report.codes})
    if with_code:
        return (with_code if len(with_code) < len(reports) else ()), set()
    proper = _names(query)
    scores = {report.id: _title_match(report, reports, asked, proper) for report in reports}
    best = max((score for score, _ in scores.values()), default=0.0)
    if best <= 0 or codes.keys() & asked:
        return (), set()
    chosen = tuple(number for number, (score, _) in scores.items() if score == best)
    if len(chosen) > max(1, len(reports) // 2):
        return (), set()
    return chosen, set().union(*(scores[number][1] for number in chosen))


def _title_match(report: Report, reports: list[Report], asked: set[str], proper: set[str]) -> tuple[float, set[str]]:
    """How much of `asked` names this report: rare words of its title and file name, written as names in the question."""
    own = _own_words(report) & asked & proper
    spread = {word: sum(word in _own_words(other) for other in reports) for word in own}
    return sum(log(1 + len(reports) / count) for count in spread.values()), own


def _own_words(report: Report) -> set[str]:
    stop = frozenset().union(*STOP_WORDS.values())
    file_name = report.path.rsplit("/", 1)[-1].replace("_", " ")
    return {word for word in words(f"{report.title} {file_name} {' '.join(report.countries)}") if len(word) > 2 and word not in stop | _GENERIC}


def _asks_for_list(query: str, language: str, glossary: Glossary) -> bool:
    """Whether all the items of a kind are wanted: "what are the recommendations", or the kind's name in the plural."""
    folded = fold(query)
    if _LIST.search(folded):
        return True
    listed = [position for start, end, names in glossary.find(words(query), language) if names & set(LISTED_KINDS) for position in range(start, end)]
    return any(words(query)[position].endswith("s") for position in listed)


def _complete(asked: str, language: str, history: tuple[str, ...], glossary: Glossary) -> str:
    """A follow-up ("¿y para MEXW64?", "and the lessons?") completed with the subject of the question before it."""
    follow_up = _FOLLOW_UP.search(asked)
    if not history or not follow_up:
        return asked
    rest = asked[follow_up.end() :].strip(" ?¿!.")
    if _ASKS.match(fold(rest)):  # "And who paid for it?" is whole
        return asked
    before = _complete(history[-1], language, history[:-1], glossary)
    codes, old_codes = _CODE.findall(rest), _CODE.findall(before)
    if codes and old_codes:
        return before.replace(old_codes[0], codes[0])
    swapped = _swap(rest, before, KINDS, language, glossary) or _swap(rest, before, CRITERIA, language, glossary)
    return swapped or f"{before.rstrip(' ?.')} {rest}?"


def _swap(rest: str, before: str, names: tuple[str, ...], language: str, glossary: Glossary) -> str | None:
    """`before` with what it says of a kind (or of a criterion, as `names` go) replaced by what `rest` says of one."""
    new, old = _said(rest, names, language, glossary), _said(before, names, language, glossary)
    return before[: old[0]] + rest[new[0] :] + before[old[1] :] if new and old else None


def _said(text: str, names: tuple[str, ...], language: str, glossary: Glossary) -> tuple[int, int] | None:
    """Where `text` first names one of the concepts `names`: (start, end)."""
    at = list(WORD.finditer(text))
    spans = [(at[start].start(), at[end - 1].end()) for start, end, found in glossary.find(words(text), language) if found & set(names)]
    return spans[0] if spans else None


def without(question: Question, **fields: tuple) -> Question:
    """`question` with some of its filters and preferences emptied, as when a reader removes a chip."""
    return replace(question, filters=replace(question.filters, **fields), preferences=replace(question.preferences, **fields))
