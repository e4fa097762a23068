"""A portal link: a secret in a mailbox that lets its reader in, whether or not we know them as a user yet."""

from datetime import datetime, timedelta

from django.db import models

from handrail.kit import ids

#: So long a link opens the door.
LASTS = timedelta(hours=1)


class PortalLinks(models.QuerySet["PortalLink"]):
    """Chains that start from portal links."""

    def usable(self, *, at: datetime) -> "PortalLinks":
        return self.filter(used_at=None, expires_at__gt=at)


class PortalLink(models.Model):
    """One link that was mailed to an address. The secret itself is never kept, only its digest."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    address = models.EmailField(max_length=320)
    digest = models.CharField(max_length=64, unique=True)
    next = models.CharField(max_length=500, blank=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    objects = PortalLinks.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="portal_link_lasts_a_while"
            )
        ]

    @classmethod
    def issue(cls, *, address: str, digest: str, next: str, at: datetime) -> "PortalLink":
        """Keep a new link; those that ran out long ago are forgotten."""
        cls.objects.filter(expires_at__lt=at - LASTS).delete()
        return cls.objects.create(
            address=address, digest=digest, next=next, issued_at=at, expires_at=at + LASTS
        )

    def use(self, *, at: datetime) -> bool:
        """Spend the link; of two people who try at once, one gets True."""
        return bool(PortalLink.objects.filter(pk=self.pk).usable(at=at).update(used_at=at))
