"""What a line of a mail's text can be, and the line as it is compared."""

import unicodedata
from enum import Enum


class Line(Enum):
    BLANK = "blank"
    TEXT = "text"
    QUOTE = "quote"
    INTRODUCTION = "introduction"  # "On Monday Vera wrote:", "--- Original message ---", a quoted header
    DELIMITER = "delimiter"
    MOBILE = "mobile"  # what a phone writes under a mail


# Direction marks go and odd blanks become plain ones, for the comparison only.
_SEEN: dict[int, str | None] = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_SEEN |= {0xA0: " ", 0x202F: " ", 0x3000: " "}


def plain_line(line: str) -> str:
    """The line as it is compared."""
    return unicodedata.normalize("NFC", line.translate(_SEEN))
