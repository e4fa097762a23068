"""Who sees which ticket."""

from handrail.tickets.models import Ticket


def test_nadia_sees_the_ticket_of_her_brand(nadia, lost_parcel):
    assert list(Ticket.objects.visible_to(nadia)) == [lost_parcel]


def test_piet_cannot_see_a_ticket_of_another_brand(piet, lost_parcel):
    assert Ticket.objects.count() == 1
    assert list(Ticket.objects.visible_to(piet)) == []


def test_a_light_agent_sees_only_the_tickets_of_her_team(nadia, lena, house, lost_parcel):
    lost_parcel.move(house.billing, by=nadia, at=lost_parcel.created_at)

    assert list(Ticket.objects.visible_to(lena)) == []


def test_vera_sees_her_own_ticket_and_tom_does_not(vera, tom, lost_parcel):
    assert list(Ticket.objects.requested_by(vera.user)) == [lost_parcel]
    assert list(Ticket.objects.requested_by(tom.user)) == []
