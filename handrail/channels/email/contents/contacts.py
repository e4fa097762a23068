"""Visiting cards (vCard 2.1 to 4.0): who somebody is and how to reach them."""

import binascii
import re
from dataclasses import dataclass

from handrail.channels.email import limits
from handrail.channels.email.attachments import content_of
from handrail.channels.email.charsets import decode
from handrail.channels.email.structure import Part
from handrail.kit.text import one_line

_TYPES = frozenset({"text/vcard", "text/x-vcard", "text/directory"})
_LINE = re.compile(
    r"(?:[\w\-]{1,40}\.)?(?P<name>[A-Za-z\-]{1,40})(?P<parameters>(?:;[^:]{0,300})?):(?P<value>.*)"
)
_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_ESCAPED = re.compile(r"\\([,;\\nN])")


@dataclass(frozen=True, kw_only=True)
class Contact:
    name: str
    organisation: str
    role: str
    addresses: tuple[str, ...]
    phones: tuple[str, ...]


def contacts_in(mail: Part) -> tuple[Contact, ...]:
    """The cards in this mail, at most `limits.CONTACTS`."""
    found: list[Contact] = []
    for part in mail.walk():
        if part.media_type in _TYPES and not part.parts:
            found += _cards(
                decode(content_of(part)[: limits.CARD_BYTES], part.type.get("charset") or None).text
            )
    return tuple(found[: limits.CONTACTS])


def _cards(text: str) -> list[Contact]:
    cards, card = list[Contact](), dict[str, list[str]]()
    for name, value in _lines(text):
        if name == "BEGIN":
            card = {}
        elif name == "END":
            cards.append(_contact(card))
        else:
            card.setdefault(name, []).append(value)
    return [each for each in cards if each.name or each.addresses or each.phones]


def _lines(text: str) -> list[tuple[str, str]]:
    found = []
    for line in _FOLD.sub("", _SOFT_BREAK.sub("", text)).splitlines()[:5_000]:
        piece = _LINE.match(line[:4_000])
        if piece:
            found.append((piece["name"].upper(), _value(piece["value"], piece["parameters"].upper())))
    return found


def _value(value: str, parameters: str) -> str:
    if "QUOTED-PRINTABLE" in parameters:
        value = decode(binascii.a2b_qp(value.encode("utf-8", "ignore")), None).text
    return _ESCAPED.sub(lambda sign: " " if sign[1] in "nN" else sign[1], value)


def _contact(card: dict[str, list[str]]) -> Contact:
    def first(name: str) -> str:
        return one_line(next(iter(card.get(name, [])), ""), limit=limits.NAME_CHARS)

    family, _, given = first("N").partition(";")
    return Contact(
        name=first("FN") or " ".join(filter(None, (given.partition(";")[0], family))),
        organisation=first("ORG").replace(";", ", ").strip(", "),
        role=first("TITLE") or first("ROLE"),
        addresses=tuple(one_line(each, limit=limits.ADDRESS_CHARS) for each in card.get("EMAIL", [])[:10]),
        phones=tuple(
            one_line(each, limit=60).removeprefix("tel:") for each in card.get("TEL", [])[:10] if each.strip()
        ),
    )
