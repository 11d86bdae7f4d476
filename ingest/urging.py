"""Which sentences urge somebody to do something: "Extend the shelters", "Ampliar ...", "UNODC devrait ..."."""

import re

from kb.language import detect, fold

IMPERATIVES = frozenset(
    """accelerate adapt address adjust adopt advocate align allocate analyse analyze apply appoint assess assign build carry clarify collaborate
    collect communicate conduct consider consolidate continue convene coordinate create decide define deliver deploy design develop diversify
    document elaborate embed enable encourage engage enhance ensure establish evaluate examine expand explore extend facilitate finalise
    finalize focus formalise formalize formulate foster generate give hire identify implement improve include incorporate increase
    institutionalise institutionalize integrate intensify introduce invest involve issue launch leverage link mainstream maintain make map
    mobilise mobilize monitor move offer organise organize pay pilot plan prepare prioritise prioritize produce promote propose provide publish
    put raise recruit redesign reduce refine reform reinforce replicate review revise revisit scale secure seek set share simplify specify
    standardise standardize streamline strengthen strive structure support systematise systematize tailor take target train translate undertake
    update upgrade use work""".split()
)
INFINITIVE = re.compile(r"[a-z]{2,}(?:ar|er|ir)(?:se|les?|l[oa]s?)?|[a-z]{2,}(?:oir|dre|ttre|duire|crire|faire)")
NOUNS = frozenset(
    """lugar hogar bienestar mujer taller lider caracter ser mar sector particular singular similar auxiliar familiar escolar militar titular
    popular regular ayer premier dernier particulier atelier metier papier courrier calendrier avenir plaisir loisir fer hier mer hiver""".split()
)  # that end like an infinitive
OBLIGED = re.compile(
    r"\b(?:should|must|ought to|needs? to|(?:is|are) (?:encouraged|advised|urged|recommended)|deb(?:e|en|eria|erian|iera|ieran)|"
    r"tendrian? que|(?:devrai(?:t|ent)|doi(?:t|vent))|se (?:recomienda|sugiere|aconseja)|(?:il est|est) (?:recommande|conseille|suggere)|"
    r"we recommend|recomendamos|nous recommandons)\b"
)
WITHIN = 14  # words from the head of a paragraph in which it says that somebody should


def urges(paragraph: str) -> bool:
    """Whether a paragraph begins with an imperative, an infinitive, or somebody who should; one that ends with a colon announces a list."""
    words = fold(paragraph).split()
    if len(words) < 4 or paragraph.rstrip().endswith(":") or not paragraph[:1].isupper():
        return False
    first = words[0].strip(".,;:«»\"'“”")
    if first in IMPERATIVES or (INFINITIVE.fullmatch(first) and first not in NOUNS and detect(paragraph) != "en"):
        return True
    head = re.split(r"(?<=[.;:?!])\s", " ".join(words[:WITHIN]))[0]
    return OBLIGED.search(head) is not None
