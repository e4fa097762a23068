"""A user proves who they are by a password of their own choice."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.accounts import audit
from handrail.accounts.models.user.base import UserBase

if TYPE_CHECKING:
    from handrail.accounts.models.user import User


class Proving(UserBase):
    """A user can choose a password; who never did comes in by link or passkey."""

    class Meta:
        abstract = True

    @transaction.atomic
    def choose_password(self, password: str, *, by: "User", at: datetime) -> None:
        """Set the password. Open sign-in links are void from now on; the caller ends the other sessions."""
        self.set_password(password)
        self.save(update_fields=["password"])
        audit.record("password.changed", by=by, about=self, at=at)
