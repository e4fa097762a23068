"""A mail that points at a ticket without proof opens one of its own, says so, and one press puts it there."""

import pytest

from handrail.channels.email.tests.conftest import a_mail
from handrail.tickets import merging
from handrail.tickets.models import Merge, Message, Ticket
from tests.cast import NINE

EVE = {"from": "Eve <eve@evil.example>", "message_id": "<1@evil.example>"}


@pytest.fixture
def ticket(support, arrive) -> Ticket:
    return _message_of(arrive(a_mail())).ticket


def _message_of(mail) -> Message:
    assert mail.state == "done", mail.reason
    return Message.objects.get(pk=mail.message_id)


def _panel(client, message):
    return client.get(f"/mail/placements/{message.pk}/perhaps").content.decode()


def _put(client, message, **fields):
    return client.post(f"/mail/placements/{message.pk}/correction", fields)


@pytest.fixture
def astray(ticket, arrive) -> Message:
    """Vera writes again, without headers and on another subject: only the number points at her ticket."""
    subject = f"One more question [#{ticket.number}]"
    return _message_of(arrive(a_mail(message_id="<2@nordlys.example>", subject=subject)))


def test_a_new_ticket_tells_which_other_one_its_mail_may_belong_to(astray, ticket, nadia, client_of):
    client = client_of(nadia)

    assert astray.ticket != ticket
    assert (
        f"/mail/placements/{astray.pk}/perhaps"
        in client.get(f"/tickets/{astray.ticket.number}").content.decode()
    )
    panel = _panel(client, astray)
    assert f"#{ticket.number} {ticket.subject}" in panel
    assert "Put it there" in panel


def test_an_answer_on_the_same_subject_that_lost_its_headers_points_there_too(
    ticket, arrive, nadia, client_of
):
    raw = a_mail(message_id="<2@nordlys.example>", subject=f"Re: {ticket.subject}", in_reply_to="")

    said = _message_of(arrive(raw))

    assert said.extras["perhaps"] == ticket.number


def test_S_031_a_stranger_who_answers_with_a_number_is_only_pointed_at_it(ticket, arrive):
    said = _message_of(arrive(a_mail(**EVE, subject=f"Re: hello [#{ticket.number}]")))

    assert said.ticket != ticket
    assert said.extras["perhaps"] == ticket.number
    assert list(ticket.participants.values_list("address", flat=True)) == ["vera@nordlys.example"]


@pytest.mark.parametrize("subject", ["Order #{number} is late", "Re: order #999999"])
def test_a_number_of_something_else_points_nowhere(ticket, arrive, subject):
    said = _message_of(arrive(a_mail(**EVE, subject=subject.format(number=ticket.number))))

    assert "perhaps" not in said.extras


def test_S_025_nobody_is_pointed_at_a_ticket_of_another_brand(ticket, arrive, house, nadia, client_of):
    said = _message_of(arrive(a_mail(**EVE, subject=f"Re: hello [#{ticket.number}]")))
    Ticket.objects.filter(pk=ticket.pk).update(brand=house.office)

    assert "Put it there" not in _panel(client_of(nadia), said)


def test_one_press_merges_it_there_and_the_next_such_mail_joins(astray, ticket, nadia, arrive, client_of):
    _put(client_of(nadia), astray, number=ticket.number)

    astray.refresh_from_db()
    assert astray.ticket == ticket
    assert Merge.objects.filter(survivor=ticket, undone_at=None).count() == 1
    assert "Put it there" not in _panel(client_of(nadia), astray)
    subject = f"Re: One more question [#{ticket.number}]"
    again = _message_of(arrive(a_mail(message_id="<3@nordlys.example>", subject=subject)))
    assert again.ticket == ticket


def test_a_stranger_who_was_put_there_stays_a_third_party_and_their_next_mail_follows(
    ticket, nadia, arrive, client_of
):
    first = _message_of(arrive(a_mail(**EVE, subject=f"Re: hello [#{ticket.number}]")))
    _put(client_of(nadia), first, number=ticket.number)

    more = EVE | {"message_id": "<2@evil.example>"}
    second = _message_of(arrive(a_mail(**more, subject=f"AW: hello [#{ticket.number}]")))

    assert (second.ticket, second.standing) == (ticket, Message.Standing.THIRD_PARTY)
    assert not ticket.participants.filter(address="eve@evil.example").exists()


def test_it_can_be_taken_back(astray, ticket, nadia, client_of):
    own = astray.ticket
    _put(client_of(nadia), astray, number=ticket.number)

    merging.undo(Merge.objects.get(), by=nadia, at=NINE)

    astray.refresh_from_db()
    assert astray.ticket == own


def test_who_says_that_it_belongs_here_is_asked_no_more_about_such_mail(
    astray, ticket, nadia, arrive, client_of
):
    client = client_of(nadia)
    _put(client, astray, number=ticket.number, stays="on")

    assert "Put it there" not in _panel(client, astray)
    subject = f"Re: One more question [#{ticket.number}]"
    again = _message_of(arrive(a_mail(message_id="<3@nordlys.example>", subject=subject)))
    assert again.extras.get("perhaps") != ticket.number


def test_who_sees_only_one_of_the_two_tickets_learns_nothing_of_the_other(astray, ticket, piet, client_of):
    assert client_of(piet).get(f"/mail/placements/{astray.pk}/perhaps").status_code == 404
