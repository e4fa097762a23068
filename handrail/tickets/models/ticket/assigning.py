"""A ticket has one owner and one team."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.team.models import Agent, Team
from handrail.tickets.events import TicketAssigned, TicketMoved
from handrail.tickets.models.ticket.base import TicketBase


class Assigning(TicketBase):
    """A ticket can be given to an agent or a team; who acted on an old picture is told."""

    class Meta:
        abstract = True

    class OwnerChanged(Exception):
        """Somebody else gave the ticket away meanwhile."""

    class WrongTeam(Exception):
        """The team belongs to another brand."""

    def expect_owner(self, owner_id: UUID | None) -> None:
        """Raise OwnerChanged unless the owner is the one that the caller's screen showed."""
        if self.owner_id != owner_id:
            raise self.OwnerChanged

    @transaction.atomic
    def assign(
        self, owner: Agent | None, *, by: Agent | None, order_id: UUID | None = None, at: datetime
    ) -> None:
        """Make `owner` the one who answers for it; None gives it back to the team.

        order_id: the order for many tickets by which it happens; its end tells the owner once of all.
        Raises OwnerChanged when the owner is another one now than this object says.
        """
        was = self.owner_id
        rows = type(self).objects.filter(pk=self.pk, owner_id=was)
        if not rows.update(owner=owner, updated_at=at):
            raise self.OwnerChanged
        self.owner = owner
        self.updated_at = at
        if (owner.pk if owner else None) == was:
            return
        if owner and self.status == self.Status.NEW:
            self.turn(self.Status.OPEN, at=at)
        self.tell(
            TicketAssigned(
                ticket_id=self.pk,
                by_agent_id=by.pk if by else None,
                from_agent_id=was,
                to_agent_id=owner.pk if owner else None,
                order_id=order_id,
                at=at,
            )
        )

    @transaction.atomic
    def move(self, team: Team, *, by: Agent | None, at: datetime) -> None:
        """Hand the ticket to another team; its owner lets go unless they belong to it. Raises WrongTeam."""
        if team.brand_id != self.brand_id:
            raise self.WrongTeam
        if team.pk == self.team_id:
            return
        was = self.team_id
        self.change(at=at, team_id=team.pk)
        self.tell(
            TicketMoved(
                ticket_id=self.pk,
                by_agent_id=by.pk if by else None,
                from_team_id=was,
                to_team_id=team.pk,
                at=at,
            )
        )
        if self.owner_id and not team.agents.filter(pk=self.owner_id).exists():
            self.assign(None, by=by, at=at)
