"""How a question is put: which of its words only ask, be polite, or say who says, and what the verb of saying asks for.

"Me puedes dar las recomendaciones", "I need the recommendations for a memo" and "que recommandent les évaluateurs" all ask for
the recommendations and have no other subject.
"""

import re
from functools import cache

from kb.language import STOP_WORDS, WORD, stem, words

# Words of asking and of every report: they carry no subject and are not expected in the passage.
_GENERIC = """
    principal main key principaux project proyecto projet informe report rapport evaluacion evaluation programme programa program
    brief total totale overall
    texto text texte documento document say dice decir state mention menciona mencionar mentionne list lista liste summarize resumir
    resumer enumera enumerer todas all toutes two both dos ambos deux found find hicieron hizo made make fait give dame dar donner
    muestra muestrame mostrar show montre existen exist hay cual many much cuantas cuantos combien about regarding sobre respecto acerca
    concernant propos according segun selon please favor plait tell intervention intervencion team equipo equipe conclude concluir identify
    identificar identifie happened become became sucedio ocurrio devenu paso pasar long called llama nombre name nom uso usar
    usaron usado use utilizo utilizar utilizaron utiliser
    used concern concernir
    concernent relate refer referir portent porte cover covered aplicar apply appliquer hubo gave dio tirer draw drew extraer
    formular formulate formuler address adresse describe describir decrire relever releve relevee relevees
    senalar van into account taken take tomar tomaron cuenta compte tenu prendre pris
    point pointed note noted highlight
    destacar souligner puede pueden puedo podemos podria podrian podriamos peut peuvent pourrait pourraient pourrions devrait devraient
    deberia deberian faut tal percentage porcentaje pourcentage proportion proporcion share number numero amount cantidad quantity
"""
# Where a kind is asked for, what is done with it says nothing either: lessons are drawn, recommendations issued.
_ORDINALS = (
    "primera primero primer first premiere premier", "segunda segundo second deuxieme seconde", "tercera tercero tercer third troisieme",
    "cuarta cuarto fourth quatrieme", "quinta quinto fifth cinquieme", "sexta sexto sixth sixieme", "septima septimo seventh septieme",
    "octava octavo eighth huitieme", "novena noveno ninth neuvieme", "decima decimo tenth dixieme",
)  # fmt: skip
_ORDINAL = {word: str(number) for number, forms in enumerate(_ORDINALS, start=1) for word in forms.split()}
_NUMBER_SIGN = frozenset("n no nos num numero numeros number numbers".split())
_AND = frozenset("y e o u and or et ou".split())
_ITEM_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_OF_A_KIND = frozenset(
    """dejar deja dejan dejo dejaron obtener obtuvo obtuvieron obtenidas extraer extrajo extrajeron extraidas surgir surgen surgieron emitir emitio
    emitieron emitidas proponer propone proponen propuso propusieron presentar presento presentaron plantear planteo plantearon ofrecer ofrece
    realizar realizo realizaron aplicar aplico aplicaron aplicada emplear empleo emplearon empleada seguir siguio utilizada importantes
    draw drawn issue issued offer offered provide provided propose proposed put forward emerge emerged arise arose obtain obtained present presented
    apply applied employ employed adopt adopted follow followed derive derived important next
    tire tires tiree tirees formule formules formulee formulees emis emise emises emettre identifie identifies identifiee identifiees
    utilise utilisee utilisees degage degages degagee degagees propose proposes proposee proposees presente presentes presentee presentees
    retenu retenue retenus retenues obtenu obtenue obtenus obtenues applique appliquee employe employee suivi suivie adopte adoptee
    ressortent ressortir importants importantes retenir retient retenons repliquer reproduire partager capitaliser
    full complete completo completa completos completas complet complets
    hecho llevo cabo condujo desarrollo elaboro conducted carried done undertaken performed implemented
    mene menee realise realisee conduit conduite fait faite effectue effectuee
    sacar sacan saca rescatar rescatan replicar replicarse compartir recoger recoge recogen vale pena
    take away replicate replicated replicating worth share shared """.split()
)

_WANT = (
    r"(?:(?:yo|nosotros) )?(?:quiero|quisiera|necesito|busco|deseo|queremos|quisieramos|necesitamos|buscamos|estoy buscando|(?:me|nos) gustaria)"
    r"(?: (?:ver|saber|conocer|encontrar|leer|tener|obtener|consultar|citar))?",
    r"(?:me |nos )?(?:puede[ns]?|podria[ns]?) (?:usted(?:es)? )?(?:por favor )?"
    r"(?:dar|decir|mostrar|listar|enumerar|indicar|explicar|ensenar|resumir|buscar|citar)(?:me|nos)?",
    r"^(?:por favor )?(?:muestra|ensena|busca|da|di|lista|enumera|resume|indica|cita)(?:me|nos)\b",
    r"para (?:un|el|mi|nuestro) (?:memo|memorando|memorandum)\b",
    r"(?:i|we) (?:(?:need|want|wish|would like|d like)(?: to (?:see|know|find|read|have|get|quote|cite))?|(?:am|are) looking for)",
    r"(?:can|could|would|will) you (?:please )?(?:list|show|give|tell|find|get|quote|summari[sz]e|explain)(?: (?:me|us))?",
    r"^(?:please )?(?:show|give|tell|find|get|list|quote) (?:me|us)\b",
    r"for (?:a|my|the|our) (?:memo|memorandum)\b",
    r"(?:je|j|nous) (?:veux|voudrais|voulons|voudrions|cherche|cherchons|souhaite|souhaiterais|souhaitons|aimerais|aimerions"
    r"|(?:ai|avons) besoin d(?:e|es)?)(?: (?:voir|savoir|connaitre|trouver|lire|avoir|obtenir|consulter|citer))?",
    r"(?:(?:peux|pourrais) tu|(?:pouvez|pourriez) vous|tu (?:peux|pourrais)|vous (?:pouvez|pourriez)) (?:me |nous )?"
    r"(?:lister|donner|dire|montrer|indiquer|expliquer|resumer|trouver|enumerer|citer)",
    r"^(?:montre|donne|dis|cite|trouve|liste|indique)z? (?:moi|nous)\b",
    r"pour (?:un|le|mon|notre) memo\b",
    r"au sujet d(?:e|es|u)\b",
    r"(?:differ|compare|difieren|diferencian|comparan)(?: in| en)?\b",
)
_SAYER = (
    r"(?:evaluador(?:es|as|a)?|equipo (?:evaluador|de evaluacion)|evaluacion(?:es)?|autores|evaluators?|evaluations?(?: team)?|authors|evaluateurs?"
    r"|equipe d evaluation|auteurs|informes?|reports?|rapports?)"
)
_SAYS = {  # what the evaluation does -> the kinds of what it did
    ("finding",): "encuentran? encontro encontraron hall(?:an?|o|aron) constat(?:an?|o|aron) finds? found observe[sd]? "
    "constate(?:nt)? constates? trouve(?:nt)? trouves?",
    ("finding", "conclusion"): "concluyen? concluyo concluyeron concluded? concludes conclut concluent conclus?",
    ("recommendation",): "recomiendan? recomendo recomendaron proponen? propuso propusieron sugieren? sugirio sugirieron "
    "recommend(?:s|ed)? propose[sd]? suggest(?:s|ed)? recommande(?:nt)? recommandes? propose(?:nt)? proposes? suggere(?:nt)? suggeres?",
    (): "dicen? dijo dijeron opinan? opinaron piensan? consideran? senalan? mencionan? afirman? valoran? valoro valoraron juzgan? comentan? "
    "observan? says? said thinks? thought believes? notes? noted considers? judges? judged sees? views? mentions? mentioned "
    "dit disent pense(?:nt)? estime(?:nt)? juge(?:nt)? considere(?:nt)? observe(?:nt)? mentionne(?:nt)?",
}
_ANSWERED = (  # by management, to the evaluation: what it refused is not asked for by asking whether it did
    r"(?:management|gerencia|administracion|direccion|direction)(?: \w+){0,2} (?:respond\w*|repl(?:y|ied)|accept\w*|agree\w*|acept\w+|repond\w*)"
    r"|(?:respond\w*|acept\w+)(?: la)? (?:gerencia|administracion|direccion)"
)
_ARTICLE = r"(?:(?:los|las|la|el|the|this|these|both|les|le|l|cette|ces|esta|este|estas|estos) )?"
_AUXILIARY = r"(?: (?:a|ont|t|il|elle|ils|elles|ha|han|has|have|did|se))*"
_ACCORDING = rf"(?:segun|according to|selon|d apres|en opinion de|in the (?:opinion|view) of|de l avis d(?:es|e)) {_ARTICLE}{_SAYER}"


def is_empty(word: str, language: str, of_a_kind: bool) -> bool:
    """Whether `word` carries no subject: a stop word or a word of asking (`of_a_kind`: for something of a kind), in any of its forms."""
    if of_a_kind and word in _OF_A_KIND:
        return True
    return word in STOP_WORDS.get(language, ()) or stem(word, language) in _generic(language)


def only_asks(query: str) -> frozenset[int]:
    """The places of the words of `query` that are there for politeness or say who says: "I need", "the evaluators say"."""
    spaced = _spaced(query)
    spans = [match.span() for pattern in (_polite(), *_saying().values()) for match in pattern.finditer(spaced)]
    return frozenset(place for place, word in enumerate(WORD.finditer(spaced)) if any(start <= word.start() < end for start, end in spans))


def kinds_of_saying(query: str) -> tuple[str, ...]:
    """The kinds of what the evaluation is asked to have said: findings in "what did the evaluators find"."""
    spaced = _spaced(query)
    return next((kinds for kinds, pattern in _saying().items() if kinds and pattern.search(spaced)), ())


def numbers_of_items(query: str, kinds_at: list[tuple[int, int]]) -> dict[int, str]:
    """The numbers by which `query` names items, by the place of the word: 3 in "recommendation 3" and "the third recommendation".

    `kinds_at` are the places of the words that name kinds: (start, end).
    """
    said = words(query)
    numbers = {}
    for start, end in kinds_at:
        if start and said[start - 1] in _ORDINAL:
            numbers[start - 1] = _ORDINAL[said[start - 1]]
        for place in range(end, len(said)):
            if _ITEM_NUMBER.fullmatch(said[place]):
                numbers[place] = said[place]
            elif said[place] not in _NUMBER_SIGN | _AND:
                break
    return numbers


def _spaced(query: str) -> str:
    """The folded words of `query` with one space between each."""
    return " ".join(words(query))


@cache
def _polite() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:\b{pattern})" if pattern[0] != "^" else pattern for pattern in (*_WANT, _ACCORDING)))


@cache
def _saying() -> dict[tuple[str, ...], re.Pattern[str]]:
    verbs = {kinds: f"(?:{'|'.join(forms.split())})" for kinds, forms in _SAYS.items()}
    return {
        kinds: re.compile(rf"\b(?:{verb}{_AUXILIARY} {_ARTICLE}{_SAYER}|{_SAYER}{_AUXILIARY} {verb})\b(?: of\b)?") for kinds, verb in verbs.items()
    } | {("management_response",): re.compile(rf"\b(?:{_ANSWERED})\b")}


@cache
def _generic(language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(_GENERIC))
