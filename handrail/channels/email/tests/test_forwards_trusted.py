"""What colleagues forward is the customer's where the colleague is proved and the mailbox trusts it."""

import pytest

from handrail.channels.email.models import EmailAccount
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.test_placing import STAMPED, _message_of


@pytest.fixture(autouse=True)
def _our_server(settings):
    settings.MAIL_AUTHSERV_IDS = ("mx.harbour.example",)


def _forwarded(result: str) -> bytes:
    text = (
        "Please look at this.\r\n\r\n---------- Forwarded message ---------\r\n"
        "From: Erik Sund <erik@sund.example>\r\nDate: Mon, 16 Nov 2026 at 08:00\r\n"
        "Subject: Broken box\r\nTo: <nadia@harbour.example>\r\n\r\nMy box came broken.\r\n"
    )
    sender = {"from": "Nadia Haddad <nadia@harbour.example>", "message_id": "<f@harbour.example>"}
    return a_mail(authentication_results=result, **STAMPED, **sender, subject="Fwd: Broken box", text=text)


def test_what_a_proven_colleague_forwards_is_the_customers_ticket(support, nadia, arrive):
    came = _message_of(arrive(_forwarded("mx.harbour.example; dmarc=pass header.from=harbour.example")))

    assert (came.sender, came.ticket.requester.name) == ("erik@sund.example", "Erik Sund")
    assert (came.ticket.subject, came.extras["forwarded_by"]) == ("Broken box", "nadia@harbour.example")


def test_a_mailbox_that_trusts_no_forwards_leaves_them_to_who_sent_them(support, nadia, arrive):
    EmailAccount.objects.filter(pk=support.pk).update(trusts_forwards=False)

    came = _message_of(arrive(_forwarded("mx.harbour.example; dmarc=pass header.from=harbour.example")))

    assert (came.sender, came.extras["forwarded"]["address"]) == (
        "nadia@harbour.example",
        "erik@sund.example",
    )


def test_S_037_what_nobody_proved_to_be_a_colleagues_is_not_forwarded(support, nadia, arrive):
    came = _message_of(arrive(_forwarded("mx.harbour.example; dmarc=none")))

    assert came.sender == "nadia@harbour.example"
