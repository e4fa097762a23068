"""Every right there is. Rooms declare theirs here when the application starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

HEADING = _("People and access")
#: The rights this room asks for.
RIGHTS: dict[str, Words] = {
    "accounts.manage": _("Invite and suspend colleagues, edit roles, brands and teams"),
    "accounts.log_in_as": _("Log in as somebody else for half an hour"),
    "audit.see": _("Read the security audit"),
    "api.use": _("Make API tokens for programs"),
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """The rights of one room, under one heading."""

    heading: Words
    rights: tuple[tuple[str, Words], ...]


_rights: dict[str, Words] = {}
_headings: dict[str, Words] = {}


def declare(rights: Mapping[str, Words], *, heading: Words = "") -> None:
    """Make rights known: name → one sentence that says what it allows. heading: over them on pages."""
    _rights.update(rights)
    if heading:
        _headings.update({_room(name): heading for name in rights})


def declared() -> dict[str, Words]:
    """Every declared right with its sentence, by name."""
    return dict(sorted(_rights.items()))


def groups() -> list[Group]:
    """Every declared right under the heading of its room."""
    found: dict[str, Group] = {}
    for name, words in declared().items():
        heading = _headings.get(_room(name), _room(name).replace("_", " ").capitalize())
        former = found[str(heading)].rights if str(heading) in found else ()
        found[str(heading)] = Group(heading=heading, rights=(*former, (name, words)))
    return list(found.values())


def _room(name: str) -> str:
    return name.partition(".")[0]
