"""What can be split off a ticket, and who could ask there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.tickets.models import Attachment, Message, Split, Ticket
from handrail.tickets.models.message import snippet_of

#: So many of the newest messages are offered.
OFFERED = 200


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A message that may go. files: its attachments, id and name."""

    id: UUID
    kind: str
    author: str
    snippet: str
    at: datetime
    files: list[tuple[UUID, str]]


def pieces_of(ticket: Ticket) -> list[Piece]:
    """The messages in their order; two queries."""
    rows = Message.objects.filter(ticket=ticket).select_related("agent", "person").order_by("-id")
    newest = list(rows.defer("html", "extras", "references")[:OFFERED])
    files: dict[UUID, list[tuple[UUID, str]]] = {}
    for row in Attachment.objects.filter(message__in=newest).select_related("stored").order_by("id"):
        files.setdefault(row.message_id, []).append((row.pk, row.stored.name))
    return [
        Piece(
            id=row.pk,
            kind=row.kind,
            author=row.author_name,
            snippet=snippet_of(row.reply_text or row.text),
            at=row.at,
            files=files.get(row.pk, []),
        )
        for row in reversed(newest)
    ]


def standing_split(split_id: UUID, *, part_number: int) -> Split | None:
    """The split by which the ticket with this number was made, unless it was taken back."""
    rows = Split.objects.filter(pk=split_id, part__number=part_number, undone_at=None)
    return rows.select_related("origin").first()


def split_of(part: Ticket, split_id: UUID) -> Split | None:
    """The split by which this ticket was made, if it is that one."""
    return Split.objects.select_related("origin", "part").filter(pk=split_id, part=part).first()


def askers_on(ticket: Ticket) -> list[tuple[str, str]]:
    """(name, address) of those who take part or wrote on the ticket; its requester first."""
    seats = ticket.participants.order_by("-part", "id").values_list("address", "name")
    found = dict(seats)
    heard = Message.objects.filter(ticket=ticket, kind=Message.Kind.CUSTOMER).exclude(sender="")
    for address, name in heard.order_by("id").values_list("sender", "person__name")[:OFFERED]:
        found.setdefault(address.lower(), name)
    return [(name, address) for address, name in found.items()]
