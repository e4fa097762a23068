"""How Django finds the user of a session, and who owns an address and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from handrail.accounts.models.user import User


class AddressAndPassword(BaseBackend):
    """Knows users by their address. A suspended user is nobody."""

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **_others: Any
    ) -> User | None:
        """The user, or None. An unknown address takes as long as a wrong password."""
        user = User.objects.select_related("role").filter(email=email.strip().lower()).first()
        if user is None or not user.has_usable_password():
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.select_related("role").filter(pk=user_id, is_active=True).first()
