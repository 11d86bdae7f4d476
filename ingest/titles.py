"""What kind of file an evaluation's file is, and what it is called."""

import re

from ingest.headings import is_contents_heading
from ingest.labels import facts_in
from kb.language import fold
from kb.records import Block, Document, Fact
from kb.taxonomy import kind_of_heading

_RESPONSE = (
    r"management response|respuesta (?:de|a) la (?:direccion|administracion|gerencia)|respuesta de gestion|"
    r"reponse de (?:la direction|l.administration)"
)
ROLES: tuple[tuple[str, str], ...] = (  # the first whose words are found
    ("management_response", _RESPONSE),
    (
        "terms_of_reference",
        r"terms of reference|terminos de referencia|termes de reference|appel a candidatures?|"
        r"call for (?:applications|proposals|consultan)|cahier des charges|convocatoria (?:para|publica|a)",
    ),
    ("annex", r"annex(?:e|es)?\b|anexos?\b|appendi(?:x|ces)|case stud(?:y|ies)|estudios? de caso|etudes? de cas"),
    (
        "brief",
        r"evaluation brief|(?:^|\n)\W*brief\b|resumen de (?:la )?evaluacion|resume (?:de l.|d.)evaluation|note de synthese|"
        r"evaluation summary|at a glance|evaluation snapshot|nota (?:de|informativa)",
    ),
)
FILE_WORDS: tuple[tuple[str, str], ...] = (
    ("management_response", _RESPONSE),
    ("terms_of_reference", r"\b(?:tor|tdr)s?\b|terms.of.reference|terminos|termes"),
    ("annex", r"\bannexe?s?\d*\b|\banexos?\d*\b|\bappendi"),
    ("brief", r"\bbrief\b|resumen|resume\b|summary"),
)
LONGEST_BRIEF = 30_000  # characters
# What a title page says besides the title: what sort of document it is, and when it was made.
_GENERIC = frozenset(
    """evaluation evaluacion report reports informe rapport brief resumen resume final finale independent independiente independante external
    externa externe mid term medio termino midterm mi parcours intermedia intermediaire ex post thematic tematica thematique cluster
    clustered agrupada groupee joint conjunta conjointe strategic estrategica strategique impact impacto summary note volume vol i ii
    iii draft borrador version and y et e of de del des du la le el les los the l d a en project proyecto projet programme programa
    program internal interna interne central centralizada centralisee centralized decentralized country page annex anexo annexe terms
    reference terminos referencia termes appel candidatures candidature call for applications action plan matrix executive ejecutivo
    executif study estudio etude main principal""".split()
)
_MONTHS = frozenset(
    """january february march april may june july august september october november december enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre""".split()
)
QUALIFIERS = frozenset(
    """final finale independent independiente independante external externa externe internal interna interne mid midterm medio intermedia
    intermediaire mi ex thematic tematica thematique cluster clustered agrupada groupee joint conjunta conjointe strategic estrategica
    strategique impact impacto meta term termino parcours post centralized centralizada centralisee decentralized formative summative
    formativa sumativa""".split()
)
_JOINING = frozenset("and y e et of de del du the project programme programa proyecto projet".split())
SUBTITLE = re.compile(r"(?:case stud|estudio de caso|etude de cas|annex|anexo|volume|volumen)", re.IGNORECASE)


def role_of(document: Document) -> str:
    """report, brief, annex, management_response or terms_of_reference, by its first lines, else by its file's name."""
    page = fold(" \n ".join(_words(document, block) for block in _title_page(document) if len(_words(document, block)) <= 300))
    short = len(document.text) <= LONGEST_BRIEF
    for role, pattern in ROLES:
        if re.search(pattern, page) and (role != "brief" or short):
            return role
    name = re.sub(r"[_\-.]+", " ", fold(document.path.replace("\\", "/").rsplit("/", 1)[-1]))
    return next((role for role, pattern in FILE_WORDS if re.search(pattern, name) and (role != "brief" or short)), "report")


def title_of(document: Document) -> Fact | None:
    """The title as a fact: the most prominent lines of the title page that say more than what sort of document it is."""
    lines = _title_page(document)
    telling = [block for block in lines if not is_generic(_words(document, block))]
    if not telling:
        return None
    largest = max(block.size or 0.0 for block in telling)
    first = next(place for place, block in enumerate(telling) if (block.size or 0.0) >= largest - 0.3)
    last = first
    while last + 1 < len(telling) and _runs_on(document, telling[last], telling[last + 1]):
        last += 1
    start, end = telling[first].start, telling[last].end
    value = " ".join(document.text[start:end].replace("**", "").split()).strip(" .*#")
    return Fact("title", value, start, end)


def evaluation_kind_of(document: Document) -> Fact | None:
    """The kind of evaluation where a line of the title page is nothing else: "Final Independent Project Evaluation"."""
    for block in _title_page(document):
        words = _words(document, block)
        found = set(re.findall(r"[^\W\d_]+", fold(words)))
        if is_generic(words) and found & QUALIFIERS and found & {"evaluation", "evaluacion"} and not found & {"brief", "summary"}:
            return Fact("evaluation_kind", " ".join(words.replace("**", "").split()).strip(" .*#"), block.start, block.end)
    return _kind_in_title(title_of(document))


def _kind_in_title(title: Fact | None) -> Fact | None:
    """The kind of evaluation with which a title begins: "Évaluation finale" of "Évaluation finale du projet « ... »"."""
    if title is None:
        return None
    words = re.findall(r"\S+", title.value)
    plain = [set(re.findall(r"\w+", fold(word))) for word in words]
    length = next((place for place, parts in enumerate(plain) if not parts <= QUALIFIERS | _JOINING | {"evaluation", "evaluacion"}), len(plain))
    while length and plain[length - 1] <= _JOINING:
        length -= 1
    found = set().union(*plain[:length])
    if not found & QUALIFIERS or not found & {"evaluation", "evaluacion"}:
        return None
    return Fact("evaluation_kind", " ".join(words[:length]).strip(" ,:–-"), title.start, title.end)


def is_generic(words: str) -> bool:
    """Whether a line names only the sort of document, its date or its number: "Informe final de evaluación", "Julio de 2025"."""
    plain = fold(words)
    for _, pattern in ROLES:
        plain = re.sub(pattern, " ", plain)
    found = re.findall(r"[^\W\d_]+", plain)
    return not found or all(word in _GENERIC or word in _MONTHS or len(word) <= 1 for word in found)


def front_page(document: Document) -> list[Block]:
    """The paragraphs and headings before the first chapter, where a report may say when it was made."""
    found: list[Block] = []
    for block in document.blocks[:25]:
        words = _words(document, block)
        if found and len(words) < 60 and kind_of_heading(words) and not names_role(words):
            break
        if block.role in ("heading", "paragraph"):
            found.append(block)
    return found


def names_role(words: str) -> bool:
    """Whether a line says what sort of file this is: "Evaluation brief", "Terms of reference"."""
    return any(re.search(pattern, fold(words)) for _, pattern in ROLES)


def _title_page(document: Document) -> list[Block]:
    """The short blocks at the head of the document, up to the first labelled fact, chapter or long paragraph."""
    page = document.pages[0].page if document.pages else None
    found: list[Block] = []
    for block in document.blocks[:20]:
        words = _words(document, block)
        if page is not None and any(run.page != page and run.start <= block.start for run in document.pages):
            break
        if found and (facts_in(words) or is_contents_heading(words) or (not names_role(words) and kind_of_heading(words) and len(words) < 60)):
            break
        if block.role in ("heading", "paragraph") and len(words) <= 400:
            found.append(block)
        elif found:
            break
    return found


def _runs_on(document: Document, above: Block, block: Block) -> bool:
    """Whether `block` goes on with the title that `above` began, or is its subtitle."""
    if SUBTITLE.match(_words(document, block)):
        return True
    like = above.size == block.size and above.bold == block.bold and above.role == block.role
    return like and above.role == "heading" and _between(document, above, block)


def _between(document: Document, above: Block, block: Block) -> bool:
    return not document.text[above.end : block.start].strip()


def _words(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]
