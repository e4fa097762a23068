"""Invitations are answered from the ticket: once, in the right name, for calendars, with a way back."""

from datetime import timedelta
from email import message_from_bytes
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar

from handrail.channels.email import invitations, outbox
from handrail.channels.email.invitations import CannotAnswer
from handrail.channels.email.models import Delivery, EmailAccount, InvitationAnswer, OutgoingMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.kit import clock
from handrail.tickets.models import Message, Ticket
from handrail.tickets.queries.timeline import timeline_of
from tests.cast import NINE

VERA = "vera@nordlys.example"
UNDO = timedelta(seconds=10)
BY_SCRIPT = {"HX-Request": "true", "HX-Request-Type": "partial"}
Answer = InvitationAnswer.Answer


def calendar(
    *,
    method: str = "REQUEST",
    invited: str = "support@harbour.example",
    organiser: str = VERA,
    sequence: int = 0,
    uid: str = "call-7@nordlys.example",
) -> str:
    lines = f"""BEGIN:VCALENDAR
PRODID:-//Nordlys//EN
VERSION:2.0
METHOD:{method}
BEGIN:VEVENT
UID:{uid}
SEQUENCE:{sequence}
DTSTAMP:20261116T090000Z
DTSTART:20261120T090000Z
DTEND:20261120T093000Z
SUMMARY:Call about the parcel
ORGANIZER;CN=Vera Lindqvist:mailto:{organiser}
ATTENDEE;CN=Harbour;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{invited}
ATTENDEE;PARTSTAT=ACCEPTED:mailto:olav@nordlys.example
END:VEVENT
END:VCALENDAR"""
    return lines.replace("\n", "\r\n")


def an_invitation(*, message_id: str = "<invite@nordlys.example>", answers: str = "", **more) -> bytes:
    head = "--b\r\nContent-Type: text/plain\r\n\r\nShall we talk?\r\n--b\r\n"
    part = f"Content-Type: text/calendar; method={more.get('method', 'REQUEST')}; charset=utf-8\r\n\r\n"
    text = f"{head}{part}{calendar(**more)}\r\n--b--\r\n"
    kind = "multipart/alternative; boundary=b"
    return a_mail(
        content_type=kind, text=text, message_id=message_id, in_reply_to=answers, mime_version="1.0"
    )


@pytest.fixture
def invited(arrive, support) -> Message:
    return Message.objects.get(pk=arrive(an_invitation()).message_id)


def give(message: Message, nadia, answer: Answer = Answer.ACCEPTED, **how: Any) -> InvitationAnswer:
    message = Message.objects.select_related("ticket").get(pk=message.pk)
    how = {"key": uuid4(), "undo": UNDO, "at": clock.now(), **how}
    return invitations.answer(message, answer=answer, by=nadia, **how)


def leave() -> None:
    """Let what waits for its undo leave now."""
    OutgoingMail.objects.filter(state="queued").update(due_at=NINE, next_try_at=NINE)
    Delivery.objects.filter(state="queued").update(next_try_at=NINE)
    while outbox.take_batch():
        pass


@pytest.mark.parametrize("answer", list(Answer))
def test_the_organiser_gets_an_answer_that_calendars_read(invited, nadia, sink, answer):
    give(invited, nadia, answer)
    leave()

    (sent,) = sink.mails
    mail: Any = message_from_bytes(sent.raw)
    assert (sent.recipients, mail["In-Reply-To"]) == ([VERA], "<invite@nordlys.example>")
    assert "support@harbour.example" in mail["From"]
    text, part = mail.get_payload()
    assert (mail.get_content_type(), text.get_content_type()) == ("multipart/alternative", "text/plain")
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REPLY")
    told = Calendar.from_ical(part.get_payload(decode=True))
    (event,) = told.walk("VEVENT")
    assert (str(told["METHOD"]), str(event["UID"])) == ("REPLY", "call-7@nordlys.example")
    assert str(event["ATTENDEE"]) == "mailto:support@harbour.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == answer.value.upper()
    assert str(event["ORGANIZER"]) == f"mailto:{VERA}"


def test_an_answer_changes_no_status_and_is_told_on_the_timeline(invited, nadia):
    before = invited.ticket.status

    give(invited, nadia)

    invited.ticket.refresh_from_db()
    assert (invited.ticket.status, Message.objects.count()) == (before, 1)
    deeds = [
        str(deed) for item in timeline_of(invited.ticket_id).items for deed in getattr(item, "deeds", [])
    ]
    assert deeds == ["accepted the invitation <b>Call about the parcel</b>"]


def test_pressing_twice_tells_the_organiser_once(invited, nadia, sink):
    key = uuid4()

    given = [give(invited, nadia, key=key), give(invited, nadia, key=key), give(invited, nadia)]
    leave()

    assert len({each.pk for each in given}) == 1
    assert len(sink.mails) == 1


def test_another_answer_takes_the_place_of_one_that_has_not_left(invited, nadia, sink):
    give(invited, nadia, Answer.ACCEPTED)
    give(invited, nadia, Answer.DECLINED)
    leave()

    (sent,) = sink.mails
    mail: Any = message_from_bytes(sent.raw)
    assert b"PARTSTAT=DECLINED" in mail.get_payload()[1].get_payload(decode=True)


def test_one_may_change_ones_mind_after_it_left(invited, nadia, sink):
    give(invited, nadia, Answer.ACCEPTED)
    leave()
    give(invited, nadia, Answer.DECLINED)
    leave()

    assert len(sink.mails) == 2


def test_an_answer_is_taken_back_before_it_leaves(invited, nadia, sink, client_of):
    client = client_of(nadia)
    page = f"/mail/messages/{invited.pk}/invitation"
    client.post(page, {"key": str(uuid4()), "answer": "accepted"})

    assert client.post(page, {"_method": "delete"}, headers={"HX-Request": "true"}).status_code == 200
    leave()

    assert (sink.mails, InvitationAnswer.objects.count()) == ([], 0)


def test_taking_back_what_left_is_too_late_and_said_so(invited, nadia, sink, client_of):
    give(invited, nadia)
    leave()

    said = client_of(nadia).post(
        f"/mail/messages/{invited.pk}/invitation", {"_method": "delete"}, headers={"HX-Request": "true"}
    )

    assert (said.status_code, "Too late" in said.content.decode()) == (409, True)
    assert InvitationAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"invited": "somebody@else.example"}, "not-invited"),
        ({"organiser": "support@harbour.example"}, "ours"),
        ({"method": "CANCEL"}, "not-asked"),
        ({"method": "REPLY"}, "not-asked"),
        ({"organiser": "no address"}, "not-asked"),
        ({"uid": ""}, "not-asked"),
    ],
)
def test_what_does_not_ask_us_cannot_be_answered(arrive, support, nadia, how, why):
    message = Message.objects.get(pk=arrive(an_invitation(**how)).message_id)

    with pytest.raises(CannotAnswer, match=why):
        give(message, nadia)
    assert OutgoingMail.objects.count() == 0


def test_an_invitation_that_was_cancelled_since_cannot_be_answered(invited, arrive, nadia):
    later = an_invitation(
        method="CANCEL", message_id="<c@nordlys.example>", answers="<invite@nordlys.example>"
    )
    assert Message.objects.get(pk=arrive(later).message_id).ticket == invited.ticket

    with pytest.raises(CannotAnswer, match="overtaken"):
        give(invited, nadia)


def test_a_reply_address_that_was_invited_answers_as_it_was_invited(arrive, support, nadia):
    mail = arrive(an_invitation(invited="Support+abc@harbour.example"))

    given = give(Message.objects.get(pk=mail.message_id), nadia)

    assert given.attendee == "Support+abc@harbour.example"


def test_the_mailbox_of_another_brand_is_not_ours_to_answer_for(arrive, support, house, nadia):
    EmailAccount.open(
        address="desk@office.example", display_name="Office", brand=house.office, by=None, at=NINE
    )
    mail = arrive(an_invitation(invited="desk@office.example"))

    with pytest.raises(CannotAnswer, match="not-invited"):
        give(Message.objects.get(pk=mail.message_id), nadia)


def test_who_is_read_before_they_answer_is_told_to_ask_a_colleague(invited, nadia, omar, iris, client_of):
    """An answer for calendars has no words to read: there is no way round the review."""
    page = f"/mail/messages/{invited.pk}/invitation"
    nadia.have_answers_read(True, by=iris.user, at=clock.now())

    with pytest.raises(Ticket.NeedsReview):
        give(invited, nadia)
    refused = client_of(nadia).post(page, {"key": uuid4(), "answer": "accepted"}, headers=BY_SCRIPT)

    assert (refused.status_code, OutgoingMail.objects.count()) == (409, 0)
    for seen in (refused, client_of(nadia).get(page)):
        assert "ask one to answer this invitation" in seen.content.decode()
        assert "Accept<" not in seen.content.decode()
    assert "Accept<" in client_of(iris).get(page).content.decode()


def test_S_044_an_event_full_of_line_breaks_adds_no_header(arrive, support, nadia, sink):
    raw = an_invitation().replace(
        b"SUMMARY:Call about the parcel", b"SUMMARY:Call\\nBcc: eve@evil.example\\r\\nX-Evil: 1"
    )
    give(Message.objects.get(pk=arrive(raw).message_id), nadia)
    leave()

    (sent,) = sink.mails
    mail = message_from_bytes(sent.raw)
    assert (sent.recipients, mail["Bcc"], mail["X-Evil"]) == ([VERA], None, None)


def test_the_panel_offers_the_answers_and_tells_the_one_that_was_given(invited, nadia, client_of):
    client = client_of(nadia)
    page = f"/mail/messages/{invited.pk}/invitation"
    assert [word in client.get(page).content.decode() for word in ("Accept", "Perhaps", "Decline")] == [
        True
    ] * 3

    client.post(page, {"key": str(uuid4()), "answer": "tentative"})

    told = client.get(page).content.decode()
    assert "Nadia Haddad answered “perhaps”" in told
    assert "Undo" in told


def test_S_025_a_colleague_of_another_brand_finds_no_invitation(invited, piet, client_of):
    page = f"/mail/messages/{invited.pk}/invitation"

    assert client_of(piet).get(page).status_code == 404
    assert client_of(piet).post(page, {"key": str(uuid4()), "answer": "accepted"}).status_code == 404


def test_the_timeline_fetches_the_answer_and_the_evidence_only_when_asked(
    invited, arrive, nadia, client_of, django_assert_num_queries
):
    client = client_of(nadia)
    shown = client.get(f"/tickets/{invited.ticket.number}").content.decode()
    assert f"/mail/messages/{invited.pk}/invitation" in shown
    assert f"/mail/placements/{invited.pk}" in shown

    with django_assert_num_queries(2) as one:
        timeline_of(invited.ticket_id)
    arrive(an_invitation(message_id="<2@nordlys.example>", answers="<invite@nordlys.example>"))
    with django_assert_num_queries(len(one)):
        assert len(timeline_of(invited.ticket_id).items) == 2
