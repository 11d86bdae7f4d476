"""File -> what is understood of it: read, its lines put in flow, its facts, sections and items found."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.facts import facts
from ingest.flow import flow
from ingest.items import items
from ingest.limits import SPLIT, Limits
from ingest.read import digest, read
from ingest.sections import sections
from ingest.sidecar import LARGEST, has_sidecar, read_sidecar, sidecar_path
from kb.errors import KBError, UnreadableFile
from kb.plain import plain
from kb.records import Document, Reading


def understand(path: Path, limits: Limits | None = None, progress: Callable[[str], None] | None = None) -> tuple[Reading, Document]:
    """All that is understood of a file but its passages, which depend on a model; and the document, to make them.

    Raises UnreadableFile where the file gives no text or more than is read, InvalidRequest where its sidecar is malformed.
    """
    limits = limits or Limits()
    document = flow(read(path, limits, progress))
    if len(document.text) > limits.letters:
        raise UnreadableFile(f"{path.name} holds {len(document.text):,} characters, more than the {limits.letters:,} that are read.", SPLIT)
    try:
        return _understood(path, document), document
    except (KBError, MemoryError):
        raise
    except Exception as error:  # a file of a sort never seen must not stop the others
        problem = f"{path.name} was read but not understood ({type(error).__name__}: {error})."
        raise UnreadableFile(problem, "Leave it out for now, and report this with the file.") from error


def _understood(path: Path, document: Document) -> Reading:
    content = fingerprint(path, document.sha256)  # taken first: a sidecar that changes meanwhile is read the next time
    report = facts(document, read_sidecar(path))
    report = replace(report, title=" ".join(plain(report.title).split()), sha256=content)  # a title may come from the file's name
    found = sections(document)
    return Reading(report, found, items(document, found), ())


def _beginning(sidecar: Path) -> bytes:
    with sidecar.open("rb") as stream:
        return stream.read(LARGEST + 1)  # a longer one is refused


def fingerprint(path: Path, of_file: str = "") -> str:
    """The sha256 of a file (`of_file`, where that is known), together with its sidecar where it has one."""
    of_file = of_file or digest(path)
    return hashlib.sha256(of_file.encode() + _beginning(sidecar_path(path))).hexdigest() if has_sidecar(path) else of_file
