"""The time zones people can choose."""

from zoneinfo import available_timezones

#: Names that stand for the same as another one, or for no place, are left out of the list.
NO_PLACES = ("Etc/", "GMT", "SystemV/", "US/", "posix", "right", "localtime", "Factory")


def zones() -> list[tuple[str, str]]:
    """The time zones people live in, as they are written: ("Europe/Berlin", "Europe/Berlin")."""
    names = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(NO_PLACES))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]
