"""What the channel of a message tells about it: its room registers addresses, the page offers them."""

from dataclasses import dataclass

from django.utils.functional import Promise

from handrail.accounts.models import User
from handrail.tickets.models import Message
from handrail.ui.links import url


@dataclass(frozen=True, kw_only=True)
class Aside:
    """An address that takes `message`, the id of a message of this channel.

    panel: a fragment for the message's page; else a page or file of its own, offered as a link.
    """

    key: str
    channel: str
    label: str | Promise
    route: str
    right: str = ""
    icon: str = "file-code"
    panel: bool = False


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An aside of one message."""

    label: str
    address: str
    icon: str


_asides: dict[str, Aside] = {}


def register(*asides: Aside) -> None:
    """Add asides; one with a known key takes the place of the former."""
    for aside in asides:
        _asides[aside.key] = aside


def links_for(user: User, message: Message) -> list[Offered]:
    """Where this user can read more about the message."""
    return _offered(user, message, panel=False)


def panels_for(user: User, message: Message) -> list[Offered]:
    """The fragments that belong on the message's page."""
    return _offered(user, message, panel=True)


def _offered(user: User, message: Message, *, panel: bool) -> list[Offered]:
    """Only about what came in: what leaves is told where it was written."""
    if message.kind != Message.Kind.CUSTOMER:
        return []
    return [
        Offered(label=str(each.label), address=url(each.route, message=message.pk), icon=each.icon)
        for each in _asides.values()
        if each.channel == message.channel
        and each.panel == panel
        and (not each.right or user.may(each.right))
    ]
