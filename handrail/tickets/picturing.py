"""Pictures on other servers in a mail: who lets them be shown, and the one address they are shown from.

The address names a message and a picture in it, is signed for one colleague and ends after an hour. It holds
no address of another server, so it opens nothing that the message does not name itself.
"""

import hashlib
import re
from datetime import datetime
from html import unescape
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from handrail.accounts.models import User
from handrail.kit.html.rendering import Address
from handrail.team.models import Agent
from handrail.tickets.models import Message, PictureConsent

#: An address ends after so many seconds; the page is drawn again with new ones.
ADDRESS_LIVES_SECONDS = 3600
_SALT = "handrail.tickets.picture"
_WAITING = re.compile(r' data-remote-src="([^"]*)"')


@transaction.atomic
def show(message: Message, *, always: bool, by: Agent, at: datetime) -> None:
    """Let the pictures of this message be shown to this colleague, or those of its sender from now on."""
    PictureConsent.give(by=by, at=at, message_id=message.pk)
    if always and message.sender:
        PictureConsent.give(by=by, at=at, sender=message.sender)


def hide(message: Message, *, by: Agent) -> None:
    """Take both consents back."""
    PictureConsent.objects.filter(_about(message), agent=by).delete()


def are_shown(message: Message, *, to: Agent) -> bool:
    """Whether this colleague has asked for them. A sender who is not who they say inherits no consent."""
    forged = message.sender_state == Message.SenderState.FAILED
    about = Q(message=message) if forged else _about(message)
    return PictureConsent.objects.filter(about, agent=to).exists()


def addresses(message: Message, *, viewer: User) -> Address:
    """How a picture of this message is named for this viewer."""

    def address(remote: str) -> str:
        value = f"{message.pk.hex}.{viewer.pk.hex}.{_digest(remote)}"
        token = signing.TimestampSigner(salt=_SALT).sign(value)
        return str(reverse("tickets:mail-image", kwargs={"token": token}))

    return address


def message_of(token: str, *, for_user: UUID) -> tuple[UUID, str]:
    """The message and the picture an address stands for. Raises Http404 for a foreign, changed or old one."""
    try:
        value = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=ADDRESS_LIVES_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    message, user, digest = value.split(".")
    if user != for_user.hex:
        raise Http404
    return UUID(message), digest


def picture_in(message: Message, digest: str) -> str:
    """Where the picture lies that the message names so. Raises Http404 when it names none."""
    waiting = (unescape(each) for each in _WAITING.findall(message.html))
    found: str | None = next((address for address in waiting if _digest(address) == digest), None)
    if found is None:
        raise Http404
    return found


def _about(message: Message) -> Q:
    about = Q(message=message)
    return about | Q(message=None, sender=message.sender) if message.sender else about


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:32]
