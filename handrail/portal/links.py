"""Issue portal links and take them back in. Looking at a link changes nothing; its button spends it."""

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from handrail.accounts.models import User
from handrail.portal.guests import come_in, guest_at
from handrail.portal.models import PortalLink

SECRET_BYTES = 32


class LinkRefused(Exception):
    """Unknown, used or expired, or its address lets nobody in any more."""


def issue(*, address: str, next: str = "", at: datetime) -> str:
    """A new link for this address. It starts with the configured base URL, never with a Host header."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    PortalLink.issue(address=address, digest=digest_of(secret), next=next, at=at)
    return settings.BASE_URL + reverse("portal:link", args=[secret])


def look_up(secret: str, *, at: datetime) -> PortalLink:
    """The usable link of this secret, unspent. Raises LinkRefused."""
    link = PortalLink.objects.usable(at=at).filter(digest=digest_of(secret)).first()
    if link is None:
        raise LinkRefused
    return link


@transaction.atomic
def redeem(secret: str, *, at: datetime) -> tuple[User, str]:
    """Spend the link; returns who came in and where they wanted to go. Raises LinkRefused."""
    link = look_up(secret, at=at)
    if not link.use(at=at):
        raise LinkRefused
    guest = guest_at(link.address)
    if guest is None:
        raise LinkRefused
    return come_in(guest, at=at), link.next


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
