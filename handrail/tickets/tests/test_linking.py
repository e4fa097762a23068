"""Links: what one ticket has to do with another, without circles."""

from datetime import timedelta

import pytest

from handrail.tickets import linking, merging
from handrail.tickets.circles import Circular
from handrail.tickets.models import Link, Ticket
from tests.cast import NINE


def after(minutes):
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def tickets(write):
    return [write(subject=f"Parcel {place}", external_id=f"p{place}@x").ticket for place in range(4)]


@pytest.mark.parametrize("way", sorted(linking.WAYS))
def test_a_link_reads_from_both_ends_and_goes_again(nadia, tickets, way):
    one, other, *_ = tickets

    tied = linking.link(one, other, way=way, by=nadia, at=after(1))
    linking.link(other, one, way=linking.opposite(way), by=nadia, at=after(2))
    assert Link.objects.get() == tied

    assert linking.unlink(other, tied.pk, by=nadia, at=after(3)) == (linking.opposite(way), one)
    assert Link.objects.count() == 0


@pytest.mark.parametrize("way", ["parent-of", "blocks", "duplicate-of"])
def test_no_link_closes_a_circle(nadia, tickets, way):
    a, b, c, _ = tickets
    linking.link(a, b, way=way, by=nadia, at=after(1))
    linking.link(b, c, way=way, by=nadia, at=after(1))

    with pytest.raises(Circular):
        linking.link(c, a, way=way, by=nadia, at=after(2))
    with pytest.raises(linking.ToItself):
        linking.link(a, a, way=way, by=nadia, at=after(2))

    assert Link.objects.count() == 2


def test_no_merge_closes_a_circle(nadia, tickets):
    a, b, c, _ = tickets
    linking.link(a, b, way="blocks", by=nadia, at=after(1))
    linking.link(b, c, way="blocks", by=nadia, at=after(1))

    with pytest.raises(Circular) as between:
        merging.merge([c], into=a, by=nadia, at=after(2))

    assert between.value.args == (b.number,)


def test_links_of_a_merged_ticket_are_those_of_its_survivor(nadia, tickets):
    a, b, c, d = tickets
    linking.link(a, b, way="blocks", by=nadia, at=after(1))
    merging.merge([b], into=c, by=nadia, at=after(2))

    with pytest.raises(Circular):
        linking.link(c, a, way="blocks", by=nadia, at=after(3))
    assert linking.link(b, d, way="blocks", by=nadia, at=after(3)).source == c


def test_S_020_a_link_needs_sight_of_both(nadia, piet, lost_parcel, tickets):
    tied = linking.link(lost_parcel, tickets[0], way="related", by=nadia, at=after(1))

    for one, other in ((lost_parcel, tickets[1]), (tickets[1], lost_parcel)):
        with pytest.raises(Ticket.DoesNotExist):
            linking.link(one, other, way="related", by=piet, at=after(2))
    with pytest.raises(Link.DoesNotExist):
        linking.unlink(lost_parcel, tied.pk, by=piet, at=after(2))
