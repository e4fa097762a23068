"""What the lines above a quotation tell: who wrote, on which day, at which minute, under which id."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

# How the names of the months begin, in the languages of many programs.
_BEGINNINGS = (
    *("jan ene gen", "feb fev fév", "mar mär mrt", "apr abr avr", "may mai mag mei maj", "jun giu"),
    *("jul lug", "aug ago aoû", "sep set", "oct okt ott out", "nov", "dec dez dic déc des"),
)
_MONTHS = {name: month for month, names in enumerate(_BEGINNINGS, start=1) for name in names.split()}
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.)?[ -]{0,3}(?:de )?([^\W\d_]{3})")
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3})[^\W\d_]{0,6}\.? {1,2}(\d{1,2})\b")
_ISO = re.compile(r"\b20\d\d-(\d\d)-(\d\d)")
_NUMBERS = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](?:20)?\d\d\b")
_MINUTE = re.compile(r"(?i)\b(\d{1,2}):(\d{2})(?::\d{2})?\s{0,2}([ap]m)?")
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w.-]{1,255}")
_ID = re.compile(r"<([^<>\s@]{1,200}@[^<>\s]{1,200})>")
_WORD = re.compile(r"\w+")
# Outlook names the list's robot first and the writer behind it.
_BEHALF = re.compile(r"(?is)^.*\bon behalf of\b")


@dataclass(frozen=True, slots=True)
class Introduction:
    """days: as (month, day), several where 3/4 may be March or April; minute: as (hour, minute)."""

    words: tuple[str, ...]
    addresses: frozenset[str]
    ids: frozenset[str]
    days: frozenset[tuple[int, int]]
    minute: tuple[int, int] | None

    def is_of(self, moment: datetime) -> bool:
        """Whether it tells this minute. Hours differ with the zone in which a program tells them."""
        told = self.minute and self.minute[1] == moment.minute
        return bool(told) and not self.days.isdisjoint(days_around(moment))


def words_in(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def read_introduction(text: str) -> Introduction:
    text = text[:1_000]
    who = _BEHALF.sub("", text).lower()
    return Introduction(
        words=words_in(who),
        addresses=frozenset(_ADDRESS.findall(who)),
        ids=frozenset(_ID.findall(text)),
        days=frozenset(_days(text.lower())),
        minute=_minute(text),
    )


def _days(text: str) -> list[tuple[int, int]]:
    """The first date, in all ways it can be meant."""
    for day, name in _DAY_MONTH.findall(text):
        if name in _MONTHS:
            return [(_MONTHS[name], int(day))]
    for name, day in _MONTH_DAY.findall(text):
        if name in _MONTHS:
            return [(_MONTHS[name], int(day))]
    if found := _ISO.search(text):
        return [(int(found[1]), int(found[2]))]
    if found := _NUMBERS.search(text):
        return [(int(found[1]), int(found[2])), (int(found[2]), int(found[1]))]
    return []


def _minute(text: str) -> tuple[int, int] | None:
    found = _MINUTE.search(text)
    if not found:
        return None
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    return hour, int(found[2])


def days_around(moment: datetime) -> frozenset[tuple[int, int]]:
    """The day of a moment, and those before and after it, which it may be elsewhere on earth."""
    near = [moment + timedelta(days=shift) for shift in (-1, 0, 1)]
    return frozenset((each.month, each.day) for each in near)
