"""Raster pictures, known by their bytes: what they are and how large. Anything else is no picture here."""

import struct
from dataclasses import dataclass

#: A picture with more points would cost the reader's browser more memory than a mail may.
MOST_POINTS = 50_000_000
#: What stands in a text is read with it, on every device; larger pictures go beside it as files.
TEXT_LIMIT = 5_000_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What the head of the bytes says; width and height in points."""

    type: str
    width: int
    height: int


def measured(content: bytes) -> Picture | None:
    """The picture in these bytes; None when they are none that a browser may show, or one too large."""
    for kind, start, measure in _KINDS:
        if content.startswith(start):
            size = measure(content)
            return _picture(kind, *size) if size else None
    return None


def can_stand_in_text(content: bytes) -> bool:
    """Whether it is a picture that every mail program and browser shows, and no larger than words need."""
    return len(content) <= TEXT_LIMIT and measured(content) is not None


def _picture(kind: str, width: int, height: int) -> Picture | None:
    if not 0 < width * height <= MOST_POINTS:
        return None
    return Picture(type=kind, width=width, height=height)


def _png(content: bytes) -> tuple[int, int] | None:
    return struct.unpack(">II", content[16:24]) if content[12:16] == b"IHDR" and len(content) > 24 else None


def _gif(content: bytes) -> tuple[int, int] | None:
    return struct.unpack("<HH", content[6:10]) if len(content) > 10 else None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """The size stands in the first frame header; the segments before it are passed by their lengths."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += _step(content, at, kind)
    return None


def _step(content: bytes, at: int, kind: int) -> int:
    if kind == 0xFF:  # padding before a marker
        return 1
    return 2 if kind in _WITHOUT_LENGTH else 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[8:12] != b"WEBP" or len(content) < 30:
        return None
    if content[12:16] == b"VP8X":
        return _three(content[24:27]) + 1, _three(content[27:30]) + 1
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if content[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None


def _three(content: bytes) -> int:
    return int.from_bytes(content, "little")


_KINDS = (
    ("image/png", b"\x89PNG\r\n\x1a\n", _png),
    ("image/gif", b"GIF87a", _gif),
    ("image/gif", b"GIF89a", _gif),
    ("image/jpeg", b"\xff\xd8\xff", _jpeg),
    ("image/webp", b"RIFF", _webp),
)
