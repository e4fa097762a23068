"""A message of a ticket goes on to somebody else: with the words and files its sender chose, and no more."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.channels.email import answers, dispatching, signing
from handrail.channels.email.models import Dispatch, OutgoingMail, Sending
from handrail.files.models import StoredFile
from handrail.kit.text import one_line
from handrail.team.models import Agent
from handrail.tickets import leaving
from handrail.tickets.models import Message, Ticket


class Words(TextChoices):
    """How much of the message goes along."""

    NEW = "new", gettext_lazy("What was newly written")
    ALL = "all", gettext_lazy("All of it, with the history it quotes")
    NONE = "none", gettext_lazy("Nothing")


class NotForOthers(Exception):
    """Notes are for colleagues."""


@transaction.atomic
def forward(
    message: Message,
    *,
    to: str,
    text: str,
    words: Words,
    files: Sequence[StoredFile],
    by: Agent,
    key: UUID,
    at: datetime,
) -> OutgoingMail | None:
    """Send it on, and leave a note that says so. The same key again does nothing and returns None.

    What comes back joins the ticket as the word of a third party. Raises NotForOthers, Unsendable,
    Ticket.NeedsReview for colleagues whose words are read before they leave, MustStay for words that are not
    for others.
    """
    if message.is_note:
        raise NotForOthers
    if by.answers_need_review:
        raise Ticket.NeedsReview
    leaving.mind(_whole(message, text, words))
    ticket, mailbox = message.ticket, answers.mailbox_of(message.ticket)
    ticket.lock()
    if Message.objects.filter(key=key).exists():
        return None
    said = signing.signed(_whole(message, text, words), "", agent=by, mailbox=mailbox, language="")
    dispatch = Dispatch.write(
        kind=Dispatch.Kind.FORWARD,
        ticket=ticket,
        account=mailbox,
        author=signing.author_of(by, mailbox, sending=Sending.of(mailbox), language=""),
        subject=f"Fwd: {one_line(ticket.subject)}",
        text=said.text,
        automatic=False,
        files=files,
        at=at,
    )
    ticket.note(text=_told(to, text, files), by=by, key=key, at=at)
    return dispatching.put(dispatch, to=[("", to)], at=at)


def _whole(message: Message, text: str, words: Words) -> str:
    """The sender's own words, then the message under a line that says whose it is."""
    quoted = {Words.NEW: message.reply_text or message.text, Words.ALL: message.text, Words.NONE: ""}[words]
    if not quoted:
        return text
    written = f"{message.at:%Y-%m-%d %H:%M} UTC"
    head = f"---------- {one_line(message.author_name)}, {written} ----------"
    return f"{text}\n\n{head}\n\n{quoted.strip()}"


def _told(to: str, text: str, files: Sequence[StoredFile]) -> str:
    lines = [_("Forwarded to %(address)s.") % {"address": to}, text, ", ".join(each.name for each in files)]
    return "\n\n".join(line for line in lines if line)
