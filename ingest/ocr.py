"""Pages that are pictures of text -> a PDF with text, by OCRmyPDF or Tesseract where they are installed."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.errors import UnreadableFile

LANGUAGES = ("spa", "eng", "fra")
SECONDS = 120  # for one page
DPI = 300
INSTALL = (
    "Install OCR with `apt install ocrmypdf tesseract-ocr-spa tesseract-ocr-fra` "
    "(or `brew install ocrmypdf tesseract-lang`), then add the file again."
)


def engine() -> str | None:
    """The program that can read pictures: "ocrmypdf", "tesseract", or None."""
    if shutil.which("ocrmypdf"):
        return "ocrmypdf"
    if shutil.which("tesseract") and shutil.which("pdftoppm"):
        return "tesseract"
    return None


@contextmanager
def recognised(
    path: Path, pages: list[int], progress: Callable[[int], None]
) -> Iterator[dict[int, tuple[Path, int]]]:
    """Page of the file -> (PDF with its text, page in there, from 0), for as long as the block runs.

    `progress` is called with each page before it is read. Pages that cannot be read are left out.
    """
    name = engine()
    with TemporaryDirectory() as folder:
        found: dict[int, tuple[Path, int]] = {}
        for page in pages if name else []:
            progress(page)
            made = _page(name or "", path, page, Path(folder))
            if made is not None:
                found[page] = made
        yield found


def _page(name: str, path: Path, page: int, folder: Path) -> tuple[Path, int] | None:
    target = folder / f"{page}.pdf"
    if name == "ocrmypdf":
        languages = "+".join(LANGUAGES)
        command = ["ocrmypdf", "--quiet", "--force-ocr", "--output-type", "pdf", "--optimize", "0"]
        done = _run([*command, "--pages", str(page), "-l", languages, str(path), str(target)])
        return (target, page - 1) if done and target.exists() else None
    picture = folder / str(page)
    sizes = ["-r", str(DPI), "-gray", "-png", "-singlefile"]
    if not _run(["pdftoppm", *sizes, "-f", str(page), "-l", str(page), str(path), str(picture)]):
        return None
    done = _run(["tesseract", f"{picture}.png", str(folder / str(page)), "-l", _installed(), "pdf"])
    return (target, 0) if done and target.exists() else None


def _installed() -> str:
    """Those of our languages that Tesseract has, as it wants them named."""
    listed = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False
    ).stdout.split()
    return "+".join([language for language in LANGUAGES if language in listed] or ["eng"])


def _run(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return False
    return done.returncode == 0


def no_text(path: Path, pages: list[int]) -> UnreadableFile:
    """The error for a file whose pages are all pictures."""
    return UnreadableFile(f"{path.name} holds no text: {named(pages)} only pictures.", INSTALL)


def named(pages: list[int]) -> str:
    """Pages in words, with their verb: "page 3 is", "pages 1-4 and 7 are"."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    parts = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    words = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"page {words} is" if len(pages) == 1 else f"pages {words} are"
