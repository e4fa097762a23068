"""What channels know against an address before anybody writes to it: they say here how to find out."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.utils.functional import Promise

#: For a brand: those of the addresses that nothing is sent to, each with the reason in words.
Ask = Callable[[UUID, Collection[str]], dict[str, str | Promise]]

_asked: list[Ask] = []


def register(ask: Ask) -> None:
    """Ask this too, from now on."""
    if ask not in _asked:
        _asked.append(ask)


def unreachable(brand_id: UUID, addresses: Collection[str]) -> dict[str, str | Promise]:
    """The addresses that would get nothing, with the reasons."""
    found: dict[str, str | Promise] = {}
    for ask in _asked if addresses else ():
        found |= ask(brand_id, addresses)
    return found
