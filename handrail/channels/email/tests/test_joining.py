"""A mail joins the ticket it can prove to belong to, and no other."""

import secrets

import pytest

from handrail.channels.email import shelves, tokens
from handrail.channels.email.events import MailTroubleNoticed
from handrail.channels.email.models import EmailAccount
from handrail.channels.email.placing import FALSE_TOKENS
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.models import FactRow
from handrail.kit import clock
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE

STRANGER = {"from": "Mallory <mallory@evil.example>", "message_id": "<m1@evil.example>"}


@pytest.fixture
def ticket(support, arrive) -> Ticket:
    """Vera's ticket, come by mail."""
    return _message_of(arrive(a_mail())).ticket


@pytest.fixture
def token(ticket) -> str:
    """The reply address of Vera's ticket."""
    return tokens.reply_address("support@harbour.example", ticket_id=ticket.pk, number=ticket.number)


def _message_of(mail) -> Message:
    assert mail.state == "done", mail.reason
    return Message.objects.get(pk=mail.message_id)


def test_the_customers_answer_to_the_reply_address_joins(ticket, token, arrive):
    again = _message_of(arrive(a_mail(message_id="<2@nordlys.example>", subject="Re: parcel", to=token)))

    assert again.ticket == ticket
    assert again.standing == Message.Standing.ON_TICKET


def test_the_reply_address_counts_in_the_envelope_too_and_in_capital_letters(ticket, token, arrive):
    again = arrive(a_mail(message_id="<2@nordlys.example>"), to=[token.upper()])

    assert _message_of(again).ticket == ticket


def test_S_031_a_bare_number_joins_nothing(ticket, arrive):
    number = ticket.number
    tries = [
        a_mail(**STRANGER, subject=f"Re: [#{number}] Where is my parcel?"),
        a_mail(**STRANGER | {"message_id": "<m2@evil.example>"}, to=f"support+{number}@harbour.example"),
        a_mail(**STRANGER | {"message_id": "<m3@evil.example>"}, to=f"support+r{number}@harbour.example"),
        a_mail(message_id="<v@nordlys.example>", subject=f"Re: [#{number}]"),
    ]

    joined = [_message_of(arrive(each)).ticket for each in tries]

    assert ticket not in joined
    assert ticket.messages.count() == 1


def test_S_031_a_public_message_id_in_a_strangers_mail_joins_nothing(ticket, arrive):
    mail = a_mail(**STRANGER, in_reply_to="<first@nordlys.example>", references="<first@nordlys.example>")

    assert _message_of(arrive(mail)).ticket != ticket


def test_S_031_our_own_message_id_in_a_strangers_mail_joins_nothing(ticket, nadia, arrive):
    reply = ticket.reply(text="On its way.", by=nadia, at=NINE)
    reply.refresh_from_db()

    mail = a_mail(**STRANGER, in_reply_to=f"<{reply.external_id}>")

    assert _message_of(arrive(mail)).ticket != ticket


def test_S_032_no_forged_token_joins(ticket, token, arrive, settings):
    good = tokens.token_for(ticket_id=ticket.pk, number=ticket.number)
    forged = list(_forgeries(good, settings))
    assert len(set(forged)) >= 10_000

    for count, start in enumerate(range(0, len(forged), 40)):
        addresses = ", ".join(f"support+{each}@harbour.example" for each in forged[start : start + 40])
        mail = a_mail(**STRANGER | {"message_id": f"<{count}@evil.example>"}, to=addresses)
        claims = [tokens.read(each) for each in forged[start : start + 40]]
        assert not any(
            claim and claim.is_true_of(ticket_id=ticket.pk, number=ticket.number) for claim in claims
        )
        if count % 50 == 0:
            assert _message_of(arrive(mail)).ticket != ticket

    assert ticket.messages.count() == 1
    assert _message_of(arrive(a_mail(message_id="<v2@nordlys.example>", to=token))).ticket == ticket


def _forgeries(good: str, settings):
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    for place in range(1, 29):
        yield from (good[:place] + letter + good[place + 1 :] for letter in letters if letter != good[place])
    yield from (good[:length] for length in range(len(good)))
    yield from (good[:29] + str(number) for number in range(1, 1000))
    for _ in range(8_200):
        yield good[:3] + "".join(secrets.choice(letters) for _ in range(26)) + good[29:]


def test_S_032_who_tries_tokens_is_slowed_down_and_rings_the_bell_once(ticket, token, arrive, settings):
    settings.MAIL_HELD_AFTER = 50
    tries = [_tried(token, number) for number in range(FALSE_TOKENS + 5)]

    came = [arrive(each, at=clock.now()) for each in tries]

    held = [mail for mail in came if mail.state == "held"]
    assert [mail.state for mail in came[:FALSE_TOKENS]] == ["done"] * FALSE_TOKENS
    assert [mail.reason for mail in held] == ["false-token"] * 5
    told = FactRow.objects.filter(kind=MailTroubleNoticed.kind, payload__topic="held")
    assert len({(fact.subject_id, fact.at.hour) for fact in told}) == 1
    assert ticket.messages.count() == 1


def test_S_032_a_false_token_is_said_on_the_message_and_slows_nobody_else_down(
    ticket, token, arrive, settings
):
    settings.MAIL_HELD_AFTER = 50
    for number in range(FALSE_TOKENS + 1):
        arrive(_tried(token, number), at=clock.now())

    toms = _tried(token, 99).replace(b"mallory@evil.example", b"tom@akande.example")
    others = arrive(toms, at=clock.now())

    warned = shelves.evidence_of([others.message_id])[others.message_id].warnings
    assert [str(words) for words, _detail in warned] == [
        "It was written to a reply address that is none of ours."
    ]


def _tried(token: str, number: int) -> bytes:
    """A mail to the ticket's reply address with one letter changed."""
    wrong = "b" if token[12] == "a" else "a"
    return a_mail(
        **STRANGER | {"message_id": f"<t{number}@evil.example>"}, to=token[:12] + wrong + token[13:]
    )


def test_S_032_a_token_of_a_key_that_is_no_longer_known_joins_nothing(ticket, settings, arrive):
    settings.SECRET_KEY, known = "another key entirely", settings.SECRET_KEY
    foreign = tokens.reply_address("support@harbour.example", ticket_id=ticket.pk, number=ticket.number)
    settings.SECRET_KEY = known

    assert _message_of(arrive(a_mail(message_id="<2@nordlys.example>", to=foreign))).ticket != ticket


def test_a_token_of_an_old_key_still_joins(ticket, token, settings, arrive):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key"

    assert _message_of(arrive(a_mail(message_id="<2@nordlys.example>", to=token))).ticket == ticket


def test_a_token_joins_its_own_ticket_only(ticket, support, arrive):
    other = _message_of(arrive(a_mail(**STRANGER))).ticket
    crossed = tokens.token_for(ticket_id=ticket.pk, number=ticket.number).replace(
        str(ticket.number), str(other.number)
    )

    came = arrive(a_mail(message_id="<2@nordlys.example>", to=f"support+{crossed}@harbour.example"))

    assert _message_of(came).ticket not in (ticket, other)


def test_S_033_a_valid_token_in_a_strangers_hands_makes_them_no_participant(
    ticket, token, arrive, client_of, nadia
):
    came = _message_of(arrive(a_mail(**STRANGER, to=token)))

    ticket.refresh_from_db()
    assert came.ticket == ticket
    assert came.standing == Message.Standing.THIRD_PARTY
    assert "Not on this ticket" in client_of(nadia).get(f"/tickets/{ticket.number}").content.decode()
    assert ticket.requester.name == "Vera Lindqvist"
    assert list(ticket.participants.values_list("address", flat=True)) == ["vera@nordlys.example"]


def test_S_033_what_we_answer_afterwards_does_not_go_to_the_stranger(ticket, token, nadia, arrive, sink):
    from handrail.kit import drains

    arrive(a_mail(**STRANGER, to=token))
    ticket.reply(text="Only for Vera.", by=nadia, at=NINE)

    drains.empty("outgoing")

    assert [mail.recipients for mail in sink.mails] == [["vera@nordlys.example"]]


def test_a_participants_answer_without_token_joins_by_our_message_id(ticket, nadia, arrive):
    reply = ticket.reply(text="On its way.", by=nadia, at=NINE)
    reply.refresh_from_db()

    came = _message_of(arrive(a_mail(message_id="<2@nordlys.example>", in_reply_to=f"<{reply.external_id}>")))

    assert (came.ticket, came.standing) == (ticket, Message.Standing.ON_TICKET)


def test_customers_who_write_among_themselves_with_us_in_copy_stay_on_one_ticket(support, arrive):
    first = _message_of(arrive(a_mail(to="Tom <tom@akande.example>", cc="support@harbour.example")))

    second = _message_of(
        arrive(
            a_mail(
                **{"from": "Tom Akande <Tom@Akande.example>"},
                message_id="<t@akande.example>",
                references="<unseen@nordlys.example> <first@nordlys.example>",
                to="vera@nordlys.example",
                cc="support@harbour.example",
            )
        )
    )

    assert second.ticket == first.ticket


def test_who_a_third_party_wrote_to_does_not_get_onto_the_ticket_by_that(ticket, token, arrive):
    arrive(a_mail(**STRANGER, to=f"{token}, friend@evil.example"))

    friend = arrive(
        a_mail(
            **{"from": "friend@evil.example"}, message_id="<f@evil.example>", in_reply_to="<m1@evil.example>"
        )
    )

    assert _message_of(friend).ticket != ticket


def test_whom_the_agent_put_in_copy_takes_part(ticket, token, nadia, arrive):
    ticket.reply(text="Tom, can you look?", by=nadia, cc=[("Tom", "tom@akande.example")], at=NINE)

    came = arrive(a_mail(**{"from": "tom@akande.example"}, message_id="<t@akande.example>", to=token))

    assert _message_of(came).standing == Message.Standing.ON_TICKET


def test_S_025_a_token_of_another_brand_joins_nothing(house, ticket, token, arrive, deliver):
    office = EmailAccount.open(
        address="office@harbour.example", display_name="Office", brand=house.office, by=None, at=NINE
    )

    came = arrive(
        a_mail(message_id="<2@nordlys.example>", to=token, in_reply_to="<first@nordlys.example>"),
        account=office,
    )

    assert _message_of(came).ticket.brand == house.office


def test_two_senders_without_a_name_are_not_taken_for_one(support, arrive):
    first = _message_of(arrive(a_mail(**{"from": ""})))

    second = arrive(
        a_mail(**{"from": ""}, message_id="<2@nordlys.example>", in_reply_to="<first@nordlys.example>")
    )

    assert _message_of(second).ticket != first.ticket


def test_the_customers_answer_opens_a_closed_ticket_again(ticket, token, nadia, arrive):
    ticket.close(by=nadia, reason="Delivered", at=NINE)

    arrive(a_mail(message_id="<2@nordlys.example>", to=token))

    ticket.refresh_from_db()
    assert ticket.status == Ticket.Status.OPEN


def test_R_029_a_bounce_joins_its_ticket_marks_the_answer_and_opens_nothing(ticket, token, nadia, arrive):
    answer = ticket.reply(text="On its way.", by=nadia, at=NINE)
    answer.refresh_from_db()
    ticket.close(by=nadia, reason="Delivered", at=NINE)
    bounce = a_mail(
        **{"from": "MAILER-DAEMON@mx.example"},
        message_id="<b@mx.example>",
        subject="Undelivered Mail Returned to Sender",
        to=token,
        content_type="multipart/report; report-type=delivery-status; boundary=b",
        text="--b\r\n\r\nCould not be delivered\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; vera@nordlys.example\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{answer.external_id}>\r\n\r\n--b--\r\n",
    )

    came = _message_of(arrive(bounce))

    ticket.refresh_from_db()
    answer.refresh_from_db()
    assert (came.ticket, came.automatic) == (ticket, "bounce")
    assert answer.delivery == Message.Delivery.BOUNCED
    assert answer.delivery_detail == "vera@nordlys.example 5.1.1"
    assert ticket.status == Ticket.Status.CLOSED


@pytest.mark.parametrize("long", [False, True])
def test_a_reply_address_is_never_longer_than_mail_servers_take(ticket, long):
    local = "customer-service-for-all-parcels" if long else "support"

    address = tokens.reply_address(f"{local}@h.example", ticket_id=ticket.pk, number=10**12)

    assert len(address.partition("@")[0]) <= 64
    assert ("+" in address) is not long
