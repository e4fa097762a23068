"""Text from outside made fit to keep, to show on one line, or to name a file."""

import re
import unicodedata

# PostgreSQL refuses NUL, UTF-8 refuses lone surrogates, and no reader needs the other control characters.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NEWLINES = re.compile("\r\n|\r|\x85|\u2028|\u2029")
# Characters that turn the writing direction or hide: in a name or a file name they only serve deceit.
_DECEITFUL = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BLANKS = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{4,}")

_SMALL = {sign: sign + 32 for sign in range(ord("A"), ord("Z") + 1)}

_NOT_IN_FILE_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
FILE_NAME_LENGTH = 150


def storable(text: str) -> str:
    """The text with Unix newlines and without characters that a database or a browser cannot take."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSTORABLE.sub("", _NEWLINES.sub("\n", text))


def one_line(text: str, *, limit: int = 1000) -> str:
    """The text on a single line: blanks collapsed, direction marks gone, cut at `limit` characters."""
    return collapse(_DECEITFUL.sub("", storable(text[: limit * 4])))[:limit]


def collapse(text: str) -> str:
    """The text with every run of blanks and newlines made one blank."""
    return _BLANKS.sub(" ", text).strip()


def tidy_lines(text: str) -> str:
    """The text without blanks at the ends of lines and without long runs of empty lines."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n\n", lines).strip("\n")


def small_letters(address: str) -> str:
    """An address in the form in which addresses are compared: only letters of ASCII are made small.

    Folding others makes two people's addresses one: the small letter of the Kelvin sign is a k.
    """
    return address.translate(_SMALL)


def file_name(text: str, *, otherwise: str = "file") -> str:
    """A name that is safe to show and to offer for download; never a path, never hidden, never reserved.

    Signs that only become a slash or a dot by normalising (full-width ones) count as what they become.
    """
    name = unicodedata.normalize("NFC", text[: FILE_NAME_LENGTH * 4])
    name = _last_step("".join(map(_no_secret_slash, storable(name))))
    name = _NOT_IN_FILE_NAMES.sub("_", collapse(_DECEITFUL.sub("", name)))
    name = name.strip(" .\uff0e\u2024\u2025\u2026")
    if not name or _RESERVED.match(unicodedata.normalize("NFKC", name)):
        name = f"{otherwise}_{name}" if name else otherwise
    return _shortened(name)


def _no_secret_slash(sign: str) -> str:
    """The sign itself, or the slash that file systems which normalise names would read in it."""
    if sign < "\x80":
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    return "/" if "/" in plain or "\\" in plain else sign


def _last_step(name: str) -> str:
    """What stands after the last slash, when that is anything: `../../etc/passwd` is `passwd`."""
    return re.split(r"[/\\]", name.rstrip("/\\"))[-1] or name


def _shortened(name: str) -> str:
    """The name cut to what every file system takes, with its ending kept."""
    stem, dot, ending = name.rpartition(".")
    if len(name) <= FILE_NAME_LENGTH:
        return name
    if not dot or len(ending) > 10:
        return name[:FILE_NAME_LENGTH]
    return stem[: FILE_NAME_LENGTH - len(ending) - 1] + "." + ending
