"""A session: one browser in which somebody is signed in. Only the digest of its key is kept."""

from datetime import datetime

from django.db import models

from handrail.accounts.models.user import User


class Sessions(models.QuerySet["Session"]):
    """Chains that start from sessions."""

    def alive(self, *, at: datetime) -> "Sessions":
        return self.filter(expires_at__gt=at)

    def of(self, user: User) -> "Sessions":
        return self.filter(user=user)

    def visible_to(self, user: User) -> "Sessions":
        """Everybody's own."""
        return self.of(user)

    def latest_first(self) -> "Sessions":
        return self.order_by("-seen_at")


class Session(models.Model):
    """What one browser is allowed to remember. A stolen copy of this table opens nothing: keys are hashed.

    lasts: whether it outlives the closing of the browser ("remember me").
    """

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    data = models.TextField()
    lasts = models.BooleanField(default=False)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = Sessions.as_manager()
