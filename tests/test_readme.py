"""What the README promises: the commands first, and a tree that names what there is; and that the tests are there which SECURITY.md names."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SKIPPED = {".git", ".venv", ".kb", "__pycache__", ".pytest_cache", ".ruff_cache"}
UNNAMED = {"__init__.py", "__main__.py"}


def tree_of(text: str) -> set[str]:
    """The paths that the last fenced block of `text` names, folders with a stroke at their end.

    A line is an indentation of two spaces for each folder it lies in, a name, and words about it after two spaces or more.
    """
    block = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[-1]
    paths: set[str] = set()
    folders: list[str] = []
    for line in filter(str.strip, block.splitlines()):
        depth = (len(line) - len(line.lstrip())) // 2
        name = line.split()[0]
        assert depth <= len(folders), f"indented too far: {line!r}"
        folders[depth:] = [name] if name.endswith("/") else []
        paths.add("".join(folders[:depth]) + name)
    return paths


def files() -> list[str]:
    """The files of the project, without what is ignored."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
        return [path for path in done.stdout.splitlines() if (ROOT / path).exists()]
    except (OSError, subprocess.CalledProcessError):  # no git, or not a clone
        found = []
        for folder, inside, names in os.walk(ROOT):
            inside[:] = [name for name in inside if name not in SKIPPED and not name.endswith(".egg-info")]
            found += [(Path(folder) / name).relative_to(ROOT).as_posix() for name in names]
        return found


def children(folder: str, paths: list[str]) -> set[str]:
    """The modules and folders directly in `folder` ("" is the top): what a tree that opens the folder has to name."""
    inside = [path.removeprefix(folder) for path in paths if path.startswith(folder)]
    modules = {path for path in inside if path.endswith(".py") and "/" not in path} - UNNAMED
    folders = {path.partition("/")[0] + "/" for path in inside if "/" in path and not path.startswith(".")}
    return {folder + name for name in modules | folders}


@pytest.fixture(scope="module")
def tree() -> set[str]:
    return tree_of(README)


def test_the_tree_names_only_what_there_is(tree: set[str]) -> None:
    there = set(files())
    folders = {path[: end.end()] for path in there for end in re.finditer("/", path)}
    assert tree - there - folders == set()


def test_the_tree_names_all_of_a_folder_it_opens(tree: set[str]) -> None:
    opened = {"", "kb/", "ingest/"} | {path[: path.rstrip("/").rindex("/") + 1] for path in tree if "/" in path.rstrip("/")}
    there = files()
    assert set().union(*(children(folder, there) for folder in opened)) - tree == set()


def test_a_tree_is_read_by_its_indentation() -> None:
    block = "```\napp.py    the door\nkb/\n  ui/\n    ask.py   a tab\n  cite.py  cites\ntests/\n```\n"
    assert tree_of(f"```\nother\n```\nwords\n{block}\nend") == {"app.py", "kb/", "kb/ui/", "kb/ui/ask.py", "kb/cite.py", "tests/"}


def test_the_two_commands_come_before_what_they_stand_for() -> None:
    first = [README.index(command) for command in ("make run", "make test")]
    lines = [README.index(command) for command in ("-m pip install", "-m ingest corpus/", "app.py", "-m pytest")]
    assert max(first) < min(lines)


def test_what_the_readme_links_to_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)
    assert linked
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_the_tests_that_security_names_are_there() -> None:
    named = set(re.findall(r"test_\w+\.py", (ROOT / "SECURITY.md").read_text(encoding="utf-8")))
    assert "test_cut_off.py" in named
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
