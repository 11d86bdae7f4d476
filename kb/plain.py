"""Text that can do nothing: without the characters that steer a terminal, hide, or turn the letters beside them about."""

import json
import re
import sys
from typing import IO, Any

# Turning: the direction of writing overridden, embedded or isolated. Marks of one direction (U+200E, U+200F) stay: they turn nothing.
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
TAGS = dict.fromkeys(range(0xE0000, 0xE0080))  # letters that nobody sees and that programs read
CONTROLS = dict.fromkeys((*range(9), *range(14, 32), *range(0x7F, 0xA0)))  # all but the tab and the end of a line
BREAKS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")  # which part words
HALVES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # of characters: nothing can write them
POWERLESS = str.maketrans({**TURNING, **TAGS, **CONTROLS, **BREAKS, **HALVES})
POWERFUL = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")  # of what JSON does not escape by itself


def plain(text: str) -> str:
    """`text` without them; the ends of its lines (of the one usual sort) and its tabs stay."""
    return text.translate(POWERLESS) if not text.isascii() or not text.isprintable() else text


def one_line(text: str) -> str:
    """`text` on one line, with "?" for every character that is not printed: a file's name may hold any."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def tell(text: object, file: IO[str] | None = None, end: str = "\n") -> None:
    """Print `text`, whatever it holds, so that it is only read. For terminals."""
    print(plain(str(text)), end=end, file=file or sys.stdout, flush=True)


def as_json(value: Any) -> str:  # noqa: ANN401 - plain types
    """`value` as JSON, accents as they are, and what would steer a terminal in JSON's own escapes."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return POWERFUL.sub(lambda found: json.dumps(found[0])[1:-1], written)
