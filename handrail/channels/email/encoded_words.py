"""Encoded words of RFC 2047 (`=?utf-8?Q?Gr=C3=BC=C3=9Fe?=`), also cut, unpadded and misplaced ones."""

import binascii
import re

from handrail.channels.email.charsets import decode

ENCODED_WORD = re.compile(
    r"=\?(?P<charset>[^\s?=]{1,60})\?(?P<how>[bBqQ])\?(?P<text>.*?)(?:\?=|\Z)", re.DOTALL
)
_Q = re.compile(rb"=([0-9a-fA-F]{2})")
_NOT_BASE64 = bytes(
    sign for sign in range(256) if not (chr(sign).isascii() and chr(sign).isalnum()) and sign not in b"+/="
)
_PIECE = re.compile(rb"[^=]+")


def decode_words(value: str) -> str:
    """The value with every encoded word read; what is none stays as it is. Never raises."""
    if "=?" not in value:
        return value
    out: list[str] = []
    pending, charset, position = b"", "", 0
    for word in ENCODED_WORD.finditer(value):
        between = value[position : word.start()]
        data = _data(word["how"], word["text"])
        # Blanks between two encoded words do not count, and a character may be torn between two words.
        if pending and not between.strip() and word["charset"].lower() == charset:
            pending += data
        else:
            out += [_read(pending, charset), "" if pending and not between.strip() else between]
            pending, charset = data, word["charset"].lower()
        position = word.end()
    return "".join([*out, _read(pending, charset), value[position:]])


def _read(data: bytes, charset: str) -> str:
    return decode(data, charset).text if data else ""


def _data(how: str, text: str) -> bytes:
    raw = text.encode("utf-8", errors="surrogateescape")
    if how in "qQ":
        return _Q.sub(lambda sign: bytes([int(sign[1], 16)]), raw.replace(b"_", b" "))
    return base64_bytes(raw)


def base64_bytes(raw: bytes) -> bytes:
    """What can be read of Base64 with foreign signs in it, without padding, in pieces, or cut."""
    if b"=" not in raw.rstrip(b"= \r\n\t"):
        try:
            return binascii.a2b_base64(raw)
        except binascii.Error:
            pass
    whole = bytearray()  # grown piece by piece: a list of millions of them would take many times their size
    for piece in _PIECE.finditer(raw.translate(None, _NOT_BASE64)):
        whole += _piece(piece[0])
    return bytes(whole)


def _piece(raw: bytes) -> bytes:
    """One piece without its padding; a lone last sign holds less than a byte."""
    raw = raw[:-1] if len(raw) % 4 == 1 else raw
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
