"""The value and parameters of Content-Type and Content-Disposition, with the continuations of RFC 2231."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from handrail.channels.email.charsets import decode
from handrail.channels.email.encoded_words import decode_words
from handrail.channels.email.headers import Fields
from handrail.channels.email.limits import PARAMETER_BYTES
from handrail.kit.text import storable

_PARAMETER = re.compile(r';\s*+([^\s=;"]++)\s*+=\s*+(?:"((?:[^"\\]++|\\.)*+)"?|([^;]*+))', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+\-]{1,100}/[a-z0-9!#$&^_.+\-]{1,100}")


@dataclass(frozen=True, slots=True)
class Parameters:
    """A value in lower case (`text/plain`, `attachment`, or "") and its parameters by lower-case name."""

    value: str
    given: dict[str, str]

    @classmethod
    def of(cls, fields: Fields, name: str, *, hint: str | None = None) -> "Parameters":
        """Those of the first field of this name."""
        raw = (fields.raw(name) or b"")[:PARAMETER_BYTES]
        if not raw:
            return cls("", {})
        text = " ".join(decode(raw, hint).text.split("\n")).replace("\r", "")
        value, semicolon, rest = text.partition(";")
        given = [(found[1].lower(), _value(found)) for found in _PARAMETER.finditer(semicolon + rest)]
        return cls(value.strip().lower(), _joined(given, hint))

    def get(self, name: str) -> str:
        """The parameter fit to keep; "" when it is not there."""
        return storable(self.given.get(name, ""))

    @property
    def media_type(self) -> str:
        """The value when it is a media type, else ""."""
        return self.value if _TYPE.fullmatch(self.value) else ""


def _value(found: re.Match[str]) -> str:
    return _ESCAPED.sub(r"\1", found[2]) if found[2] is not None else found[3].strip()


def _joined(given: list[tuple[str, str]], hint: str | None) -> dict[str, str]:
    """`filename*0*=utf-8''a; filename*1=b` becomes `filename`; the extended form wins over the plain one."""
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for key, value in given:
        found = _CONTINUED.fullmatch(key)
        if found and (found[2] or found[3]):
            pieces.setdefault(found[1], []).append((int(found[2] or 0), bool(found[3]), value))
        else:
            plain.setdefault(key, decode_words(value))
    return plain | {key: _extended(parts, hint) for key, parts in pieces.items()}


def _extended(parts: list[tuple[int, bool, str]], hint: str | None) -> str:
    parts.sort(key=lambda part: part[0])
    charset, data = hint, b""
    for position, (_number, is_encoded, value) in enumerate(parts):
        if position == 0 and is_encoded and value.count("'") >= 2:
            charset, _language, value = value.split("'", 2)
        data += unquote_to_bytes(value) if is_encoded else value.encode("utf-8", errors="replace")
    return decode_words(decode(data, charset).text)
