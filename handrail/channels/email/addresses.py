"""Address lists as people and broken programs write them, read in one pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.encoded_words import ENCODED_WORD, decode_words
from handrail.kit.text import one_line, small_letters, storable

_TOKEN = re.compile(
    r"""
    (?P<word>=\?[^\s?=]{1,60}\?[bBqQ]\?[^?]*\?=)      # an encoded word may hold any of the signs below
  | (?P<quoted>"(?:[^"\\]++|\\.)*+")
  | <(?P<angle>[^<>]*+)>?
  | (?P<comment>\()
  | (?P<end>[,;])
  | (?P<blank>\s++)
  | (?P<plain>[^\s"<(,;=]++|[="\\)>])
    """,
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[^\s<>()\",;:\[\]\\]++")
_DOMAIN = re.compile(r"@[\w.\-]{1,255}")
_NAME_LIKE = re.compile(r"[\w.+\-]{1,64}")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BLANK_AROUND = re.compile(r"\s*([@.])\s*")
_PARENTHESIS = re.compile(r"[()]")


@dataclass(frozen=True, slots=True)
class Address:
    """A name, which may be empty, and an address as it was written, which may be none that mail can reach."""

    name: str
    address: str
    was_angle: bool = field(
        default=False, compare=False, repr=False
    )  # it stood in <>, even if that was empty

    @property
    def is_usable(self) -> bool:
        """Mail can be sent there as far as its form tells."""
        local, at, domain = self.address.rpartition("@")
        return bool(local and at and domain)

    @property
    def normal(self) -> str:
        """The form in which addresses are compared: small letters of ASCII only, no final dot.

        Other letters stay, because folding them makes two people's addresses one (the Kelvin sign is no k).
        """
        return small_letters(self.address).rstrip(".")


@dataclass(slots=True)
class _Entry:
    """What has been read since the last comma."""

    text: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def addresses_in(value: str, *, at_most: int) -> list[Address]:
    """The addresses in a header value that is unfolded, with its encoded words still in it."""
    found: list[Address] = []
    for entry in _entries(value):
        address = _address(entry)
        if address and len(found) < at_most:
            found.append(_with_first_half(found, address, entry))
        if len(found) >= at_most:
            break
    return found


def _with_first_half(found: list[Address], address: Address, entry: _Entry) -> Address:
    """`Doe, John <j@example.org>` without quotation marks is one person: the comma parts nothing."""
    last = found[-1] if found else None
    if not (last and entry.angles and address.is_usable and address.name):
        return address
    if "@" in last.address or last.was_angle:
        return address
    found.pop()
    return Address(f"{last.name or last.address}, {address.name}", address.address)


def _entries(value: str) -> Iterator[_Entry]:
    entry, position = _Entry(), 0
    last_group_end = value.rfind(";")  # `team: a@x.example, b@x.example;` names a group, which is nobody
    closed = value.rfind('"')  # no quoted string starts behind the last quote, so none is looked for
    while token := _TOKEN.match(value, position):
        position = token.end()
        if token["comment"]:
            comment, position = _comment(value, position)
            entry.comments.append(comment)
        elif token["end"]:
            if entry.text or entry.angles or entry.comments:
                yield entry
            entry = _Entry()
        elif token["angle"] is not None:
            entry.angles.append(token["angle"])
        elif token["quoted"] and (domain := _DOMAIN.match(value, position)):
            entry.angles.append(token[0] + domain[0])
            position = domain.end()
        elif token[0] == '"' and closed > position:
            position = closed  # an unfinished quoted string: one look is enough
        elif token[0].endswith(":") and position <= last_group_end and not entry.angles:
            entry = _Entry()
        else:
            entry.text.append(_unquoted(token))
    yield entry


def _unquoted(token: re.Match[str]) -> str:
    if token["quoted"]:
        return _ESCAPED.sub(r"\1", token["quoted"][1:-1])
    return " " if token["blank"] else token[0].strip('"')


def _comment(value: str, position: int) -> tuple[str, int]:
    """The comment that opened before `position`, and where it ends; an unfinished one ends at once."""
    depth = 1
    for sign in _PARENTHESIS.finditer(value, position):
        depth += 1 if sign[0] == "(" else -1
        if depth > limits.COMMENT_DEPTH:
            raise Unreadable("nested-comments", "An address holds comments nested beyond all sense.")
        if depth == 0:
            return value[position : sign.start()], sign.end()
    return "", position


def _address(entry: _Entry) -> Address | None:
    text = "".join(entry.text)
    comment = " ".join(entry.comments)
    if entry.angles:
        written = next((angle for angle in entry.angles if "@" in angle), entry.angles[0])
        name, address = _clean_name(text) or _clean_name(comment), _clean_address(written)
    else:
        name, address = _bare(text, comment)
    return Address(name, address, bool(entry.angles)) if name or address else None


def _bare(text: str, comment: str) -> tuple[str, str]:
    """Name and address where no angle brackets tell them apart: `vera@example.org (Vera)`."""
    if "=?" in text and "@" not in ENCODED_WORD.sub("", text) and "@" in (decoded := decode_words(text)):
        whole = addresses_in(storable(decoded), at_most=1)  # a program encoded name and address as one word
        return (whole[0].name, whole[0].address) if whole else ("", "")
    for place, rest in ((text, comment), (comment, text)):
        found = next((word for word in _WORD.finditer(place) if "@" in word[0].strip("@")), None)
        if found:
            before = place[: found.start()].removesuffix("mailto:")
            left = f"{before} {place[found.end() :]}" if place is text else ""
            name = left if any(map(str.isalnum, left)) and "@" not in left else rest
            return _clean_name(name), _clean_address(found[0])
    if _NAME_LIKE.fullmatch(text.strip()):
        return _clean_name(comment), text.strip()
    return _clean_name(text) or _clean_name(comment), ""


def _clean_name(text: str) -> str:
    name = one_line(_CONTROL.sub(" ", decode_words(text)), limit=limits.NAME_CHARS).strip('" ,;:')
    within = name.strip("' ")
    return name if name[:1] == "'" and "' " in within else within  # 'Vera Klein' via Support


def _clean_address(text: str) -> str:
    text = storable(_CONTROL.sub("", text)).strip()
    text = text[7:] if text[:7].lower() == "mailto:" else text
    text = text if '"' in text else _BLANK_AROUND.sub(r"\1", text)
    text = text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
    return text if len(text) <= limits.ADDRESS_CHARS else ""
