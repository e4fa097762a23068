"""The outbox: one row for each mail that must leave, written in the transaction that made it necessary."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from handrail.accounts.models import Brand, User
from handrail.kit import ids
from handrail.tickets.models import Message


class OutgoingMails(models.QuerySet["OutgoingMail"]):
    """Chains that start from the outbox."""

    def visible_to(self, user: User) -> "OutgoingMails":
        """Mail of this user's brands, and letters of the desk itself."""
        return self.filter(Q(brand__in=user.brands.all()) | Q(brand=None))

    def unsettled(self) -> "OutgoingMails":
        """What an operator should know of: waiting, failed, or perhaps sent."""
        return self.filter(state__in=["queued", "sending", "failed", "uncertain"])


class OutgoingMail(models.Model):
    """One mail on its way. Every try uses the same Message-ID, so that a copy is recognised as one.

    lane: mails of one lane (a ticket) leave in the order of their ids; a mail that waits for its next try
    holds up the later ones of its lane only. doubts: how often the server's answer was lost after the
    whole mail had gone out; then it may have arrived.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        UNCERTAIN = "uncertain", "uncertain"
        CANCELLED = "cancelled", "cancelled"

    #: States in which the drain may still take a mail, when its time has come.
    ALIVE: ClassVar[tuple[str, ...]] = ("queued", "sending", "uncertain")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    letter_id = models.UUIDField(null=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    lane = models.UUIDField()
    rfc_message_id = models.CharField(max_length=200, unique=True)
    recipients = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = OutgoingMails.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, letter_id=None)
                | Q(message=None, letter_id__isnull=False)
                | Q(message=None, state="cancelled"),
                name="outgoing_mail_has_one_source",
            ),
            models.UniqueConstraint(fields=["message"], name="message_leaves_as_one_mail"),
            models.UniqueConstraint(fields=["letter_id"], name="letter_leaves_as_one_mail"),
            models.CheckConstraint(
                condition=~Q(state="queued") | Q(next_try_at__isnull=False),
                name="queued_mail_has_its_next_try",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "sending", "uncertain"], next_try_at__isnull=False),
                name="outgoing_mail_due",
            ),
            models.Index(
                fields=["lane", "id"],
                condition=Q(state__in=["queued", "sending", "uncertain"]),
                name="outgoing_mail_lane",
            ),
        ]
