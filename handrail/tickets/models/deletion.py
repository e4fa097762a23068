"""A ticket lies in the trash: who put it there, why, and how it stood before."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models.status import Status
from handrail.tickets.reasons import words_for


class Deletion(models.Model):
    """status, stage, waiting_since: as they were. Everything else stays where it is.

    along_with: of a ticket that was merged, the one that has its messages: both go, and both come back.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    ticket = models.OneToOneField("tickets.Ticket", on_delete=models.CASCADE, related_name="deletion")
    along_with = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    status = models.CharField(max_length=10)
    stage = models.ForeignKey(Status, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    waiting_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="deletion_has_a_reason"),
            models.CheckConstraint(condition=~Q(along_with=F("ticket")), name="ticket_goes_not_with_itself"),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(along_with=None), name="deletion_by_moment"),
            models.Index(
                fields=["along_with"], condition=Q(along_with__isnull=False), name="deletion_by_survivor"
            ),
        ]

    @property
    def purged_at(self) -> datetime:
        """From when on the ticket is gone for good, within a day."""
        return self.at + timedelta(days=settings.TRASH_DAYS)

    @property
    def why(self) -> str:
        """The reason as people read it."""
        return words_for(self.reason)

    @property
    def stage_now(self) -> Status | None:
        """The status by an admin's words that it gets back: where its tickets went if it was retired."""
        found = self.stage
        while found is not None and found.retired_at is not None:
            found = found.into
        return found
