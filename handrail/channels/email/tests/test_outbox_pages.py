"""The operator's outbox and the blocked addresses: what stands where, and what can be done by hand."""

from typing import Any

import pytest

from handrail.channels.email.deliveries import delivery_reported
from handrail.channels.email.models import Delivery, Obstacle, OutgoingMail, Suppression
from handrail.channels.email.tests.test_outbox import answer, later
from handrail.customers import panels
from handrail.kit import clock, drains
from handrail.tickets.models import Message
from tests.cast import NINE

__all__ = ["answer"]


@pytest.fixture
def browser(client_of, ada):
    return client_of(ada)


@pytest.fixture
def came_back(answer, sink):
    """An answer to Vera that left and came back for good."""
    message = answer()
    drains.empty("outgoing")
    mail = OutgoingMail.objects.get()
    words = "550 5.1.1 unknown user"
    assert delivery_reported(
        message_id=f"<{mail.rfc_message_id}>",
        recipient="VERA@nordlys.example",
        kind="bounced",
        detail=words,
        at=clock.now(),
    )
    return message


def test_a_mail_is_called_off_before_it_leaves(answer, sink, browser):
    message = answer()

    browser.post(f"/settings/outbox/{OutgoingMail.objects.get().pk}/calling-off")
    drains.empty("outgoing")

    message.refresh_from_db()
    assert sink.mails == []
    assert (message.delivery, message.deliveries[0]["detail"]) == ("failed", "called off by Ada Moreno")
    assert "Taken back" in browser.get("/settings/outbox?shown=cancelled").content.decode()


def test_a_mended_address_gets_the_mail_and_who_had_it_does_not_get_it_twice(answer, sink, browser):
    sink.answers["RCPT TO:<gone@"] = "550 5.1.1 gone"
    message = answer(cc=[("Tom", "tom@akande.example"), ("Gone", "gone@nordlys.example")])
    drains.empty("outgoing")
    one = Delivery.objects.get(address="gone@nordlys.example")

    browser.post(f"/settings/outbox/{one.mail_id}/recipients/{one.pk}", {"address": "found@nordlys.example"})
    drains.empty("outgoing")

    assert [mail.recipients for mail in sink.mails] == [
        ["vera@nordlys.example", "tom@akande.example"],
        ["found@nordlys.example"],
    ]
    assert len({mail.parsed["Message-ID"] for mail in sink.mails}) == 1
    message.refresh_from_db()
    assert message.delivery_detail == ""


@pytest.mark.parametrize("address", ["", "nobody", "a b@x.example", "x@y.example\r\nRCPT TO:<z@y.example>"])
def test_an_address_that_is_none_mends_nothing(answer, sink, browser, address):
    sink.answers["RCPT"] = "550 no"
    answer()
    drains.empty("outgoing")
    one = Delivery.objects.get()

    browser.post(f"/settings/outbox/{one.mail_id}/recipients/{one.pk}", {"address": address})

    assert list(Delivery.objects.values_list("address", "state")) == [("vera@nordlys.example", "failed")]


def test_a_domain_left_in_peace_is_named_with_what_it_said(answer, sink, browser):
    sink.answers["RCPT"] = "450 greylisted"
    answer()
    for _ in range(3):
        later(300)
        drains.empty("outgoing")

    page = browser.get("/settings/outbox").content.decode()

    assert Obstacle.objects.get().troubles >= 3
    assert "nordlys.example" in page
    assert "Left in peace" in page


def test_an_answer_that_came_back_for_good_blocks_its_address(came_back, browser):
    came_back.refresh_from_db()

    assert came_back.delivery == Message.Delivery.BOUNCED
    assert "vera@nordlys.example" in browser.get("/settings/suppressed?q=NORDLYS").content.decode()
    assert "No such address" in browser.get("/settings/suppressed?q=elsewhere").content.decode()


def test_an_answer_to_a_blocked_address_fails_at_once_and_visibly(came_back, answer, sink):
    sent = len(sink.mails)

    second = answer("Did you get this?")
    drains.empty("outgoing")

    second.refresh_from_db()
    assert len(sink.mails) == sent
    assert second.delivery == Message.Delivery.SUPPRESSED
    assert "5.1.1" in second.delivery_detail


def test_the_composer_warns_before_writing_to_a_blocked_address(came_back, client_of, nadia, lost_parcel):
    page = client_of(nadia).get(f"/tickets/{lost_parcel.number}").content.decode()

    assert "vera@nordlys.example gets no mail any more" in page


def test_a_released_address_gets_mail_again(came_back, answer, browser, sink):
    browser.post(f"/settings/suppressed/{Suppression.objects.get().pk}/release")

    message = answer("Did you get this?")
    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.SENT


def test_a_person_whose_address_is_blocked_is_known_by_it(came_back, ada, stranger_of_office, vera):
    def shown(user):
        return [each.found for each in panels.filled_for(user, vera.pk) if "suppressed" in each.template]

    assert [one.address for one in shown(ada.user)[0]] == ["vera@nordlys.example"]
    assert shown(stranger_of_office.user) == []


@pytest.fixture
def stranger_of_office(piet):
    return piet


def test_a_full_mailbox_blocks_nobody(answer, sink):
    answer()
    drains.empty("outgoing")
    mail = OutgoingMail.objects.get()

    report: dict[str, Any] = {"message_id": mail.rfc_message_id, "recipient": "vera@nordlys.example"}
    delivery_reported(**report, kind="bounced", detail="552 5.2.2 mailbox full", at=NINE)

    assert Delivery.objects.get().state == "bounced"
    assert not Suppression.objects.exists()


def test_reports_say_what_is_proved_and_nothing_twice(answer, sink):
    message = answer()
    drains.empty("outgoing")
    report: dict[str, Any] = {
        "message_id": OutgoingMail.objects.get().rfc_message_id,
        "recipient": "vera@nordlys.example",
    }

    assert delivery_reported(**report, kind="delivered", at=NINE)
    message.refresh_from_db()
    assert message.delivery == Message.Delivery.DELIVERED

    assert delivery_reported(**report, kind="bounced", detail="5.1.1", at=NINE)
    assert delivery_reported(**report, kind="delivered", at=NINE)
    message.refresh_from_db()
    assert message.delivery == Message.Delivery.BOUNCED
    assert not delivery_reported(message_id="x@y", recipient="vera@nordlys.example", kind="bounced", at=NINE)
    assert not delivery_reported(
        message_id=report["message_id"], recipient="other@nordlys.example", kind="bounced", at=NINE
    )


def test_who_complains_gets_nothing_more(answer, sink):
    answer()
    drains.empty("outgoing")
    report: dict[str, Any] = {
        "message_id": OutgoingMail.objects.get().rfc_message_id,
        "recipient": "vera@nordlys.example",
    }

    delivery_reported(**report, kind="complained", detail="abuse", at=NINE)

    assert Suppression.objects.get().reason == "complained"


def test_the_desks_own_letters_go_to_a_blocked_address_too(came_back, sink, vera):
    from handrail.accounts import letters

    letters.send_sign_in_link(vera.user, at=clock.now())
    drains.empty("outgoing")

    assert sink.mails[-1].recipients == ["vera@nordlys.example"]
