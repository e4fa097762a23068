"""Mail that the catch-all took instead of sending it, so that nothing leaves this machine by accident."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from handrail.kit import ids


class CaughtMail(models.Model):
    """One mail as it would have left."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    envelope_from = models.TextField(blank=True)
    envelope_to = ArrayField(models.TextField(), default=list)
    at = models.DateTimeField()
    raw = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="caught_mail_newest_first")]
