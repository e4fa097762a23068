"""What fields can point at. Each room above says how its nouns are found and named; this room knows none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from handrail.accounts.models import User
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


_pointees: dict[str, Pointee] = {}


def register(*pointees: Pointee) -> None:
    """Make nouns known."""
    _pointees.update({each.key: each for each in pointees})


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
