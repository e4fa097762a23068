"""What the portal's tests share: a mailbox to look into, and links to press."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client

from handrail.accounts.models import Letter
from handrail.kit import jobs
from handrail.portal.jobs import send_the_link
from handrail.tickets.models import Message, Ticket
from handrail.tickets.receiving import receive
from tests.cast import NINE, VERA_WRITES


@pytest.fixture
def mailed(db):
    """Run the waiting jobs of the portal and return the letters to an address, oldest first."""

    def look(address: str) -> list[Letter]:
        for waiting in jobs.waiting(name="handrail.portal.jobs.send_the_link"):
            with_done(waiting.id)
            send_the_link(**waiting.arguments)
        return list(Letter.objects.filter(to=address).order_by("written_at", "id"))

    return look


@pytest.fixture
def third_party_writes(house):
    """Let somebody who does not belong to a ticket write on it."""

    def say(ticket: Ticket, **changes) -> Message:
        inbound = replace(VERA_WRITES, external_id=f"{uuid4()}@else.example", **changes)
        third = Message.Standing.THIRD_PARTY
        return receive(inbound, brand=house.harbour, ticket=ticket, standing=third, at=NINE)

    return say


def with_done(job_id: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])


@pytest.fixture
def path_of():
    """The path of the link in a letter."""
    return lambda letter: letter.link.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def ask_for_link(mailed):
    """Ask for a link at the door; returns the letters that came to the address so far."""

    def ask(address: str, browser: Client | None = None, **more: str):
        answer = (browser or Client()).post("/help/sign-in", {"email": address, **more})
        assert answer.status_code == 302, answer.content
        return mailed(address.strip().lower())

    return ask
