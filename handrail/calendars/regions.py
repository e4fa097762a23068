"""Countries and their parts whose public holidays are known, by the codes of ISO 3166: DE, DE-BY."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import holidays
from babel import Locale
from django.utils.translation import get_language, to_locale

#: Saturday and Sunday, where no region says otherwise; 0 is Monday.
WEEKEND = frozenset({5, 6})


class Unknown(Exception):
    """No holidays are known of such a region."""


def countries() -> list[tuple[str, str]]:
    """Those with known holidays, by their names in the reader's language."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    found = [(code, names[code]) for code in _parts() if len(code) == 2 and code in names]
    return sorted(found, key=lambda pair: pair[1])


def parts_of(country: str) -> dict[str, str]:
    """The parts of a country with holidays of their own: code → what it is called there."""
    codes = _parts().get(country, [])
    named = _names_of(country) if codes else {}
    return {code: named.get(code, code) for code in codes}


def check(region: str) -> None:
    """Raises Unknown."""
    country, _dash, part = region.partition("-")
    if country not in _parts() or (part and part not in _parts()[country]):
        raise Unknown(region)


@cache
def holidays_of(region: str, year: int) -> Mapping[date, str]:
    """The public holidays of a year with their names there; none where the region is no longer known."""
    known = _calendar(region, years=year, observed=True)
    return {} if known is None else dict(known)


@cache
def weekend_of(region: str) -> frozenset[int]:
    """The days of the week on which nobody works there."""
    known = _calendar(region) if region else None
    return WEEKEND if known is None else frozenset(known.weekend)


def _calendar(region: str, **how: Any) -> "holidays.HolidayBase | None":
    """What the library knows of a region; None where it knows none by that code."""
    country, _dash, part = region.partition("-")
    try:
        return holidays.country_holidays(country, subdiv=part or None, **how)
    except NotImplementedError:
        return None


@cache
def _parts() -> dict[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=False)


@cache
def _names_of(country: str) -> dict[str, str]:
    """The name of each part, as the country itself calls it."""
    aliases = holidays.country_holidays(country).get_subdivision_aliases()
    return {code: names[0] for code, names in aliases.items() if names}
