"""A PDF's fonts, ready to turn the bytes a page shows into text with a width."""

import re

from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font

BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!dia)", re.IGNORECASE)
FORCE_BOLD = 1 << 18  # a flag of the font's descriptor


class Face:
    """A font ready for decoding: bytes -> text and width in thousandths of the size."""

    def __init__(self, resource: DictionaryObject | None) -> None:
        font = Font.from_font_resource(resource) if resource is not None else Font("Unknown", {})
        descriptor = font.font_descriptor
        self.number = id(self)
        self.space = float(font.space_width or 250)
        self.bold = bool(BOLD_NAME.search(font.name)) or _heavy(descriptor.weight)
        self.bold = self.bold or bool(_integer(descriptor.flags) & FORCE_BOLD)
        self._font = font
        self._scale = _type3_scale(resource) if font.sub_type == "Type3" else 1.0
        self._known: dict[bytes, tuple[str, float, int, int]] = {}

    def show(self, data: bytes) -> tuple[str, float, int, int]:
        """(text, width, number of glyphs, number of one-byte spaces) of a shown string."""
        known = self._known.get(data)
        if known is None:
            known = self._known[data] = self._decode(data)
        return known

    def _decode(self, data: bytes) -> tuple[str, float, int, int]:
        font = self._font
        encoding, mapping, widths = font.encoding, font.character_map, font.character_widths
        default = widths.get("default", 500)
        if isinstance(encoding, str):
            try:
                keys = data.decode(encoding, "surrogatepass")
            except UnicodeDecodeError:
                keys = data.decode(encoding, "replace")
            raw, spaces = list(keys), 0
        else:
            raw = [encoding.get(byte, chr(byte)) for byte in data]
            keys, spaces = data.decode("latin-1"), data.count(32)
        text = "".join([mapping.get(char, char) for char in raw])
        width = sum([widths.get(key, default) for key in keys]) * self._scale
        return text, width, len(keys), spaces


def _heavy(weight: object) -> bool:
    try:
        return float(str(weight)) >= 600
    except ValueError:
        return False


def _integer(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) else 0


def _type3_scale(resource: DictionaryObject | None) -> float:
    matrix = resource.get("/FontMatrix") if resource is not None else None
    try:
        return abs(float(matrix[0] if matrix else 0.001)) * 1000 or 1.0
    except (TypeError, ValueError, IndexError):
        return 1.0
