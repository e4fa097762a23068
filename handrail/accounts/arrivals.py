"""Who may come in that has no account yet. Rooms above know people we have heard from; they answer here."""

from collections.abc import Callable
from datetime import datetime

from handrail.accounts.models.user import User

#: Takes an address and the time; answers the user made for the person behind it, or None for a stranger.
Welcome = Callable[[str, datetime], User | None]

_welcomes: list[Welcome] = []


def welcome_with(welcome: Welcome) -> None:
    """Register who knows people without an account."""
    _welcomes.append(welcome)


def find(address: str, *, at: datetime) -> User | None:
    """The user of this address; made on the spot for a person a room above knows. None for strangers."""
    user = User.objects.select_related("role").filter(email=address.strip().lower()).first()
    if user is not None:
        return user if user.is_active else None
    return next((user for welcome in _welcomes if (user := welcome(address, at))), None)
