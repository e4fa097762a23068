"""A disguise: a colleague is logged in as somebody else, to see what they see."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts import audit
from handrail.accounts.models.user import User
from handrail.kit import ids

LASTS = timedelta(minutes=30)


class Disguises(models.QuerySet["Disguise"]):
    """Chains that start from disguises."""

    def worn(self, *, at: datetime) -> "Disguises":
        """Those that count now: neither taken off nor run out, and both people may come in."""
        return self.filter(ended_at=None, ends_at__gt=at, operator__is_active=True, user__is_active=True)


class Disguise(models.Model):
    """One time of acting as somebody else: by whom, why, and until when at most."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    operator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = Disguises.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="disguise_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(operator=models.F("user")), name="nobody_is_disguised_as_self"
            ),
        ]

    class Refused(Exception):
        """That user may do more than the operator, is suspended, or is the operator."""

    @classmethod
    @transaction.atomic
    def put_on(cls, *, user: User, reason: str, by: User, at: datetime) -> "Disguise":
        """Act as this user for half an hour at most. Raises Refused: nobody climbs higher this way."""
        if user.pk == by.pk or by.disguised_by or not user.is_active or not by.role.covers(user.role):
            raise cls.Refused
        if not by.may("accounts.log_in_as"):
            raise cls.Refused
        worn = cls.objects.create(operator=by, user=user, reason=reason, begun_at=at, ends_at=at + LASTS)
        audit.record("disguise.begun", by=by, about=user, at=at, reason=reason)
        return worn

    @transaction.atomic
    def take_off(self, *, address: str = "", at: datetime) -> None:
        """Be oneself again; harmless when one is already."""
        self.operator.from_address = address
        if Disguise.objects.filter(pk=self.pk, ended_at=None).update(ended_at=at):
            audit.record("disguise.ended", by=self.operator, about=self.user, at=at)
