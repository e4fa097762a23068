"""S-067: what agents see of a sender whom nothing proves, until something does."""

import pytest

from handrail.channels.email.tests.conftest import a_mail

UNPROVEN = "Nothing proves who sent it."
PROVEN = "The sender&#39;s mail server vouches for the address."
STAMPED = {
    "authentication_results": "mx.harbour.example; dmarc=pass header.from=nordlys.example",
    "received": "from out.example by mx.harbour.example; Mon, 16 Nov 2026 09:00:00 +0000",
}


@pytest.fixture
def evidence(arrive, nadia, client_of):
    """The words an agent reads about the sender of a mail."""

    def read(raw: bytes) -> str:
        message_id = arrive(raw).message_id
        page: str = client_of(nadia).get(f"/mail/placements/{message_id}").content.decode()
        return page

    return read


def test_S_067_an_agent_reads_that_nothing_proves_the_sender(support, evidence):
    page = evidence(a_mail())

    assert UNPROVEN in page
    assert PROVEN not in page


def test_S_067_once_the_mailbox_is_proved_an_agent_reads_that(support, evidence, settings):
    settings.MAIL_AUTHSERV_IDS = ("mx.harbour.example",)

    page = evidence(a_mail(**STAMPED))

    assert PROVEN in page.replace("’", "&#39;").replace("'", "&#39;")
    assert UNPROVEN not in page
