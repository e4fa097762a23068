"""What a mailbox tells at once to somebody whose mail opened a ticket."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import User
from handrail.channels.email.events import AutoAnswerChanged
from handrail.channels.email.models.account import EmailAccount
from handrail.events import publish

LANGUAGES = ("en", "de")


class AutoAnswer(models.Model):
    """texts: language → words. stopped_at: since when the guard against loops keeps it silent."""

    account = models.OneToOneField(EmailAccount, on_delete=models.CASCADE, primary_key=True, related_name="+")
    is_on = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_on=False) | ~Q(texts={}), name="auto_answer_has_words")
        ]

    class NoWords(Exception):
        """It cannot be on without a text."""

    @classmethod
    def of(cls, account: EmailAccount) -> "AutoAnswer":
        """That of the mailbox; unsaved and off where nobody wrote one."""
        return cls.objects.filter(pk=account.pk).first() or cls(account=account)

    @classmethod
    def active(cls) -> "dict[UUID, AutoAnswer]":
        """Those that answer at the moment, by mailbox."""
        return {each.pk: each for each in cls.objects.filter(is_on=True, stopped_at=None)}

    def words(self, language: str) -> str:
        """In this language, else in English, else in any."""
        return self.texts.get(language) or self.texts.get("en") or next(iter(self.texts.values()), "")

    @transaction.atomic
    def write(self, *, texts: Mapping[str, str], is_on: bool, by: User, at: datetime) -> None:
        """Say what it tells, and whether it does. Raises NoWords."""
        kept = {language: text.strip() for language, text in texts.items() if text.strip()}
        if is_on and not kept:
            raise self.NoWords
        self.is_on, self.texts = is_on, kept
        self.save()
        self._tell(by=by, at=at)

    @transaction.atomic
    def stop(self, *, at: datetime) -> bool:
        """Keep it silent until a person lets it speak again; False when it was already."""
        stopped = AutoAnswer.objects.filter(pk=self.pk, stopped_at=None).update(stopped_at=at)
        if stopped:
            self.stopped_at = at
            self._tell(by=None, at=at)
        return bool(stopped)

    @transaction.atomic
    def resume(self, *, by: User, at: datetime) -> None:
        """A person saw what stopped it, and lets it answer again."""
        AutoAnswer.objects.filter(pk=self.pk).update(stopped_at=None)
        self.stopped_at = None
        self._tell(by=by, at=at)

    def _tell(self, *, by: User | None, at: datetime) -> None:
        publish(
            AutoAnswerChanged(
                account_id=self.pk,
                is_on=self.is_on,
                is_stopped=self.stopped_at is not None,
                by_user_id=by.pk if by else None,
                at=at,
            )
        )
