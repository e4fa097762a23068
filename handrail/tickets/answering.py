"""Sending what an agent's draft holds, and taking it back into the draft."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from handrail.files.models import StoredFile
from handrail.team.models import Agent
from handrail.tickets.events import SharedDraftSent
from handrail.tickets.macros import taking_back
from handrail.tickets.macros.applying import Use, use
from handrail.tickets.macros.taking_back import TakenBack
from handrail.tickets.models import Draft, Macro, Message, SharedDraft, Ticket
from handrail.tickets.planning import WallTime


class UsedKey(Exception):
    """The key belongs to another answer: somebody went back, wrote something else and sent it again."""


@transaction.atomic
def answer(
    ticket: Ticket,
    *,
    text: str,
    html: str,
    by: Agent,
    at: datetime,
    key: UUID,
    seen: UUID | None,
    undo: timedelta,
    cc: Sequence[tuple[str, str]] = (),
    bcc: Sequence[tuple[str, str]] = (),
    closing: str = "",
    despite: str = "",
    planned: WallTime | None = None,
    using: Use | None = None,
    shared: SharedDraft | None = None,
    approved_by: Agent | None = None,
) -> Message:
    """Answer with these words and the files of the agent's draft, or of a shared one, which is then gone.

    The same key again returns the answer that is there. closing: a reason to close the ticket with it;
    despite: why, although something is open. using: a macro whose words these are; what it does is done with
    the answer, or neither is. Raises Ticket.NewerMessage when something came in that the writer had not
    seen, UsedKey when the key stands for other words, doing.Unfit when the macro cannot be used here, HeldUp.
    """
    ticket.lock()
    if again := _sent_before(ticket, key, text=text, by=by):
        return again
    files = _files(html, ticket, shared, by=by)
    words: dict[str, Any] = {"text": text, "html": html, "cc": cc, "bcc": bcc, "files": files}
    message = ticket.reply(
        **words, by=by, key=key, seen=seen, undo=undo, planned=planned, approved_by=approved_by, at=at
    )
    if using:
        use(ticket, using, by=by, message_id=message.pk, at=at)
    if closing and not ticket.is_done:
        ticket.close(by=by, reason=closing, despite=despite, at=at)
    _done_with(ticket, shared, message, by=by, at=at)
    return message


@transaction.atomic
def note(
    ticket: Ticket,
    *,
    text: str,
    html: str,
    by: Agent,
    at: datetime,
    key: UUID,
    mentioned: Sequence[Agent] = (),
    using: Use | None = None,
    shared: SharedDraft | None = None,
) -> Message:
    """Leave a note with the files of the agent's draft, or of a shared one, which is then gone.

    Raises UsedKey.

    using: as of an answer.
    """
    ticket.lock()
    if again := _sent_before(ticket, key, text=text, by=by):
        return again
    files = _files(html, ticket, shared, by=by)
    message = ticket.note(text=text, html=html, by=by, mentioned=mentioned, files=files, key=key, at=at)
    if using:
        use(ticket, using, by=by, message_id=message.pk, at=at)
    _done_with(ticket, shared, message, by=by, at=at)
    return message


@transaction.atomic
def take_back(ticket: Ticket, message: Message, *, by: Agent, at: datetime) -> TakenBack | None:
    """Withdraw an answer; its words, readers, files and macro are in the draft again, before what was typed.

    What the macro had done goes back too, unless somebody touched it since; returns what became of that.
    Raises Ticket.AlreadySent once its time is over.
    """
    ticket.lock()
    ticket.mind_the_departure(message, at=at)
    held, message_id = list(message.attachments.select_related("stored")), message.pk
    undone = taking_back.take_back(ticket, message_id, by=by, at=at)
    ticket.withdraw(message, by=by, at=at)
    draft = Draft.restore(
        ticket_id=ticket.pk,
        by=by,
        text=message.text,
        html=message.html,
        files=[each.stored for each in held if not each.inline],
        inline=[each.stored for each in held if each.inline],
        at=at,
    )
    cc, bcc = ([address for _name, address in pairs] for pairs in (message.cc, message.bcc))
    Draft.keep_readers(ticket_id=ticket.pk, by=by, cc=cc, bcc=bcc)
    if undone:
        macro = Macro.objects.visible_to(by).filter(pk=undone.macro_id).first()
        draft.become(mode=draft.mode, macro=macro, struck=undone.struck)
    return undone


def _sent_before(ticket: Ticket, key: UUID, *, text: str, by: Agent) -> Message | None:
    """The message that these words under this key have made already."""
    again = Message.objects.filter(key=key).first()
    if again and (again.ticket_id, again.agent_id, again.text) != (ticket.pk, by.pk, text):
        raise UsedKey
    return again


def _files(html: str, ticket: Ticket, shared: SharedDraft | None, *, by: Agent) -> list[StoredFile]:
    return shared.files_with(html) if shared else Draft.files_with(html, ticket_id=ticket.pk, by=by)


def _done_with(
    ticket: Ticket, shared: SharedDraft | None, message: Message, *, by: Agent, at: datetime
) -> None:
    """The draft has become a message; of a shared one it is told whose it was."""
    if shared is None:
        Draft.discard(ticket_id=ticket.pk, by=by)
        return
    if shared.asked_at:  # `reviewing` tells who has read it
        shared.delete()
        return
    ticket.tell(
        SharedDraftSent(
            ticket_id=ticket.pk,
            draft_id=shared.pk,
            message_id=message.pk,
            by_agent_id=by.pk,
            of_agent_id=shared.agent_id,
            at=at,
        )
    )
    shared.delete()
