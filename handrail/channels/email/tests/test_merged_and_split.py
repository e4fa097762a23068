"""Mail to a ticket that was merged, or split: it comes to where the conversation goes on."""

import pytest

from handrail.channels.email import tokens
from handrail.channels.email.models import OutgoingMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.tickets import merging, splitting
from handrail.tickets.models import Message, Ticket
from handrail.tickets.splitting import Part
from tests.cast import NINE

VERA = ("Vera Lindqvist", "vera@nordlys.example")


@pytest.fixture
def ticket(support, arrive) -> Ticket:
    """Vera's ticket, come by mail."""
    return _message_of(arrive(a_mail())).ticket


@pytest.fixture
def again(ticket, arrive) -> Ticket:
    """Her second one, about the same."""
    return _message_of(arrive(a_mail(message_id="<again@nordlys.example>", subject="My parcel!"))).ticket


def _message_of(mail) -> Message:
    assert mail.state == "done", mail.reason
    return Message.objects.get(pk=mail.message_id)


def _address(ticket) -> str:
    return tokens.reply_address("support@harbour.example", ticket_id=ticket.pk, number=ticket.number)


def _merged(tickets, *, into, by):
    merging.merge(tickets, into=into, by=by, at=NINE)
    return Ticket.objects.get(pk=into.pk)


def test_R_059_mail_to_the_address_of_a_merged_ticket_lands_on_its_survivor(ticket, again, nadia, arrive):
    _merged([again], into=ticket, by=nadia)

    word = _message_of(arrive(a_mail(message_id="<3@nordlys.example>", to=_address(again))))

    assert (word.ticket, word.home, word.standing) == (ticket, again, "on_ticket")


def test_R_059_an_answer_to_a_message_of_a_merged_ticket_lands_on_its_survivor(ticket, again, nadia, arrive):
    reply = again.reply(text="On its way.", by=nadia, at=NINE)
    reply.refresh_from_db()
    _merged([again], into=ticket, by=nadia)

    word = arrive(a_mail(message_id="<3@nordlys.example>", in_reply_to=f"<{reply.external_id}>"))

    assert _message_of(word).ticket == ticket


def test_whoever_was_not_taken_over_is_a_third_party_on_the_survivor(ticket, support, nadia, arrive):
    toms = a_mail(**{"from": "Tom <tom@akande.example>", "message_id": "<t1@akande.example>"}, subject="Late")
    his = _message_of(arrive(toms)).ticket
    _merged([his], into=ticket, by=nadia)

    word = _message_of(
        arrive(
            a_mail(
                **{"from": "Tom <tom@akande.example>", "message_id": "<t2@akande.example>"},
                subject="Re: Late",
                to=_address(his),
            )
        )
    )

    assert (word.ticket, word.standing) == (ticket, "third_party")
    assert list(ticket.participants.values_list("address", flat=True)) == ["vera@nordlys.example"]


def test_answers_that_wait_leave_for_the_survivor(ticket, again, nadia):
    reply = again.reply(text="On its way.", by=nadia, at=NINE)

    _merged([again], into=ticket, by=nadia)

    mail = OutgoingMail.objects.get(message=reply.pk)
    assert mail.message
    assert (mail.lane, mail.message.ticket, mail.state) == (ticket.pk, ticket, "queued")


def test_both_halves_of_a_split_can_be_answered_by_mail(ticket, nadia, house, arrive):
    reply = ticket.reply(text="Which invoice?", by=nadia, at=NINE)
    reply.refresh_from_db()
    first = ticket.messages.order_by("id").first()
    part = splitting.split(
        ticket,
        Part(messages=[reply.pk], subject="Invoice", requester=VERA, team=house.billing),
        by=nadia,
        at=NINE,
    ).part
    old = _address(ticket)

    to_the_old = arrive(a_mail(message_id="<o@nordlys.example>", to=old))
    to_what_stayed = arrive(
        a_mail(message_id="<s@nordlys.example>", to=old, in_reply_to=f"<{first.external_id}>")
    )
    to_what_went = arrive(
        a_mail(message_id="<w@nordlys.example>", to=old, in_reply_to=f"<{reply.external_id}>")
    )
    to_the_new = arrive(a_mail(message_id="<n@nordlys.example>", to=_address(part)))

    landed = [_message_of(mail).ticket for mail in (to_the_old, to_what_stayed, to_what_went, to_the_new)]
    assert landed == [ticket, ticket, part, part]
    assert set(part.messages.values_list("standing", flat=True)) == {"ours", "on_ticket"}


def test_what_became_of_a_mail_is_kept_although_its_ticket_was_merged_meanwhile(ticket, again, nadia):
    reply = again.reply(text="On its way.", by=nadia, at=NINE)
    _merged([again], into=ticket, by=nadia)

    again.record_delivery(reply, state=Message.Delivery.SENT, at=NINE)

    assert Message.objects.get(pk=reply.pk).delivery == "sent"
