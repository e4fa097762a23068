"""An API token: what a program shows instead of a person's sign-in."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q

from handrail.accounts import audit
from handrail.accounts.models.user import User
from handrail.kit import ids

#: Scanners for leaked secrets know tokens by their beginning.
PREFIX = "hr_"
SECRET_BYTES = 32
#: How many characters of a token may be shown for telling it from others.
SHOWN = 9
LONGEST = timedelta(days=366)
#: How exactly we know when a token was last used; finer would be a write for every call.
USED_EVERY = timedelta(minutes=1)


class Tokens(models.QuerySet["ApiToken"]):
    """Chains that start from tokens."""

    def visible_to(self, user: User) -> "Tokens":
        """Everybody's own."""
        return self.filter(user=user)

    def usable(self, *, at: datetime) -> "Tokens":
        return self.filter(revoked_at=None, expires_at__gt=at, user__is_active=True)

    def newest_first(self) -> "Tokens":
        return self.order_by("-made_at")


class ApiToken(models.Model):
    """A secret with an end. It may do what is both among its scopes and among its owner's rights.

    begins: the first characters, for telling tokens apart; the rest is known to its owner alone.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    begins = models.CharField(max_length=SHOWN)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=60), default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = Tokens.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="token_ends_after_it_was_made"
            ),
        ]

    class AboveOwnRights(Exception):
        """A scope was asked for that its owner does not hold."""

    class AlreadyRevoked(Exception):
        """revoke() was called on a token that opens nothing any more."""

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(
        cls, *, user: User, name: str, scopes: Collection[str], lasts: timedelta, at: datetime
    ) -> tuple["ApiToken", str]:
        """A new token and its secret, which nobody can read again. Raises AboveOwnRights."""
        if not all(user.may(scope) for scope in scopes):
            raise cls.AboveOwnRights
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        token = cls.objects.create(
            user=user,
            name=name,
            begins=secret[:SHOWN],
            digest=digest_of(secret),
            scopes=sorted(scopes),
            made_at=at,
            expires_at=at + min(lasts, LONGEST),
        )
        audit.record("token.made", by=user, about=token, at=at, scopes=sorted(scopes))
        return token, secret

    @classmethod
    def shown(cls, secret: str, *, at: datetime) -> "ApiToken | None":
        """The usable token of this secret, with its user and their role; notes that it was used."""
        rows = cls.objects.usable(at=at).filter(digest=digest_of(secret)).select_related("user__role")
        token = rows.first()
        if token is not None and (token.used_at is None or at - token.used_at > USED_EVERY):
            cls.objects.filter(pk=token.pk).update(used_at=at)
        return token

    @transaction.atomic
    def revoke(self, *, by: User, at: datetime) -> None:
        """From the next call on it opens nothing. Raises AlreadyRevoked."""
        if not ApiToken.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at):
            raise self.AlreadyRevoked
        audit.record("token.revoked", by=by, about=self, at=at)

    def may(self, right: str) -> bool:
        """Whether this token's bearer may do that: its scope, and still its owner's right."""
        return right in self.scopes and self.user.may(right)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
