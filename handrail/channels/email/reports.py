"""What a delivery report or a read receipt says about which of our mails (RFC 3464, RFC 8098)."""

import re
from dataclasses import dataclass

from handrail.channels.email import limits
from handrail.channels.email.attachments import content_of
from handrail.channels.email.headers import Fields
from handrail.channels.email.structure import Part
from handrail.kit.text import one_line

_ABOUT = frozenset({"message/delivery-status", "message/disposition-notification"})
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global"})
_RECIPIENTS_READ = 100
_BLANK_LINE = re.compile(rb"\n\s*\n")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One recipient's fate: action is failed, delayed, delivered, relayed or expanded; status like 5.1.1.

    diagnostic: what the other server said, in its words. host: which server that was.
    """

    address: str
    action: str
    status: str
    diagnostic: str = ""
    host: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What became of a mail with its reader: disposition is displayed, deleted, processed …"""

    address: str
    disposition: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """message_id: the mail the report is about, "" when it does not say."""

    message_id: str
    deliveries: tuple[Delivery, ...]
    receipt: Receipt | None = None


def report_of(mail: Part, *, text: str = "") -> Report | None:
    """The report in this mail, None when it is none. Anybody can write one: it proves nothing by itself.

    text: the words of a mail known to be a bounce, for servers that report in words only.
    """
    groups = [group for part in mail.walk() if part.media_type in _ABOUT for group in _groups(part)]
    returned = [_header(part) for part in mail.walk() if part.media_type in _RETURNED]
    if not groups:
        return _in_words(mail, text, returned)
    ids = [name for group in groups for name in group.ids("original-message-id")]
    ids += [name for header in returned for name in header.ids("message-id")]
    deliveries = [_delivery(group) for group in groups if group.raw("final-recipient") is not None]
    is_receipt = any(group.raw("disposition") is not None for group in groups)
    return Report(
        message_id=next(iter(ids), ""),
        deliveries=() if is_receipt else tuple(deliveries[:_RECIPIENTS_READ]),
        receipt=next(map(_receipt, (group for group in groups if group.raw("disposition"))), None),
    )


def _in_words(mail: Part, text: str, returned: list[Fields]) -> Report | None:
    """Exim names the recipients in a header of its own; it and qmail return the mail within the text."""
    failed = [each.address for each in mail.fields.addresses("x-failed-recipients") if each.is_usable]
    failed = failed or [found[1] for found in _QMAIL_RECIPIENT.finditer(text[: limits.FIELD_BYTES])]
    if not failed:
        return None
    ids = [name for header in returned for name in header.ids("message-id")]
    ids += _ID_IN_TEXT.findall(text[: limits.TRIMMED_CHARS])
    deliveries = [Delivery(address=each, action="failed", status="") for each in failed[:_RECIPIENTS_READ]]
    return Report(message_id=next(iter(ids), ""), deliveries=tuple(deliveries))


_QMAIL_RECIPIENT = re.compile(r"(?m)^<([^<>\s@]{1,64}@[^<>\s@]{1,255})>:$")
_ID_IN_TEXT = re.compile(r"(?mi)^>? ?Message-ID:\s{0,3}<([^<>\s]{3,500})>")


def _groups(part: Part) -> list[Fields]:
    blocks = _BLANK_LINE.split(content_of(part)[: limits.FIELD_BYTES].replace(b"\r\n", b"\n"))
    return [Fields.of(block) for block in blocks[: _RECIPIENTS_READ + 1]]


def _header(part: Part) -> Fields:
    start = content_of(part)[: limits.FIELD_BYTES].replace(b"\r\n", b"\n").lstrip(b"\n")
    return Fields.of(start.partition(b"\n\n")[0])


def _delivery(group: Fields) -> Delivery:
    return Delivery(
        address=_behind_kind(group.text("final-recipient")),
        action=group.value("action"),
        status=group.value("status"),
        diagnostic=one_line(_behind_kind(group.text("diagnostic-code")), limit=500),
        host=one_line(_behind_kind(group.text("remote-mta")), limit=255),
    )


def _receipt(group: Fields) -> Receipt:
    """`automatic-action/MDN-sent-automatically; displayed/warning` says how it was sent first."""
    disposition = _behind_kind(group.text("disposition")).partition("/")[0].strip().lower()
    return Receipt(address=_behind_kind(group.text("final-recipient")), disposition=disposition[:40])


def _behind_kind(value: str) -> str:
    """`rfc822; gone@customer.example` names the kind of value first."""
    return value.partition(";")[2].strip() or value.strip()
