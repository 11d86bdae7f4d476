"""Pages that are pictures are read by OCR where it is installed; a stand-in takes its part here."""

import os
import sys
import time
from pathlib import Path

import pytest
from typeset import column, picture, typeset

from ingest import ocr
from ingest.limits import Limits
from ingest.read import read
from kb.errors import UnreadableFile

LINES = ["The scanned page says that the project was relevant, and", "that its partners were satisfied with what it had done."]
PROSE = ["The typeset page says that the office was", "consulted by every partner of the project."]


def install(folder: Path, name: str, script: str) -> None:
    """Put a program called `name` into the folder."""
    path = folder / name
    path.write_text(f"#!{sys.executable}\nimport sys, shutil\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that alone is searched for programs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return typeset(tmp_path / "scan.pdf", column(70, 720, PROSE), [picture(0, 0, 595, 842)])


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")
def test_tesseract_reads_the_picture(scan: Path, programs: Path, tmp_path: Path) -> None:
    made = typeset(tmp_path / "made.pdf", column(70, 720, LINES))
    install(programs, "pdftoppm", "open(sys.argv[-1] + '.png', 'w').close()")
    install(programs, "tesseract", f"print('spa eng') if '--list-langs' in sys.argv else shutil.copy({str(made)!r}, sys.argv[2] + '.pdf')")
    told: list[str] = []
    document = read(scan, progress=told.append)
    assert told == ["scan.pdf: OCR of page 2"]
    assert document.ocr_pages == frozenset({2})
    assert document.warnings == ()
    assert document.text == "\n".join(PROSE) + "\n\n" + "\n".join(LINES)
    assert [run.page for run in document.pages] == [1, 2]


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")
def test_ocrmypdf_reads_the_picture(scan: Path, programs: Path, tmp_path: Path) -> None:
    made = typeset(tmp_path / "made.pdf", column(70, 720, PROSE), column(70, 720, LINES))
    install(programs, "ocrmypdf", f"assert sys.argv[sys.argv.index('--pages') + 1] == '2'; shutil.copy({str(made)!r}, sys.argv[-1])")
    assert read(scan).ocr_pages == frozenset({2})


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")
def test_ocr_that_fails_leaves_the_page_out(scan: Path, programs: Path) -> None:
    install(programs, "ocrmypdf", "sys.exit(3)")
    assert read(scan).warnings == (f"In scan.pdf, page 2 is only pictures and was left out. {ocr.INSTALL}",)


def test_without_ocr_a_scan_is_refused(tmp_path: Path, programs: Path) -> None:
    path = typeset(tmp_path / "old.pdf", *[[picture(0, 0, 595, 842)]] * 5)
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.problem == "old.pdf holds no text: pages 1-5 are only pictures."
    assert caught.value.remedy == ocr.INSTALL


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")
def test_the_pages_of_one_file_share_its_time(tmp_path: Path, programs: Path) -> None:
    path = typeset(tmp_path / "long.pdf", column(70, 720, PROSE), *[[picture(0, 0, 595, 842)]] * 30)
    install(programs, "ocrmypdf", "import time; time.sleep(60)")
    began = time.monotonic()
    assert read(path, Limits(ocr=1)).warnings == (
        f"In long.pdf, page 2 is only pictures and was left out. {ocr.INSTALL}",
        "In long.pdf, pages 3-31 are only pictures and were left out: OCR of a file stops after 1 seconds. Split it and add the parts.",
    )
    assert time.monotonic() - began < 10


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")
def test_a_file_of_pictures_without_end_is_refused(tmp_path: Path, programs: Path) -> None:
    path = typeset(tmp_path / "long.pdf", *[[picture(0, 0, 595, 842)]] * 30)
    install(programs, "ocrmypdf", "import time; time.sleep(60)")
    with pytest.raises(UnreadableFile) as caught:
        read(path, Limits(ocr=0))
    assert str(caught.value) == "long.pdf holds only pictures, more than OCR reads in its time. Split it into smaller files and add those."


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")
@pytest.mark.parametrize(("side", "dots"), [(842, "300"), (14_400, "30"), (14_400_000, "1")])
def test_a_giant_page_is_pictured_small(tmp_path: Path, programs: Path, side: int, dots: str) -> None:
    asked = tmp_path / "asked"
    install(programs, "pdftoppm", f"open({str(asked)!r}, 'w').write(sys.argv[sys.argv.index('-r') + 1])")
    install(programs, "tesseract", "print('spa')")
    with ocr.recognised(tmp_path / "a.pdf", {1: float(side)}, 10, lambda page: None):
        assert asked.read_text() == dots


@pytest.mark.parametrize(
    ("pages", "words"),
    [([3], "page 3 is"), ([1, 2, 3, 7], "pages 1-3 and 7 are"), ([2, 4, 6, 7], "pages 2, 4 and 6-7 are")],
)
def test_pages_are_named_in_words(pages: list[int], words: str) -> None:
    assert ocr.named(pages) == words
