"""What a file is by its first bytes, whatever its name says."""

import re
from pathlib import Path

from kb.errors import UnreadableFile

HEAD = 1024  # bytes looked at
PDF, ZIP, OLD_WORD = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
NAMES = {".pdf": "a PDF", ".docx": "a Word file", ".html": "an HTML page"}
TEXTS = (".txt", ".md")


def mistaken(path: Path) -> UnreadableFile | None:
    """The error for a file that is of another type than its name says; None where nothing speaks against the name."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    suffix = path.suffix.lower()
    if head.startswith(OLD_WORD):
        return UnreadableFile(
            f"{path.name} is protected by a password, or in the format of Word before 2007.",
            "Open it in Word, save it as .docx without a password, and add that one.",
        )
    found = _suffix_of(head, suffix)
    if found in (None, suffix):
        return None
    return UnreadableFile(f"{path.name} is {NAMES[found]} by its content.", f"Rename it so that its name ends in {found}, and add it again.")


def _suffix_of(head: bytes, suffix: str) -> str | None:
    """What the name of such a file ends with, where its first bytes tell."""
    if head.startswith(PDF):
        return ".pdf"
    if head.startswith(ZIP):
        return ".docx"
    return ".html" if suffix in TEXTS and HTML.match(head) else None
