"""Language of a text; sentences; stems, stop words and accents for the word index."""

import re
import unicodedata
from functools import cache
from threading import Lock

LANGUAGES = ("es", "en", "fr", "pt", "ru", "ar", "zh")  # told apart; the first four are also stemmed
NAMES: dict[str, dict[str, str]] = {  # language -> what it is called in each interface language
    "es": {"es": "español", "en": "Spanish", "fr": "espagnol"},
    "en": {"es": "inglés", "en": "English", "fr": "anglais"},
    "fr": {"es": "francés", "en": "French", "fr": "français"},
    "pt": {"es": "portugués", "en": "Portuguese", "fr": "portugais"},
    "ru": {"es": "ruso", "en": "Russian", "fr": "russe"},
    "ar": {"es": "árabe", "en": "Arabic", "fr": "arabe"},
    "zh": {"es": "chino", "en": "Chinese", "fr": "chinois"},
    "und": {"es": "no determinado", "en": "undetermined", "fr": "indéterminée"},
}
SNOWBALL = {"es": "spanish", "en": "english", "fr": "french", "pt": "portuguese", "ru": "russian", "ar": "arabic"}

# Words that carry no subject. Question words and the verbs of asking are among them: they stand in
# every question and in no answer.
STOP_WORDS = {
    "es": frozenset(
        """a al algo algun alguna algunas alguno algunos ante antes aquel aquella aquello asi aun aunque bajo bien cada
        como con contra cual cuales cualquier cuando cuanta cuantas cuanto cuantos cuya cuyo de del desde donde dos
        durante e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba estan estar estas este esto
        estos fue fueron ha haber habia habian hace hacer hacia han hasta hay la las le les lo los mas me mediante mi
        mientras muy ni no nos nosotros o os otra otras otro otros para pero por porque pues que quien quienes se sea
        segun ser si sido sin sino sobre solo son su sus tal tambien tan tanto te tiene tienen toda todas todo todos tras
        tu tuvo tuvieron u un una unas uno unos y ya dice dicen dime diga cuente explica explique """.split()
    ),
    "en": frozenset(
        """a about after all also am an and any are as at be because been before being between both but by can could did
        do does doing done down during each either else ever few for from further had has have having he her here him
        his how however i if in into is it its itself just may me might more most much must my neither no nor not of off
        on once only or other our out over own per same say says she should since so some such tell than that the their
        them then there these they this those through thus to too under until up upon us very was we were what when
        where whether which while who whom whose why will with within without would you your explain show give """.split()
    ),
    "fr": frozenset(
        """a afin ai ainsi alors apres au aucun aucune aussi autre autres aux avaient avait avant avec avoir c ce cela ces
        cet cette ceux chaque chez ci combien comme comment contre d dans de des depuis dont du elle elles en encore
        entre es est et etaient etait ete etre eu eux fait font il ils j je jusqu l la laquelle le lequel les lesquelles
        lesquels leur leurs lors lorsque lui m ma mais me meme memes mes moins mon n ne ni non nos notre nous on ont ou
        par parce pas pendant peu plus pour pourquoi pouvez qu quand que quel quelle quelles quels qui quoi s sa sans se
        selon ses si son sont sous sur t ta tandis te tel telle tes toi ton tous tout toute toutes tres tu un une vers
        vos votre vous y dit dites disent expliquez """.split()
    ),
    "pt": frozenset(
        """a ao aos as com como da das de do dos e ela elas ele eles em entre era essa esse esta este eu foi foram ha isso
        isto ja lhe mais mas me mesmo muito na nas nao nem no nos o os ou para pela pelas pelo pelos por qual quais
        quando que quem se sem ser seu seus sobre sua suas tambem tem um uma umas uns""".split()
    ),
}

WORD = re.compile(r"\w+(?:[.,]\d+)*", re.UNICODE)

# A full stop after one of these ends no sentence; after a numbered one, where a number follows. Folded, without the stop.
ABBREVIATIONS = frozenset(
    """av cf col dept doc docs dr dra drs ed eds eg esp etc ex gob gral ibid ie inc intl lic ltd max min mr mrs ms op prof
    rev sr sra sres srs st sta tel ud uds univ vs ee uu approx aprox cia depto env resp suiv""".split()
)
NUMBERED = frozenset("art arts cap caps ch chap fig figs no nos nro num p pp pag pags par para paras parr parrs sec vol vols".split())
BOUNDARY = re.compile(
    r"(?<![.!?…])[.!?…]++(?:[\"'”’»)\]]|[ \u00a0\u202f]»)*"  # the stop and what closes
    r"(?:(?<=\D[.!?…”’»)\]])\d{1,3}(?=\s))?\s+"  # a footnote's mark
    r"(?=[\"'“‘«¿¡(\[]*[A-ZÀ-ÞŒ\d¿¡«“(])|\n+"  # what opens the next
)

BEFORE, AFTER = 200, 9  # letters around a full stop that are looked at: all of them would take hours in a text without end

_JOINED = str.maketrans({"œ": "oe", "æ": "ae"})  # letters that Unicode does not take apart


def fold(text: str) -> str:
    """`text` in lower case, without accents, in compatibility form (ligatures and full-width letters spelled out)."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_JOINED)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The folded words of `text` in order; a number keeps its decimal and thousands marks ("752,110.31")."""
    return WORD.findall(fold(text))


def language_name(code: str, language: str) -> str:
    """What the language `code` is called in `language`; the code itself where it has no name here."""
    return NAMES.get(code, {}).get(language, code)


def detect(text: str, default: str = "und") -> str:
    """The ISO 639-1 code of the language of `text`, or `default` where it has no letters.

    py3langid over the languages the tool reads: 33 of 38 short questions and bare keywords of a trial right
    (lingua, 20 times its size and 400 times slower: 35 of 38).
    """
    if not any(letter.isalpha() for letter in text):
        return default
    if re.search(r"[¿¡]", text):
        return "es"
    with _LOADING:
        identifier = _identifier()
    return str(identifier.classify(text)[0])


_LOADING = Lock()  # many first readers at once must not each load the identifier: 20 of them waited half a minute


@cache
def _identifier():  # noqa: ANN202 - the type would import the library
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def stems(text: str, language: str) -> list[str]:
    """The stems of the content words of `text`, in order, folded; numbers and codes as they are."""
    stop = STOP_WORDS.get(language, frozenset())
    return [stem(word, language) for word in words(text) if word not in stop]


# Words that Snowball gives the stem of another: "género" that of "generar", "effective" of "effect", "relevant" of French "relever",
# "evaluator" of "evaluate".
APART = {
    "es": {"genero": "genero", "generos": "genero", "relevante": "relevan", "relevantes": "relevan", "relevancia": "relevan"}
    | dict.fromkeys(("evaluador", "evaluadora", "evaluadores", "evaluadoras"), "evaluador"),
    "en": {
        "effective": "effectiv",
        "effectively": "effectiv",
        "effectiveness": "effectiv",
        "relevant": "relevan",
        "relevance": "relevan",
    }
    | dict.fromkeys(("evaluator", "evaluators"), "evaluator"),
    "fr": dict.fromkeys(("evaluateur", "evaluateurs", "evaluatrice", "evaluatrices"), "evaluateur"),
    "pt": {"genero": "genero", "generos": "genero"},
}
STEMS = "4"  # another value has every library make its word index anew: whenever stems change

_PLURAL_FR = re.compile(r"(?<=\w{3})(?<![bcdfghjklmnpqrstvwxz]i)s$")  # not of "appris", whose feminine keeps it
_PLURAL_ES = re.compile(r"(?<=\w[aeiou][bcdfghjklmnpqrstvwxyz])es$|(?<=\w{2}[aeo])s$")

_STEMMING = Lock()  # a Snowball stemmer keeps the word it is at: two threads would spoil each other's, and the cache keep it


@cache
def stem(word: str, language: str) -> str:
    """The folded stem of one folded word in `language`; the word itself where the language has no stemmer."""
    if language not in SNOWBALL or not word.isalpha():
        return word
    if word in APART.get(language, ()):
        return APART[language][word]
    with _STEMMING:
        found = fold(_stemmer(language).stemWord(_singular(word, language)))
    return found[:-1] + "c" if language == "es" and found.endswith("z") else found  # "eficaz", "eficaces"


def _singular(word: str, language: str) -> str:
    """A folded word without the ending of a plural, which Snowball takes for that of a verb: "mujeres" (it makes of them "mujer", and of
    "mujer" "muj"), "gobiernos", "foyers". Other languages have no such words, or none that the field uses."""
    if language == "es":
        return _PLURAL_ES.sub("", word)
    return _PLURAL_FR.sub("", word) if language == "fr" else word


@cache
def _stemmer(language: str):  # noqa: ANN202
    import snowballstemmer

    return snowballstemmer.stemmer(SNOWBALL[language])


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences of `text`, without the white space between them."""
    spans, start = [], 0
    for boundary in BOUNDARY.finditer(text):
        before = text[max(start, boundary.start() - BEFORE) : boundary.start()]
        if "\n" not in boundary.group() and _is_abbreviation(before, boundary.group(), text[boundary.end() : boundary.end() + AFTER]):
            continue
        spans.append((start, boundary.end()))
        start = boundary.end()
    spans.append((start, len(text)))
    return [_strip(text, *span) for span in spans if text[span[0] : span[1]].strip()]


def _is_abbreviation(before: str, mark: str, after: str) -> bool:
    """Whether the stop after `before` belongs to an abbreviation, an initial or an enumeration such as "3."."""
    if mark.strip() != ".":
        return False
    last = re.search(r"(\S*)$", before).group(1)
    word = fold(last).lstrip("(¿¡«“\"'")
    if word[:1].isdigit():  # "3. Next" and "Finding 3. Next" open a sentence; "It was rated 3. Next" holds the end of one
        return len(before.split()) <= 2 and re.fullmatch(r"\d{1,2}(\.\d+)*", word) is not None
    if word in NUMBERED and len(word) > 1:
        return re.match(r"\d|[IVXLC]+\b", after) is not None
    return word in ABBREVIATIONS or re.fullmatch(r"(\w\.)*[^\W\d]", word) is not None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
