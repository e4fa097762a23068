"""Looking back: a ticket as it was, from its facts alone, and one change put back."""

import re
from datetime import timedelta

import pytest

from handrail.events.models import FactRow
from handrail.kit import clock
from handrail.tickets import linking, merging, undoing
from handrail.tickets.models import Link, Ticket
from handrail.tickets.remembering import remembered
from tests.cast import NINE


def after(minutes):
    return NINE + timedelta(minutes=minutes)


def change(ticket, kind):
    """The id of the newest change of this kind."""
    return FactRow.objects.filter(subject_id=ticket.pk, kind=f"tickets.{kind}").latest("id").pk


@pytest.fixture
def eventful(nadia, omar, house, lost_parcel):
    """A ticket to which much happened."""
    ticket = lost_parcel
    ticket.assign(omar, by=nadia, at=after(1))
    ticket.prioritise(Ticket.Priority.HIGH, by=nadia, at=after(2))
    ticket.tag("refund", by=nadia, at=after(3))
    ticket.reply(text="We look.", by=omar, at=after(4))
    ticket.rename("Parcel HB 4471", by=nadia, at=after(5))
    ticket.move(house.billing, by=nadia, at=after(6))
    ticket.untag("refund", by=nadia, at=after(7))
    ticket.close(by=nadia, reason="solved", at=after(8))
    return ticket


def assert_as_the_row(ticket):
    ticket = Ticket.objects.get(pk=ticket.pk)
    state = remembered(ticket.pk)
    assert state
    told = (state.number, state.subject, state.status, state.priority, state.channel)
    assert told == (ticket.number, ticket.subject, ticket.status, ticket.priority, ticket.channel)
    assert (state.owner_id, state.team_id, state.requester_id) == (
        ticket.owner_id,
        ticket.team_id,
        ticket.requester_id,
    )
    assert state.tags == set(ticket.taggings.values_list("tag__name", flat=True))
    assert state.fields == ticket.fields


def test_the_state_from_the_facts_is_the_row(nadia, write, eventful):
    assert_as_the_row(eventful)

    again = write(external_id="again@x").ticket
    (merge,) = merging.merge([again], into=eventful, by=nadia, at=after(9))
    for ticket in (eventful, again):
        assert_as_the_row(ticket)
    merging.undo(merge, by=nadia, at=after(10))
    for ticket in (eventful, again):
        assert_as_the_row(ticket)


def test_a_ticket_is_told_as_it_was_at_any_moment(omar, house, eventful):
    assert remembered(eventful.pk, at=NINE - timedelta(minutes=1)) is None
    then = remembered(eventful.pk, at=after(4))

    assert then
    assert (then.status, then.owner_id, then.team_id) == ("waiting", omar.pk, house.parcels.pk)
    assert (then.subject, then.tags, then.heard, then.answered) == (
        "Where is my parcel?",
        frozenset({"refund"}),
        1,
        1,
    )


def test_the_page_shows_the_ticket_as_it_was(client_of, nadia, eventful):
    page = client_of(nadia).get(f"/tickets/{eventful.number}/as-of?on=2026-11-16T09:04:00%2B00:00")

    assert "Where is my parcel?" in page.content.decode()
    assert "Omar Benali" in page.content.decode()


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [("PriorityChanged", "priority", 2), ("SubjectChanged", "subject", "Where is my parcel?")],
)
def test_a_change_is_put_back_and_that_too(nadia, eventful, kind, name, value):
    before = getattr(Ticket.objects.get(pk=eventful.pk), name)

    undoing.revert(eventful, change(eventful, kind), by=nadia, at=after(20))
    assert getattr(Ticket.objects.get(pk=eventful.pk), name) == value
    undoing.revert(eventful, change(eventful, kind), by=nadia, at=after(21))

    assert getattr(Ticket.objects.get(pk=eventful.pk), name) == before


def test_a_status_a_team_and_a_tag_are_put_back(nadia, house, eventful):
    for kind in ("StatusChanged", "TicketMoved", "TicketUntagged"):
        undoing.revert(eventful, change(eventful, kind), by=nadia, at=after(20))

    ticket = Ticket.objects.get(pk=eventful.pk)
    assert (ticket.status, ticket.team) == ("waiting", house.parcels)
    assert ticket.taggings.get().tag.name == "refund"


def test_a_link_that_was_taken_away_is_tied_again(nadia, write, lost_parcel):
    other = write(external_id="other@x").ticket
    tied = linking.link(lost_parcel, other, way="blocks", by=nadia, at=after(1))
    linking.unlink(lost_parcel, tied.pk, by=nadia, at=after(2))

    undoing.revert(lost_parcel, change(lost_parcel, "TicketUnlinked"), by=nadia, at=after(3))

    assert Link.objects.get().target == other


def test_something_newer_is_not_undone_by_the_way(nadia, omar, iris, eventful):
    first = change(eventful, "TicketAssigned")
    Ticket.objects.get(pk=eventful.pk).assign(nadia, by=iris, at=after(9))

    with pytest.raises(undoing.Superseded):
        undoing.revert(eventful, first, by=nadia, at=after(20))

    assert Ticket.objects.get(pk=eventful.pk).owner == nadia


def test_the_list_offers_the_way_back_where_there_is_one(client_of, nadia, lost_parcel):
    lost_parcel.prioritise(Ticket.Priority.HIGH, by=nadia, at=clock.now())
    lost_parcel.prioritise(Ticket.Priority.LOW, by=nadia, at=clock.now())
    browser, here = client_of(nadia), f"/tickets/{lost_parcel.number}/changes"

    page = browser.get(here).content.decode()
    assert (page.count("Put back:"), page.count("Something newer stands")) == (1, 1)
    back = browser.post(f"{here}/{change(lost_parcel, 'PriorityChanged')}", {"_method": "delete"})

    assert back.status_code == 303
    assert Ticket.objects.get(pk=lost_parcel.pk).priority == Ticket.Priority.HIGH


def test_S_020_a_change_of_another_ticket_is_none_of_this_one(nadia, write, lost_parcel):
    other = write(external_id="other@x").ticket
    other.prioritise(Ticket.Priority.HIGH, by=nadia, at=after(1))

    with pytest.raises(undoing.NotRevertable):
        undoing.revert(lost_parcel, change(other, "PriorityChanged"), by=nadia, at=after(2))


def test_a_change_is_put_back_from_its_line_in_the_timeline(nadia, lost_parcel, client_of):
    lost_parcel.prioritise(Ticket.Priority.HIGH, by=nadia, at=clock.now())
    browser = client_of(nadia)
    page = browser.get(f"/tickets/{lost_parcel.number}").content.decode()
    address = re.search(r'<form class="event__back" method="post" action="([^"]+)"', page)
    assert address

    answer = browser.post(address[1], {"_method": "delete", "on": "timeline"})

    assert answer["Location"] == f"/tickets/{lost_parcel.number}"
    assert Ticket.objects.get(pk=lost_parcel.pk).priority == Ticket.Priority.NORMAL
