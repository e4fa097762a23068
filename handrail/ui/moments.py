"""Moments in the viewer's zone and language: relative in lists, exact on hover, and always machine-readable.

Lists show hundreds of them, so what Babel writes is remembered by day, by minute and by language.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language, gettext
from markupsafe import Markup, escape

from handrail.kit import clock

MINUTE, HOUR = 60, 3_600
#: “English” names no country; these patterns are read without doubt everywhere (day before month, 24 hours).
PATTERNS = {"en": {"day": "d MMM y", "near": "d MMM", "full": "EEE d MMM y", "time": "HH:mm"}}
DEFAULTS = {"day": "medium", "near": "d. MMM", "full": "EEE d. MMM y", "time": "short"}


def now() -> datetime:
    """The present moment; drawing a page is the edge where the clock may be read."""
    return clock.now()


def ago(moment: datetime | None) -> Markup:
    """“12 min ago”, “in 2 h”, “yesterday”, “14 Nov”, for timelines. The exact time stands in the title."""
    if moment is None:
        return Markup("")
    zone, language, at = timezone.get_current_timezone(), _language(), clock.now()
    local = moment.astimezone(zone)
    words = _relative(round((at - moment).total_seconds()), language) or _short(
        local, at.astimezone(zone), language
    )
    return _element(local, words, language, ' data-times-target="ago"')


def when(moment: datetime | None) -> Markup:
    """The shortest unmistakable form: “09:41” today, “yesterday”, “Thu”, “14 Nov”, “14 Nov 2025”."""
    if moment is None:
        return Markup("")
    zone, language = timezone.get_current_timezone(), _language()
    local = moment.astimezone(zone)
    return _element(local, _short(local, clock.now().astimezone(zone), language), language)


def exact(moment: datetime | None) -> Markup:
    """“Thu 14 Nov 2026, 09:41” in the viewer's zone."""
    if moment is None:
        return Markup("")
    local, language = moment.astimezone(timezone.get_current_timezone()), _language()
    stamp, words = local.isoformat(timespec="seconds"), escape(_full(local, language))
    return Markup(f'<time datetime="{stamp}">{words}</time>')  # noqa: S704  escaped above


def day(on: date | None) -> Markup:
    """“14 Nov 2026” for a date, or for the day of a moment in the viewer's zone."""
    if on is None:
        return Markup("")
    local = on.astimezone(timezone.get_current_timezone()).date() if isinstance(on, datetime) else on
    words = escape(_date(local, "day", _language()))
    return Markup(f'<time datetime="{local.isoformat()}">{words}</time>')  # noqa: S704  escaped above


def span(length: timedelta | None) -> str:
    """A length in its largest units: “8 min”, “2 h”, “1 h 20 min”, “3 d 4 h”; the sign is left out."""
    return "" if length is None else _span(round(abs(length.total_seconds()) / MINUTE), _language())


def _element(local: datetime, words: str, language: str, mark: str = "") -> Markup:
    stamp, title, shown = local.isoformat(timespec="seconds"), escape(_full(local, language)), escape(words)
    return Markup(f'<time datetime="{stamp}" title="{title}"{mark}>{shown}</time>')  # noqa: S704  escaped above


def _short(local: datetime, at: datetime, language: str) -> str:
    on, today = local.date(), at.date()
    distance = (on - today).days
    if distance == 0:
        return _clock(local.hour, local.minute, language)
    if abs(distance) == 1:
        return gettext("tomorrow") if distance > 0 else gettext("yesterday")
    if abs(distance) < 7:
        return _date(on, "EEE", language)
    return _date(on, "near" if on.year == today.year else "day", language)


def _full(local: datetime, language: str) -> str:
    return f"{_date(local.date(), 'full', language)}, {_clock(local.hour, local.minute, language)}"


def _language() -> str:
    return (get_language() or "en").replace("-", "_")


def _pattern(name: str, language: str) -> str:
    return PATTERNS.get(language.split("_")[0], DEFAULTS).get(name, name)


@lru_cache(maxsize=20_000)
def _relative(seconds: int, _language: str) -> str:
    """In words, up to a working day; nothing beyond that."""
    distance = abs(seconds)
    if distance < 45:
        return gettext("just now") if seconds >= 0 else gettext("in a moment")
    if distance < 59.5 * MINUTE:
        words = gettext("%(count)s min ago") if seconds > 0 else gettext("in %(count)s min")
        return words % {"count": round(distance / MINUTE) or 1}
    if distance < 22 * HOUR:
        return (gettext("%(count)s h ago") if seconds > 0 else gettext("in %(count)s h")) % {
            "count": round(distance / HOUR)
        }
    return ""


@lru_cache(maxsize=20_000)
def _span(minutes: int, _language: str) -> str:
    words = {"d": gettext("%(count)s d"), "h": gettext("%(count)s h"), "min": gettext("%(count)s min")}
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = {"d": days, "h": 0 if days > 9 else hours, "min": 0 if days or hours > 9 else rest}
    shown = [words[unit] % {"count": count} for unit, count in parts.items() if count]
    return " ".join(shown) or words["min"] % {"count": 0}


@lru_cache(maxsize=2_000)
def _clock(hour: int, minute: int, language: str) -> str:
    return format_time(time(hour, minute), _pattern("time", language), locale=language)


@lru_cache(maxsize=20_000)
def _date(on: date, name: str, language: str) -> str:
    return format_date(on, _pattern(name, language), locale=language)
