"""Moments in the viewer's zone and language: relative in lists, exact on hover, and always machine-readable."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_time
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup, escape

from handrail.kit import clock

MINUTE, HOUR, DAY, WEEK = 60, 3_600, 86_400, 604_800
#: English has no country here; these patterns are read without doubt everywhere (day before month, 24 hours).
PATTERNS = {"en": {"day": "d MMM y", "near": "d MMM", "time": "HH:mm", "full": "EEE d MMM y, HH:mm"}}


def now() -> datetime:
    """The present moment; drawing a page is the edge where the clock may be read."""
    return clock.now()


def ago(moment: datetime | None) -> Markup:
    """“12 min ago”, “in 2 h”, “yesterday”, “14 Nov”: for lists and timelines. The exact time stands in the title."""
    if moment is None:
        return Markup("")
    return _element(moment, _relative(moment, clock.now()), kind="ago")


def when(moment: datetime | None) -> Markup:
    """The shortest unmistakable form: “09:41” today, “yesterday”, “Thu”, “14 Nov”, “14 Nov 2025”."""
    if moment is None:
        return Markup("")
    return _element(moment, _short(moment, clock.now()), kind="when")


def exact(moment: datetime | None) -> Markup:
    """“Thu 14 Nov 2026, 09:41” in the viewer's zone."""
    if moment is None:
        return Markup("")
    return _element(moment, _full(moment, _zone(), _language()), kind="exact")


def day(on: date | None) -> Markup:
    """“14 Nov 2026” for a date, or for the day of a moment in the viewer's zone."""
    if on is None:
        return Markup("")
    local = on.astimezone(_zone()).date() if isinstance(on, datetime) else on
    return Markup(f'<time datetime="{local.isoformat()}">{escape(_day(local, _language()))}</time>')


def span(length: timedelta | None) -> str:
    """A length in its two largest sensible units: “8 min”, “2 h”, “1 h 20 min”, “3 d 4 h”; the sign is left out."""
    if length is None:
        return ""
    minutes = round(abs(length.total_seconds()) / MINUTE)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _units((days, "d"), (hours if days < 10 else 0, "h"))
    return _units((hours, "h"), (rest if hours < 10 else 0, "min"), default=(0, "min"))


def _units(*parts: tuple[int, str], default: tuple[int, str] = (0, "d")) -> str:
    words = {"d": gettext("%(count)s d"), "h": gettext("%(count)s h"), "min": gettext("%(count)s min")}
    shown = [part for part in parts if part[0]] or [default]
    return " ".join(words[unit] % {"count": count} for count, unit in shown)


def _element(moment: datetime, words: str, *, kind: str) -> Markup:
    stamp, title = moment.isoformat(timespec="seconds"), _full(moment, _zone(), _language())
    live = ' data-times-target="ago"' if kind == "ago" else ""
    hover = "" if kind == "exact" else f' title="{title}"'
    return Markup(f'<time datetime="{stamp}"{hover}{live}>{escape(words)}</time>')


def _relative(moment: datetime, at: datetime) -> str:
    seconds = (at - moment).total_seconds()
    if abs(seconds) < 45:
        return gettext("just now") if seconds >= 0 else gettext("in a moment")
    if abs(seconds) < 22 * HOUR:
        return _past(seconds) if seconds > 0 else _future(-seconds)
    return _short(moment, at)


def _past(seconds: float) -> str:
    if seconds < 59.5 * MINUTE:
        return gettext("%(count)s min ago") % {"count": round(seconds / MINUTE) or 1}
    return gettext("%(count)s h ago") % {"count": round(seconds / HOUR)}


def _future(seconds: float) -> str:
    if seconds < 59.5 * MINUTE:
        return gettext("in %(count)s min") % {"count": round(seconds / MINUTE) or 1}
    return gettext("in %(count)s h") % {"count": round(seconds / HOUR)}


def _short(moment: datetime, at: datetime) -> str:
    zone, language = _zone(), _language()
    local, today = moment.astimezone(zone), at.astimezone(zone).date()
    distance = (local.date() - today).days
    if distance == 0:
        return _time(local.hour, local.minute, language)
    if abs(distance) == 1:
        return gettext("tomorrow") if distance > 0 else gettext("yesterday")
    if abs(distance) < 7:
        return _weekday(local.date(), language)
    return _day(local.date(), language) if local.year != today.year else _near(local.date(), language)


def _zone() -> tzinfo:
    return timezone.get_current_timezone()


def _language() -> str:
    return (get_language() or "en").replace("-", "_")


def _pattern(language: str, name: str, default: str) -> str:
    return PATTERNS.get(language.split("_")[0], {}).get(name, default)


@lru_cache(maxsize=50_000)
def _full(moment: datetime, zone: tzinfo, language: str) -> str:
    pattern = _pattern(language, "full", "EEE d. MMM y, HH:mm")
    return format_datetime(moment.astimezone(zone), pattern, locale=language)


@lru_cache(maxsize=2_000)
def _time(hour: int, minute: int, language: str) -> str:
    return format_time(datetime(2000, 1, 1, hour, minute), _pattern(language, "time", "short"), locale=language)  # noqa: DTZ001  only the clock face


@lru_cache(maxsize=10_000)
def _day(on: date, language: str) -> str:
    return format_date(on, _pattern(language, "day", "medium"), locale=language)


@lru_cache(maxsize=2_000)
def _near(on: date, language: str) -> str:
    return format_date(on, _pattern(language, "near", "d. MMM"), locale=language)


@lru_cache(maxsize=2_000)
def _weekday(on: date, language: str) -> str:
    return format_date(on, "EEE", locale=language)
