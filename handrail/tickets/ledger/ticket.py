"""A ticket in the ledger: the verbs of Ticket, on a row that is not yet in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from handrail.accounts.models import Brand
from handrail.customers.models import Person
from handrail.files.models import StoredFile
from handrail.kit import ids
from handrail.search.indexing import Text
from handrail.team.models import Agent, Team
from handrail.tickets import events
from handrail.tickets.inbound import Inbound
from handrail.tickets.ledger.book import Book
from handrail.tickets.models import Attachment, Closure, Message, Tag, Tagging, Ticket
from handrail.tickets.models.message import snippet_of
from handrail.tickets.receiving import seats_of, ticket_of
from handrail.tickets.texts import text_of_files

NEW, OPEN, WAITING, CLOSED = (Ticket.Status(key) for key in ("new", "open", "waiting", "closed"))


class LedgerTicket:
    """One ticket whose story is told from its beginning. Each verb does what the verb of Ticket does."""

    def __init__(self, book: Book, ticket: Ticket, requester: Person) -> None:
        self.book, self.ticket, self.requester = book, ticket, requester

    @classmethod
    def open(
        cls,
        book: Book,
        inbound: Inbound,
        *,
        author: Person,
        brand: Brand,
        team: Team,
        number: int,
        at: datetime,
    ) -> Self:
        """As `receiving.receive` does for a first message. Its files are attached with `attach`."""
        ticket = ticket_of(inbound, author=author, brand=brand, team=team, number=number, at=at)
        ticket.id = ids.uuid7_at(at)
        book.tickets.append(ticket)
        for seat in seats_of(inbound, at=at):
            seat.ticket_id = ticket.pk
            book.participants.append(seat)
        told = cls(book, ticket, author)
        book.tell(events.TicketOpened.of(ticket, at=at))
        told._keep_inbound(inbound, author=author, first=True, at=at)
        return told

    def receive(self, inbound: Inbound, *, author: Person, at: datetime) -> Message:
        message, was = self._received(inbound, author=author, at=at), self.ticket.status
        told = {
            "last_received_at": at,
            "waiting_since": self.ticket.waiting_since or at,
            "snippet": snippet_of(inbound.reply_text or inbound.text),
        }
        if was in (NEW, OPEN):
            self._change(at=at, **told)
        else:
            self._turn(OPEN, at=at, **told)
        if was == CLOSED:
            self._forget_closure(by=None, at=at)
        self.book.tell(events.MessageReceived.of(message, ticket=self.ticket, first=False))
        return message

    def reply(
        self, *, text: str, by: Agent, external_id: str, to: Sequence[tuple[str, str]], at: datetime
    ) -> Message:
        """Written, and put into the outbox under this id."""
        message = self._written(Message.Kind.REPLY, text=text, by=by, due_at=at, at=at)
        message.external_id, message.to = external_id, [list(pair) for pair in to]
        was_closed = self.ticket.status == CLOSED
        columns = {"waiting_since": None, "snippet": snippet_of(text)}
        if not self._turn(WAITING, at=at, **columns):
            self._change(at=at, **columns)
        if was_closed:
            self._forget_closure(by=by, at=at)
        self.book.tell(
            events.ReplyWritten(
                ticket_id=self.ticket.pk,
                message_id=message.pk,
                by_agent_id=by.pk,
                channel=self.ticket.channel,
                due_at=at,
                at=at,
            )
        )
        return message

    def sent(self, message: Message, *, at: datetime) -> None:
        """The answer left."""
        message.delivery = Message.Delivery.SENT
        self.book.tell(
            events.DeliveryChanged(
                ticket_id=self.ticket.pk, message_id=message.pk, state=message.delivery, detail="", at=at
            )
        )

    def note(self, *, text: str, by: Agent, at: datetime) -> Message:
        message = self._written(Message.Kind.NOTE, text=text, by=by, due_at=None, at=at)
        self._change(at=at)
        self.book.tell(
            events.NoteWritten(
                ticket_id=self.ticket.pk, message_id=message.pk, by_agent_id=by.pk, mentioned_ids=(), at=at
            )
        )
        return message

    def assign(self, owner: Agent | None, *, by: Agent, at: datetime) -> None:
        was, now = self.ticket.owner_id, owner.pk if owner else None
        self._change(at=at, owner_id=now)
        if was == now:
            return
        if owner and self.ticket.status == NEW:
            self._turn(OPEN, at=at)
        self.book.tell(
            events.TicketAssigned(
                ticket_id=self.ticket.pk, by_agent_id=by.pk, from_agent_id=was, to_agent_id=now, at=at
            )
        )

    def move(self, team: Team, *, members: frozenset[UUID], by: Agent, at: datetime) -> None:
        """members: who belongs to the team; an owner who does not lets go."""
        was = self.ticket.team_id
        if team.pk == was:
            return
        self._change(at=at, team_id=team.pk)
        self.book.tell(
            events.TicketMoved(
                ticket_id=self.ticket.pk, by_agent_id=by.pk, from_team_id=was, to_team_id=team.pk, at=at
            )
        )
        if self.ticket.owner_id and self.ticket.owner_id not in members:
            self.assign(None, by=by, at=at)

    def prioritise(self, priority: Ticket.Priority, *, by: Agent, at: datetime) -> None:
        was = self.ticket.priority
        if was == priority:
            return
        self._change(at=at, priority=int(priority))
        self.book.tell(
            events.PriorityChanged(
                ticket_id=self.ticket.pk, by_agent_id=by.pk, was=was, now=int(priority), at=at
            )
        )

    def tag(self, tag: Tag, *, by: Agent, at: datetime) -> None:
        if (self.ticket.pk, tag.pk) in self.book.taggings:
            return
        self.book.taggings[self.ticket.pk, tag.pk] = Tagging(ticket_id=self.ticket.pk, tag=tag, at=at)
        self.book.tell(events.TicketTagged(ticket_id=self.ticket.pk, by_agent_id=by.pk, tag=tag.name, at=at))

    def close(self, *, by: Agent, reason: str, at: datetime) -> None:
        """Raises Ticket.AlreadyClosed."""
        if not self._turn(CLOSED, at=at, waiting_since=None):
            raise Ticket.AlreadyClosed
        self.book.closures[self.ticket.pk] = Closure(
            id=ids.uuid7_at(at), ticket_id=self.ticket.pk, by=by, reason=reason, at=at
        )
        self.book.tell(events.TicketClosed(ticket_id=self.ticket.pk, by_agent_id=by.pk, reason=reason, at=at))

    def attach(self, message: Message, files: Sequence[StoredFile], *, at: datetime) -> None:
        """Files that are stored already."""
        self.book.attachments += [
            Attachment(id=ids.uuid7_at(at), message_id=message.pk, stored=file) for file in files
        ]
        if files:
            text = self._text_of(message, at=at)
            self.book.page.texts.append(text_of_files(text, files))

    def _keep_inbound(self, inbound: Inbound, *, author: Person, first: bool, at: datetime) -> None:
        self.first_message = self._received(inbound, author=author, at=at)
        self.book.tell(events.MessageReceived.of(self.first_message, ticket=self.ticket, first=first))

    def _received(self, inbound: Inbound, *, author: Person, at: datetime) -> Message:
        standing = Message.Standing.ON_TICKET
        message = Message.from_inbound(self.ticket, inbound, author=author, standing=standing, at=at)
        return self._keep(message, at=at)

    def _written(
        self, kind: Message.Kind, *, text: str, by: Agent, due_at: datetime | None, at: datetime
    ) -> Message:
        message = Message.from_agent(self.ticket, kind, text=text, html="", by=by, due_at=due_at, at=at)
        return self._keep(message, at=at)

    def _keep(self, message: Message, *, at: datetime) -> Message:
        message.id = ids.uuid7_at(at)
        self.book.page.messages.append(message)
        self.book.page.texts.append(self._text_of(message, at=at))
        return message

    def _text_of(self, message: Message, *, at: datetime) -> Text:
        """As `texts` makes it of a row."""
        titles = (self.ticket.number, self.ticket.subject, message.author_name, message.sender)
        return Text(
            kind="note" if message.is_note else "message",
            key=message.pk,
            owner=self.ticket.pk,
            scope=self.ticket.brand_id,
            at=at,
            title=" ".join(str(words) for words in titles if words),
            body=message.text,
        )

    def _turn(self, status: Ticket.Status, *, at: datetime, **columns: Any) -> bool:
        was = self.ticket.status
        if was == status:
            return False
        self._change(at=at, status=status.value, **columns)
        self.book.tell(events.StatusChanged(ticket_id=self.ticket.pk, was=was, now=status.value, at=at))
        return True

    def _change(self, *, at: datetime, **columns: Any) -> None:
        for name, value in {"updated_at": at, **columns}.items():
            setattr(self.ticket, name, value)

    def _forget_closure(self, *, by: Agent | None, at: datetime) -> None:
        self.book.closures.pop(self.ticket.pk, None)
        self.book.tell(
            events.TicketReopened(ticket_id=self.ticket.pk, by_agent_id=by.pk if by else None, at=at)
        )
