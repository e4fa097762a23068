"""What any channel hands in: one message from outside, already read, in neutral words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class InboundFile:
    """One file of a message. content_id: how the html refers to it, without brackets."""

    name: str
    type: str
    content: bytes
    inline: bool
    content_id: str | None


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One message as a channel read it. All texts are storable: no NUL, no lone surrogates.

    address: who wrote, as the channel normalises it. name: may be empty.
    html: already cleaned, or None. reply_text: only what the writer newly wrote.
    external_id: the channel's own id of the message; made up stably where the sender gave none.
    references: ids of earlier messages it refers to, oldest first.
    to, cc: (name, address) pairs. automatic: empty for a person, else what kind of robot wrote.
    language: empty when unknown.
    sender_state: one of `Message.SenderState`, by what was proved of the address.
    extras: what only some messages have, as JSON knows it: an invitation, what a bounce says, who signed. The
    channel's reference page names the keys; `inside`, the text of messages within, is searched too.
    """

    channel: str
    address: str
    name: str
    subject: str
    text: str
    html: str | None
    reply_text: str
    files: tuple[InboundFile, ...]
    external_id: str
    references: tuple[str, ...]
    to: tuple[tuple[str, str], ...]
    cc: tuple[tuple[str, str], ...]
    sent_at: datetime | None
    automatic: str
    language: str
    sender_state: str = ""
    extras: Mapping[str, Any] = field(default_factory=dict)
