"""The token in a reply address: whoever writes to it was told it by us, about that ticket.

`support+r` key(2) proof(26) number `@…`: the proof is 128 bits of an HMAC over the ticket's id; the number
only says which ticket to look at. Small letters and digits alone, for mail servers change the case.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "handrail.channels.email.reply-address"
_TOKEN = re.compile(r"r(?P<key>[a-z2-7]{2})(?P<proof>[a-z2-7]{26})(?P<number>[1-9][0-9]{0,17})", re.ASCII)
_WITHIN = re.compile(r"(?<![a-z0-9])r[a-z2-7]{28}[1-9][0-9]{0,17}(?![a-z0-9])", re.ASCII | re.IGNORECASE)
#: So much of a text is looked through for tokens.
_LOOKED_THROUGH = 50_000
#: Longer local parts are refused by mail servers (RFC 5321, 4.5.3.1.1).
LONGEST_LOCAL_PART = 64


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a token says, before it is proved."""

    key: str
    proof: str
    number: int

    def is_true_of(self, *, ticket_id: UUID, number: int) -> bool:
        """Whether a key of ours made this token for this ticket; takes the same time for right and wrong."""
        key = next((each for each in _keys() if _name_of(each) == self.key), b"")
        proved = hmac.compare_digest(_proof(key, self.key, ticket_id), self.proof)
        return proved and bool(key) and self.number == number


def token_for(*, ticket_id: UUID, number: int) -> str:
    """A token that joins what is written to it to this ticket."""
    key = _keys()[0]
    name = _name_of(key)
    return f"r{name}{_proof(key, name, ticket_id)}{number}"


def read(token: str) -> Claim | None:
    """What a token claims; None for what cannot be one."""
    found = _TOKEN.fullmatch(token.lower()) if len(token) < 60 else None
    return found and Claim(key=found["key"], proof=found["proof"], number=int(found["number"]))


def reply_address(address: str, *, ticket_id: UUID, number: int) -> str:
    """The address of a mailbox with the token of a ticket; without it where the result would be too long."""
    local, _, domain = address.rpartition("@")
    local = f"{local}+{token_for(ticket_id=ticket_id, number=number)}"
    return f"{local}@{domain}" if len(local) <= LONGEST_LOCAL_PART else address


def behind_plus(addresses: Iterable[str]) -> list[str]:
    """What stands between plus and @ in each address that has a plus."""
    local_parts = (address.rpartition("@")[0].partition("+") for address in addresses)
    return [token for _local, plus, token in local_parts if plus]


def within(text: str) -> list[str]:
    """What looks like a token in a text, each once: clients quote the address that they answered."""
    return list(dict.fromkeys(_WITHIN.findall(text[:_LOOKED_THROUGH])))


def _keys() -> list[bytes]:
    """The key that signs, then those that signed before it was changed."""
    return [
        salted_hmac(_SALT, "key", secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def _name_of(key: bytes) -> str:
    """Two letters that say which key it is, and nothing else about it."""
    return _letters(hashlib.sha256(b"name" + key).digest())[:2]


def _proof(key: bytes, name: str, ticket_id: UUID) -> str:
    return _letters(hmac.digest(key, name.encode() + ticket_id.bytes, "sha256")[:16])


def _letters(octets: bytes) -> str:
    return base64.b32encode(octets).decode().rstrip("=").lower()
