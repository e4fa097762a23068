"""A user is shut out, and let in again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction

from handrail.accounts import audit
from handrail.accounts.events import UserRestored, UserSuspended
from handrail.accounts.models.user.base import UserBase
from handrail.events import publish

if TYPE_CHECKING:
    from handrail.accounts.models.user import User


class Suspending(UserBase):
    """A user can be suspended, with a reason, and restored."""

    class Meta:
        abstract = True

    class AlreadySuspended(Exception):
        """suspend() was called on a suspended user."""

    class NotSuspended(Exception):
        """restore() was called on a user who may come in."""

    class NotOneself(Exception):
        """Nobody shuts themselves out."""

    class LastAdmin(Exception):
        """Nobody would be left who can mend it."""

    @transaction.atomic
    def suspend(self, *, by: "User", reason: str, at: datetime) -> None:
        """Shut the user out at once: sessions and tokens end.

        Raises AlreadySuspended, AboveOwnRights, NotOneself, LastAdmin.
        """
        self.must_be_below(by)
        if by.pk == self.pk:
            raise self.NotOneself
        self.refuse_to_lose_the_last_admin()
        if not self._turn(is_active=False):
            raise self.AlreadySuspended
        suspensions = apps.get_model("accounts", "Suspension").objects
        suspensions.create(user_id=self.pk, by=by, reason=reason, at=at)
        self.sessions.all().delete()  # type: ignore[attr-defined]
        audit.record("user.suspended", by=by, about=self, at=at, reason=reason)
        publish(UserSuspended(user_id=self.pk, by_id=by.pk, at=at))

    @transaction.atomic
    def restore(self, *, by: "User", at: datetime) -> None:
        """Let the user in again; they sign in anew. Raises NotSuspended, AboveOwnRights."""
        self.must_be_below(by)
        if not self._turn(is_active=True):
            raise self.NotSuspended
        suspensions = apps.get_model("accounts", "Suspension").objects
        suspensions.filter(user_id=self.pk, lifted_at=None).update(lifted_by=by, lifted_at=at)
        audit.record("user.restored", by=by, about=self, at=at)
        publish(UserRestored(user_id=self.pk, by_id=by.pk, at=at))

    def refuse_to_lose_the_last_admin(self) -> None:
        """Raises LastAdmin when no other active user could give rights back."""
        if not self.role.grants("*"):
            return
        admins = type(self).objects.filter(role__rights__contains=["*"], is_active=True)
        others = admins.select_for_update(of=("self",))
        if not others.exclude(pk=self.pk).exists():
            raise self.LastAdmin

    def _turn(self, *, is_active: bool) -> bool:
        """One conditional UPDATE; of two people who try at once, one gets True."""
        rows = type(self).objects.filter(pk=self.pk, is_active=not is_active)
        self.is_active = is_active
        return bool(rows.update(is_active=is_active))
