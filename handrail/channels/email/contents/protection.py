"""S/MIME and PGP: whether a mail is signed or encrypted, by whom it says it is, and what a signature wraps.

No signature is checked yet, and that is said: a check that trusts any certificate is worth less than none.
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from handrail.channels import Unreadable
from handrail.channels.email import limits
from handrail.channels.email.attachments import content_of
from handrail.channels.email.structure import Part, parse
from handrail.kit.text import one_line

_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SMIME_SIGNATURE = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
#: The first line of words that only their reader can read.
ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_PGP_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_CONSTRUCTED, _OCTETS, _SEQUENCE, _CONTENT = 0x20, 0x04, 0x30, 0xA0
_DEEPEST = 12


@dataclass(frozen=True, kw_only=True)
class Protection:
    """how: smime or pgp. signers: whom the certificates name, which nobody has checked."""

    how: str
    is_signed: bool
    is_encrypted: bool
    signers: tuple[str, ...]


def protection_of(mail: Part, *, text: str) -> Protection | None:
    """How this mail is protected, None when it is not."""
    protocol = mail.type.get("protocol").lower()
    if mail.media_type in _SMIME:
        signed = _is_signed_data(mail)
        signers = _signers(content_of(mail)) if signed else ()
        return Protection(how="smime", is_signed=signed, is_encrypted=not signed, signers=signers)
    if mail.media_type == "multipart/signed":
        return _of_signature(mail)
    if mail.media_type == "multipart/encrypted" or any(line.strip() == ENCRYPTED for line in _starts(text)):
        how = "smime" if "pkcs7" in protocol else "pgp"
        return Protection(how=how, is_signed=False, is_encrypted=True, signers=())
    if any(line.strip() == _PGP_SIGNED for line in _starts(text)):
        return Protection(how="pgp", is_signed=True, is_encrypted=False, signers=())
    return None


def _starts(text: str) -> list[str]:
    return text[:20_000].split("\n")[:200] if "-----BEGIN PGP " in text[:20_000] else []


def _of_signature(mail: Part) -> Protection:
    signature = next((part for part in mail.walk() if part.media_type in _SMIME_SIGNATURE), None)
    signers = _signers(content_of(signature)) if signature else ()
    return Protection(
        how="smime" if signature else "pgp", is_signed=True, is_encrypted=False, signers=signers
    )


def opened(mail: Part) -> Part:
    """The mail inside a signature that wraps it whole; the mail itself where none does."""
    if mail.media_type not in _SMIME or not _is_signed_data(mail):
        return mail
    try:
        content = _wrapped(content_of(mail))
        return parse(content) if content else mail
    except (Unreadable, _Broken):
        return mail


def _is_signed_data(mail: Part) -> bool:
    declared = mail.type.get("smime-type").lower()
    return declared == "signed-data" if declared else _SIGNED_DATA in content_of(mail)[:40]


def _signers(data: bytes) -> tuple[str, ...]:
    """Whom the certificates that came along name: addresses, or else names. They prove nothing."""
    from cryptography.hazmat.primitives.serialization import pkcs7  # slow import: only signed mail needs it

    certificates = _asked(lambda: pkcs7.load_der_pkcs7_certificates(data[: limits.SIGNATURE_BYTES]), [])
    names = [name for each in certificates[:10] if not _is_authority(each) for name in _names(each)]
    return tuple(dict.fromkeys(one_line(name, limit=200) for name in names))[:10]


def _asked(ask: Callable[[], Any], otherwise: Any) -> Any:
    """What the library answers; it answers broken data with errors of many kinds."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ask()
    except Exception:
        return otherwise


def _is_authority(certificate: Any) -> bool:
    from cryptography import x509  # slow import: only signed mail needs it

    found = _asked(lambda: certificate.extensions.get_extension_for_class(x509.BasicConstraints).value, None)
    return bool(found and found.ca)


def _names(certificate: Any) -> list[str]:
    from cryptography import x509  # slow import: only signed mail needs it

    names = _asked(lambda: certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName), None)
    found = _asked(lambda: list(names.value.get_values_for_type(x509.RFC822Name)), [])
    subject = _asked(lambda: list(certificate.subject), [])
    return found or [str(each.value) for each in subject if each.oid.dotted_string in _NAMING]


_NAMING = frozenset({"2.5.4.3", "1.2.840.113549.1.9.1"})  # common name, e-mail address


class _Broken(Exception):
    """These bytes are not what they should be."""


def _wrapped(data: bytes) -> bytes:
    """The signed content: ContentInfo → [0] → SignedData → the third of its members → [0] → octets."""
    outer = list(_members(data, *_inside(data, 0)))
    if len(outer) < 2 or outer[1][0] != _CONTENT:
        raise _Broken
    signed = next(_members(data, *outer[1][1:]))
    parts = list(_members(data, *signed[1:]))
    if len(parts) < 3 or parts[2][0] != _SEQUENCE:
        raise _Broken
    info = list(_members(data, *parts[2][1:]))
    return b"".join(_octets(data, *info[1][1:], 0)) if len(info) > 1 else b""


def _octets(data: bytes, start: int, end: int, depth: int) -> Iterator[bytes]:
    """Octet strings may be cut into pieces, and those too."""
    if depth > _DEEPEST:
        raise _Broken
    for tag, first, last in _members(data, start, end):
        if tag == _OCTETS:
            yield data[first:last]
        elif tag == _OCTETS | _CONSTRUCTED:
            yield from _octets(data, first, last, depth + 1)


def _inside(data: bytes, position: int) -> tuple[int, int]:
    _tag, start, end, _after = _element(data, position, len(data), 0)
    return start, end


def _members(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Tag, start and end of each element between these places."""
    while start < end and data[start : start + 2] != b"\0\0":
        tag, first, last, start = _element(data, start, end, 0)
        yield tag, first, last


def _element(data: bytes, position: int, limit: int, depth: int) -> tuple[int, int, int, int]:
    """Tag, start and end of the content, and the place behind the element (X.690; its length may be open)."""
    if position + 2 > limit or depth > _DEEPEST:
        raise _Broken
    tag, length, start = data[position], data[position + 1], position + 2
    if length == 0x80:
        end = _open_end(data, start, limit, depth)
        return tag, start, end, end + 2
    if length > 0x80:
        size = length & 0x7F
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if length > limit - start:
        raise _Broken
    return tag, start, start + length, start + length


def _open_end(data: bytes, start: int, limit: int, depth: int) -> int:
    """Where two zero bytes end an element that does not tell its length."""
    while data[start : start + 2] != b"\0\0":
        start = _element(data, start, limit, depth + 1)[3]
    return start
