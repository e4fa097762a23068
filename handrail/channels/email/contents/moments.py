"""Dates as mail programs of many languages write them above a mail they quote."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

# How the names of the months begin; where two languages differ, the earlier month wins.
_MONTHS = {
    1: "jan ene gen янв sty led ιαν oca tammi sij ian січ яну ינו يناير",
    2: "feb fév fev fevr фев lut úno φεβ şub helmi vel лют פבר فبراير",
    3: "mar mär mrz maa maalis мар břez bře μαρ ožu бер מרץ מרצ مارس",
    4: "apr avr abr апр kwi dub απρ nis huhti ápr tra квіт אפר أبريل ابريل",
    5: "mai may mag maj mei мая май kvě μαΐ μαι touko máj svi трав מאי مايو",
    6: "jun juin giu cze čer červ июн ιουν haz kesä jún iun черв юни יונ يونيو",
    7: "jul juil lug июл červenc ιουλ tem heinä júl lip iul лип юли יול يوليو",
    8: "aug aoû aou ago авг sie srp αυγ ağu elo kol серп אוג أغسطس اغسطس",
    9: "sep set сен wrz zář září σεπ eyl syys szep ruj вер ספט سبتمبر",
    10: "oct okt ott out окт paź říj οκτ eki loka жов אוק أكتوبر اكتوبر",
    11: "nov ноя lis νοε kas marras stu noi лист ное נוב نوفمبر",
    12: "dec dez dic déc дек gru pro δεκ ara joulu груд דצמ ديسمبر",
}
_NAMES = {name: month for month, names in reversed(_MONTHS.items()) for name in names.split()}
_CLOCK = re.compile(r"(\d{1,2})[:.hH](\d{2})(?:[:.](\d{2}))?(?!\d)")
_AFTERNOON = re.compile(r"(?i)\b(?:pm|p\.\s?m\.?)|下午|오후|午後|μμ|م(?!\w)")
_MORNING = re.compile(r"(?i)\b(?:am|a\.\s?m\.?)\b|上午|오전|午前|πμ|ص(?!\w)")
# West of Greenwich, with capital letters behind the hour: a program of the United States wrote the date.
_AMERICAN = re.compile(r"\d [AP]M\b.{0,12}GMT-")
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(\d{1,2})\.?(?:er|st|nd|rd|th|º|ª)?[\s\-/]+(?:de |d['’]|of )?([^\W\d_]{3,12})\.?,?"
    r"[\s\-/]+(?:de |of )?(\d{4})"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,12})\.?[\s\-/]+(\d{1,2})(?:st|nd|rd|th)?,?[\s\-/]+(\d{4})")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})\.?\s+([^\W\d_]{3,12})\.?\s+(\d{1,2})")
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?\b")


def moment_in(text: str, *, zone: tzinfo | None) -> datetime | None:
    """The moment in UTC that this text names; where it names no zone, in `zone`. None when it names none."""
    text = " ".join(text[:200].split())
    whole = _by_the_standard(text)
    if whole:
        return whole.astimezone(UTC)
    day = _day(text)
    if day is None:
        return None
    try:
        hour, minute, second = _clock(text)
        moment = datetime(*day, hour, minute, second, tzinfo=_named_zone(text) or zone or UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _by_the_standard(text: str) -> datetime | None:
    """RFC 5322 or ISO 8601, with their zone."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text)
            if moment.tzinfo:
                return moment
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _day(text: str) -> tuple[int, int, int] | None:
    """Year, month, day."""
    if found := _YEAR_FIRST.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _DAY_MONTH.search(text)) and (month := _month(found[2])):
        return int(found[3]), month, int(found[1])
    if (found := _MONTH_DAY.search(text)) and (month := _month(found[1])):
        return int(found[3]), month, int(found[2])
    if (found := _YEAR_MONTH_DAY.search(text)) and (month := _month(found[2])):
        return int(found[1]), month, int(found[3])
    if found := _NUMBERS.search(text):
        return _numbers(found, month_first=bool(found[2] == "/" and _AMERICAN.search(text)))
    return None


def _numbers(found: re.Match[str], *, month_first: bool) -> tuple[int, int, int]:
    """Day and month by numbers: the day stands first unless that makes no month of the other."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day, month = (second, first) if second > 12 or (month_first and first <= 12) else (first, second)
    return (2000 + year if year < 100 else year), month, day


def _month(word: str) -> int | None:
    word = word.lower().removeprefix("ב")  # Hebrew: "in November" is one word
    return next((_NAMES[word[:size]] for size in range(7, 2, -1) if word[:size] in _NAMES), None)


def _clock(text: str) -> tuple[int, int, int]:
    times = [found for found in _CLOCK.finditer(text) if ":" in found[0]] or list(_CLOCK.finditer(text))
    found = times[0] if times else None
    if found is None or int(found[1]) > 23:
        return 0, 0, 0
    hour = int(found[1])
    if _AFTERNOON.search(text) and hour < 12:
        hour += 12
    elif _MORNING.search(text) and hour == 12:
        hour = 0
    return hour, int(found[2]), int(found[3] or 0)


def _named_zone(text: str) -> tzinfo | None:
    found = _OFFSET.search(text.partition(":")[2]) if ":" in text else None
    if not found:
        return UTC if re.search(r"\b(?:GMT|UTC)\b", text) else None
    span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(span if found[1] == "+" else -span) if span < timedelta(hours=15) else None
