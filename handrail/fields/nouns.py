"""What fields can point at. Each room above says how its nouns are found and named; this room knows none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Role, User
from handrail.fields.cleaning import Find


@dataclass(frozen=True, kw_only=True)
class Pointee:
    """A noun that a field can point at.

    find: by id, number, address or name, under somebody's rights (None: the desk itself); None when they see
    none, or more than one. name: words by id, for those of the ids that they see. why: how to name one.
    """

    key: str
    why: str | Promise
    find: Callable[[User | None, str], UUID | None]
    name: Callable[[User | None, Iterable[UUID]], dict[UUID, str]]


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """Something built in that rules of a form can ask about. options: words by value, as they are now."""

    key: str
    label: str | Promise
    options: Callable[[], dict[str, str]]


_pointees: dict[str, Pointee] = {}
_aspects: dict[str, Aspect] = {}


def register(*pointees: Pointee) -> None:
    """Make nouns known."""
    _pointees.update({each.key: each for each in pointees})


def register_aspects(*aspects: Aspect) -> None:
    """Make known what rules can ask about."""
    _aspects.update({each.key: each for each in aspects})


def aspects() -> dict[str, Aspect]:
    """Everything built in that rules can ask about, by key; roles first."""
    return {"role": _ROLE, **_aspects}


def finder(viewer: User | None) -> Find:
    """Finds what this person sees."""

    def find(noun: str, text: str) -> UUID | None:
        known = _pointees.get(noun)
        return known.find(viewer, text) if known else None

    return find


def names(noun: str, ids: Iterable[UUID], *, viewer: User | None) -> dict[UUID, str]:
    """Words for what this person sees of these."""
    known = _pointees.get(noun)
    return known.name(viewer, ids) if known and ids else {}


def hint(noun: str) -> str:
    """How to name one of them."""
    known = _pointees.get(noun)
    return str(known.why) if known else ""


def _roles() -> dict[str, str]:
    return {role.key: str(role.title) for role in Role.objects.all()}


_ROLE = Aspect(key="role", label=_("Role of who fills it in"), options=_roles)
