"""Rich text as Outlook packs it: unpacked (MS-OXRTFCP), and the html that most of it wraps (MS-OXRTFEX)."""

import re
import struct

from handrail.channels.email import limits
from handrail.channels.email.charsets import decode

_PACKED, _PLAIN = b"LZFu", b"MELA"
# What the window holds before the first byte.
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS"
    rb" Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4_096
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_BREAKS = {b"par": b"\r\n", b"line": b"\r\n", b"tab": b"\t", b"lquote": b"'", b"rquote": b"'"}
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


def html_or_rtf(packed: bytes) -> tuple[str, bytes]:
    """The html inside, or else the rich text itself; ("", b"") when it cannot be unpacked."""
    rtf = unpacked(packed)
    return (html_in(rtf), b"") if b"\\fromhtml1" in rtf[:2_000] else ("", rtf)


def unpacked(packed: bytes) -> bytes:
    """The rich text; as much of it as there is when it is cut."""
    if len(packed) < 16:
        return b""
    _size, length, kind = struct.unpack_from("<II4s", packed)
    if kind == _PLAIN:
        return packed[16 : 16 + length]
    return _inflated(packed[16:], min(length, limits.RICH_TEXT_BYTES)) if kind == _PACKED else b""


def _inflated(data: bytes, length: int) -> bytes:
    """Eight steps follow each control byte: a plain byte, or a place in the window and how much to repeat."""
    out = bytearray(_START)
    end, position = len(_START) + length, 0
    while position < len(data) and len(out) < end:
        control, position = data[position], position + 1
        for bit in range(8):
            if position >= len(data) or len(out) >= end:
                break
            if not control >> bit & 1:
                out.append(data[position])
                position += 1
                continue
            reference = int.from_bytes(data[position : position + 2], "big")
            position += 2
            if not _repeat(out, reference >> 4, (reference & 0xF) + 2):
                return bytes(out[len(_START) :])
    return bytes(out[len(_START) : end])


def _repeat(out: bytearray, place: int, count: int) -> bool:
    """Append what stands at this place of the window; False at the end, which points at itself."""
    back = (len(out) - place) % _WINDOW
    if back == 0 or back > len(out):
        return False
    for _byte in range(count):
        out.append(out[-back])
    return True


def html_in(rtf: bytes) -> str:
    """The html that rich text wraps: tags are in `htmltag` groups, what only Word needs behind `htmlrtf`."""
    page = _CODE_PAGE.search(rtf[:1_000])
    unwrapping = _Unwrapping()
    for token in _TOKEN.finditer(rtf):
        unwrapping.take(*token.groups())
    return decode(b"".join(unwrapping.out), f"cp{page[1].decode()}" if page else "cp1252").text


class _Unwrapping:
    """Where the reader stands in the groups, and what it has found so far."""

    def __init__(self) -> None:
        self.out: list[bytes] = []
        self.hidden = False
        self.groups: list[bool] = []
        self.skipped = 0  # how many groups deep the reader is in one that shows nothing
        self.stand_in = False  # the next sign stands for one that was told by number

    def take(
        self,
        word: bytes | None,
        number: bytes | None,
        code: bytes | None,
        sign: bytes | None,
        brace: bytes | None,
        text: bytes | None,
    ) -> None:
        if brace:
            self._enter() if brace == b"{" else self._leave()
        elif word == b"htmltag":
            self.skipped = 0
        elif word == b"htmlrtf":
            self.hidden = number != b"0"
        elif (word in _SKIPPED or sign == b"*") and not self.skipped:
            self.skipped = 1
        elif not self.hidden and not self.skipped:
            self._show(word, number, code, sign, text)

    def _enter(self) -> None:
        self.groups.append(self.hidden)
        self.skipped += self.skipped > 0

    def _leave(self) -> None:
        self.hidden = self.groups.pop() if self.groups else False
        self.skipped -= self.skipped > 0

    def _show(
        self,
        word: bytes | None,
        number: bytes | None,
        code: bytes | None,
        sign: bytes | None,
        text: bytes | None,
    ) -> None:
        if word == b"u" and number:
            self.out.append(b"&#%d;" % (int(number) % 65_536))
            self.stand_in = True
            return
        shown = _shown(word, code, sign, text)
        self.out.append(shown[1:] if self.stand_in else shown)
        self.stand_in = self.stand_in and not shown


_SKIPPED = frozenset({b"fonttbl", b"colortbl", b"stylesheet", b"info", b"generator", b"mhtmltag"})


def _shown(word: bytes | None, code: bytes | None, sign: bytes | None, text: bytes | None) -> bytes:
    if text is not None:
        return text
    if code is not None:
        return bytes([int(code, 16)])
    if sign is not None:
        return {b"~": b"\xa0", b"_": b"-"}.get(sign, sign if sign in (b"\\", b"{", b"}") else b"")
    return _BREAKS.get(word or b"", b"")
