"""Issue sign-in links and take them back in. A link opens the door once; looking at it changes nothing."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from handrail.accounts.models.link import LASTS, SignInLink
from handrail.accounts.models.user import User

Purpose = SignInLink.Purpose
SECRET_BYTES = 32
#: Where the first set-up lies; the workbench shows it.
SET_UP_PATH = "/setup/"


class LinkRefused(Exception):
    """Unknown, used, expired, or overtaken by a new address, a new password or a suspension."""


def issue(*, user: User, purpose: Purpose = Purpose.SIGN_IN, at: datetime, next: str = "") -> str:
    """A new link for this user. It starts with the configured base URL, never with a Host header.

    next: a path on this site to go to after the sign-in.
    """
    secret = _issue(user=user, purpose=purpose, stamp=stamp_of(user), at=at, next=next)
    return settings.BASE_URL + reverse("accounts:link", args=[secret])


def issue_set_up(*, at: datetime) -> str:
    """The link to the first set-up of an empty installation; older ones stop working."""
    SignInLink.objects.filter(purpose=Purpose.SET_UP).usable(at=at).update(used_at=at)
    secret = _issue(user=None, purpose=Purpose.SET_UP, stamp="", at=at, next="")
    return settings.BASE_URL + SET_UP_PATH + secret


def look_up(secret: str, *, at: datetime) -> SignInLink:
    """The usable link of this secret, unspent. Raises LinkRefused."""
    found = SignInLink.objects.usable(at=at).filter(digest=digest_of(secret)).exclude(purpose=Purpose.SET_UP)
    link = found.select_related("user__role").first()
    if link is None or not stands(link):
        raise LinkRefused
    return link


def redeem(secret: str, *, at: datetime) -> SignInLink:
    """Spend the link of this secret and return it. Raises LinkRefused."""
    link = look_up(secret, at=at)
    if not link.use(at=at):
        raise LinkRefused
    return link


def opens_set_up(secret: str, *, at: datetime) -> bool:
    """Whether this is the secret of the first set-up. It is spent by finishing, not by looking."""
    rows = SignInLink.objects.usable(at=at).filter(purpose=Purpose.SET_UP)
    return rows.filter(digest=digest_of(secret)).exists()


def spend_set_up(secret: str, *, at: datetime) -> None:
    """End the first set-up: its link never opens again. Raises LinkRefused."""
    rows = SignInLink.objects.usable(at=at).filter(purpose=Purpose.SET_UP, digest=digest_of(secret))
    if not rows.update(used_at=at):
        raise LinkRefused


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def stamp_of(user: User) -> str:
    """What a link is bound to: a new address or a new password makes every older link void."""
    return digest_of(f"{user.pk}\n{user.email}\n{user.password}")


def _issue(*, user: User | None, purpose: Purpose, stamp: str, at: datetime, next: str) -> str:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    SignInLink.objects.create(
        user=user,
        purpose=purpose,
        digest=digest_of(secret),
        stamp=stamp,
        next=next,
        issued_at=at,
        expires_at=at + LASTS[purpose],
    )
    return secret


def stands(link: SignInLink) -> bool:
    """Whether its user still has the address and the password of the time of issue, and may come in."""
    user = link.user
    return user is not None and user.is_active and link.stamp == stamp_of(user)
