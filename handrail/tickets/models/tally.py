"""How many live tickets there are of each kind, kept by the database as tickets come, change and go."""

from typing import Any, ClassVar

from django.db import models

from handrail.accounts.models import Brand
from handrail.team.models import Agent, Team
from handrail.tickets.models.ticket.queryset import seen

#: What tells tickets apart here: the columns of a ticket by which most views ask.
TOLD_APART = ("brand", "team", "owner", "status", "stage", "priority", "channel")


class Tallies(models.QuerySet["Tally"]):
    """Sums of tickets, narrowed as tickets are."""

    def visible_to(self, agent: Agent) -> "Tallies":
        """Those of the tickets that this agent may see."""
        return self.filter(seen(agent))


class Tally(models.Model):
    """So many live tickets more, or fewer, with these values; the number of them is the sum of all rows.

    Written by triggers of the table of tickets only, and folded by every worker. A change adds rows and
    touches none, so that nobody waits for anybody. The names are those of a ticket's columns: the same
    condition asks either.
    """

    id = models.BigAutoField(primary_key=True)
    brand = models.ForeignKey(
        Brand, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    team = models.ForeignKey(
        Team, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    owner = models.ForeignKey(
        Agent, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    status = models.CharField(max_length=10)
    stage = models.ForeignKey(
        "tickets.Status",
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    priority = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20)
    number = models.IntegerField()

    objects: ClassVar[Any] = Tallies.as_manager()

    def __str__(self) -> str:
        return f"{self.number:+d} {self.status}"
