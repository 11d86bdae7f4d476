"""Pages that are pictures of text -> a PDF with text, by OCRmyPDF or Tesseract where they are installed."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kb.errors import UnreadableFile

LANGUAGES = ("spa", "eng", "fra")
SECONDS = 120  # for one page
DPI = 300
LONGEST_SIDE = 6000  # pixels of a page's picture: a sheet of A3 has 5000
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
def recognised(path: Path, pages: dict[int, float], seconds: float, progress: Callable[[int], None]) -> Iterator[dict[int, tuple[Path, int] | None]]:
    """Page of the file -> (PDF with its text, page in there, from 0), for as long as the block runs.

    `pages` are those to read, each with its longer side in points. `progress` is called with each before it is read.
    A page that cannot be read is None; those for which the `seconds` do not suffice are not there.
    """
    name, until = engine(), time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        found: dict[int, tuple[Path, int] | None] = {}
        for page, side in pages.items() if name else ():
            left = until - time.monotonic()
            if left <= 0:
                break
            progress(page)
            found[page] = _page(name or "", path, page, Path(folder), time.monotonic() + min(left, SECONDS), side)
        yield found


def _page(name: str, path: Path, page: int, folder: Path, until: float, side: float) -> tuple[Path, int] | None:
    target = folder / f"{page}.pdf"
    if name == "ocrmypdf":
        languages = "+".join(LANGUAGES)
        command = ["ocrmypdf", "--quiet", "--force-ocr", "--output-type", "pdf", "--optimize", "0"]
        done = _run([*command, "--pages", str(page), "-l", languages, str(path), str(target)], until)
        return (target, page - 1) if done and target.exists() else None
    picture = folder / str(page)
    finest = max(1, int(min(DPI, LONGEST_SIDE * 72 / max(side, 1))))
    sizes = ["-r", str(finest), "-gray", "-png", "-singlefile"]
    if not _run(["pdftoppm", *sizes, "-f", str(page), "-l", str(page), str(path), str(picture)], until):
        return None
    done = _run(["tesseract", f"{picture}.png", str(folder / str(page)), "-l", _installed(), "pdf"], until)
    return (target, 0) if done and target.exists() else None


def _installed() -> str:
    """Those of our languages that Tesseract has, as it wants them named."""
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False).stdout.split()
    return "+".join([language for language in LANGUAGES if language in listed] or ["eng"])


def _run(command: list[str], until: float) -> bool:
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=max(0.1, until - time.monotonic()), check=False)
    except (subprocess.TimeoutExpired, OSError):
        return False
    return done.returncode == 0


def no_text(path: Path, pages: list[int]) -> UnreadableFile:
    """The error for a file whose pages are all pictures."""
    return UnreadableFile(f"{path.name} holds no text: {named(pages)} only pictures.", INSTALL)


def too_late(path: Path, pages: list[int], seconds: float) -> str:
    """The sentences on pages that OCR had no time for."""
    return f"In {path.name}, {left_out(pages, 'only pictures')}: OCR of a file stops after {seconds:g} seconds. Split it and add the parts."


def left_out(pages: list[int], what: str) -> str:
    """ "page 3 is damaged and was left out", for `what` is wrong with the pages."""
    return f"{named(pages)} {what} and {'was' if len(pages) == 1 else 'were'} left out"


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
