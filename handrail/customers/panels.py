"""What rooms above know about a person: they put their panels on the person's page here."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.safestring import SafeString

#: Draws a panel for the person with this id, under the rights of whoever asks; empty when there is nothing.
Draw = Callable[[HttpRequest, UUID], SafeString]


@dataclass(frozen=True, kw_only=True)
class PersonPanel:
    """A part of a person's page that another room draws."""

    key: str
    draw: Draw
    order: int = 100


_panels: dict[str, PersonPanel] = {}


def register(*panels: PersonPanel) -> None:
    """Add panels; one with a known key takes the place of the former."""
    for panel in panels:
        _panels[panel.key] = panel


def drawn_for(request: HttpRequest, person_id: UUID) -> list[SafeString]:
    """All panels for this person, in order; each room looks after its own rights."""
    ordered = sorted(_panels.values(), key=lambda panel: panel.order)
    return [drawn for panel in ordered if (drawn := panel.draw(request, person_id))]
