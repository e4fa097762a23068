"""A customer who knocks at the desk's door instead of the portal's."""

import pytest

from handrail.accounts.jobs import answer_the_request
from handrail.accounts.models import Letter, User


@pytest.fixture
def guest(lost_parcel) -> str:
    """Vera wrote in but never came in: she has no account."""
    lost_parcel.requester.user.delete()
    return "vera@nordlys.example"


def test_who_has_written_to_us_gets_a_link_to_the_portal(guest):
    answer_the_request.run(address=guest, purpose="sign-in")

    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == (guest, "portal-link")
    assert not User.objects.filter(email=guest).exists()


def test_a_stranger_gets_nothing_there_either(db):
    answer_the_request.run(address="stranger@else.example", purpose="sign-in")

    assert not Letter.objects.exists()
