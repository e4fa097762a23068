"""What a mail of the outbox knows of itself."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from handrail.accounts.models import Brand
from handrail.channels.email.models.account import EmailAccount
from handrail.channels.email.models.dispatch import Dispatch
from handrail.kit import ids
from handrail.tickets.models import Message

Pair = tuple[str, str]


class OutgoingBase(models.Model):
    """The columns.

    A mail has one source: an answer on a ticket, a dispatch (words of the desk about a ticket), or a letter.
    lane: mails of one lane (a ticket) leave in the order in which they are due; one that nobody has got yet
    holds up the later ones of its lane, and no others. server: empty for the desk's own, else the mailbox's.
    domain: where the recipients live who are to be tried next. doubts: how often the server's answer was lost
    after the whole mail had gone out; then it may have arrived.
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
    dispatch = models.ForeignKey(Dispatch, on_delete=models.SET_NULL, null=True, related_name="+")
    letter_id = models.UUIDField(null=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(EmailAccount, on_delete=models.SET_NULL, null=True, related_name="+")
    lane = models.UUIDField()
    holds_lane = models.BooleanField(default=True)
    server = models.CharField(max_length=40, blank=True)
    domain = models.CharField(max_length=255, blank=True)
    rfc_message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, dispatch=None, letter_id=None)
                | Q(message=None, dispatch__isnull=False, letter_id=None)
                | Q(message=None, dispatch=None, letter_id__isnull=False)
                | Q(message=None, dispatch=None, state__in=["sent", "failed", "cancelled"]),
                name="outgoing_mail_has_one_source",
            ),
            models.UniqueConstraint(fields=["message"], name="message_leaves_as_one_mail"),
            models.UniqueConstraint(fields=["dispatch"], name="dispatch_leaves_as_one_mail"),
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
                fields=["lane", "due_at", "id"],
                condition=Q(state__in=["queued", "sending", "uncertain"]),
                name="outgoing_mail_in_lane",
            ),
            models.Index(fields=["domain"], condition=Q(state="sending"), name="outgoing_mail_in_hand"),
        ]

    def _write(self, **columns: Any) -> None:
        """Write columns, and keep this object in step."""
        if "last_error" in columns:
            columns["last_error"] = columns["last_error"][:500]
        type(self).objects.filter(pk=self.pk).update(**columns)  # type: ignore[attr-defined]
        for name, value in columns.items():
            setattr(self, name, value)
