"""Numbers as the viewer's language writes them."""

from functools import lru_cache

from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language

#: Units of file sizes are the same in the languages we ship.
UNITS = ("B", "kB", "MB", "GB", "TB")


def number(value: float | None, digits: int | None = None) -> str:
    """12345.6 → 12,345.6 or 12.345,6; nothing for None. `digits` fixes the decimals."""
    return "" if value is None else _decimal(value, digits, get_language() or "en")


def percent(share: float | None, digits: int = 0) -> str:
    """0.943 → 94 %, in the viewer's language; nothing for None."""
    return "" if share is None else _percent(share, digits, get_language() or "en")


def filesize(count: int | None) -> str:
    """184_320 bytes → 184 kB. Decimal units, as the file managers of people's desktops show them."""
    if count is None:
        return ""
    size, unit = float(count), 0
    while size >= 999.5 and unit < len(UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{number(size, 0 if unit < 2 or size >= 9.95 else 1)}\N{NO-BREAK SPACE}{UNITS[unit]}"


@lru_cache(maxsize=20_000)
def _decimal(value: float, digits: int | None, language: str) -> str:
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=language.replace("-", "_"))


@lru_cache(maxsize=2_000)
def _percent(share: float, digits: int, language: str) -> str:
    locale = language.replace("-", "_")
    if not digits:
        return format_percent(share, locale=locale)
    return format_percent(round(share, digits + 2), locale=locale, decimal_quantization=False)
