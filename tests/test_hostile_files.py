"""Files made to harm: each ends in a result or in an error that names it, within its limits, and the next one is read."""

import os
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import hostile_files as made
import pytest
from PIL import Image
from typeset import column, typeset

from ingest.limits import Limits
from ingest.pipeline import ingest
from ingest.worker import Worker
from kb import pages
from kb.errors import UnreadableFile
from kb.library import Library
from kb.process import Allowed

WHOLE = " ".join(made.WORDS)
RESAVE = "Open it in a PDF viewer, save or print it as a new PDF, and add that one."
REWORD = "Open it in Word, save it again as .docx, and add that one."
SPLIT = "Split it into smaller files and add those."
LIMITS = Limits(seconds=20, memory=1200, pages=300, size=20)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(LIMITS) as opened:
        yield opened


def read(worker: Worker, path: Path) -> str:
    """The text of a file, or the sentences of its error."""
    began = time.monotonic()
    try:
        return worker.read(path)[1].text
    except UnreadableFile as error:
        return str(error)
    finally:
        assert time.monotonic() - began < LIMITS.seconds + 2


ANSWERED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "loop of forms.pdf": (made.loop_of_forms, WHOLE),
    "tree of forms.pdf": (made.tree_of_forms, WHOLE),
    "loop of bookmarks.pdf": (made.loop_of_bookmarks, WHOLE),
    "deep brackets.pdf": (made.deep_brackets, WHOLE),
    "broken table.pdf": (made.broken_table, WHOLE),
    "lying picture.pdf": (made.lying_picture, WHOLE),
    "endless page.pdf": (made.of_size(b"0 0 14400000 14400000"), WHOLE),
    "external entity.docx": (
        lambda path: made.docx(path, made.PARAGRAPH + "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", made.SECRET.format(__file__)),
        WHOLE,
    ),
    "lies.docx": (made.docx_that_lies, WHOLE),
}
REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb.pdf": (lambda path: made.flate_bomb(path, 200), f"is damaged: none of its pages can be read. {RESAVE}"),
    "pages.pdf": (lambda path: made.many_pages(path, 100_000), f"has 100000 pages, more than the 300 that are read. {SPLIT}"),
    "loop of pages.pdf": (made.loop_of_pages, f"is damaged and cannot be opened as a PDF. {RESAVE}"),
    "deep pages.pdf": (made.deep_pages, f"is damaged and cannot be opened as a PDF. {RESAVE}"),
    "half.pdf": (made.cut_in_half, f"is damaged and cannot be opened as a PDF. {RESAVE}"),
    "locked.pdf": (made.locked, "is protected by a password. Save a copy without the password and add that one."),
    "no page.pdf": (made.of_size(b"0 0 1e39 1e39"), "holds no text. Add a version of the file that has text."),
    "bomb.docx": (
        lambda path: made.docx_bomb(path, 21),
        "unpacks to 21 MB in 4 parts, more than the 20 MB in 10000 that are read. Make its pictures smaller or split it, and add the result.",
    ),
    "laughs.docx": (
        lambda path: made.docx(path, "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", made.BILLION),
        f"is damaged and cannot be opened as a Word file. {REWORD}",
    ),
    "deep.docx": (made.deep_docx, f"is damaged and cannot be opened as a Word file. {REWORD}"),
    "deep.html": (made.deep_html, "holds no text. Add a version of the file that has text."),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_what_can_be_read_is(worker: Worker, tmp_path: Path, name: str) -> None:
    make, text = ANSWERED[name]
    assert read(worker, make(tmp_path / name)) == text


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_is_named_with_its_remedy(worker: Worker, tmp_path: Path, name: str) -> None:
    make, said = REFUSED[name]
    assert read(worker, make(tmp_path / name)) == f"{name} {said}"


def test_entities_of_a_page_are_not_looked_up(worker: Worker, tmp_path: Path) -> None:
    for name, doctype in (("outside.html", made.SECRET.format(__file__)), ("inside.html", made.BILLION)):
        path = tmp_path / name
        path.write_text(f"{doctype}<html><body><p>One &a9; two.</p></body></html>", encoding="utf-8")
        assert read(worker, path).endswith("One &a9; two.")


MISNAMED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "pdf.txt": (lambda path: typeset(path, column(70, 720, made.WORDS)), "a PDF", ".pdf"),
    "pdf.docx": (lambda path: typeset(path, column(70, 720, made.WORDS)), "a PDF", ".pdf"),
    "word.pdf": (made.docx, "a Word file", ".docx"),
    "word.md": (made.docx, "a Word file", ".docx"),
    "page.md": (lambda path: path.write_text("<!DOCTYPE html><html><body>Words"), "an HTML page", ".html"),
    "page.txt": (lambda path: path.write_text("<!-- saved -->\n<html>Words"), "an HTML page", ".html"),
}


@pytest.mark.parametrize("name", MISNAMED)
def test_a_file_under_a_wrong_name_is_told_its_right_one(worker: Worker, tmp_path: Path, name: str) -> None:
    make, kind, suffix = MISNAMED[name]
    make(tmp_path / name)
    assert read(worker, tmp_path / name) == f"{name} is {kind} by its content. Rename it so that its name ends in {suffix}, and add it again."


def test_a_word_file_with_a_password_is_told_apart(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert read(worker, tmp_path / "a.docx") == (
        "a.docx is protected by a password, or in the format of Word before 2007. Open it in Word, save it as .docx without a password, and add that one."
    )


def test_text_in_utf_16_is_read(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Según la evaluación, «sí».", encoding="utf-16")
    assert read(worker, tmp_path / "a.txt") == "Según la evaluación, «sí»."


@pytest.mark.skipif(os.name != "posix", reason="devices and links of POSIX")
def test_a_folder_of_traps_is_gone_through(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text("The roads were built on time.")
    (folder / "empty.txt").touch()
    os.mkfifo(folder / "fifo.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "around").symlink_to(folder)
    os.mkfifo(folder / "good.toml")
    summary = ingest([folder], tmp_path / "library", library=library)
    assert summary.added == 1
    assert {Path(failure.path).name: failure.error for failure in summary.failed} == {
        "empty.txt": "empty.txt is empty.",
        "fifo.txt": "fifo.txt is a folder or a device, not a file.",
        "gone.txt": f"There is no file at {folder / 'gone.txt'}.",
        "loop.txt": f"There is no file at {folder / 'loop.txt'}.",
        "zero.txt": "zero.txt is a folder or a device, not a file.",
    }


def test_odd_names_are_names(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    names = ["a\nb.txt", "a\x1b[31mb.txt", "... ...txt", "a%00b.txt", "\u202etxt.a.txt", "x" * 251 + ".txt"]
    for number, name in enumerate(names):
        (folder / name).write_text(f"Number {number} of the reports was written on time.")
    longer, above = folder / ("y" * 300 + ".txt"), folder / ".." / ".." / "none.txt"
    summary = ingest([*(folder / name for name in names), longer, above], tmp_path / "library", library=library)
    assert summary.added == len(names)
    too_long, none = (failure.error for failure in summary.failed)
    assert too_long.endswith("yyy.txt cannot be opened (File name too long).")
    assert none == f"There is no file at {above}."


def test_a_page_that_brings_the_drawing_down_is_named_and_the_next_one_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ALLOWED", Allowed(seconds=10, memory=400))
    good = typeset(tmp_path / "good.pdf", column(70, 720, made.WORDS))
    for make in (made.loop_of_forms, made.tree_of_forms):
        with pytest.raises(UnreadableFile, match=r"^The pages of bad\.pdf cannot be shown\. It "):
            pages.picture(make(tmp_path / "bad.pdf"), 1, 600)
        assert pages.picture(good, 1, 600).startswith(b"\x89PNG")


@pytest.mark.parametrize("box", [b"0 0 14400000 14400000", b"0 0 0.001 842", b"0 0 595 0.001", b"0 0 0 0", b"0 0 1e39 1e39"])
def test_a_page_beyond_measure_is_drawn_within_measure(tmp_path: Path, box: bytes) -> None:
    drawn = Image.open(BytesIO(pages.picture(made.of_size(box)(tmp_path / "a.pdf"), 1, 1200)))
    assert 0 < drawn.width * drawn.height <= 41_000_000


def test_a_giant_picture_is_drawn_or_named(tmp_path: Path) -> None:
    for path in (made.giant_picture(tmp_path / "giant.pdf", 20_000), made.lying_picture(tmp_path / "lying.pdf")):
        assert pages.picture(path, 1, 600).startswith(b"\x89PNG")
