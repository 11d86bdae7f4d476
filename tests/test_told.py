"""Errors in the reader's language: every sentence that the library can say of one is known, and said whole."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import ocr, read_pdf, worker
from kb import errors
from kb.errors import KBError, LibraryBusy, UnreadableFile
from kb.memo import loads
from kb.ui.told import SENTENCES, plainly, telling, told

ROOT = Path(__file__).parent.parent
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, KBError)}
# Doors and measurements of the terminal, and the endpoints for programs: these speak English.
TERMINAL = re.compile(r"(^|_)(cli|gold|evaluate|measure|train|accounts|api|by_program|serving|log|app)\.py$")


def sentences(path: Path) -> Iterator[str]:
    """The sentences of the errors made in a file, "X1" in the places of names and numbers."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
            yield from (words for argument in node.args if (words := _words(argument)))


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "X1" for part in node.values) if isinstance(node, ast.JoinedStr) else ""


RAISED = sorted({
    words for folder in ("kb", "ingest") for path in (ROOT / folder).rglob("*.py") if not TERMINAL.search(path.name) for words in sentences(path)
} - {"The memo X1 cannot be read (X1).", "Check the name.", "The file X1.", "X1 holds no text: X1 only pictures."})  # the terminal's, and forms filled below


@pytest.mark.parametrize("sentence", [*RAISED, ocr.INSTALL, read_pdf.RESAVE, worker.SPLIT])
def test_what_the_library_says_of_an_error_is_known_in_the_other_languages(sentence: str) -> None:
    assert told(sentence, "en") == sentence
    for language in ("es", "fr"):
        said = told(sentence, language)
        assert said is not None, f"add to kb/ui/words_errors.py or words_errors_files.py: {sentence}"
        assert said != sentence or sentence == ""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_translation_fills_a_field_that_its_sentence_has_not(sentence: str) -> None:
    fields = set(re.findall(r"\{(\w+)\}", sentence))
    for said in SENTENCES[sentence]:
        assert set(re.findall(r"\{(\w+)\}", said)) <= fields


def test_names_and_numbers_are_kept() -> None:
    assert told("a (1).pdf has 3100 pages, more than the 3000 that are read.", "es") == "a (1).pdf tiene 3100 páginas, más de las 3000 que se leen."
    assert told(f"x.pdf holds no text: {ocr.named([1, 2, 3, 7])} only pictures.", "fr") == (
        "x.pdf ne contient pas de texte\u00a0: les pages 1-3 et 7 ne contiennent que des images."
    )


def test_the_warnings_of_a_pdf_are_known() -> None:
    for warning in read_pdf._warnings(Path("a.pdf"), [1], [2, 3]):
        assert told(warning, "es").startswith("En a.pdf, la página 1 solo" if "pictures" in warning else "En a.pdf, las páginas 2-3 están dañadas")


def test_a_memo_file_that_is_none_is_told_with_its_remedy() -> None:
    with pytest.raises(UnreadableFile) as caught:
        loads("no memo")
    assert plainly(caught.value, "es") == (
        "El archivo no es un memorando guardado. Abra un archivo guardado con «Guardar memorando» o con python -m kb memo --to memo.json."
    )


def test_what_is_not_known_stays_english_and_is_marked_so() -> None:
    problem = LibraryBusy("Another ingestion is writing to the library.", "Do <this>.")
    assert telling((problem.problem, problem.remedy), "fr") == (
        'D’autres rapports sont en cours de lecture pour la bibliothèque. <span lang="en">Do &lt;this&gt;.</span>'
    )
