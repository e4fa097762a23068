"""Trouble with mail that an operator should hear of: each topic with its words and the page that helps."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from handrail.accounts.rights import Words
from handrail.channels.email.events import MailTroubleNoticed
from handrail.events import publish


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A kind of trouble. page: the name of the address where an operator sees to it."""

    words: Words
    page: str


TOPICS: dict[str, Topic] = {
    "server-away": Topic(words=_("Mail cannot leave: the server does not answer"), page="mail:outbox"),
    "mailbox-failing": Topic(words=_("A mailbox cannot be read"), page="mail:mailboxes"),
    "mailbox-untidy": Topic(
        words=_("What was fetched from a mailbox cannot be moved there"), page="mail:mailboxes"
    ),
    "held": Topic(words=_("A mail waits for somebody to say where it belongs"), page="mail:held"),
    "auto-answer-stopped": Topic(
        words=_("A mailbox answered too often by itself and was stopped"), page="mail:mailboxes"
    ),
    "auto-answer-silent": Topic(
        words=_("An address writes so often that it is answered by itself no more for an hour"),
        page="mail:mailboxes",
    ),
    "hook-failing": Topic(words=_("A provider does not hand over the mail it keeps"), page="mail:mailboxes"),
    "quarantine": Topic(words=_("A mail could not be taken in"), page="mail:quarantine"),
}


def notice(topic: str, *, about_id: UUID, detail: str, brand_id: UUID | None = None, at: datetime) -> None:
    """Let those who look after mail know, in the caller's transaction.

    about_id: what is in trouble; brand_id: whose it is, None for the whole desk. Raises KeyError for a topic
    that has no words.
    """
    assert TOPICS[topic]
    publish(MailTroubleNoticed(about_id=about_id, topic=topic, detail=detail[:500], brand_id=brand_id, at=at))
