"""Who a mail is from, and what stands under it: per agent, mailbox and language, and never more than text."""

from email import message_from_bytes, policy
from email.utils import getaddresses
from ipaddress import ip_network

import pytest

from handrail.channels.email.models import EmailAccount, Sending, Signature
from handrail.channels.email.signing import filled
from handrail.channels.email.tests.test_outbox import answer, just_now
from handrail.kit import drains
from handrail.tickets.models import Ticket
from tests.cast import NINE

__all__ = ["answer"]

LOOPBACK = ip_network("127.0.0.0/8")
VALUES = {"agent": "Nadia Haddad", "title": "{brand}", "brand": "Harbour", "mailbox": "Parcels"}


@pytest.fixture
def sent(answer, sink):
    """Answer, and return the mail as the server got it."""

    def out(**more):
        answer(**more)
        drains.empty("outgoing")
        return message_from_bytes(sink.mails[-1].raw.replace(b"\r\n", b"\n"), policy=policy.default)

    return out


def test_both_signatures_stand_under_an_answer_in_both_parts(sent, support, nadia, ada):
    Signature.write({"": "{agent}\n{title}"}, agent=nadia, by=nadia.user, at=NINE)
    Signature.write({"": "{brand}, https://harbour.example"}, account=support, by=ada.user, at=NINE)

    mail = sent(text="In the van.", html="<p>In the <b>van</b>.</p>")

    under = "-- \nNadia Haddad\n\nHarbour Parcels, https://harbour.example\n"
    assert mail.get_body(("plain",)).get_content() == f"In the van.\n\n{under}"
    shown = mail.get_body(("html",)).get_content()
    assert "Nadia Haddad" in shown
    assert '<a href="https://harbour.example"' in shown


def test_the_customer_reads_the_signature_in_their_language(sent, lost_parcel, nadia):
    Signature.write({"": "Bye", "de": "Bis bald"}, agent=nadia, by=nadia.user, at=NINE)
    Ticket.objects.filter(pk=lost_parcel.pk).update(language="de")

    assert sent().get_body().get_content().endswith("-- \nBis bald\n")


def test_an_empty_signature_leaves_no_line(sent, nadia):
    Signature.write({"": "Bye"}, agent=nadia, by=nadia.user, at=NINE)
    Signature.write({"": " "}, agent=nadia, by=nadia.user, at=NINE)

    assert sent(text="In the van.").get_body().get_content() == "In the van.\n"


@pytest.mark.parametrize(
    "hostile",
    [
        *("{{7*7}}", "{agent.__class__}", "{agent!r}", "{0}", "%(agent)s", "{% for x in y %}"),
        *("{brand" * 5_000, "{" * 20_000, "{agent\n}", "<script>alert(1)</script>", "{unknown}"),
    ],
)
def test_S_076_a_signature_calculates_nothing(hostile):
    assert filled(hostile, VALUES) == hostile


def test_S_076_a_value_is_never_read_again(nadia):
    assert filled("{agent} {title}", VALUES) == "Nadia Haddad {brand}"


def test_S_002_a_signature_is_text_in_html_too(sent, nadia):
    Signature.write({"": '<img src=x onerror=alert(1)> & "me"'}, agent=nadia, by=nadia.user, at=NINE)

    shown = sent(html="<p>Hello</p>").get_body(("html",)).get_content()

    assert "<img" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt; &amp;" in shown


@pytest.mark.parametrize(
    ("name_format", "author"),
    [
        ("agent-at", "Nadia at Harbour Parcels"),
        ("mailbox", "Harbour Parcels"),
        ("agent", "Nadia Haddad"),
    ],
)
def test_a_mailbox_says_under_which_name_it_writes(sent, support, ada, name_format, author):
    Sending.change(support, name_format=name_format, answers_to=None, server=None, by=ada.user, at=NINE)

    assert getaddresses([sent()["From"]]) == [(author, "support@harbour.example")]


def test_answers_go_to_another_mailbox_where_that_is_wanted(sent, support, house, ada):
    desk = EmailAccount.open(
        address="desk@harbour.example", display_name="Desk", brand=house.harbour, by=None, at=NINE
    )
    Sending.change(support, name_format="agent-at", answers_to=desk, server=None, by=ada.user, at=NINE)

    mail = sent()

    assert getaddresses([mail["Reply-To"]])[0][1].startswith("desk+")
    assert getaddresses([mail["From"]])[0][1] == "support@harbour.example"


def test_answers_never_go_to_a_mailbox_of_another_brand(support, house, ada):
    office = EmailAccount.open(
        address="office@harbour.example", display_name="Office", brand=house.office, by=None, at=NINE
    )

    with pytest.raises(Sending.OtherBrand):
        Sending.change(support, name_format="agent", answers_to=office, server=None, by=ada.user, at=NINE)


def test_a_mailbox_sends_by_its_own_server_which_is_kept_sealed(
    answer, support, ada, sink, other_sink, settings
):
    settings.MAIL_SERVER_NETWORKS = [LOOPBACK]
    url = f"smtp://127.0.0.1:{other_sink.port}"
    Sending.change(support, name_format="agent", answers_to=None, server=url, by=ada.user, at=NINE)

    answer()
    drains.empty("outgoing")

    assert (len(sink.mails), len(other_sink.mails)) == (0, 1)
    assert "127.0.0.1" not in Sending.objects.get().sealed_server


def test_S_069_a_servers_address_within_our_own_network_is_not_reached(answer, support, ada, other_sink):
    url = f"smtp://127.0.0.1:{other_sink.port}"
    Sending.change(support, name_format="agent", answers_to=None, server=url, by=ada.user, at=NINE)

    message = answer()
    drains.empty("outgoing")

    assert other_sink.connections == 0
    message.refresh_from_db()
    assert message.delivery == "queued"


def test_a_mailbox_whose_own_server_is_away_does_not_hold_up_the_others(
    answer, support, ada, sink, write, nadia, house
):
    Sending.change(
        support, name_format="agent", answers_to=None, server="smtp://127.0.0.1:9", by=ada.user, at=NINE
    )
    stuck = answer()
    Sending.change(support, name_format="agent", answers_to=None, server="", by=ada.user, at=NINE)
    free = write(address="tom@akande.example").ticket.reply(text="Hello", by=nadia, at=just_now())
    stuck.refresh_from_db()

    drains.empty("outgoing")

    free.refresh_from_db()
    assert free.delivery == "sent"


def test_pages_for_signatures_and_senders(client_of, ada, nadia, support):
    browser = client_of(ada)
    address = f"/settings/mailboxes/{support.pk}/sending"
    given = {"name_format": "mailbox", "server": "smtp://u:geheim@relay.example:587", "text_": "Bye {brand}"}

    assert browser.post(address, given).status_code == 303
    shown = browser.get(address).content.decode()
    wrong = browser.post(address, {"name_format": "mailbox", "server": "http://relay.example"})
    mine = client_of(nadia).post("/settings/signature", {"text_": "N.", "text_de": "Gruß"})

    assert Sending.of(support).server == "smtp://u:geheim@relay.example:587"
    assert "geheim" not in shown
    assert "Bye {brand}" in shown
    assert wrong.status_code == 422
    assert mine.status_code == 303
    assert Signature.texts_of(agent=nadia) == {"": "N.", "de": "Gruß"}
