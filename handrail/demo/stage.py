"""The stage: each happening of the world, played on the ledger as the verb of a ticket."""

from collections import deque
from datetime import datetime, timedelta
from functools import singledispatchmethod

from handrail.channels.email.models import EmailAccount
from handrail.demo.founding import Company
from handrail.demo.papers import Papers
from handrail.demo.posting import Posting
from handrail.demo.world import nouns
from handrail.demo.world.world import World
from handrail.kit.copying import copy_objects
from handrail.team.models import Agent
from handrail.tickets.ledger import Book, LedgerTicket
from handrail.tickets.models import Message, Tag, Ticket, Visit
from handrail.tickets.models.ticket.base import FIRST_NUMBER

#: So long after it was written an answer has left.
LEAVES_AFTER = timedelta(seconds=2)
PRIORITIES = {priority.name.lower(): priority for priority in Ticket.Priority}


class Stage:
    """Plays the world into a book. Tickets are known by their number in the world, people by their keys."""

    def __init__(self, world: World, company: Company, book: Book) -> None:
        self.company, self.book = company, book
        self.posting, self.papers = Posting(world), Papers()
        self.tickets: dict[int, LedgerTicket] = {}
        self.tags: dict[str, Tag] = {}
        self.visits: dict[tuple[int, str], Visit] = {}
        self._leaving: deque[tuple[datetime, LedgerTicket, Message]] = deque()
        self._last_mail: dict[str, datetime] = {}

    @property
    def is_quiet(self) -> bool:
        """Whether nothing that was written can still change."""
        return not self._leaving

    def play(self, happening: nouns.Happening) -> None:
        """Let it happen, after the answers that left before it."""
        self._let_leave(until=happening.at)
        self._play(happening)

    def finish(self) -> None:
        """Let the last answers leave, and write what the stage itself keeps."""
        while self._leaving:
            self._let_leave(until=self._leaving[0][0])
        copy_objects(list(self.tags.values()))
        copy_objects(list(self.visits.values()))
        copy_objects(self.papers.stored)
        for mailbox in EmailAccount.objects.filter(address__in=self._last_mail):
            EmailAccount.heard({mailbox.pk}, at=self._last_mail[mailbox.address])

    @singledispatchmethod
    def _play(self, happening: nouns.Happening) -> None:
        raise TypeError(f"nobody knows how to play {happening!r}")

    @_play.register
    def _arrived(self, happening: nouns.Arrived) -> None:
        self._last_mail[happening.mailbox] = happening.at
        author = self.company.people[happening.person]
        ticket = LedgerTicket.open(
            self.book,
            self.posting.first(happening),
            author=author,
            brand=self.company.brands[happening.brand],
            team=self.company.teams[happening.team],
            number=FIRST_NUMBER + happening.ticket - 1,
            at=happening.at,
        )
        self.tickets[happening.ticket] = ticket
        self._enclose(ticket, ticket.first_message, happening.attachments, at=happening.at)

    @_play.register
    def _wrote(self, happening: nouns.Wrote) -> None:
        ticket = self.tickets[happening.ticket]
        author = self.company.people[happening.person]
        message = ticket.receive(self.posting.further(happening), author=author, at=happening.at)
        self._enclose(ticket, message, happening.attachments, at=happening.at)

    @_play.register
    def _replied(self, happening: nouns.Replied) -> None:
        ticket, by = self._work(happening, happening.by)
        letter = self.posting.answer(happening)
        message = ticket.reply(
            text=happening.body, by=by, external_id=letter.external_id, to=letter.to, at=happening.at
        )
        self._enclose(ticket, message, happening.attachments, at=happening.at)
        self._leaving.append((happening.at + LEAVES_AFTER, ticket, message))

    @_play.register
    def _noted(self, happening: nouns.Noted) -> None:
        ticket, by = self._work(happening, happening.by)
        ticket.note(text=happening.body, by=by, at=happening.at)

    @_play.register
    def _assigned(self, happening: nouns.Assigned) -> None:
        ticket, by = self._work(happening, happening.by)
        members = self.company.members[happening.team]
        ticket.move(self.company.teams[happening.team], members=members, by=by, at=happening.at)
        owner = self.company.agents[happening.owner] if happening.owner else None
        ticket.assign(owner, by=by, at=happening.at)

    @_play.register
    def _prioritised(self, happening: nouns.Prioritised) -> None:
        ticket, by = self._work(happening, happening.by)
        ticket.prioritise(PRIORITIES[happening.priority], by=by, at=happening.at)

    @_play.register
    def _tagged(self, happening: nouns.Tagged) -> None:
        ticket, by = self._work(happening, happening.by)
        tag = self.tags.setdefault(happening.tag, Tag(name=happening.tag))
        ticket.tag(tag, by=by, at=happening.at)

    @_play.register
    def _closed(self, happening: nouns.Closed) -> None:
        ticket, by = self._work(happening, happening.by)
        ticket.close(by=by, reason=happening.reason, at=happening.at)

    def _work(self, happening: nouns.Happening, by: str) -> tuple[LedgerTicket, Agent]:
        """The ticket and the colleague at it, who has thereby seen it."""
        ticket, agent = self.tickets[happening.ticket], self.company.agents[by]
        visit = self.visits.setdefault(
            (happening.ticket, by), Visit(ticket_id=ticket.ticket.pk, agent=agent, at=happening.at)
        )
        visit.at = happening.at
        return ticket, agent

    def _enclose(
        self, ticket: LedgerTicket, message: Message, files: tuple[nouns.Attachment, ...], *, at: datetime
    ) -> None:
        ticket.attach(message, [self.papers.keep(file, at=at) for file in files], at=at)

    def _let_leave(self, *, until: datetime) -> None:
        while self._leaving and self._leaving[0][0] <= until:
            at, ticket, message = self._leaving.popleft()
            ticket.sent(message, at=at)
