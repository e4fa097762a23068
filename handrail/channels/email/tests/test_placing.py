"""Doubtful mail waits for a person, deceit is named, and nothing that anybody can write joins by itself."""

import pytest

from handrail.channels.email import deceit, deciding, shelves, tokens
from handrail.channels.email.models import Precedent, RawMail
from handrail.channels.email.senders import SenderState
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.models import FactRow
from handrail.kit import clock, drains
from handrail.kit.jobs import waiting
from handrail.tickets import moving
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE

FORGED = "mx.harbour.example; dmarc=fail header.from=nordlys.example; dkim=pass header.d=evil.example"
PROVED = "mx.harbour.example; dmarc=pass header.from=nordlys.example"
STAMPED = {"received": "from out.example by mx.harbour.example; Mon, 16 Nov 2026 09:00:00 +0000"}


@pytest.fixture(autouse=True)
def _our_server(settings):
    settings.MAIL_AUTHSERV_IDS = ("mx.harbour.example",)


@pytest.fixture
def ticket(support, arrive) -> Ticket:
    return _message_of(arrive(a_mail())).ticket


@pytest.fixture
def token(ticket) -> str:
    return tokens.reply_address("support@harbour.example", ticket_id=ticket.pk, number=ticket.number)


def _message_of(mail) -> Message:
    assert mail.state == "done", mail.reason
    return Message.objects.get(pk=mail.message_id)


def _stamped(result: str, **changes: str) -> bytes:
    return a_mail(authentication_results=result, **STAMPED | {"message_id": "<n@nordlys.example>"} | changes)


def test_S_034_mail_that_fails_dmarc_is_held_and_nobody_in_copy_is_added(ticket, token, arrive):
    came = arrive(_stamped(FORGED, to=token, cc="mallory@evil.example"))

    assert (came.state, came.reason) == ("held", "failed-sender")
    assert ticket.messages.count() == 1
    assert list(ticket.participants.values_list("address", flat=True)) == ["vera@nordlys.example"]


def test_S_034_a_forged_first_mail_opens_no_ticket_in_the_customers_name(support, arrive):
    came = arrive(_stamped(FORGED))

    assert came.state == "held"
    assert Ticket.objects.count() == 0


def test_who_looks_after_mail_hears_of_held_mail_once_an_hour_for_a_sender(support, arrive):
    for number in range(3):
        arrive(_stamped(FORGED, message_id=f"<{number}@nordlys.example>"))

    facts = FactRow.objects.filter(kind="channels.email.MailTroubleNoticed")
    assert len({(row.subject_id, row.at) for row in facts}) == 1


@pytest.mark.parametrize(
    "mail",
    [
        {"from": "no-reply@chat.example", "to": "{token}", "subject": "Confirm your account",
         "text": "Your code is 493021\r\n"},
        {"from": "no-reply@chat.example", "subject": "Verify your e-mail address",
         "text": "https://chat.example/verify?token=493021493021493021\r\n"},
        {"from": "feedback@chat.example", "to": "{token}", "auto_submitted": "auto-generated"},
    ],
)  # fmt: skip
def test_S_036_what_a_service_sends_to_prove_an_address_is_held(ticket, token, mail, arrive):
    fields = {name: value.format(token=token) for name, value in mail.items()}

    came = arrive(a_mail(**{"message_id": "<s@chat.example>", **fields}))

    assert came.state == "held"
    assert Message.objects.count() == 1


def test_an_answer_over_a_mailing_list_by_whom_the_customer_wrote_to_is_not_held(support, arrive):
    first = _message_of(arrive(a_mail(to="support@harbour.example, Olav <olav@nordlys.example>")))
    known = {"from": "Olav <olav@nordlys.example>", "list_id": "<parcels.nordlys.example>"}

    came = _message_of(arrive(a_mail(**known, message_id="<o@nordlys.example>", in_reply_to=first_id(first))))

    assert came.ticket == first.ticket


def first_id(message: Message) -> str:
    return f"<{message.external_id}>"


def test_S_037_mail_in_a_colleagues_name_is_no_answer_of_ours_and_warns(ticket, token, nadia, arrive):
    fake = {"from": "Nadia Haddad <nadia@harbour.example>", "message_id": "<f@evil.example>"}

    came = _message_of(arrive(a_mail(**fake, to=token, text="Please pay to this account.\r\n")))

    assert (came.kind, came.standing) == (Message.Kind.CUSTOMER, Message.Standing.THIRD_PARTY)
    warned = [str(words) for words, _detail in shelves.evidence_of([came.pk])[came.pk].warnings]
    assert warned == ["It names a colleague as its sender, and nothing proves that."]
    assert FactRow.objects.filter(kind="channels.email.PhishingSuspected", subject_id=came.pk).exists()


def test_S_037_the_name_of_a_colleague_from_elsewhere_warns(support, nadia, arrive):
    came = _message_of(arrive(a_mail(**{"from": "Nadia Haddad <nadia@evil.example>"})))

    warned = [str(words) for words, _detail in shelves.evidence_of([came.pk])[came.pk].warnings]
    assert warned == ["The sender bears the name of a colleague, from another address."]


def test_S_038_reply_to_gives_neither_identity_nor_rights(ticket, nadia, arrive):
    other = a_mail(
        **{"from": "Mallory <mallory@evil.example>"},
        reply_to="vera@nordlys.example",
        sender="vera@nordlys.example",
        return_path="<vera@nordlys.example>",
        x_original_from="vera@nordlys.example",
        in_reply_to="<first@nordlys.example>",
        message_id="<m@evil.example>",
    )

    came = _message_of(arrive(other))

    assert came.sender == "mallory@evil.example"
    assert came.ticket != ticket
    assert came.ticket.requester != ticket.requester


@pytest.mark.parametrize(
    "control", ["X-Handrail-Ticket", "X-Ticket-Number", "X-Handrail-Agent", "X-RT-Ticket"]
)
def test_S_041_headers_that_name_our_control_change_nothing(ticket, control, arrive):
    raw = a_mail(**{"from": "m@evil.example", "message_id": "<c@evil.example>"})

    came = _message_of(arrive(f"{control}: {ticket.number}\r\n".encode() + raw))

    assert came.ticket != ticket


def test_the_sender_state_stands_on_the_message(support, arrive):
    assert _message_of(arrive(_stamped(PROVED))).sender_state == "verified"
    assert _message_of(arrive(a_mail(message_id="<p@nordlys.example>"))).sender_state == "unverified"
    robot = a_mail(message_id="<r@x.example>", auto_submitted="auto-generated", **{"from": "cron@x.example"})
    assert _message_of(arrive(robot)).sender_state == "automated"


def test_the_right_sender_joins_by_number_only_when_proved(ticket, arrive):
    named = {"subject": f"Re: [#{ticket.number}] Where is my parcel?"}

    bare = arrive(a_mail(message_id="<b@nordlys.example>", **named))
    proved = arrive(_stamped(PROVED, **named))

    assert (bare.state, bare.reason, bare.findings["perhaps"]) == ("held", "place-doubtful", ticket.number)
    assert _message_of(proved).ticket == ticket


def test_an_answer_that_lost_its_headers_joins_by_what_it_quotes(ticket, nadia, arrive):
    ticket.reply(text="Your parcel waits at the depot in Kiel until Friday.", by=nadia, at=NINE)
    quoting = "Thank you!\r\n\r\n> Your parcel waits at the depot in Kiel until Friday.\r\n"

    came = _message_of(
        arrive(a_mail(message_id="<q@nordlys.example>", subject="AW: Where is my parcel?", text=quoting))
    )

    assert came.ticket == ticket
    reasons = [str(words) for words in shelves.evidence_of([came.pk])[came.pk].reasons]
    assert "It quotes what we wrote" in reasons


ANSWERED = "Yes.\r\n\r\nOn Mon, Nov 16, 2026 at 10:00 AM Harbour Parcels wrote:\r\n> On its way.\r\n"


def test_an_answer_that_tells_when_we_wrote_is_asked_about_and_joins_when_proved(ticket, nadia, arrive):
    """Two words are no quotation; the minute above them points at the ticket, and is soon guessed."""
    ticket.reply(text="On its way.", by=nadia, at=NINE)
    answer = {"subject": "Re: Where is my parcel?", "text": ANSWERED}

    bare = arrive(a_mail(message_id="<b@nordlys.example>", **answer))
    proved = arrive(_stamped(PROVED, **answer))
    stranger = arrive(a_mail(message_id="<m@evil.example>", **answer, **{"from": "m@evil.example"}))

    assert (bare.state, bare.reason, bare.findings["perhaps"]) == ("held", "place-doubtful", ticket.number)
    assert _message_of(proved).ticket == ticket
    assert _message_of(stranger).ticket != ticket


def test_S_031_a_number_and_the_minute_of_our_answer_join_nothing(ticket, nadia, arrive):
    ticket.reply(text="On its way.", by=nadia, at=NINE)
    subject = f"Re: [#{ticket.number}] Where is my parcel?"

    came = arrive(a_mail(message_id="<b@nordlys.example>", subject=subject, text=ANSWERED))

    assert (came.state, came.reason) == ("held", "place-doubtful")


def test_the_minute_of_no_answer_of_ours_points_nowhere(ticket, arrive):
    answer = {"subject": "Re: Where is my parcel?", "text": ANSWERED}

    assert _message_of(arrive(a_mail(message_id="<b@nordlys.example>", **answer))).ticket != ticket


def test_a_strangers_quotation_joins_nothing(ticket, nadia, arrive):
    ticket.reply(text="Your parcel waits at the depot in Kiel until Friday.", by=nadia, at=NINE)
    quoting = "Hello\r\n\r\n> Your parcel waits at the depot in Kiel until Friday.\r\n"
    stranger = {
        "from": "m@evil.example",
        "message_id": "<q@evil.example>",
        "subject": "Re: Where is my parcel?",
    }

    assert _message_of(arrive(a_mail(**stranger, text=quoting))).ticket != ticket


def test_a_reply_address_in_the_quotation_joins_too(ticket, token, arrive):
    quoting = (
        f"Yes please.\r\n\r\nOn Monday Nadia at Harbour <{token}> wrote:\r\n> Shall we send it again?\r\n"
    )

    came = _message_of(arrive(a_mail(message_id="<q@nordlys.example>", subject="Parcel", text=quoting)))

    assert came.ticket == ticket


def test_a_held_mail_goes_where_a_person_says_and_keeps_its_time(ticket, ada, arrive):
    mail = arrive(_stamped(FORGED))

    deciding.put_on_ticket(mail, ticket, subject="Where is my parcel?", by=ada.user, at=clock.now())
    drains.empty("raw_mail")

    mail.refresh_from_db()
    came = _message_of(mail)
    assert (came.ticket, came.at) == (ticket, NINE)
    assert not Precedent.objects.exists(), "a forger is not believed the next time"


def test_of_two_people_who_decide_one_wins(ticket, ada, arrive):
    mail = arrive(_stamped(FORGED))
    other = RawMail.objects.get(pk=mail.pk)
    deciding.call_spam(mail, by=ada.user, at=clock.now())

    with pytest.raises(RawMail.NotKeptBack):
        deciding.call_spam(other, by=ada.user, at=clock.now())


def test_spam_can_be_taken_back_and_become_a_ticket(support, ada, arrive):
    mail = arrive(_stamped(FORGED))
    deciding.call_spam(mail, by=ada.user, at=clock.now())
    deciding.take_back(mail, by=ada.user, at=clock.now())
    deciding.open_ticket(mail, subject="Where is my parcel?", by=ada.user, at=clock.now())
    drains.empty("raw_mail")

    mail.refresh_from_db()
    assert _message_of(mail).ticket.requester.name == "Vera Lindqvist"


def test_what_was_decided_is_remembered_for_the_next_mail(ticket, ada, arrive):
    doubtful = {"subject": f"Re: [#{ticket.number}] Where is my parcel?"}
    first = arrive(a_mail(message_id="<1@nordlys.example>", **doubtful))
    deciding.put_on_ticket(first, ticket, subject=doubtful["subject"], by=ada.user, at=clock.now())
    drains.empty("raw_mail")

    second = arrive(a_mail(message_id="<2@nordlys.example>", text="And another thing.\r\n", **doubtful))

    assert _message_of(second).ticket == ticket


def test_a_message_that_does_not_belong_goes_to_a_ticket_of_its_own(ticket, token, ada, arrive):
    came = _message_of(arrive(a_mail(message_id="<2@nordlys.example>", to=token, text="Another matter.\r\n")))

    moved = deciding.correct(came, to=None, by=ada, at=clock.now())

    came.refresh_from_db()
    assert (came.ticket, moved.requester) == (moved, ticket.requester)
    assert moved != ticket
    assert list(moved.participants.values_list("address", "part")) == [("vera@nordlys.example", "requester")]
    assert [str(words) for words in shelves.evidence_of([came.pk])[came.pk].reasons] == [
        "A colleague put it there"
    ]


def test_the_only_message_of_a_ticket_stays(ticket, ada):
    with pytest.raises(moving.OnlyMessage):
        deciding.correct(ticket.messages.get(), to=None, by=ada, at=clock.now())


def test_a_stranger_whose_message_is_put_on_a_ticket_is_no_participant(ticket, support, ada, arrive):
    other = _message_of(arrive(a_mail(**{"from": "m@evil.example", "message_id": "<m1@evil.example>"})))
    again = _message_of(
        arrive(
            a_mail(
                **{"from": "m@evil.example", "message_id": "<m2@evil.example>"},
                in_reply_to="<m1@evil.example>",
            )
        )
    )
    assert again.ticket == other.ticket

    deciding.correct(again, to=ticket, by=ada, at=clock.now())

    again.refresh_from_db()
    assert (again.ticket, again.standing) == (ticket, Message.Standing.THIRD_PARTY)
    assert ticket.participants.count() == 1


def test_held_and_spam_cost_the_same_queries_for_one_row_and_for_three(
    support, ada, arrive, django_assert_num_queries
):
    arrive(_stamped(FORGED))
    with django_assert_num_queries(1) as one:
        shelves.held(ada.user, before=None)
    for number in range(2):
        arrive(_stamped(FORGED, message_id=f"<{number}@nordlys.example>"))

    with django_assert_num_queries(len(one)):
        assert len(shelves.held(ada.user, before=None).rows) == 3


@pytest.mark.parametrize(
    ("domain", "alike"),
    [
        ("harb0ur.example", True),
        ("harbuor.example", True),
        ("hаrbour.example", True),
        ("harbour.example.evil.com", True),
        ("mail.harbour.example", False),
        ("nordlys.example", False),
        ("gmail.com", False),
    ],
)
def test_a_domain_that_could_be_taken_for_ours_is_named(domain, alike):
    assert deceit.looks_like(domain, "harbour.example") is alike


def test_a_link_that_lies_is_named(support, arrive):
    html = '<p><a href="https://evil.example/x">https://bank.example/login</a></p>'
    raw = a_mail(content_type="text/html", text=html)

    came = _message_of(arrive(raw))

    warned = shelves.evidence_of([came.pk])[came.pk].warnings
    assert [detail for _words, detail in warned] == ["bank.example → evil.example"]


def test_a_file_that_runs_is_named(support, arrive):
    part = 'Content-Disposition: attachment; filename="invoice.pdf.js"\r\n\r\nalert(1)\r\n'
    text = f"--b\r\n\r\nSee the file.\r\n--b\r\nContent-Type: text/javascript\r\n{part}--b--\r\n"

    came = _message_of(arrive(a_mail(content_type="multipart/mixed; boundary=b", text=text)))

    warned = shelves.evidence_of([came.pk])[came.pk].warnings
    assert [detail for _words, detail in warned] == ["invoice.pdf.js"]


def test_states_have_words_for_each(support):
    assert {state.value for state in SenderState} == set(Message.SenderState.values) - {""}


def test_a_message_can_be_called_spam_which_ends_a_ticket_that_nobody_answered(ticket, ada):
    deciding.call_message_spam(ticket.messages.get(), by=ada, at=clock.now())

    ticket.refresh_from_db()
    assert ticket.closure.reason == "spam"
    assert [job.name.rpartition(".")[2] for job in waiting()].count("learn") == 1


def test_who_decides_about_held_mail_cannot_read_what_became_a_ticket(support, nadia, arrive, client_of):
    held, done = (
        arrive(_stamped(FORGED)),
        arrive(a_mail(message_id="<d@x.example>", **{"from": "d@x.example"})),
    )

    answers = [client_of(nadia).get(f"/settings/held/{mail.pk}/bytes").status_code for mail in (held, done)]

    assert answers == [200, 404]


def test_an_agent_decides_by_one_click(ticket, nadia, arrive, client_of):
    held = arrive(
        a_mail(message_id="<b@nordlys.example>", subject=f"Re: [#{ticket.number}] Where is my parcel?")
    )

    page = client_of(nadia).get("/settings/held").content.decode()
    assert f"Put on #{ticket.number}" in page
    client_of(nadia).post(
        f"/settings/held/{held.pk}/decision", {"decision": "ticket", "number": ticket.number}
    )
    drains.empty("raw_mail")

    held.refresh_from_db()
    assert _message_of(held).ticket == ticket
