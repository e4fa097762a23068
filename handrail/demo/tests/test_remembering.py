"""What the facts tell of the demo company's tickets is what stands in their rows (T15)."""

from datetime import UTC, datetime

import pytest

from handrail.demo.load import load
from handrail.tickets.models import Tagging, Ticket
from handrail.tickets.remembering import remembered

UNTIL = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_T15_the_state_of_every_demo_ticket_is_told_by_its_facts_alone():
    load(seed=7, until=UNTIL, tickets=60)
    tickets = list(Ticket.objects.all())
    assert len(tickets) >= 50
    tags: dict[object, set[str]] = {}
    for ticket_id, name in Tagging.objects.values_list("ticket", "tag__name"):
        tags.setdefault(ticket_id, set()).add(name)

    for ticket in tickets:
        state = remembered(ticket.pk)
        assert state
        assert (state.number, state.subject, state.status) == (ticket.number, ticket.subject, ticket.status)
        assert (state.priority, state.channel, state.tags) == (
            ticket.priority,
            ticket.channel,
            frozenset(tags.get(ticket.pk, ())),
        )
        assert (state.owner_id, state.team_id) == (ticket.owner_id, ticket.team_id)
        assert (state.requester_id, state.fields) == (ticket.requester_id, ticket.fields)
        said = ticket.messages.values_list("kind", flat=True)
        counts = [list(said).count(kind) for kind in ("customer", "reply", "note")]
        assert [state.heard, state.answered, state.noted] == counts
