"""What reading one file may cost, and what helps where it costs more."""

from dataclasses import dataclass

SPLIT = "Split it into smaller files and add those."


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost."""

    seconds: float = 180.0
    ocr: float = 600.0  # seconds more for a file with pages read by OCR, all of them together
    memory: int = 3000  # MB
    pages: int = 2000
    size: int = 300  # MB, as the file lies there and unpacked
    letters: int = 10_000_000
