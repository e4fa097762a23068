"""Headers of mails we send, written so that no value can become a line, a header or a recipient of its own.

The standard library folds long ids into encoded words, which breaks threads, and has let line ends through
before (CVE-2026-1299); here every value is made one line first, and the finished block is checked.
"""

import re
from collections.abc import Iterable, Sequence
from email.header import Header

from handrail.kit.text import one_line

Pair = tuple[str, str]

#: An id chain longer than this loses its middle: its root and its newest ids are what programs look at.
IDS_KEPT = 20
_LINE = 75
_LONGEST_NAME = 200
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_PHRASE = re.compile(r"[A-Za-z0-9]+([ '&-]{1,2}[A-Za-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9!#$%&'*+/=?^_`{|}~.:\[\]-]{1,200}")
_BAD_LINE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_NAME = re.compile(rb"([A-Za-z-]+): ")


class Unsendable(Exception):
    """The mail cannot be written as it is; the words say why."""


def mailable(address: str) -> str:
    """The address as it may stand in a command or a header, its domain in ASCII. Raises Unsendable."""
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        domain = ""
    if len(local) > 64 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise Unsendable(f"“{one_line(address, limit=100)}” is no address that mail can go to.")
    return f"{local}@{domain}"


def words(name: str, text: str) -> bytes:
    """A header of free words."""
    return f"{name}: {_encoded(one_line(text), name=name)}".encode()


def people(name: str, pairs: Iterable[Pair]) -> bytes:
    """A header of names and addresses, one on each line."""
    return f"{name}: {f',{FOLD}'.join(_person(*pair) for pair in pairs)}".encode()


def ids(name: str, message_ids: Sequence[str]) -> bytes:
    """A header of Message-IDs. Those that others wrote and no header could hold are left out."""
    kept = [each for each in message_ids if is_id(each)]
    kept = kept[:1] + kept[1:][-(IDS_KEPT - 1) :]
    return f"{name}: {FOLD.join(f'<{each}>' for each in kept)}".encode()


def plain(name: str, value: str) -> bytes:
    """A header whose value is ours."""
    return f"{name}: {value}".encode("ascii")


def is_id(text: str) -> bool:
    """Whether this can be written as a Message-ID, and is nothing else to anybody who reads it."""
    return bool(_ID.fullmatch(text)) and "=?" not in text


def block(headers: Sequence[bytes]) -> bytes:
    """The headers as bytes. Raises Unsendable should a value have become more than a value."""
    for header in headers:
        lines = header.split(b"\r\n")
        folded = all(line.startswith(b" ") and line.strip() for line in lines[1:])
        if not folded or not _NAME.match(lines[0]) or any(_BAD_LINE.search(line) for line in lines):
            raise Unsendable("A header of the mail would hold what is no header.")
    return b"".join(header + b"\r\n" for header in headers)


FOLD = "\r\n "


def _person(name: str, address: str) -> str:
    name = one_line(name, limit=_LONGEST_NAME)
    if not name:
        return mailable(address)
    if _PHRASE.fullmatch(name):
        pass
    elif name.isascii() and "=?" not in name:
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        name = _encoded(name)
    return f"{name} <{mailable(address)}>"


def _encoded(text: str, *, name: str = "") -> str:
    """As it is when it is short and plain, else folded, else in encoded words."""
    is_plain = text.isascii() and "=?" not in text
    header = Header(text, "us-ascii" if is_plain else "utf-8", maxlinelen=_LINE, header_name=name)
    return header.encode(linesep="\r\n")
