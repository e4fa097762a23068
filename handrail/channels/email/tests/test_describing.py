"""What the channel tells on a message: its warnings, and its bytes for those who look after mail."""

import pytest

from handrail.channels.email import intake
from handrail.channels.email.models import EmailAccount, RawMail
from handrail.tickets.models import Message
from tests.cast import NINE

PHISHING = (
    b"From: Support <help@bank.example>\r\nTo: support@harbour.example\r\nSubject: Your account\r\n"
    b"Message-ID: <p@bank.example>\r\nDate: Mon, 16 Nov 2026 09:00:00 +0000\r\n"
    b"Content-Type: text/html\r\n\r\n"
    b'<p>Sign in: <a href="http://203.0.113.9/x">https://www.bank.example/sign-in</a></p>'
)


@pytest.fixture
def came(house):
    """A mail that was taken in, as its message."""

    def take(raw):
        account = EmailAccount.open(
            address="support@harbour.example", display_name="Harbour", brand=house.harbour, by=None, at=NINE
        )
        mail = RawMail.objects.create(
            source="smtp", account=account, received_at=NINE, sha256=b"", size=len(raw), raw=raw
        )
        intake.take_batch()
        mail.refresh_from_db()
        assert mail.message_id is not None
        return Message.objects.get(pk=mail.message_id)

    return take


def test_what_warns_of_a_mail_stands_on_its_message(came, nadia, client_of):
    message = came(PHISHING)

    page = client_of(nadia).get(f"/tickets/{message.ticket.number}").content.decode()

    assert "A link leads elsewhere than it says." in page


def test_the_bytes_are_there_for_who_looks_after_mail_and_for_nobody_else(came, ada, nadia, client_of):
    message = came(PHISHING)
    page, bytes_ = (
        f"/tickets/{message.ticket.number}/messages/{message.pk}",
        f"/mail/messages/{message.pk}/bytes",
    )

    answer = client_of(ada).get(bytes_)

    assert answer.content == PHISHING
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert bytes_ in client_of(ada).get(page).content.decode()
    assert bytes_ not in client_of(nadia).get(page).content.decode()
    assert client_of(nadia).get(bytes_).status_code == 403
