"""What the channel of a message tells about it: its room registers addresses, the page offers them."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.utils.functional import Promise

from handrail.accounts.models import User
from handrail.tickets.models import Message
from handrail.ui.links import url


@dataclass(frozen=True, kw_only=True)
class Aside:
    """An address that takes `message`, the id of a message of this channel.

    panel: a fragment for the message's page; else a page or file of its own, offered as a link. fold: the
    panel lies folded under each message in the timeline too. of_event: a fragment for under an invitation.
    of_doubt: one for a message that may belong to another ticket.
    """

    key: str
    channel: str
    label: str | Promise
    route: str
    right: str = ""
    icon: str = "file-code"
    panel: bool = False
    fold: bool = False
    of_event: bool = False
    of_doubt: bool = False


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
    _of_timeline.cache_clear()


def links_for(user: User, message: Message) -> list[Offered]:
    """Where this user can read more about the message."""
    return _offered(user, message, panel=False)


def panels_for(user: User, message: Message) -> list[Offered]:
    """The fragments that belong on the message's page."""
    return _offered(user, message, panel=True)


def folds_under(channel: str, message_id: UUID) -> list[Offered]:
    """The fragments that lie folded under a message of this channel, fetched when they are opened."""
    return [_offer(each, message_id) for each in _of_timeline(channel, "fold")]


def panels_of_event(channel: str, message_id: UUID) -> list[Offered]:
    """The fragments that stand under an invitation."""
    return [_offer(each, message_id) for each in _of_timeline(channel, "of_event")]


def panels_of_doubt(channel: str, message_id: UUID) -> list[Offered]:
    """The fragments that stand on a message that may belong elsewhere."""
    return [_offer(each, message_id) for each in _of_timeline(channel, "of_doubt")]


@cache
def _of_timeline(channel: str, place: str) -> tuple[Aside, ...]:
    return tuple(each for each in _asides.values() if each.channel == channel and getattr(each, place))


def _offer(aside: Aside, message_id: UUID) -> Offered:
    return Offered(label=str(aside.label), address=url(aside.route, message=message_id), icon=aside.icon)


def _offered(user: User, message: Message, *, panel: bool) -> list[Offered]:
    """Only about what came in: what leaves is told where it was written."""
    if message.kind != Message.Kind.CUSTOMER:
        return []
    return [
        _offer(each, message.pk)
        for each in _asides.values()
        if each.channel == message.channel
        and each.panel == panel
        and not (each.of_event or each.of_doubt)
        and (not each.right or user.may(each.right))
    ]
