"""A customer who knocks at the desk's door instead of the portal's."""

import pytest

from handrail.accounts import arrivals
from handrail.accounts.models import Letter, User
from tests.cast import NINE


@pytest.fixture
def guest(lost_parcel) -> str:
    """Vera wrote in but never came in: she has no account."""
    lost_parcel.requester.user.delete()
    return "vera@nordlys.example"


def test_who_has_written_to_us_gets_a_link_to_the_portal(guest):
    arrivals.answer(guest, next="", at=NINE)

    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == (guest, "portal-link")
    assert not User.objects.filter(email=guest).exists()


def test_a_stranger_gets_nothing_there_either(db):
    arrivals.answer("stranger@else.example", next="", at=NINE)

    assert not Letter.objects.exists()
