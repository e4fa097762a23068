"""The outbox: one row for each mail that must leave, written in the transaction that made it necessary."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from handrail.accounts.models import Brand, User
from handrail.channels.email.events import MailSentAgain
from handrail.events import publish
from handrail.kit import drains, ids
from handrail.tickets.models import Message

#: A mail is left alone for so long after it was taken: until its taker holds the lock on its row.
TAKEN_FOR = timedelta(seconds=5)
#: A mail that the server puts off is tried again after a part of its age, within bounds; at last given up.
AGE_PER_PAUSE = 20
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
#: A mail that perhaps arrived is sent once more after this pause, and never again by itself.
DOUBT_PAUSE = timedelta(minutes=1)
DOUBTS_FORGIVEN = 1

Pair = tuple[str, str]


class OutgoingMails(models.QuerySet["OutgoingMail"]):
    """Chains that start from the outbox."""

    def visible_to(self, user: User) -> "OutgoingMails":
        """Mail of this user's brands, and letters of the desk itself."""
        return self.filter(Q(brand__in=user.brands.all()) | Q(brand=None))

    def unsettled(self) -> "OutgoingMails":
        """What an operator should know of: waiting, failed, or perhaps sent."""
        return self.filter(state__in=["queued", "sending", "failed", "uncertain"])

    def due(self) -> "OutgoingMails":
        """What may leave now: its time has come, nobody has it in hand, no earlier one of its lane waits."""
        alive = self.model.objects.filter(state__in=OutgoingMail.ALIVE, next_try_at__isnull=False)
        earlier = alive.filter(lane=OuterRef("lane"), pk__lt=OuterRef("pk"))
        free = Q(tried_at=None) | Q(tried_at__lt=Now() - TAKEN_FOR) | Q(state__in=["queued", "uncertain"])
        rows = self.filter(free, ~Exists(earlier), state__in=OutgoingMail.ALIVE, next_try_at__lte=Now())
        return rows.order_by("next_try_at", "id")


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
                | Q(message=None, state__in=["sent", "failed", "cancelled"]),
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

    class NothingToSendAgain(Exception):
        """send_again() was called on a mail that neither failed nor is uncertain."""

    @classmethod
    def put(
        cls,
        *,
        rfc_message_id: str,
        to: Sequence[Pair],
        lane: UUID,
        message: Message | None = None,
        letter_id: UUID | None = None,
        brand_id: UUID | None = None,
        due_at: datetime,
        at: datetime,
    ) -> "OutgoingMail":
        """Write a mail into the outbox, in the caller's transaction."""
        mail = cls.objects.create(
            message=message,
            letter_id=letter_id,
            brand_id=brand_id,
            lane=lane,
            rfc_message_id=rfc_message_id,
            recipients=[list(pair) for pair in to],
            due_at=due_at,
            next_try_at=due_at,
            created_at=at,
        )
        drains.wake("outgoing")
        return mail

    @classmethod
    def cancel(cls, message_id: UUID, *, at: datetime) -> bool:
        """Keep an answer from leaving; False when it has begun to leave."""
        rows = cls.objects.filter(message=message_id, state=cls.State.QUEUED, attempts=0)
        return bool(rows.update(state=cls.State.CANCELLED, next_try_at=None, settled_at=at))

    @classmethod
    @transaction.atomic
    def take(cls) -> "OutgoingMail | None":
        """The next mail to send, its try counted for good when this returns; None when none is due.

        One that was in the hands of a process which died may have left: that is a doubt.
        """
        mail = cls.objects.due().select_for_update(skip_locked=True, of=("self",)).first()
        if mail is None:
            return None
        doubt = int(mail.state == cls.State.SENDING)
        cls.objects.filter(pk=mail.pk).update(
            state=cls.State.SENDING, tried_at=Now(), attempts=F("attempts") + 1, doubts=F("doubts") + doubt
        )
        return mail

    @classmethod
    def in_hand(cls, mail_id: UUID) -> "OutgoingMail | None":
        """A mail just taken, locked until the transaction ends; None when somebody else has it now."""
        rows = cls.objects.filter(pk=mail_id, state=cls.State.SENDING)
        whole = rows.select_related("message__ticket__requester", "message__agent")
        return whole.select_for_update(skip_locked=True, of=("self",)).first()

    def sent(self, *, detail: str = "", at: datetime) -> None:
        """The server has it. detail: whom it refused."""
        self._turn(self.State.SENT, error=detail, settled_at=at, next_try_at=None)

    def failed(self, error: str, *, at: datetime) -> None:
        """It will not leave by itself."""
        self._turn(self.State.FAILED, error=error, settled_at=at, next_try_at=None)

    def postpone(self, error: str, *, at: datetime) -> None:
        """Try again later; the older it is, the later. Too old a mail fails."""
        age = at - self.due_at
        if age > GIVE_UP_AFTER:
            self.failed(error, at=at)
            return
        pause = min(max(age / AGE_PER_PAUSE, SHORTEST_PAUSE), LONGEST_PAUSE)
        self._turn(self.State.QUEUED, error=error, next_try_at=at + _about(pause))

    def doubt(self, error: str, *, at: datetime) -> None:
        """It may have arrived. It is sent once more under the same Message-ID, then left to a person."""
        self.doubts += 1
        again = at + DOUBT_PAUSE if self.doubts <= DOUBTS_FORGIVEN else None
        self._turn(self.State.UNCERTAIN, error=error, next_try_at=again, doubts=self.doubts)

    def leave_to_a_person(self, error: str) -> None:
        """It may have arrived, and it is not sent again by itself."""
        self._turn(self.State.UNCERTAIN, error=error, next_try_at=None)

    def back_to_the_queue(self, error: str, *, at: datetime) -> None:
        """Nothing was said about it to the server: the try does not count."""
        self._turn(self.State.QUEUED, error=error, next_try_at=at, attempts=self.attempts - 1)

    @classmethod
    def wait_for_server(cls, error: str, *, at: datetime) -> "list[OutgoingMail]":
        """Note on everything that is due why it does not leave; returns what has waited too long."""
        due = cls.objects.filter(state=cls.State.QUEUED, next_try_at__lte=at)
        due.exclude(last_error=error[:500]).update(last_error=error[:500])
        return list(due.filter(due_at__lt=at - GIVE_UP_AFTER)[:100])

    @transaction.atomic
    def send_again(self, *, by: User, at: datetime) -> None:
        """Let it leave once more, because a person wants it. Raises NothingToSendAgain."""
        rows = type(self).objects.filter(pk=self.pk, state__in=[self.State.FAILED, self.State.UNCERTAIN])
        fresh = {"attempts": 0, "doubts": 0, "due_at": at, "next_try_at": at, "settled_at": None}
        if not rows.update(state=self.State.QUEUED, last_error="", tried_at=None, **fresh):
            raise self.NothingToSendAgain
        self.refresh_from_db()
        publish(MailSentAgain(outgoing_mail_id=self.pk, by_user_id=by.pk, at=at))
        drains.wake("outgoing")

    @property
    def is_doubtful(self) -> bool:
        """It was perhaps sent more often than may be forgiven."""
        return self.doubts > DOUBTS_FORGIVEN

    @property
    def pairs(self) -> list[Pair]:
        """The recipients as (name, address)."""
        return [(name, address) for name, address in self.recipients]

    def _turn(self, state: "OutgoingMail.State", *, error: str = "", **columns: object) -> None:
        columns |= {"state": state, "last_error": error[:500]}
        type(self).objects.filter(pk=self.pk).update(**columns)
        for name, value in columns.items():
            setattr(self, name, value)


def _about(pause: timedelta) -> timedelta:
    """A fifth more or less, so that many mails do not come back at one moment."""
    return pause * (0.8 + secrets.randbelow(4001) / 10_000)
