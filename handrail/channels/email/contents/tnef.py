"""winmail.dat: the files and the text that Outlook wraps into one attachment (Microsoft's MS-OXTNEF).

Read strictly and within the data that is there: what does not fit its own lengths ends the reading, and what
was found until then counts. The library at hand is no longer kept.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from handrail.channels.email import limits
from handrail.channels.email.charsets import decode
from handrail.channels.email.contents.rich_text import html_or_rtf
from handrail.kit.text import file_name, storable

_SIGNATURE = 0x223E9F78
_BODY, _MESSAGE, _RENDERING = 0x0002800C, 0x00069003, 0x00069002
_TITLE, _DATA, _PROPERTIES = 0x00018010, 0x0006800F, 0x00069005
_CODE_PAGE = 0x00069007
_FIXED_BYTES = {
    0x02: 4,
    0x03: 4,
    0x04: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x0A: 4,
    0x0B: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_BY_LENGTH = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_TEXT, _UNICODE = 0x1E, 0x1F
_NAMED_FROM = 0x8000
_PLAIN, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_LONG_NAME, _SHORT_NAME, _TYPE, _CONTENT_ID, _OBJECT = 0x3707, 0x3704, 0x370E, 0x3712, 0x3701


@dataclass(slots=True)
class TnefFile:
    """One file inside."""

    name: str = ""
    type: str = ""
    content_id: str = ""
    content: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Tnef:
    """What a winmail.dat holds. is_whole: it was read to its end."""

    text: str = ""
    html: str = ""
    rtf: bytes = b""
    files: list[TnefFile] = field(default_factory=list)
    is_whole: bool = False

    @property
    def holds_anything(self) -> bool:
        return bool(self.files or self.text or self.html)


def read_tnef(data: bytes) -> Tnef | None:
    """What is inside, None when it is no winmail.dat."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != _SIGNATURE:
        return None
    found, charset = Tnef(), "cp1252"
    for name, content in _attributes(data, found):
        if name == _CODE_PAGE and len(content) >= 4:
            charset = f"cp{struct.unpack_from('<I', content)[0]}"
        elif name == _RENDERING and len(found.files) < limits.ATTACHMENTS:
            found.files.append(TnefFile())
        elif name in (_BODY, _MESSAGE):
            _take_message(found, name, content, charset)
        elif found.files:
            _take_file(found.files[-1], name, content, charset)
    found.files = [each for each in found.files if each.name or each.content]
    return found


def _attributes(data: bytes, found: Tnef) -> Iterator[tuple[int, bytes]]:
    """Each attribute's name and content; level and checksum stand around them."""
    position = 6
    while position + 9 <= len(data):
        name, length = struct.unpack_from("<II", data, position + 1)
        end = position + 9 + length
        if end > len(data):
            return
        yield name, data[position + 9 : end]
        position = end + 2
    found.is_whole = True


def _take_message(found: Tnef, name: int, content: bytes, charset: str) -> None:
    if name == _BODY:
        found.text = found.text or _words(content, charset)
        return
    for key, kind, value in _properties(content):
        if key == _PLAIN:
            found.text = _string(value, kind, charset) or found.text
        elif key == _HTML:
            found.html = _string(value, kind, charset)
        elif key == _RTF and not found.html:
            found.html, found.rtf = html_or_rtf(value)


def _take_file(file: TnefFile, name: int, content: bytes, charset: str) -> None:
    if name == _TITLE:
        file.name = file.name or file_name(_words(content, charset))
    elif name == _DATA:
        file.content = content
    elif name == _PROPERTIES:
        for key, kind, value in _properties(content):
            _take_property(file, key, kind, value, charset)


def _take_property(file: TnefFile, key: int, kind: int, value: bytes, charset: str) -> None:
    if key == _LONG_NAME:
        file.name = file_name(_string(value, kind, charset))
    elif key == _SHORT_NAME:
        file.name = file.name or file_name(_string(value, kind, charset))
    elif key == _TYPE:
        file.type = _string(value, kind, charset).strip().lower()[:100]
    elif key == _CONTENT_ID:
        file.content_id = _string(value, kind, charset).strip("<> ")[: limits.ID_CHARS]
    elif key == _OBJECT:
        file.content = file.content or value[16:]  # behind the id of the object's interface


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each property's id, kind and first value."""
    reader = _Reader(data)
    try:
        for _property in range(min(reader.number(), 10_000)):
            kind, key = reader.short(), reader.short()
            if key >= _NAMED_FROM:
                _skip_name(reader)
            count = reader.number() if kind & 0x1000 or kind in _BY_LENGTH else 1
            values = [_value(reader, kind & 0xFFF) for _each in range(min(count, 1_000))]
            if values:
                yield key, kind & 0xFFF, values[0]
    except (struct.error, _Unknown):
        return


def _skip_name(reader: "_Reader") -> None:
    reader.take(16)
    if reader.number() == 0:
        reader.take(4)
    else:
        reader.padded()


def _value(reader: "_Reader", kind: int) -> bytes:
    if kind in _BY_LENGTH:
        return reader.padded()
    if kind not in _FIXED_BYTES:
        raise _Unknown
    return reader.take(_FIXED_BYTES[kind])


class _Unknown(Exception):
    """A kind of property whose length nobody knows: what follows cannot be found."""


class _Reader:
    """Numbers and pieces one after another; raises struct.error beyond the end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.position = data, 0

    def short(self) -> int:
        return int(struct.unpack("<H", self.take(2))[0])

    def number(self) -> int:
        return int(struct.unpack("<I", self.take(4))[0])

    def take(self, count: int) -> bytes:
        piece = self.data[self.position : self.position + count]
        if len(piece) < count:
            raise struct.error
        self.position += count
        return piece

    def padded(self) -> bytes:
        length = self.number()
        piece = self.take(length)
        self.position += -length % 4
        return piece


def _string(value: bytes, kind: int, charset: str) -> str:
    if kind == _UNICODE:
        return storable(value.decode("utf-16-le", errors="replace")).rstrip("\0")
    return _words(value, charset if kind == _TEXT else None)


def _words(value: bytes, charset: str | None) -> str:
    return storable(decode(value.rstrip(b"\0"), charset).text)
