"""Prove an account by its password, no faster than the throttles allow; and change it."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from handrail.accounts import audit, letters, throttling
from handrail.accounts.models.user import User
from handrail.accounts.network import address_of, network_of


class Wrong(Exception):
    """Address and password do not belong together; nothing says which of them is wrong."""


class TooFast(Exception):
    """Too many tries; args[0] is how long to wait."""

    @property
    def wait(self) -> timedelta:
        wait: timedelta = self.args[0]
        return wait


def prove(request: HttpRequest, *, email: str, password: str, at: datetime) -> User:
    """The user of this address and password. Raises Wrong, TooFast; alike for known and unknown addresses."""
    account, network = email.strip().lower(), network_of(request)
    _knock(account, network, at=at)
    user = authenticate(request, email=account, password=password)
    if not isinstance(user, User):
        known = User.objects.filter(email=account).first()
        audit.record("sign-in.failed", by=None, about=known, at=at, address=address_of(request))
        raise Wrong
    throttling.forget(throttling.ACCOUNT, account)
    throttling.give_back(throttling.NETWORK, network, at=at)
    return user


@transaction.atomic
def change(user: User, password: str, *, by: User, at: datetime) -> None:
    """Set a new password and tell the user by mail. The caller ends the other sessions."""
    user.choose_password(password, by=by, at=at)
    letters.tell_of_change(user, _("Your password was changed."), at=at)


def _knock(account: str, network: str, *, at: datetime) -> None:
    for pace, who in ((throttling.NETWORK, network), (throttling.ACCOUNT, account)):
        if wait := throttling.knock(pace, who, at=at):
            raise TooFast(wait)
