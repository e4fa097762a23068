"""Which edition of the desk's set-up counts: one row."""

from uuid import uuid4

from django.db import models

ONLY = 1


class Edition(models.Model):
    """token: another one after each change of statuses, fields or form rules."""

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    token = models.UUIDField(default=uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=ONLY), name="edition_is_one_row")]
