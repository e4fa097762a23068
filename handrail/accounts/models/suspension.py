"""A suspension: a user may not come in, said by whom, why, and until when."""

from django.db import models

from handrail.accounts.models.user import User
from handrail.kit import ids


class Suspension(models.Model):
    """One time of being shut out; over when it was lifted."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="suspensions")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(lifted_at=None), name="user_is_suspended_once_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="suspension_has_a_reason"),
        ]
