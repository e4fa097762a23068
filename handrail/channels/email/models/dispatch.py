"""A mail about a ticket with words of its own: an acknowledgement, a forwarded message, an answer."""

from collections.abc import Sequence

from django.db import models

from handrail.channels.email.models.account import EmailAccount
from handrail.files.models import StoredFile
from handrail.kit import ids
from handrail.tickets.models import Ticket


class Dispatch(models.Model):
    """The words, kept until long after they left. automatic: no person wrote it, so no robot answers it.

    author: the name before the mailbox's address. answers: the Message-ID of the mail it answers, if any.
    """

    class Kind(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement", "acknowledgement"
        FORWARD = "forward", "forward"
        INVITATION = "invitation", "answer to an invitation"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(EmailAccount, on_delete=models.PROTECT, related_name="+")
    author = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, default="", db_default="")
    answers = models.CharField(max_length=1000, blank=True)
    references = models.JSONField(default=list)
    automatic = models.BooleanField()
    files = models.ManyToManyField(StoredFile, related_name="+", blank=True)
    at = models.DateTimeField()

    @classmethod
    def write(cls, *, files: Sequence[StoredFile] = (), **words: object) -> "Dispatch":
        """Keep the words, in the caller's transaction."""
        dispatch = cls.objects.create(**words)
        dispatch.files.add(*files)
        return dispatch
