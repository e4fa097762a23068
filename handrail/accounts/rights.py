"""Every right there is. Rooms declare theirs here when the application starts."""

from collections.abc import Mapping

from django.utils.functional import Promise

_rights: dict[str, str | Promise] = {}


def declare(rights: Mapping[str, str | Promise]) -> None:
    """Make rights known: name → one sentence that says what it allows."""
    _rights.update(rights)


def declared() -> dict[str, str | Promise]:
    """Every declared right with its sentence, by name."""
    return dict(sorted(_rights.items()))
