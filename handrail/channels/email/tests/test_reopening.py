"""An answer opens a closed ticket again; later than its mailbox says, a new one that is tied to it."""

from datetime import timedelta

import pytest

from handrail.channels.email import tokens
from handrail.channels.email.models import EmailAccount
from handrail.channels.email.tests.conftest import a_mail
from handrail.tickets.models import Link, Message, Ticket
from tests.cast import NINE

DAY = timedelta(days=1)


def _message_of(mail) -> Message:
    assert mail.state == "done", mail.reason
    return Message.objects.get(pk=mail.message_id)


@pytest.fixture
def ended(support, arrive, nadia) -> Ticket:
    """Vera's ticket, closed on the first day; its mailbox opens tickets again for a week."""
    EmailAccount.objects.filter(pk=support.pk).update(reopens_for_days=7)
    support.refresh_from_db()
    ticket = _message_of(arrive(a_mail())).ticket
    ticket.close(by=nadia, reason="solved", at=NINE)
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def again(ended, arrive):
    """Vera answers to the reply address so many days later: `again(9)`."""
    to = tokens.reply_address("support@harbour.example", ticket_id=ended.pk, number=ended.number)

    def write(days: float, **changes: str) -> Message:
        fields = {"message_id": f"<{days}@nordlys.example>", "to": to, "subject": "Re: Where is my parcel?"}
        return _message_of(arrive(a_mail(**{**fields, **changes}), at=NINE + days * DAY))

    return write


def test_within_its_days_an_answer_opens_the_ticket_again(again, ended):
    said = again(6)

    assert said.ticket == ended
    assert said.ticket.status == Ticket.Status.OPEN


def test_later_it_opens_a_new_one_tied_to_the_one_that_ended(again, ended):
    said = again(8)

    assert said.ticket != ended
    assert said.ticket.requester == ended.requester
    assert Link.objects.get().kind == Link.Kind.RELATED
    ended.refresh_from_db()
    assert ended.status == Ticket.Status.CLOSED


def test_who_goes_on_answering_the_old_mail_is_heard_on_the_new_one(again, ended, nadia):
    first = again(8)
    first.ticket.reply(text="We look into it.", by=nadia, at=NINE + 8 * DAY)

    assert again(9).ticket == first.ticket


def test_when_the_new_one_ended_long_ago_too_a_further_one_follows_it(again, ended, nadia):
    second = again(8).ticket
    second.close(by=nadia, reason="solved", at=NINE + 9 * DAY)

    third = again(30).ticket

    assert third not in (ended, second)
    assert Link.objects.filter(source=min(second, third, key=lambda each: each.pk)).exists()
    assert again(31).ticket == third


def test_a_mailbox_without_a_limit_opens_it_at_any_time(again, ended, support):
    EmailAccount.objects.filter(pk=support.pk).update(reopens_for_days=None)

    assert again(900).ticket == ended


def test_with_no_days_every_answer_to_a_closed_ticket_opens_a_new_one(again, ended, support):
    EmailAccount.objects.filter(pk=support.pk).update(reopens_for_days=0)

    assert again(0.01).ticket != ended


def test_a_robots_word_joins_however_late_and_opens_nothing(again, ended):
    said = again(20, auto_submitted="auto-replied")

    assert said.ticket == ended
    assert said.ticket.status == Ticket.Status.CLOSED


def test_a_ticket_that_is_open_is_answered_however_old_it_is(again, ended, nadia):
    ended.reopen(by=nadia, at=NINE + DAY)

    assert again(90).ticket == ended


def test_a_stranger_with_the_reply_address_gets_a_ticket_of_their_own_then(again, ended):
    said = again(8, **{"from": "Eve <eve@evil.example>"})

    assert said.ticket.requester != ended.requester
    assert again(9).ticket != said.ticket


def test_the_days_are_set_on_the_page_of_the_mailbox(support, ada, client_of):
    client, page = client_of(ada), f"/settings/mailboxes/{support.pk}"
    fields = {
        "display_name": "Help",
        "team": "",
        "is_active": "on",
        "copies": "own",
        "reopens_for_days": "14",
    }

    client.post(page, fields)

    support.refresh_from_db()
    assert support.reopens_for_days == 14
    assert 'value="14"' in client.get(page).content.decode()
    support.change(display_name="Help", team=None, is_active=True, by=ada.user, at=NINE)
    support.refresh_from_db()
    assert support.reopens_for_days == 14
    client.post(page, fields | {"reopens_for_days": ""})
    support.refresh_from_db()
    assert support.reopens_for_days is None
