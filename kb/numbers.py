"""Whether a sentence has the number that a question asks for."""

import re

from kb.language import fold, stem, words
from kb.records import Question
from kb.search import covers

NUMBER = re.compile(
    r"\d|\b(?:dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|cien|mil|millon(?:es)?|mitad|tercio|two|three|four|five|six|seven|eight|nine|ten"
    r"|hundred|thousand|millions?|half|third|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|moitie|tiers)\b"
)
FIGURE_IN_NAME = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])\w+\b")  # MEXW64, not the "5" of "5-day" as `kb.naming.CODE` has it: no number
_MONEY = r"(?:\b(?:usd|eur|gbp|chf)\s?|(?:us|can)?[$€£]\s*)\d[\d.,]*|\b\d[\d.,]*\s*(?:usd|eur|dolares|dollars?|euros?)\b"
# An answer to "how much did it cost": money, without its currency too, or a share.
COST = re.compile(rf"{_MONEY}|\bmill(?:on(?:es)?|ions?|iers?)\b|%|\b(?:por ciento|per ?cent|pour cent)\b|\b\d{{1,3}}(?:[., ]\d{{3}})+\b")
UNCOUNTED = re.compile(rf"{_MONEY}|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b(?:19|20)\d\d\b")  # money, dates and years: no answer to "how many"
HOW_MUCH = re.compile(r"\b(?:cuanto|how (?:much|large|big)|combien|monto|montant)\b")
# Of what the text calls otherwise: "two" may be two of anything, and "90%" is no count.
FIGURE = re.compile(r"(?<![\d.,])\d[\d.,]*(?![\d.,]*\s*(?:%|por ciento\b|per ?cent\b|pour cent\b))(?![\d.,])")
BESIDE = 5  # words between a number and what it counts, at most: "45 mujeres y niñas indígenas"


def has_number(question: Question, text: str, language: str) -> bool:
    """Whether `text`, in `language`, has a number that may be the one `question` asks for: where the text names what is counted, beside it."""
    rest = FIGURE_IN_NAME.sub(" ", fold(text))
    if not question.wants_count:
        if "budget" in question.concepts and HOW_MUCH.search(fold(question.text)):
            return COST.search(rest) is not None
        return NUMBER.search(rest) is not None
    said = words(UNCOUNTED.sub(" ", rest))
    numbers = [place for place, word in enumerate(said) if NUMBER.match(word)]
    counted = [place for place, word in enumerate(said) if question.counted and covers(frozenset({stem(word, language)}), question.counted)]
    if counted:
        return any(abs(one - other) <= BESIDE for one in numbers for other in counted)
    return FIGURE.search(UNCOUNTED.sub(" ", rest)) is not None
