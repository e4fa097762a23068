"""When an agent last looked at a ticket: what came later is unread."""

from datetime import datetime
from uuid import UUID

from django.db import models

from handrail.team.models import Agent


class Visit(models.Model):
    """The last look of one agent at one ticket."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agent", "ticket"], name="visit_is_the_last_one")]

    @classmethod
    def note(cls, *, ticket_id: UUID, agent: Agent, at: datetime) -> None:
        """Remember that the agent looks at the ticket now."""
        visit = Visit(ticket_id=ticket_id, agent=agent, at=at)
        Visit.objects.bulk_create(
            [visit], update_conflicts=True, unique_fields=["agent", "ticket"], update_fields=["at"]
        )
