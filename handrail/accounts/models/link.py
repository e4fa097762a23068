"""A sign-in link: a secret sent to somebody's mailbox that opens the door once."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from handrail.accounts.models.user import User
from handrail.kit import ids


class Links(models.QuerySet["SignInLink"]):
    """Chains that start from sign-in links."""

    def usable(self, *, at: datetime) -> "Links":
        return self.filter(used_at=None, expires_at__gt=at)


class SignInLink(models.Model):
    """One issued link. The secret itself is never kept, only its digest.

    stamp: a digest of address and password at the time of issue; when either changes, the link is void.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign-in"
        INVITE = "invite"
        PASSWORD = "password"  # noqa: S105
        SET_UP = "set-up"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    stamp = models.CharField(max_length=64, blank=True)
    next = models.CharField(max_length=500, blank=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = Links.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(purpose="set-up"), name="only_a_set_up_link_is_nobodys"
            ),
        ]

    def use(self, *, at: datetime) -> bool:
        """Spend the link; of two people who try at once, one gets True."""
        return bool(SignInLink.objects.filter(pk=self.pk).usable(at=at).update(used_at=at))


#: How long a link of each purpose opens the door.
LASTS = {
    SignInLink.Purpose.SIGN_IN: timedelta(hours=1),
    SignInLink.Purpose.PASSWORD: timedelta(hours=1),
    SignInLink.Purpose.INVITE: timedelta(days=7),
    SignInLink.Purpose.SET_UP: timedelta(days=1),
}
