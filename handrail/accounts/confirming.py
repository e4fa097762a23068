"""Prove once more who one is: by second factor where there is one, else by password, else by a link anew."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from handrail.accounts import audit, factors, passkeys, standing, throttling
from handrail.accounts.models.user import User


class NotConfirmed(Exception):
    """The proof is wrong, or of a kind that does not suffice for this user."""


class TooFast(Exception):
    """Too many tries; args[0] is how long to wait."""

    @property
    def wait(self) -> timedelta:
        wait: timedelta = self.args[0]
        return wait


def confirm(
    request: HttpRequest,
    user: User,
    *,
    password: str = "",
    code: str = "",
    credential: dict[str, Any] | None = None,
    at: datetime,
) -> None:
    """Check one proof. Raises NotConfirmed, TooFast. With a second factor, a password does not do."""
    if credential is not None:
        _by_passkey(request, user, credential, at=at)
    elif wait := throttling.knock(throttling.CODE, user.pk, at=at):
        raise TooFast(wait)
    elif factors.has_second(user):
        _by_code(request, user, code, at=at)
    elif not (password and user.check_password(password)):
        audit.record("sign-in.confirmation-failed", by=user, about=user, at=at)
        raise NotConfirmed
    throttling.forget(throttling.CODE, user.pk)


def _by_passkey(request: HttpRequest, user: User, credential: dict[str, Any], *, at: datetime) -> None:
    try:
        passkeys.prove(request, credential, user=user, at=at)
    except passkeys.PasskeyRefused:
        raise NotConfirmed from None
    standing.passed_second_factor(request.session, at=at)


def _by_code(request: HttpRequest, user: User, code: str, *, at: datetime) -> None:
    try:
        factors.spend_code(user, code, at=at)
    except factors.WrongCode:
        audit.record("sign-in.confirmation-failed", by=user, about=user, at=at)
        raise NotConfirmed from None
    standing.passed_second_factor(request.session, at=at)
