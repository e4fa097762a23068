"""What a delivery report or a read receipt says about which of our mails (RFC 3464, RFC 8098)."""

import re
from dataclasses import dataclass

from handrail.channels.email import limits
from handrail.channels.email.attachments import content_of
from handrail.channels.email.headers import Fields
from handrail.channels.email.structure import Part

_ABOUT = frozenset({"message/delivery-status", "message/disposition-notification"})
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global"})
_RECIPIENTS_READ = 100
_BLANK_LINE = re.compile(rb"\n\s*\n")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One recipient's fate: action is failed, delayed, delivered, relayed or expanded; status like 5.1.1."""

    address: str
    action: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """message_id: the mail the report is about, "" when it does not say."""

    message_id: str
    deliveries: tuple[Delivery, ...]


def report_of(mail: Part) -> Report | None:
    """The report in this mail, None when it is none. Anybody can write one: it proves nothing by itself."""
    groups = [group for part in mail.walk() if part.media_type in _ABOUT for group in _groups(part)]
    returned = [_header(part) for part in mail.walk() if part.media_type in _RETURNED]
    if not groups:
        return None
    ids = [name for group in groups for name in group.ids("original-message-id")]
    ids += [name for header in returned for name in header.ids("message-id")]
    deliveries = [_delivery(group) for group in groups if group.raw("final-recipient") is not None]
    return Report(message_id=next(iter(ids), ""), deliveries=tuple(deliveries[:_RECIPIENTS_READ]))


def _groups(part: Part) -> list[Fields]:
    blocks = _BLANK_LINE.split(content_of(part)[: limits.FIELD_BYTES].replace(b"\r\n", b"\n"))
    return [Fields.of(block) for block in blocks[: _RECIPIENTS_READ + 1]]


def _header(part: Part) -> Fields:
    start = content_of(part)[: limits.FIELD_BYTES].replace(b"\r\n", b"\n").lstrip(b"\n")
    return Fields.of(start.partition(b"\n\n")[0])


def _delivery(group: Fields) -> Delivery:
    """`rfc822; gone@customer.example` names the kind of address first."""
    recipient = group.text("final-recipient")
    return Delivery(
        address=recipient.partition(";")[2].strip() or recipient.strip(),
        action=group.value("action"),
        status=group.value("status"),
    )
