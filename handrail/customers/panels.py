"""What rooms above know about a person: they put their panels on the person's page here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from handrail.accounts.models import User

#: What a panel shows of the person with this id under the rights of this user; None when nothing.
Read = Callable[[User, UUID], Any]


@dataclass(frozen=True, kw_only=True)
class PersonPanel:
    """A part of a person's page that another room draws. template: a fragment that shows `found`."""

    key: str
    template: str
    read: Read
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A panel with what it shows."""

    template: str
    found: Any


_panels: dict[str, PersonPanel] = {}


def register(*panels: PersonPanel) -> None:
    """Add panels; one with a known key takes the place of the former."""
    for panel in panels:
        _panels[panel.key] = panel


def filled_for(user: User, person_id: UUID) -> list[Filled]:
    """All panels for this person, in order; each room looks after its own rights."""
    ordered = sorted(_panels.values(), key=lambda panel: panel.order)
    filled = [Filled(template=panel.template, found=panel.read(user, person_id)) for panel in ordered]
    return [panel for panel in filled if panel.found is not None]
