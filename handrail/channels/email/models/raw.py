"""Mail as it came: the very bytes, kept before anything is read, and what became of them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import takewhile
from typing import Any, ClassVar, Literal
from uuid import UUID

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from handrail.accounts.models import User
from handrail.channels.email.events import MailDecided, MailHeld, MailQuarantined, MailReplayed
from handrail.channels.email.models.account import EmailAccount
from handrail.events import publish
from handrail.kit import drains, ids

#: One transaction settles at most so many mails, and so many bytes of them unless one alone has more.
BATCH_MAILS = 50
BATCH_BYTES = 8 * 1024 * 1024
#: A mail whose reader died so often is put aside.
MOST_ATTEMPTS = 3
#: A mail is left alone for so long after it was taken: until its taker holds the lock on its row.
TAKEN_FOR = timedelta(seconds=5)
_BECAME = """
    UPDATE channels_email_rawmail AS mail
       SET state = 'done', reason = '', message_id = made.message_id, fingerprint = made.fingerprint,
           findings = made.findings::jsonb
      FROM unnest(%s::uuid[], %s::uuid[], %s::bytea[], %s::text[])
           AS made (id, message_id, fingerprint, findings)
     WHERE mail.id = made.id
"""
_CONTENTS = "SELECT id, raw FROM channels_email_rawmail WHERE id = ANY(%s)"
KILLS = "kills-reader: the process that read it died each time"


class RawMails(models.QuerySet["RawMail"]):
    """Chains that start from mail as it came."""

    def visible_to(self, user: User) -> "RawMails":
        """Mail to the mailboxes of this user's brands, and mail that belongs to no mailbox."""
        return self.filter(Q(account__brand__in=user.brands.all()) | Q(account=None))

    def without_bytes(self) -> "RawMails":
        """For lists: a mail may have 50 MB."""
        return self.defer("raw")

    def quarantined(self) -> "RawMails":
        return self.filter(state=RawMail.State.QUARANTINED)

    def held(self) -> "RawMails":
        """Mail that waits for a person to say where it belongs."""
        return self.filter(state=RawMail.State.HELD)

    def spam(self) -> "RawMails":
        return self.filter(state=RawMail.State.SPAM)

    def waiting(self) -> "RawMails":
        return self.filter(state=RawMail.State.NEW)

    @transaction.atomic
    def replay_all(self, *, by: User, at: datetime) -> int:
        """Let all of these that are in quarantine be read again; returns how many."""
        found = list(self.quarantined().select_for_update(of=("self",)).without_bytes())
        for mail in found:
            mail.replay(by=by, at=at)
        return len(found)

    def takeable(self) -> "RawMails":
        """Waiting, in nobody's hands, oldest first, history last; locked until the transaction ends."""
        free = Q(tried_at=None) | Q(tried_at__lt=Now() - TAKEN_FOR)
        return self.waiting().filter(free).order_by("is_history", "id").select_for_update(skip_locked=True)

    def locked(self, taken: Collection[UUID]) -> "RawMails":
        """Those of the taken mails that still wait, locked, with their mailboxes, without their bytes."""
        rows = self.waiting().filter(pk__in=taken).order_by("id").without_bytes()
        return rows.select_related("account__brand", "account__team").select_for_update(
            skip_locked=True, of=("self",)
        )


class RawMail(models.Model):
    """One mail as it came. Written before its sender is told that we have it; emptied by `intake`."""

    class State(models.TextChoices):
        NEW = "new", "new"
        DONE = "done", "done"
        DUPLICATE = "duplicate", "duplicate"
        IGNORED = "ignored", "ignored"
        QUARANTINED = "quarantined", "quarantined"
        HELD = "held", "held"
        SPAM = "spam", "spam"
        PURGED = "purged", "purged"

    #: The constraint that lets the same mail, come by two roads, become one message only.
    ONE_MESSAGE: ClassVar[str] = "same_mail_becomes_one_message"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    source = models.CharField(max_length=20)
    #: The name it has on its road (a mailbox's number, a provider's event), so that it is kept once.
    road_key = models.CharField(max_length=200, null=True)  # noqa: DJ001
    #: It was there before this desk looked: it becomes a closed ticket, and nothing is sent because of it.
    is_history = models.BooleanField(default=False, db_default=False)
    account = models.ForeignKey(EmailAccount, on_delete=models.PROTECT, null=True, related_name="+")
    envelope_from = models.TextField(blank=True)
    envelope_to = ArrayField(models.TextField(), default=list)
    received_at = models.DateTimeField()
    sha256 = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    raw = models.BinaryField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    reason = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    #: What the mail says, without the traces of its road; null until it was read.
    fingerprint = models.BinaryField(max_length=32, null=True)
    #: The message it became, or that its twin became. No foreign key: what came outlives what was made of it.
    message_id = models.UUIDField(null=True)
    #: What was found out about it: `findings.Findings` as JSON knows it.
    findings = models.JSONField(default=dict, db_default={})
    #: What a person decided about it, when it was held or taken for spam: `{"as": …, "ticket": …, "by": …}`.
    decision = models.JSONField(default=dict, db_default={})

    objects = RawMails.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "fingerprint"],
                condition=Q(fingerprint__isnull=False),
                nulls_distinct=False,
                name="same_mail_becomes_one_message",
            ),
            models.UniqueConstraint(
                fields=["account", "road_key"],
                condition=Q(road_key__isnull=False),
                name="mail_is_kept_once_for_its_road",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(fingerprint__isnull=False, message_id__isnull=False),
                name="done_mail_has_its_message",
            ),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | ~Q(reason=""), name="quarantined_mail_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "spam"]) | ~Q(reason="") & Q(fingerprint__isnull=False),
                name="mail_kept_back_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["is_history", "id"], condition=Q(state="new"), name="raw_mail_waiting"),
            models.Index(fields=["id"], condition=Q(state="quarantined"), name="raw_mail_quarantined"),
            models.Index(fields=["id"], condition=Q(state="held"), name="raw_mail_held"),
            models.Index(fields=["id"], condition=Q(state="spam"), name="raw_mail_spam"),
            models.Index(
                fields=["message_id"], condition=Q(message_id__isnull=False), name="raw_mail_by_message"
            ),
        ]

    class NotKeptBack(Exception):
        """decide() was called on a mail that is neither held nor taken for spam."""

    class NotInQuarantine(Exception):
        """replay() was called on a mail that is not in quarantine."""

    @classmethod
    @transaction.atomic
    def take(cls, *, at: datetime) -> list[UUID]:
        """The ids of the mails to settle next, their tries counted for good when this returns.

        A mail whose try was cut off is taken alone, so that it harms no other; after MOST_ATTEMPTS it is put
        aside.
        """
        found = list(
            cls.objects.takeable().only("id", "attempts", "size", "account_id", "is_history")[:BATCH_MAILS]
        )
        if found and found[0].attempts >= MOST_ATTEMPTS:
            found[0].quarantine(KILLS, at=at)
            return cls.take(at=at)
        taken = [mail.pk for mail in _batch_of(found)]
        cls.objects.filter(pk__in=taken).update(attempts=F("attempts") + 1, tried_at=Now())
        return taken

    @classmethod
    def give_back(cls, taken: Collection[UUID]) -> None:
        """Their try does not count: something else was the trouble."""
        cls.objects.waiting().filter(pk__in=taken, attempts__gt=0).update(attempts=F("attempts") - 1)

    @staticmethod
    def contents(taken: Collection[UUID]) -> dict[UUID, bytes]:
        """The bytes, fetched as bytes: as text they would take twice the room."""
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(_CONTENTS, [list(taken)], binary=True)
            return dict(cursor.fetchall())

    def became(self, message_id: UUID, *, fingerprint: bytes, findings: dict[str, Any] | None = None) -> None:
        """The mail is a message now. Raises IntegrityError when its twin was faster."""
        known = {"message_id": message_id, "fingerprint": fingerprint, "findings": findings or {}}
        self._turn(self.State.DONE, reason="", **known)

    @transaction.atomic(savepoint=False)  # intake has a savepoint of its own for each mail
    def keep_back(
        self,
        state: "RawMail.State",
        reason: str,
        *,
        fingerprint: bytes,
        findings: dict[str, Any],
        at: datetime,
    ) -> None:
        """The mail waits, held or among the spam, for a person. Raises IntegrityError when its twin came."""
        self._turn(state, reason=reason, fingerprint=fingerprint, findings=findings)
        publish(
            MailHeld(
                raw_mail_id=self.pk,
                account_id=self.account_id,
                held_as=state.value,
                reason=reason,
                sender=str(findings.get("sender", ""))[:320],
                at=at,
            )
        )

    @transaction.atomic
    def decide(
        self, *, decided_as: Literal["new", "ticket"], ticket_id: UUID | None = None, by: User, at: datetime
    ) -> None:
        """A person said where it belongs: it is taken in again, and goes there. Raises NotKeptBack."""
        decision = {"as": decided_as, "ticket": str(ticket_id) if ticket_id else "", "by": str(by.pk)}
        self._leave([self.State.HELD, self.State.SPAM], self.State.NEW, decision=decision, attempts=0)
        self._tell_decision(decided_as, ticket_id=ticket_id, by=by, at=at)
        drains.wake("raw_mail")

    @transaction.atomic
    def call_spam(self, *, by: User, at: datetime) -> None:
        """A person said that it is spam, also of one that nobody can read. Raises NotKeptBack."""
        known = Coalesce("fingerprint", "sha256")
        states = [self.State.HELD, self.State.QUARANTINED]
        self._leave(states, self.State.SPAM, reason="said-so", fingerprint=known)
        self._tell_decision("spam", ticket_id=None, by=by, at=at)

    @transaction.atomic
    def hold_again(self, *, by: User, at: datetime) -> None:
        """Take back that it is spam, without saying what it is. Raises NotKeptBack."""
        self._leave([self.State.SPAM], self.State.HELD, reason="taken-back")
        self._tell_decision("held", ticket_id=None, by=by, at=at)

    def correct(self, *, by: User, at: datetime) -> None:
        """What spoke for its place was wrong: from now on a colleague's word does."""
        kept = {key: found for key, found in self.findings.items() if key != "perhaps"}
        findings = kept | {"signs": ["decided"], "points": 100, "by": str(by.pk), "at": at.isoformat()}
        type(self).objects.filter(pk=self.pk).update(findings=findings)

    def _leave(self, states: "list[RawMail.State]", to: "RawMail.State", **columns: Any) -> None:
        """Of two people who decide at once, one wins."""
        columns = {"reason": "", "tried_at": None, "decision": {}} | columns
        rows = type(self).objects.filter(pk=self.pk, state__in=states)
        if not rows.update(state=to, **columns):
            raise self.NotKeptBack
        self.state = to

    def _tell_decision(self, decision: str, *, ticket_id: UUID | None, by: User, at: datetime) -> None:
        publish(
            MailDecided(
                raw_mail_id=self.pk, decided_as=decision, ticket_id=ticket_id, by_user_id=by.pk, at=at
            )
        )

    @classmethod
    def became_all(cls, rows: "Iterable[tuple[UUID, UUID, bytes, str]]") -> None:
        """The same for many: (mail, message, fingerprint, findings as JSON)."""
        columns = [list(column) for column in zip(*rows, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(_BECAME, columns)

    @classmethod
    def purge(cls, message_ids: Collection[UUID]) -> list[UUID]:
        """Forget the mails that became these messages; returns their ids. Their names on their roads stay, so
        that none of them is fetched anew.
        """
        rows = cls.objects.filter(message_id__in=message_ids)
        purged = list(rows.values_list("pk", flat=True))
        nothing: dict[str, Any] = {"raw": b"", "sha256": sha256(b"").digest(), "size": 0, "findings": {}}
        envelope: dict[str, Any] = {"envelope_from": "", "envelope_to": [], "fingerprint": None}
        rows.update(state=cls.State.PURGED, reason="", decision={}, message_id=None, **nothing, **envelope)
        return purged

    def is_twin_of(self, message_id: UUID | None) -> None:
        """The same mail was kept before; this one adds nothing."""
        self._turn(self.State.DUPLICATE, message_id=message_id, reason="")

    def ignore(self, reason: str) -> None:
        """The mail is ours, come back."""
        self._turn(self.State.IGNORED, reason=reason)

    @transaction.atomic
    def quarantine(self, reason: str, *, at: datetime) -> None:
        """The mail cannot become a message; it is kept, shown with the reason, and can be tried again."""
        self._turn(self.State.QUARANTINED, reason=reason[:500] or "unknown")
        publish(MailQuarantined(raw_mail_id=self.pk, account_id=self.account_id, reason=self.reason, at=at))

    @transaction.atomic
    def replay(self, *, by: User, at: datetime) -> None:
        """Read it again. It keeps the time it came. Raises NotInQuarantine."""
        rows = type(self).objects.filter(pk=self.pk, state=self.State.QUARANTINED)
        known = {"as": "replay", "by": str(by.pk)}  # whoever lets it in again knows how many there are
        if not rows.update(state=self.State.NEW, reason="", attempts=0, tried_at=None, decision=known):
            raise self.NotInQuarantine
        publish(MailReplayed(raw_mail_id=self.pk, by_user_id=by.pk, at=at))
        drains.wake("raw_mail")

    def _turn(self, state: "RawMail.State", *, reason: str, **columns: object) -> None:
        type(self).objects.filter(pk=self.pk).update(state=state, reason=reason, **columns)
        self.state, self.reason = state, reason


def _batch_of(found: "list[RawMail]") -> "list[RawMail]":
    """The first mail, and those right behind it that are as unsuspicious and not too large together.

    History is settled apart, for nobody is told of it.
    """
    batch, room = found[:1], BATCH_BYTES - sum(mail.size for mail in found[:1])
    if batch and not batch[0].attempts:
        alike = takewhile(lambda mail: not mail.attempts and mail.is_history == batch[0].is_history, found)
        for mail in list(alike)[1:]:
            room -= mail.size
            if room < 0:
                break
            batch.append(mail)
    return batch
