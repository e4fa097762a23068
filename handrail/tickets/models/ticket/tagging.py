"""A ticket carries tags."""

from datetime import datetime

from django.db import transaction

from handrail.team.models import Agent
from handrail.tickets.events import TicketTagged, TicketUntagged
from handrail.tickets.models.tag import Tag, Tagging
from handrail.tickets.models.ticket.base import TicketBase


class Tagged(TicketBase):
    """A ticket can be tagged and untagged; doing it twice changes nothing."""

    class Meta:
        abstract = True

    @transaction.atomic
    def tag(self, name: str, *, by: Agent | None, at: datetime) -> None:
        """Put a tag on. Raises Tag.Empty for a name without letters."""
        tag = Tag.called(name)
        if Tagging.put(tag, ticket_id=self.pk, at=at):
            self.tell(TicketTagged(ticket_id=self.pk, by_agent_id=by.pk if by else None, tag=tag.name, at=at))

    @transaction.atomic
    def untag(self, name: str, *, by: Agent | None, at: datetime) -> None:
        """Take a tag off."""
        tag = Tag.called(name)
        if Tagging.objects.filter(ticket_id=self.pk, tag=tag).delete()[0]:
            self.tell(
                TicketUntagged(ticket_id=self.pk, by_agent_id=by.pk if by else None, tag=tag.name, at=at)
            )
