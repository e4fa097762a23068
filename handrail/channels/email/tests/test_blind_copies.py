"""Blind copies: their readers get the same mail, and nobody else learns of them, whatever happens."""

from uuid import uuid4

import pytest

from handrail.channels.email import answers, deliveries
from handrail.channels.email.composing import Plan, compose
from handrail.channels.email.header_lines import Unsendable
from handrail.channels.email.models import Delivery
from handrail.channels.email.tests.conftest import a_mail
from handrail.channels.email.tests.test_outbox import answer, just_now, later, mail_of
from handrail.events.models import FactRow
from handrail.kit import drains
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE

__all__ = ["answer"]

BOSS = ("Canary Boss", "canary-7f3a@board.example")
AUDIT = ("", "canary-9c1b@audit.example")
TOM = ("Tom", "tom@akande.example")


def states(message: Message) -> dict[str, str]:
    return dict(mail_of(message).deliveries.values_list("address", "state"))


def test_S_018_a_blind_copy_leaves_by_itself_and_stands_in_no_byte_of_any_mail(answer, sink):
    answer(cc=[TOM], bcc=[BOSS, AUDIT])

    drains.empty("outgoing")

    assert [mail.recipients for mail in sink.mails] == [
        ["vera@nordlys.example", "tom@akande.example"],
        [BOSS[1]],
        [AUDIT[1]],
    ]
    assert not [mail for mail in sink.mails if b"canary" in mail.raw.lower()]
    assert len({mail.raw.split(b"Content-Type: multipart")[0] for mail in sink.mails}) == 1
    assert sink.mails[1].parsed["To"] == sink.mails[0].parsed["To"]
    assert not [mail for mail in sink.mails if mail.parsed["Bcc"]]


def test_S_018_nor_in_later_mails_nor_on_any_page_of_the_customer(answer, sink, lost_parcel, vera, client_of):
    said = answer("First", bcc=[BOSS])
    drains.empty("outgoing")
    answer("Second", cc=[TOM])
    drains.empty("outgoing")

    assert said.bcc == [list(BOSS)]
    assert b"canary" not in sink.mails[-1].raw.lower()
    assert {len(mail.recipients) for mail in sink.mails[2:]} == {2}
    page = client_of(vera).get(f"/help/requests/{lost_parcel.number}")
    assert "First" in page.content.decode()
    assert "canary" not in page.content.decode().lower()


def test_S_018_facts_hold_no_address_of_a_blind_copy(answer):
    answer(bcc=[BOSS])
    drains.empty("outgoing")

    assert not [row for row in FactRow.objects.all() if "canary" in str(row.payload).lower()]


def test_who_stands_in_the_open_is_in_no_blind_copy(answer):
    message = answer(cc=[TOM], bcc=[TOM, ("", "vera@nordlys.example"), ("", "support@harbour.example")])

    rows = mail_of(message).deliveries.values_list("address", "copied", "blind")
    assert set(rows) == {("vera@nordlys.example", False, False), ("tom@akande.example", True, False)}


def test_S_018_the_last_look_refuses_a_blind_copy_of_somebody_whom_the_mail_names():
    plan = Plan(
        author=("Nadia", "support@harbour.example"),
        to=(("", "vera@nordlys.example"),),
        cc=(BOSS,),
        subject="Hello",
        text="Hello",
        message_id="a@b.example",
        at=NINE,
    )

    with pytest.raises(Unsendable):
        compose(plan, blind=BOSS[1].upper())


def test_a_blind_copy_that_is_refused_concerns_nobody_else(answer, sink):
    sink.answers["RCPT TO:<canary-7f3a"] = "550 5.1.1 nobody here"
    message = answer(bcc=[BOSS, AUDIT])

    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.SENT
    assert states(message) == {"vera@nordlys.example": "sent", BOSS[1]: "failed", AUDIT[1]: "sent"}


def test_a_blind_copy_of_which_the_answer_was_lost_is_tried_once_more_and_the_others_have_it_once(
    answer, sink
):
    sink.ends = ["yes", "keep and hang up"]
    message = answer(bcc=[BOSS])
    drains.empty("outgoing")
    assert states(message) == {"vera@nordlys.example": "sent", BOSS[1]: "uncertain"}

    later()
    drains.empty("outgoing")

    assert states(message) == {"vera@nordlys.example": "sent", BOSS[1]: "sent"}
    assert [mail.recipients for mail in sink.mails].count(["vera@nordlys.example"]) == 1


def test_an_answer_that_is_refused_goes_to_nobody_in_blind_copy(answer, sink):
    sink.ends = ["554 no such words"]
    message = answer(bcc=[BOSS])

    drains.empty("outgoing")

    assert sink.mails == []
    assert set(states(message).values()) == {"failed"}


def test_a_blind_copy_is_put_off_without_the_others(answer, sink):
    sink.answers["RCPT TO:<canary-7f3a"] = "451 later"
    message = answer(bcc=[BOSS])
    drains.empty("outgoing")
    assert states(message) == {"vera@nordlys.example": "sent", BOSS[1]: "queued"}
    sink.answers.clear()

    later()
    drains.empty("outgoing")

    assert [mail.recipients for mail in sink.mails] == [["vera@nordlys.example"], [BOSS[1]]]


def test_a_bounce_of_a_blind_copy_is_told_at_the_desk_and_not_to_the_customer(
    answer, sink, lost_parcel, vera, client_of
):
    message = answer(bcc=[BOSS])
    drains.empty("outgoing")
    deliveries.delivery_reported(
        message_id=mail_of(message).rfc_message_id, recipient=BOSS[1], kind="bounced", at=just_now()
    )

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.SENT
    assert {each["address"]: each["state"] for each in message.deliveries}[BOSS[1]] == "bounced"
    assert (
        "canary" not in client_of(vera).get(f"/help/requests/{lost_parcel.number}").content.decode().lower()
    )


def test_what_somebody_in_blind_copy_answers_is_a_third_partys_and_stays_from_the_customer(
    answer, sink, arrive, lost_parcel, vera, client_of
):
    answer(bcc=[BOSS])
    drains.empty("outgoing")
    reply_to, ours = sink.mails[-1].parsed["Reply-To"], sink.mails[-1].parsed["Message-ID"]
    raw = a_mail(**{"from": BOSS[1], "to": reply_to, "in_reply_to": ours, "message_id": "<c@board.example>"})

    arrive(raw)

    said = Message.objects.get(external_id="c@board.example")
    assert (said.ticket_id, said.standing) == (lost_parcel.pk, Message.Standing.THIRD_PARTY)
    assert not Ticket.objects.get(pk=lost_parcel.pk).participants.filter(address=BOSS[1]).exists()
    assert (
        "canary" not in client_of(vera).get(f"/help/requests/{lost_parcel.number}").content.decode().lower()
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"from": BOSS[1], "message_id": "<1@canary.example>"},
        {
            "from": "mailer-daemon@canary.example",
            "message_id": "<2@canary.example>",
            "auto_submitted": "auto-replied",
        },
    ],
    ids=["their own answer", "a report of their server"],
)
def test_S_018_nor_is_an_id_of_theirs_in_what_leaves_later(answer, sink, arrive, fields):
    answer(bcc=[BOSS])
    drains.empty("outgoing")
    reply_to, ours = sink.mails[-1].parsed["Reply-To"], sink.mails[-1].parsed["Message-ID"]
    arrive(a_mail(**{"to": reply_to, "in_reply_to": ours, **fields}))
    assert (
        Message.objects.filter(external_id__endswith="@canary.example").exists() or "daemon" in fields["from"]
    )

    answer("Second")
    drains.empty("outgoing")

    assert ours.strip("<>") in sink.mails[-1].parsed["References"]
    assert b"canary" not in sink.mails[-1].raw.lower()


def test_an_answer_hangs_on_what_a_person_wrote_and_not_on_their_absence_note(answer, sink, arrive):
    answer()
    drains.empty("outgoing")
    reply_to, ours = sink.mails[-1].parsed["Reply-To"], sink.mails[-1].parsed["Message-ID"]
    more = {"from": "vera@nordlys.example", "to": reply_to, "in_reply_to": ours}
    arrive(a_mail(**more, message_id="<word@nordlys.example>"))
    arrive(a_mail(**more, message_id="<away@nordlys.example>", auto_submitted="auto-replied"))

    answer("Second")
    drains.empty("outgoing")

    assert sink.mails[-1].parsed["In-Reply-To"] == "<word@nordlys.example>"
    assert "away@nordlys.example" not in sink.mails[-1].parsed["References"]


def test_who_is_in_blind_copy_takes_no_part_by_that(answer, lost_parcel):
    message = answer(bcc=[BOSS])

    assert Delivery.objects.filter(mail=mail_of(message), blind=True).count() == 1
    assert answers.copied(message) == []
    assert not lost_parcel.participants.filter(address=BOSS[1]).exists()


def test_an_answer_to_nobody_but_a_blind_copy_names_nobody(support, sink, write, nadia):
    ticket = write(address="", external_id="n@x.example").ticket
    ticket.reply(text="For the files", by=nadia, bcc=[BOSS], key=uuid4(), at=just_now())

    drains.empty("outgoing")

    assert [(mail.recipients, mail.parsed["To"]) for mail in sink.mails] == [
        ([BOSS[1]], "undisclosed-recipients:;")
    ]
