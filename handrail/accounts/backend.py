"""How Django finds the user of a session, and who owns an address and a password."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest

from handrail.accounts.models.role import Role
from handrail.accounts.models.user import User
from handrail.kit.prepared import Prepared, columns_of

_OF_USER = columns_of(User)
_OF_ROLE = columns_of(Role)
#: Every page asks for its user.
_WITH_ROLE = Prepared(
    lambda user_id: User.objects.filter(pk=user_id, is_active=True).values_list(
        *_OF_USER, *(f"role__{name}" for name in _OF_ROLE)
    )
)


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
        for row in _WITH_ROLE.rows(user_id=user_id):
            user = User.from_db(DEFAULT_DB_ALIAS, _OF_USER, row[: len(_OF_USER)])
            user.role = Role.from_db(DEFAULT_DB_ALIAS, _OF_ROLE, row[len(_OF_USER) :])
            return user
        return None
