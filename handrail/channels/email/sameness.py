"""What makes two mails the same one, whatever roads they came by.

The Message-ID alone would not do: careless programs use one twice, and somebody could send a mail ahead under
another's id to make us drop the real one. Only what the sender wrote counts, decoded, never what we make of
it: a later version must find the same mail the same.
"""

import hashlib
import re

from handrail.channels.email.attachments import content_of
from handrail.channels.email.structure import Part, parse

#: What the sender's program wrote; servers on the way change other headers and add their own.
WRITTEN = ("message-id", "from", "to", "cc", "date", "subject", "in-reply-to", "references")
_ADDED = re.compile(r"(received|return-path|delivered-to|envelope-to|authentication-results|dkim-|arc-|x-).*")
_BLANKS = re.compile(rb"\s+")


def fingerprint_of(raw: bytes) -> bytes:
    """32 bytes, equal for the same mail. Raises Unreadable."""
    mail = parse(raw)
    digest = hashlib.sha256()
    for name, value in _headers(mail):
        digest.update(name.encode() + b":" + _BLANKS.sub(b" ", value).strip() + b"\n")
    for part in mail.walk():
        if not part.parts:
            kind = f"{part.media_type} {part.disposition.value}".encode("utf-8", "replace")
            digest.update(kind + b"\n" + hashlib.sha256(_content(part)).digest())
    return digest.digest()


def _headers(mail: Part) -> list[tuple[str, bytes]]:
    """Without a Message-ID every header counts that no server adds: little else tells mails apart."""
    if mail.fields.ids("message-id"):
        return [(name, value) for name in WRITTEN for value in mail.fields.all_raw(name)]
    return [(name, value) for name, value in mail.fields.items if not _ADDED.fullmatch(name)]


def _content(part: Part) -> bytes:
    """Decoded, so that the transfer encoding does not count, nor do line ends."""
    content = content_of(part)
    return content.replace(b"\r\n", b"\n").strip() if part.media_type.startswith("text/") else content
