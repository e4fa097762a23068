"""What we answered to an invitation, in whose name."""

from datetime import datetime
from math import ceil
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from handrail.channels.email.models.dispatch import Dispatch
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models import Message


class InvitationAnswer(models.Model):
    """One answer to one invitation; the newest counts. key: one press of a button. attendee: our address."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        TENTATIVE = "tentative", _("Perhaps")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    dispatch = models.OneToOneField(Dispatch, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    attendee = models.CharField(max_length=320)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer__in=["accepted", "tentative", "declined"]),
                name="invitation_answer_is_known",
            )
        ]
        indexes = [models.Index(fields=["message", "-id"], name="invitation_answer_latest")]

    @classmethod
    def latest(cls, message_id: UUID) -> "InvitationAnswer | None":
        """What counts now."""
        return cls.objects.filter(message=message_id).select_related("by", "dispatch").order_by("-id").first()

    def seconds_left(self, *, at: datetime) -> int:
        """How long it can still be taken back, in whole seconds; 0 once it leaves."""
        return max(0, ceil((self.due_at - at).total_seconds()))
