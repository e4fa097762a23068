"""A ticket is not done while parts of it, or what it waits for, are open; unless somebody may say why."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from handrail.kit import clock
from handrail.tickets import linking, merging
from handrail.tickets.models import Ticket
from tests.cast import NINE


def after(minutes):
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def part(write, nadia, lost_parcel):
    """An open part of Vera's ticket."""
    found = write(subject="The van", external_id="part@x").ticket
    linking.link(lost_parcel, found, way="parent-of", by=nadia, at=after(1))
    return found


@pytest.mark.parametrize("verb", ["close", "solve"])
def test_an_open_part_holds_its_whole_up(nadia, lost_parcel, part, verb):
    with pytest.raises(Ticket.HeldUp) as held:
        getattr(lost_parcel, verb)(by=nadia, reason="solved", at=after(2))
    assert held.value.args == (f"#{part.number}",)

    part.close(by=nadia, reason="solved", at=after(3))
    getattr(lost_parcel, verb)(by=nadia, reason="solved", at=after(4))

    assert lost_parcel.is_done


def test_a_blocker_holds_up_too_and_the_desk_itself_is_not_held(nadia, write, lost_parcel):
    blocker = write(external_id="blocker@x").ticket
    linking.link(lost_parcel, blocker, way="blocked-by", by=nadia, at=after(1))

    with pytest.raises(Ticket.HeldUp):
        lost_parcel.close(by=nadia, reason="solved", at=after(2))
    lost_parcel.close(by=None, reason="solved", at=after(3))

    assert lost_parcel.is_done


def test_a_part_that_was_merged_counts_as_its_survivor(nadia, write, lost_parcel, part):
    survivor = write(external_id="survivor@x").ticket
    merging.merge([part], into=survivor, by=nadia, at=after(2))

    with pytest.raises(Ticket.HeldUp) as held:
        lost_parcel.close(by=nadia, reason="solved", at=after(3))

    assert held.value.args == (f"#{survivor.number}",)


def test_only_who_may_override_closes_all_the_same_and_says_why(nadia, iris, client_of, lost_parcel, part):
    with pytest.raises(PermissionDenied):
        lost_parcel.close(by=nadia, reason="solved", despite="No time", at=after(2))

    lost_parcel.close(by=iris, reason="solved", despite="The van is sold", at=clock.now())

    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()
    assert "ended it although something was open: The van is sold" in page


def test_the_page_asks_why_and_shows_what_is_open(nadia, iris, client_of, lost_parcel, part):
    here = f"/tickets/{lost_parcel.number}/closure"

    asked = client_of(iris).post(here, {"reason": "solved"})
    assert asked["Location"] == f"{here}?reason=solved"
    leads, agents = (client_of(who).get(asked["Location"]).content.decode() for who in (iris, nadia))
    assert ("The van" in leads, 'name="despite"' in leads) == (True, True)
    assert ("The van" in agents, 'name="despite"' in agents) == (True, False)
    client_of(iris).post(here, {"reason": "solved", "despite": "Sold"})

    assert Ticket.objects.get(pk=lost_parcel.pk).status == "closed"


def test_a_script_is_sent_to_the_page_that_asks(nadia, client_of, lost_parcel, part):
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}

    answer = client_of(nadia).post(
        f"/tickets/{lost_parcel.number}/closure", {"reason": "solved"}, headers=headers
    )

    assert answer["HX-Redirect"] == f"/tickets/{lost_parcel.number}/closure?reason=solved"
