"""One message by itself: everything that is known about it, its words in pieces when they are long."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Length, Substr
from django.utils.safestring import SafeString

from handrail.files.models import StoredFile
from handrail.team.models import Agent
from handrail.tickets.models import Attachment, Message, Ticket
from handrail.tickets.queries.timeline import Chip, pictures_among
from handrail.ui.reading import as_html, own_words

#: So many characters of a long text stand on one page.
PIECE = 100_000


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A message with its words. piece and pieces: which part of a long text this is, from 1."""

    message: Message
    words: SafeString
    piece: int
    pieces: int
    files: tuple[Chip, ...]

    @property
    def has_look(self) -> bool:
        """Whether it is a foreign mail with html of its own."""
        return self.message.kind == Message.Kind.CUSTOMER and bool(self.message.html)

    @property
    def is_ours(self) -> bool:
        return self.message.kind != Message.Kind.CUSTOMER


def whole_message(ticket: Ticket, message_id: UUID, *, piece: int = 1) -> Whole | None:
    """A message of this ticket, or None; three queries."""
    rows = Message.objects.filter(ticket=ticket, pk=message_id).defer("text", "reply_text")
    rows = rows.annotate(text_length=Length("text"), part=Substr("text", (piece - 1) * PIECE + 1, PIECE))
    message = rows.select_related("agent", "person", "ticket").first()
    if message is None:
        return None
    own = message.html if message.kind != Message.Kind.CUSTOMER else ""
    chips = chips_of(message)
    return Whole(
        message=message,
        words=own_words(own, picture=pictures_among(chips, number=ticket.number))
        if own
        else as_html(message.part),
        piece=piece,
        pieces=max(1, -(-message.text_length // PIECE)),
        files=tuple(chip for chip in chips if not (own and chip.inline)),
    )


def files_of(ticket: Ticket, message_id: UUID) -> list[StoredFile]:
    """Every file of a message of this ticket, those inside its text too; none where there is no message."""
    rows = Attachment.objects.filter(message__ticket=ticket, message=message_id).select_related("stored")
    return [row.stored for row in rows.order_by("id")]


def seen_message(agent: Agent, message_id: UUID) -> Message | None:
    """A message of any ticket that this agent may see."""
    tickets = Ticket.objects.visible_to(agent)
    found: Message | None = Message.objects.filter(ticket__in=tickets, pk=message_id).first()
    return found


def chips_of(message: Message) -> tuple[Chip, ...]:
    """The files of a message."""
    rows = Attachment.objects.filter(message=message).select_related("stored").order_by("id")
    return tuple(
        Chip(
            id=row.pk,
            name=row.stored.name,
            type=row.stored.type,
            bytes=row.stored.bytes,
            inline=row.inline,
            scan=row.stored.scan,
            finding=row.stored.finding,
            content_id=row.content_id,
        )
        for row in rows
    )
