"""Names of people, places and companies from many cultures, read from the lists beside this file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "names"
_ASCII = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "ı": "i", "æ": "ae", "đ": "d", "’": "", "ü": "ue", "ö": "oe", "ä": "ae"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Culture:
    """Where people of a share of the customers come from and how they are called."""

    key: str
    share: float
    language: str
    timezone: str
    cities: tuple[str, ...]
    feminine: tuple[str, ...]
    masculine: tuple[str, ...]
    family: tuple[str, ...]


@cache
def cultures() -> tuple[Culture, ...]:
    return tuple(_culture(path) for path in sorted(FOLDER.glob("*.txt")) if path.stem != "organisations")


@cache
def company_words() -> dict[str, tuple[str, ...]]:
    """The words company names are made of, by "language.first", "language.trade" and so on."""
    return {key: _words(value) for key, value in _fields(FOLDER / "organisations.txt").items()}


def plain(name: str) -> str:
    """A name as it stands in an address: lower case, a to z, digits and dots for spaces."""
    text = unicodedata.normalize("NFKD", name.lower().translate(_ASCII))
    kept = (char for char in text.replace(" ", ".") if char.isascii())
    return "".join(char for char in kept if char.isalnum() or char in ".-")


def _culture(path: Path) -> Culture:
    fields = _fields(path)
    return Culture(
        key=path.stem,
        share=float(fields["share"]),
        language=fields["language"],
        timezone=fields["timezone"],
        cities=_words(fields["cities"]),
        feminine=_words(fields["feminine"]),
        masculine=_words(fields["masculine"]),
        family=_words(fields["family"]),
    )


def _fields(path: Path) -> dict[str, str]:
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(","))
