"""What goes between the asking side and the reading process: a length and that many bytes, both ways."""

from typing import Final

import msgspec

from handrail.channels.email.inbound import ReadMail


class Opened(msgspec.Struct, frozen=True, kw_only=True, tag="opened"):
    """The mail, and what makes it the same as its twin."""

    mail: ReadMail
    fingerprint: bytes


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """The mail is beyond the limits, by name and in words."""

    reason: str
    words: str


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """The reader has a fault, and this mail shows it."""

    words: str


LENGTH_BYTES: Final = 8


def encode(answer: Opened | Refused | Failed) -> bytes:
    return msgspec.msgpack.encode(answer)


def decode(data: bytes | bytearray) -> Opened | Refused | Failed:
    """Raises msgspec.DecodeError when these bytes are no answer."""
    return _DECODER.decode(data)


_DECODER: Final[msgspec.msgpack.Decoder[Opened | Refused | Failed]] = msgspec.msgpack.Decoder(
    Opened | Refused | Failed
)
