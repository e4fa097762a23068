"""The book: rows of many tickets, gathered in memory, written by COPY when it is full."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import connection

from handrail.kit.copying import copy_objects, copy_rows
from handrail.search import indexing
from handrail.search.indexing import Text
from handrail.tickets.events import StatusChanged, TicketFact
from handrail.tickets.models import Attachment, Closure, Message, Participant, Tagging, Ticket

FactRow = tuple[datetime, str, UUID, str]


@dataclass
class Page:
    """Rows that can be written as soon as they are made: nothing changes them any more."""

    facts: list[FactRow] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.facts)

    def write(self) -> None:
        copy_rows("events_fact", ["at", "kind", "subject_id", "payload"], self.facts)
        copy_objects(self.messages)
        indexing.put_many(self.texts)


@dataclass
class Book:
    """Everything that a run of ledger tickets leaves. `turn_page` hands out what is final so far."""

    tickets: list[Ticket] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    taggings: dict[tuple[UUID, UUID], Tagging] = field(default_factory=dict)
    closures: dict[UUID, Closure] = field(default_factory=dict)
    page: Page = field(default_factory=Page)

    def tell(self, *facts: TicketFact | StatusChanged) -> None:
        """Note facts in the order in which they happened."""
        for fact in facts:
            payload = msgspec.json.encode(fact).decode()
            self.page.facts.append((fact.at, fact.kind, fact.subject_id, payload))

    def turn_page(self) -> Page:
        """What is final, to be written by whoever holds the connection; an empty page begins."""
        full, self.page = self.page, Page()
        return full

    def finish(self) -> None:
        """Write what could still change until now, and let the numbers go on after the last."""
        self.page.write()
        copy_objects(self.tickets)
        copy_objects(self.participants)
        copy_objects(self.attachments)
        copy_objects(list(self.taggings.values()))
        copy_objects(list(self.closures.values()))
        _continue_numbers(ticket.number for ticket in self.tickets)


def _continue_numbers(numbers: Iterable[int]) -> None:
    if last := max(numbers, default=0):
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval('tickets_number', %s)", [last])
