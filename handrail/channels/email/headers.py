"""The one guarded reader of mail headers: whatever stands in them, asking never raises.

Only `Fields.of` and a comment bomb in an address refuse a mail (`Unreadable`), by the limits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.addresses import Address, addresses_in
from handrail.channels.email.charsets import codec_for, decode, looks_like
from handrail.channels.email.encoded_words import decode_words
from handrail.kit.text import storable

_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_IDS = re.compile(r"<([^<>]{1,2000})>")
_BARE_ID = re.compile(r"[^\s<>,;\"()]+@[^\s<>,;\"()]+")
_NOT_IN_IDS = re.compile(r"[\s\x00-\x1f\x7f<>]+")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[T ]")
_NUMBERED_ZONE = re.compile(r"(?:\b(?:GMT|UTC?|Z)\s?)?([+-]\d{2}):?(\d{2})$", re.IGNORECASE)
# Names that old programs write where the standard wants a number; only such as mean one zone.
_NAMED_ZONE = re.compile(r"\b(MEZ|CET|WAT|MESZ|CEST|EET|SAST|EEST|MSK|JST|KST|AEST|NZST)$", re.IGNORECASE)
_HOURS = {
    **dict.fromkeys(("mez", "cet", "wat"), 1),
    **dict.fromkeys(("mesz", "cest", "eet", "sast"), 2),
    **dict.fromkeys(("eest", "msk"), 3),
    **dict.fromkeys(("jst", "kst"), 9),
    "aest": 10,
    "nzst": 12,
}
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fields:
    """One header: its fields in order, names in lower case, values as the raw bytes behind the colon."""

    items: tuple[tuple[str, bytes], ...]
    problems: frozenset[str] = frozenset()

    @classmethod
    def of(cls, block: bytes) -> "Fields":
        """The fields of a header block; a line that is none is left out and named as a problem."""
        items: list[tuple[str, bytes]] = []
        problems: set[str] = set()
        for name, value in _unfolded(block, problems):
            if len(value) > limits.FIELD_BYTES:
                value = value[: limits.FIELD_BYTES]
                problems.add("header-cut")
            items.append((name, value))
        _refuse_oversize(items)
        return cls(tuple(items), frozenset(problems))

    def raw(self, name: str) -> bytes | None:
        """The first value of this name as it came."""
        return next((value for key, value in self.items if key == name), None)

    def all_raw(self, name: str) -> list[bytes]:
        return [value for key, value in self.items if key == name]

    def text(self, name: str, *, hint: str | None = None) -> str:
        """The first value of this name, unfolded and decoded; "" when there is none.

        hint: the charset of the body, tried for raw 8-bit values, which declare none.
        """
        return as_text(self.raw(name) or b"", hint=hint)

    def addresses(self, name: str, *, hint: str | None = None) -> tuple[Address, ...]:
        """All addresses of all fields of this name, at most `limits.ADDRESSES`."""
        found: list[Address] = []
        for value in self.all_raw(name)[:20]:
            found += addresses_in(_plain(value, hint), at_most=limits.ADDRESSES - len(found))
        return tuple(found)

    def ids(self, name: str) -> tuple[str, ...]:
        """The message ids in all fields of this name, in their order, each once."""
        found: dict[str, None] = {}
        for value in self.all_raw(name)[:20]:
            found.update(dict.fromkeys(_ids(_plain(value, None))))
        return tuple(found)

    def moment(self, name: str) -> datetime | None:
        """The aware moment in UTC; None when there is none that a calendar knows."""
        moment = self.local_moment(name)
        return moment.astimezone(UTC) if moment else None

    def local_moment(self, name: str) -> datetime | None:
        """The same in the zone of its writer."""
        text = re.sub(r"\([^()]*\)", " ", self.text(name)[:200]).strip()
        try:
            is_iso = bool(_ISO.match(text))
            moment = datetime.fromisoformat(text) if is_iso else parsedate_to_datetime(_zone_plain(text))
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
            return moment if _EARLIEST < moment.astimezone(UTC) < _LATEST else None
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            return None

    def value(self, name: str) -> str:
        """The first value of this name in lower case without comments and parameters, for comparing."""
        return self.text(name)[:500].partition(";")[0].partition("(")[0].strip().lower()


def _zone_plain(text: str) -> str:
    """`GMT+01:00` and `MEZ` as `+0100`, which the standard has."""
    text = _NUMBERED_ZONE.sub(r"\1\2", text)
    return _NAMED_ZONE.sub(lambda found: f"+{_HOURS[found[1].lower()]:02}00", text)


def as_text(value: bytes, *, hint: str | None = None) -> str:
    """A raw value unfolded, decoded and fit to keep; blanks inside stay as they are."""
    return storable(decode_words(_plain(value, hint)))


def _plain(value: bytes, hint: str | None) -> str:
    """Unfolded, raw 8-bit signs decoded, encoded words left as they are."""
    text = value.decode("ascii") if value.isascii() else _eight_bit(value, hint)
    return _FOLD.sub(" ", text).strip()


def _eight_bit(value: bytes, hint: str | None) -> str:
    """Raw letters beyond ASCII: UTF-8, else the body's charset unless they look otherwise."""
    found = decode(value, hint)
    codec = codec_for(hint)
    if found.charset == "utf-8" or not (codec and (codec == "cp1252" or "\ufffd" in found.text)):
        return found.text
    return decode(value, looks_like(value)).text


def _unfolded(block: bytes, problems: set[str]) -> Iterator[tuple[str, bytes]]:
    """Name and whole value of each field."""
    name, pieces, skipping = "", list[bytes](), False
    for line in block.split(b"\n"):
        if line[:1] in (b" ", b"\t") and (name or skipping):
            pieces.append(line)
            continue
        if name:
            yield name, b"\n".join(pieces)
        found = _NAME.match(line)
        name, skipping = (found[1].decode("ascii").lower(), False) if found else ("", True)
        pieces = [line[found.end() :]] if found else []
        if not found and line.strip() and not line.startswith((b"From ", b">From ")):
            problems.add("header-line")
    if name:
        yield name, b"\n".join(pieces)


def _refuse_oversize(items: list[tuple[str, bytes]]) -> None:
    if len(items) > limits.FIELDS:
        raise Unreadable("too-many-fields", f"The header has more than {limits.FIELDS} fields.")
    if sum(len(name) + len(value) for name, value in items) > limits.HEADER_BYTES:
        raise Unreadable("header-too-large", f"The header is larger than {limits.HEADER_BYTES // 1024} kB.")


def _ids(value: str) -> list[str]:
    found = _IDS.findall(value) or ([value.strip()] if _BARE_ID.fullmatch(value.strip()) else [])
    ids = [_NOT_IN_IDS.sub("", storable(decode_words(each))) for each in found]
    return [each for each in ids if 0 < len(each) <= limits.ID_CHARS]
