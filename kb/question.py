"""What a question asks for: its language, content words, kind, criteria, report, and whether it wants a list or a number.

No model is needed. What is certain becomes a filter, what is likely a preference.
"""

import re

from kb.followup import complete
from kb.glossary import COUNTRY, Glossary
from kb.language import detect, fold, stem, stems, words
from kb.naming import name_of_evaluation, named_reports, proper_words
from kb.organizations import other_acronyms
from kb.records import Filters, Question, Report, Term
from kb.taxonomy import CRITERIA, KINDS
from kb.wording import is_empty, kinds_of_saying, numbers_of_items, only_asks

LISTED_KINDS = ("recommendation", "finding", "conclusion", "lesson", "good_practice", "management_response")
READ = ("es", "en", "fr", "pt")
MAX_CHARACTERS = 1000  # of a question that are read; what is longer is a paste, and its beginning says enough

_PHRASE = re.compile(r'"([^"]+)"|“([^”]+)”|«\s*([^»]+?)\s*»')
_EXCLUDED = re.compile(r"(?<!\S)-(\w{2,})")
_NUMBERED_NAME = re.compile(r"\b(?:([^\W\d_]{2,})-?|([A-ZÀ-Þ]{2,}) )(\d{1,4})\b")
_PREFIX = re.compile(r"(?<!\S)(\w{2,})\*")
_LIST = re.compile(
    r"\b(cuales son|cuantas|cuantos|enumer\w+|lista|liste|listar|todas las|todos los|what are|which are|list|all|how many|every"
    r"|quelles sont|quels sont|combien|toutes les|tous les|donne[rz]? les)\b"
)
_NUMBER = re.compile(
    r"\b(cuant[oa]s?|que (?:porcentaje|proporcion|parte|cantidad|numero|monto|suma)|cuando|en que (?:ano|fecha)s?|how (?:many|much|long)"
    r"|what (?:percentage|share|proportion|number|amount)|when (?:did|was|were|will|does)|combien|quel(?:le)? (?:pourcentage|proportion|part"
    r"|nombre|montant|somme)|quand)\b"
)
_COUNT = re.compile(r"\b(?:cuant[oa]s|how many|combien d(?:e|es)?|(?:que|quel) (?:numero|nombre)|what number)\b")
_EVALUATED_BY = re.compile(
    r"\b(?:quien(?:es)?(?: es| son)?|por quien(?: fue)?|who|by whom (?:was|were)|qui|par qui)\b"
    r"(?: (?:hizo|hicieron|realizo|realizaron|llevo a cabo|llevaron a cabo|condujo|condujeron|elaboro|lidero|dirigio|did|made|carried out|conducted"
    r"|performed|ran|undertook|wrote|led|headed|a|ont|fait|mene|realise|conduit|effectue|dirige))*"
    r"(?: (?:l|la|el|los|las|las dos|this|the|both|these|cette|le|les|ete|esta))*(?: [\w-]+)?[ '’-]evalu"
)
_EVALUATED_HOW = re.compile(
    r"\b(?:como|de que (?:manera|forma|modo)|how|comment)\b(?=.*\bevalua(?:cion|tion)\b)"
    r".*\b(?:hizo|hecho|realizo|llevo a cabo|condujo|desarrollo|elaboro|conducted|carried out|done|made|undertaken|performed|implemented"
    r"|menee?|realisee?|conduite?|faite?|effectuee?)\b"
)
_REASON = re.compile(r"\b(?:por que|a que se debe|why|pourquoi)\b")


def understand(text: str, reports: list[Report], glossary: Glossary, history: tuple[str, ...] = ()) -> Question:
    """What `text` asks of a library that holds `reports`; `history` are the questions before it, oldest first."""
    asked = " ".join(_clean(text).split())[:MAX_CHARACTERS]
    language = _language(asked, glossary)
    completed = complete(asked, language, history, glossary, [report.codes for report in reports])
    query, phrases, prefixes, excluded = _operators(completed)
    asking = only_asks(query)
    found = [match for match in glossary.find(words(query), language) if match[0] not in asking]
    numbers = numbers_of_items(query, [(start, end) for start, end, names in found if names & set(LISTED_KINDS)])
    concepts = frozenset(name for _, _, names in found for name in names)
    evaluated_by = _EVALUATED_BY.search(fold(query))
    if evaluated_by:
        concepts |= {"evaluator"}
    kinds = _kinds(concepts, query)
    criteria = tuple(criterion for criterion in CRITERIA if criterion in concepts and criterion != "design")
    named, said = named_reports(query, reports)
    if kinds:
        said |= _said_too(query, found, said, [report for report in reports if report.id in named], glossary)
    if evaluated_by:
        said |= set(words(evaluated_by.group()))
    terms = _terms(query, found, language, glossary, said, asking | numbers.keys(), bool(kinds))
    wants_list = any(kind in LISTED_KINDS for kind in kinds) and _asks_for_list(query, language, glossary)
    return Question(
        asked=asked,
        text=completed,
        language=language,
        terms=terms,
        phrases=phrases,
        prefixes=prefixes,
        excluded=excluded,
        concepts=concepts,
        filters=Filters(reports=named),
        preferences=Filters(kinds=kinds, criteria=criteria),
        numbers=tuple(dict.fromkeys(numbers.values())),
        wants_list=wants_list,
        wants_number=not wants_list and bool(_NUMBER.search(fold(query))),
        wants_count=bool(_COUNT.search(fold(query))),
        counted=_counted(query, terms),
        wants_reason=bool(_REASON.search(fold(query))),
    )


def _kinds(concepts: frozenset[str], query: str) -> tuple[str, ...]:
    """The kinds asked for by name or else by the verb; of what management answered to a recommendation, the answer, and of how the
    evaluation was done, the methodology."""
    said = kinds_of_saying(query)
    if "management_response" in (*concepts, *said):
        return ("management_response",)
    if _EVALUATED_HOW.search(fold(query)):
        return ("methodology",)
    return tuple(kind for kind in KINDS if kind in concepts and "addressee" not in concepts) or said


def _language(asked: str, glossary: Glossary) -> str:
    """The question's language; of one or two words, the only one whose glossary has them."""
    if len(words(asked)) <= 2:
        known = {language for language in glossary.languages if glossary.knows(words(asked), language)}
        if len(known) == 1:
            return known.pop()
    return detect(asked, default="en")


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
    query: str,
    found: list[tuple[int, int, frozenset[str]]],
    language: str,
    glossary: Glossary,
    said: set[str],
    asking: frozenset[int],
    of_a_kind: bool,
) -> tuple[Term, ...]:
    """The content words of `query`: without stop words, what only asks (at the places `asking`), the kind asked for and the report it names."""
    proper, written = proper_words(query), _written_otherwise(query)
    at = {position: concepts for start, end, concepts in found for position in range(start, end)}
    terms: dict[str, Term] = {}
    for position, word in enumerate(words(query)):
        concepts = at.get(position, frozenset())
        if position in asking or is_empty(word, language, of_a_kind) or concepts & set(KINDS) or word in said:
            continue
        is_name = any(name.startswith(COUNTRY) for name in concepts) if concepts else word in proper
        synonyms = frozenset(sequence for name in concepts for sequence in glossary.terms[name]) | written.get(word, frozenset())
        terms.setdefault(word, Term(word, own_stems(word), concepts, synonyms, is_name))
    return tuple(terms.values())


def _said_too(query: str, found: list[tuple[int, int, frozenset[str]]], said: set[str], named: list[Report], glossary: Glossary) -> set[str]:
    """The words that go on naming the reports `named` where something of a kind is asked of them: the rest of "trata de personas", and
    where the evaluation is called by them, words of the title in any language: "the human trafficking evaluation"."""
    asked, called = words(query), name_of_evaluation(query)
    titled = {name for report in named for _, _, names in glossary.find(words(report.title), report.language) for name in names}
    title = frozenset(one for report in named for one in stems(report.title, report.language))
    concepts = [set(asked[start:end]) for start, end, names in found if titled & names]
    return {word for word in called if own_stems(word) & title}.union(*(own for own in concepts if own & (said | called)))


def _counted(query: str, terms: tuple[Term, ...]) -> Term | None:
    """The one of `terms` that stands right after "how many"."""
    asked = _COUNT.search(fold(query))
    after = words(fold(query)[asked.end() :])[:1] if asked else []
    return next((term for term in terms if after == [term.word]), None)


def _written_otherwise(query: str) -> dict[str, frozenset[tuple[str, ...]]]:
    """Words of names -> the name as others write it: COVID-19, COVID 19, COVID19; OIM, IOM."""
    written = {word: frozenset((other,) for other in others) for word in words(query) if (others := other_acronyms(word))}
    for match in _NUMBERED_NAME.finditer(query):
        letters, number = fold(match[1] or match[2]), match[3]
        written |= {word: frozenset({(letters, number), (letters + number,)}) for word in (letters, number, letters + number)}
    return written


def own_stems(word: str) -> frozenset[str]:
    """The stem of a folded word in each language read: which of them a passage is in is not known yet."""
    return frozenset(stem(word, language) for language in READ)


def _asks_for_list(query: str, language: str, glossary: Glossary) -> bool:
    """Whether all the items of a kind are wanted: "what are the recommendations", the kind's name in the plural, what is recommended."""
    if _LIST.search(fold(query)) or kinds_of_saying(query) == ("recommendation",):
        return True
    listed = [position for start, end, names in glossary.find(words(query), language) if names & set(LISTED_KINDS) for position in range(start, end)]
    return any(words(query)[position].endswith("s") for position in listed)
