"""What colleagues taught: which mails are spam and which not, and where a sender's doubtful mail belongs."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from handrail.accounts.models import User
from handrail.kit import ids
from handrail.tickets.models import Ticket

_COUNT = """
    INSERT INTO channels_email_spamtrait AS known (trait, spam, honest)
    SELECT trait, %s, %s FROM unnest(%s::bigint[]) AS trait ORDER BY trait
    ON CONFLICT (trait) DO UPDATE
       SET spam = known.spam + EXCLUDED.spam, honest = known.honest + EXCLUDED.honest
"""
_SEEN = "SELECT trait, spam, honest FROM channels_email_spamtrait WHERE trait = ANY(%s)"


class SpamTrait(models.Model):
    """In how many spam mails and in how many honest ones a trait was seen."""

    trait = models.BigIntegerField(primary_key=True)
    spam = models.IntegerField()
    honest = models.IntegerField()

    @classmethod
    def count(cls, traits: Iterable[int], *, spam: int, honest: int) -> None:
        """Add to what is known, or take away; in the order of the traits, so that no two teachers block."""
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [max(spam, 0), max(honest, 0), list(traits)])
            if spam < 0 or honest < 0:
                cursor.execute(_UNCOUNT, [max(-spam, 0), max(-honest, 0), list(traits)])

    @classmethod
    def seen(cls, traits: Collection[int]) -> dict[int, tuple[int, int]]:
        """(spam, honest) for those that are known."""
        with connection.cursor() as cursor:
            cursor.execute(_SEEN, [list(traits)])
            return {trait: (spam, honest) for trait, spam, honest in cursor.fetchall()}


_UNCOUNT = """
    UPDATE channels_email_spamtrait
       SET spam = greatest(0, spam - %s), honest = greatest(0, honest - %s)
     WHERE trait = ANY(%s)
"""


class SpamLesson(models.Model):
    """One mail that somebody called spam, or honest; the last word counts. by None: an answer was written."""

    raw_mail_id = models.UUIDField(primary_key=True)
    is_spam = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["is_spam"], name="spam_lesson_by_truth")]

    @classmethod
    def note(cls, raw_mail_id: UUID, *, is_spam: bool, by: User | None, at: datetime) -> "bool | None":
        """Keep the word; returns what was said of this mail before, None when nothing was.

        A word that comes late, because its job did, changes nothing: then it returns that word itself.
        """
        before = cls.objects.select_for_update().filter(pk=raw_mail_id).first()
        if before and before.at > at:
            return is_spam
        said = {"is_spam": is_spam, "by": by, "at": at}
        cls.objects.update_or_create(raw_mail_id=raw_mail_id, defaults=said)
        return before.is_spam if before else None

    @classmethod
    def counts(cls) -> tuple[int, int]:
        """How many mails were called spam, and how many honest."""
        rows = dict(cls.objects.values_list("is_spam").annotate(models.Count("pk")).order_by())
        return rows.get(True, 0), rows.get(False, 0)


class Precedent(models.Model):
    """A colleague said: this sender's mail with this subject belongs on this ticket, or on none (null)."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    sender = models.CharField(max_length=320)
    subject_key = models.CharField(max_length=500, blank=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "subject_key"], name="one_precedent_for_a_sender")
        ]

    @classmethod
    def set(cls, *, sender: str, subject_key: str, ticket: Ticket | None, by: User, at: datetime) -> None:
        """From now on this counts for the sender's mails of this subject."""
        about: dict[str, Any] = {"sender": sender.lower()[:320], "subject_key": subject_key[:500]}
        cls.objects.update_or_create(**about, defaults={"ticket": ticket, "by": by, "at": at})
