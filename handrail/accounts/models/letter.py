"""A letter: a mail of this room that waits for the channel to send it."""

from datetime import datetime

from django.db import models, transaction

from handrail.accounts.events import LetterWritten
from handrail.accounts.sealing import seal, unseal
from handrail.events import publish
from handrail.kit import ids


class Letter(models.Model):
    """Words and perhaps a secret link for one address; both are forgotten when it was sent.

    text: paragraphs of plain text, parted by empty lines. action: the words on the link's button.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=30)
    to = models.EmailField()
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    action = models.CharField(max_length=100, blank=True)
    sealed_link = models.TextField(blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(text="", sealed_link=""),
                name="sent_letter_keeps_no_secret",
            ),
        ]

    @classmethod
    @transaction.atomic
    def write(
        cls,
        *,
        kind: str,
        to: str,
        name: str,
        language: str,
        subject: str,
        text: str,
        action: str = "",
        link: str = "",
        at: datetime,
    ) -> "Letter":
        """Put a letter into the outbox of this room; the mail channel follows LetterWritten."""
        words = {"kind": kind, "to": to, "name": name, "language": language, "subject": subject, "text": text}
        letter = cls.objects.create(
            **words, action=action, sealed_link=seal(link) if link else "", written_at=at
        )
        publish(LetterWritten(letter_id=letter.pk, at=at))
        return letter

    @property
    def link(self) -> str:
        """The address behind the button; empty when there is none, or when the letter was sent."""
        return unseal(self.sealed_link) if self.sealed_link else ""

    def sent(self, *, at: datetime) -> None:
        """Forget what it said: it is in the mail now."""
        self.sent_at, self.text, self.sealed_link = at, "", ""
        self.save(update_fields=["sent_at", "text", "sealed_link"])
