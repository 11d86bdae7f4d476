"""Whether a sentence has the number that a question asks for."""

import pytest

from kb.glossary import load
from kb.numbers import has_number
from kb.question import understand


@pytest.mark.parametrize(
    ("question", "text", "language", "has"),
    [
        ("How much did it cost?", "It cost 300 dollars.", "en", True),
        ("How much did it cost?", "MEXW64 cost too much.", "en", False),
        ("How much did it cost?", "It cost 3 000 000.", "en", True),
        ("How much did it cost?", "It cost the 5 offices more than the 2019 plan had.", "en", False),
        ("Combien le projet a-t-il coûté ?", "Il a coûté trois millions.", "fr", True),
        ("When was the budget approved?", "The budget was approved in 2019.", "en", True),
        ("How many women were trained?", "Of the women trained, USD 300 was spent in 2019.", "en", False),
        ("How many women were trained?", "In all 45 indigenous women were trained.", "en", True),
        ("How many women were trained?", "Five components reached out to the many widely dispersed communities in which women lived.", "en", False),
        ("How many people were trained?", "The two projects were relevant to their needs.", "en", False),
        ("How many people were trained?", "The project reached 90% of its results.", "en", False),
        ("How many people replied?", "There were 214 respondents.", "en", True),  # the text has another word for them
        (
            "¿Cuántas víctimas se atendieron?",
            "Mediante cinco componentes se fortalecieron los albergues civiles y estatales para víctimas.",
            "es",
            False,
        ),
        ("¿Cuántos componentes hubo?", "Mediante cinco componentes se fortalecieron los albergues.", "es", True),
    ],
)
def test_the_number_asked_for(question: str, text: str, language: str, has: bool) -> None:
    assert has_number(understand(question, [], load()), text, language) is has
