"""The demo company lies in the database as if its year had happened there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connection

from handrail.accounts.models import User
from handrail.channels.email.models import OutgoingMail
from handrail.demo.founding import Company, found
from handrail.demo.load import load
from handrail.demo.posting import Posting
from handrail.demo.stage import LEAVES_AFTER, PRIORITIES
from handrail.demo.world import nouns
from handrail.demo.world.world import World
from handrail.files.storing import content_of
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Attachment, Message, Ticket, Visit
from handrail.tickets.receiving import receive

UNTIL = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
FEW = 40
COMPARED = {
    "tickets_ticket": "number, subject, status, priority, channel, language, created_at, updated_at, "
    "waiting_since, last_received_at, snippet",
    "tickets_message": 'kind, standing, channel, sender, "to", cc, text, reply_text, external_id, '
    '"references", delivery, due_at, at',
    "tickets_participant": "address, name, part, joined_at",
    "tickets_closure": "reason, at",
    "tickets_visit": "at",
    "tickets_tag": "name",
    "files_storedfile": "sha256, name, type, bytes, created_at",
    # The mark of a brand is made of its key, which is another one each time.
    "search_document": "kind, at, regexp_replace(vector::text, '~s[0-9a-f]+', '~s')",
    "events_fact": "at, kind",
}


class Verbs:
    """Plays happenings through the verbs of the rooms, one transaction each, as people would."""

    def __init__(self, world: World, company: Company) -> None:
        self.company, self.posting = company, Posting(world)
        self.tickets: dict[int, Ticket] = {}

    def play(self, happening: nouns.Happening) -> None:
        if isinstance(happening, nouns.Arrived):
            inbound = replace(self.posting.first(happening), files=enclosed(happening))
            brand, team = self.company.brands[happening.brand], self.company.teams[happening.team]
            message = receive(inbound, brand=brand, team=team, at=happening.at)
            self.tickets[happening.ticket] = message.ticket
        elif isinstance(happening, nouns.Wrote):
            inbound = replace(self.posting.further(happening), files=enclosed(happening))
            ticket = self._fresh(happening)
            receive(inbound, brand=ticket.brand, ticket=ticket, at=happening.at)
        else:
            ticket, by = self._fresh(happening), self.company.agents[getattr(happening, "by")]  # noqa: B009
            self._work(happening, ticket, by)
            Visit.note(ticket_id=ticket.pk, agent=by, at=happening.at)

    def _fresh(self, happening: nouns.Happening) -> Ticket:
        return Ticket.objects.select_related("brand").get(pk=self.tickets[happening.ticket].pk)

    def _work(self, happening: nouns.Happening, ticket: Ticket, by: Agent) -> None:
        at = happening.at
        match happening:
            case nouns.Replied(body=body):
                self._answer(happening, ticket, by, body)
            case nouns.Noted(body=body):
                ticket.note(text=body, by=by, at=at)
            case nouns.Assigned(team=team, owner=owner):
                ticket.move(self.company.teams[team], by=by, at=at)
                ticket.assign(self.company.agents[owner] if owner else None, by=by, at=at)
            case nouns.Prioritised(priority=priority):
                ticket.prioritise(PRIORITIES[priority], by=by, at=at)
            case nouns.Tagged(tag=tag):
                ticket.tag(tag, by=by, at=at)
            case nouns.Closed(reason=reason):
                ticket.close(by=by, reason=reason, at=at)

    def _answer(self, happening: nouns.Replied, ticket: Ticket, by: Agent, body: str) -> None:
        from handrail.files.storing import store

        letter = self.posting.answer(happening)
        files = [
            store(name=each.name, content=each.content, at=happening.at) for each in happening.attachments
        ]
        message = ticket.reply(text=body, by=by, files=files, at=happening.at)
        ticket.send_as(message, external_id=letter.external_id, to=letter.to)
        ticket.record_delivery(message, state=Message.Delivery.SENT, at=happening.at + LEAVES_AFTER)


def enclosed(mail: nouns.Arrived | nouns.Wrote) -> tuple[InboundFile, ...]:
    return tuple(
        InboundFile(name=each.name, type=each.media_type, content=each.content, inline=False, content_id=None)
        for each in mail.attachments
    )


def snapshot() -> dict[str, list[tuple[object, ...]]]:
    """The rows of every compared table, without keys, in a fixed order."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table, columns) for table, columns in COMPARED.items()}


def _rows(cursor, table: str, columns: str) -> list[tuple[object, ...]]:
    cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - names of ours
    return sorted(cursor.fetchall(), key=repr)


@pytest.mark.django_db(transaction=True)
def test_a_loaded_year_is_the_year_that_the_verbs_would_have_made():
    load(seed=7, until=UNTIL, tickets=FEW)
    loaded = snapshot()
    _start_again()

    world = World(seed=7, until=UNTIL, tickets=FEW)
    stage = Verbs(world, found(world))
    for happening in world.happenings():
        stage.play(happening)

    assert snapshot() == loaded
    assert all(loaded.values())


@pytest.mark.django_db(transaction=True)
def test_the_loaded_company_can_be_worked_with():
    load(seed=7, until=UNTIL, tickets=FEW)

    nadia = Agent.objects.get(name="Nadia Haddad")
    assert Ticket.objects.visible_to(nadia).count() > FEW / 2
    assert Ticket.objects.get(subject="Where is my parcel?").requester.name == "Vera Lindqvist"
    assert {user.name for user in User.objects.filter(role__key="customer")} == {
        "Vera Lindqvist",
        "Tom Akande",
    }
    assert all(content_of(attachment.stored) for attachment in Attachment.objects.select_related("stored"))
    assert not OutgoingMail.objects.exists()
    assert ids.uuid7_at(UNTIL) > max(Message.objects.values_list("pk", flat=True))


def _start_again() -> None:
    from django.core.management import call_command

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER; TRUNCATE events_fact")
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE tickets_number RESTART WITH 1001")
