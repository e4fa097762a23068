"""Whoever answers for a recurring ticket is told by the bell: not done in time, or not made as it should."""

from django.urls import reverse

from handrail.kit import clock, ids
from handrail.notifications import receivers
from handrail.notifications.models import Notification
from handrail.tickets.events import RecurringMissed, RecurringTroubled


def _told(kind, ticket, owner, **more):
    named = {"recurring_id": ids.uuid7(), "name": "Scales", "owner_id": owner.pk, "at": clock.now()}
    return kind(ticket_id=ticket.pk, **named, **more)


def test_the_bell_rings_once_when_the_last_one_was_not_done(nadia, lost_parcel, client_of):
    told = _told(RecurringMissed, lost_parcel, nadia, next_number=4711)

    receivers.tell_whose_recurring_ticket_was_not_done(told)
    receivers.tell_whose_recurring_ticket_was_not_done(told)

    rung = Notification.objects.get()
    assert (rung.user, rung.ticket, rung.kind) == (nadia.user, lost_parcel, "not-done")
    page = client_of(nadia).get(reverse("notifications:list")).content.decode()
    assert "was not done when the next one came" in page
    assert "Scales" in page


def test_the_bell_rings_when_part_of_the_template_could_not_be_done(nadia, lost_parcel, client_of):
    told = _told(RecurringTroubled, lost_parcel, nadia, trouble="no-address")

    receivers.tell_whose_recurring_ticket_was_not_made_as_it_should(told)

    assert Notification.objects.get().kind == "not-made"
    page = client_of(nadia).get(reverse("notifications:list")).content.decode()
    assert "was not made as its template says" in page
