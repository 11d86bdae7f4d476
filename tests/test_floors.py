"""How the code is laid out: imports only go down, each heavy library has one owner, and nothing heavy is loaded before it is needed."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from conftest import ToyEmbedder, make_reading

from kb.embed import SentenceEmbedder
from kb.library import Library

ROOT = Path(__file__).parent.parent
FLOORS = (
    ("kb", "kb.errors", "kb.records", "kb.taxonomy", "kb.language", "kb.countries", "kb.organizations", "kb.safe_write", "kb.plain"),
    (
        "kb.embed",
        "kb.database",
        "kb.store",
        "kb.alike",
        "kb.late_interaction",
        "kb.rerank",
        "kb.thresholds",
        "kb.vectors",
        "kb.embedding",
        "kb.current_index",
        "kb.checks",
        "kb.question",
        "kb.glossary",
        "kb.gold",
        "kb.measures",
        "kb.model",
        "kb.naming",
        "kb.wording",
        "kb.followup",
        "kb.pages",
        "kb.memo_words",
        "kb.duplicates",
        "kb.feedback",
        "kb.process",
        "kb.pdfium",
        "kb.accounts",
        "ingest",
        "kb.rows",
        "kb.folder",
    ),
    ("kb.library",),
    ("kb.search", "kb.doctor", "kb.backup", "ingest.pipeline", "kb.fusion"),
    (
        "kb.answer",
        "kb.evidence",
        "kb.numbers",
        "kb.judging",
        "kb.listing",
        "kb.meanings",
        "kb.cite",
        "kb.memo",
        "kb.bibliography",
        "kb.facets",
        "kb.export",
        "kb.markdown",
        "kb.word",
        "kb.evaluate",
        "kb.calibrate",
        "ingest.inspect",
    ),
    ("kb.cli", "kb.memo_cli", "kb.measure_cli", "kb.keeping_cli", "kb.user_cli", "kb.__main__", "kb.ui", "ingest.cli", "ingest.__main__", "app"),
)
OWNERS = {  # a library -> the modules that may import it, by the beginning of their names
    "sqlite3": ("kb.database", "kb.store"),
    "faiss": ("kb.vectors",),
    "sentence_transformers": ("kb.embed", "kb.rerank"),
    "torch": ("kb.model",),
    "transformers": ("kb.embed", "kb.model"),
    "pypdf": ("ingest.read",),
    "pypdfium2": ("kb.pdfium",),
    "openpyxl": ("kb.export",),
    "docx": ("ingest.read_docx",),
    "pypandoc": ("kb.word",),
    "argon2": ("kb.accounts",),
    "gradio": ("kb.ui", "app"),
}
HEAVY = {"torch", "transformers", "sentence_transformers", "faiss", "gradio", "pypdf", "docx", "pypandoc"}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


SOURCES = {name_of(path): path for folder in ("kb", "ingest") for path in (ROOT / folder).rglob("*.py")} | {"app": ROOT / "app.py"}


def imported(name: str) -> set[str]:
    """The modules that module `name` imports, anywhere in it."""
    tree = ast.parse(SOURCES[name].read_text(encoding="utf-8"))
    return set(_imported(tree))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that this test can read them"
            yield from (child for alias in node.names if (child := f"{node.module}.{alias.name}") in SOURCES)
            if not all(f"{node.module}.{alias.name}" in SOURCES for alias in node.names):
                yield node.module


def begins(name: str, beginning: str) -> bool:
    return name == beginning or name.startswith(f"{beginning}.")


def floor_of(name: str) -> int:
    """The floor of the longest name of `FLOORS` that `name` begins with; every module of `kb` but the package itself has its own."""
    fitting = {entry: floor for floor, entries in enumerate(FLOORS) for entry in entries if begins(name, entry)}
    best = max(fitting, key=len)
    assert best != "kb" or name == "kb", f"{name} has no floor: give it one in FLOORS"
    return fitting[best]


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_imports_only_go_down(name: str) -> None:
    upwards = {other for other in imported(name) & SOURCES.keys() if floor_of(other) > floor_of(name)}
    assert upwards == set()


def test_no_two_modules_import_each_other() -> None:
    TopologicalSorter({name: imported(name) & SOURCES.keys() - {name} for name in SOURCES}).prepare()


def test_the_knowledge_base_never_imports_the_way_in() -> None:
    assert {name for name in SOURCES if begins(name, "kb") and any(begins(other, "ingest") for other in imported(name))} == set()


@pytest.mark.parametrize("library", OWNERS)
def test_a_heavy_library_has_one_owner(library: str) -> None:
    users = {name for name in SOURCES if any(begins(other, library) for other in imported(name))}
    assert users
    assert {name for name in users if not name.startswith(OWNERS[library])} == set()


# nothing is loaded before it is needed

LOADED = "print('loaded:', *sorted({name.partition('.')[0] for name in sys.modules} & set(sys.argv[1].split(','))))"


def loaded_by(code: str, **environment: str) -> str:
    """What of HEAVY is loaded after `code` has run in a new process."""
    command = [sys.executable, "-c", f"import sys\n{code}\n{LOADED}", ",".join(sorted(HEAVY))]
    own = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, env=own | environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("door", ["kb.cli", "ingest.cli"])
def test_help_loads_nothing_heavy(door: str) -> None:
    printed = loaded_by(f"from {door} import main\ntry:\n    main(['--help'])\nexcept SystemExit as left:\n    assert left.code == 0")
    assert "usage:" in printed
    assert printed.endswith("\nloaded:\n")


def test_importing_loads_nothing_heavy() -> None:
    heavy = ("kb.ui", "kb.model", "kb.__main__")
    light = sorted(name for name in SOURCES if begins(name, "kb") and not any(begins(name, other) for other in heavy))
    assert "kb.embed" in light
    assert loaded_by(f"import {', '.join(light)}") == "loaded:\n"


def test_a_words_only_search_never_loads_the_model(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", ToyEmbedder(SentenceEmbedder().fingerprint), create=True) as library:
        library.add(make_reading("a.txt", ("finding", "The shelters were strengthened.")))
    code = "from kb.cli import main\nassert main(['search', 'shelters', '--words-only']) == 0"
    printed = loaded_by(code, KB_LIBRARY=str(tmp_path / "library"))
    assert "The shelters were strengthened." in printed
    assert printed.endswith("\nloaded:\n")


def test_what_is_loaded_is_seen() -> None:
    assert loaded_by("import faiss") == "loaded: faiss\n"
