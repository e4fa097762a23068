"""The hard days of the outbox: servers away, dead domains, faults in between, clocks that differ."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from handrail.accounts import letters
from handrail.channels.email import servers
from handrail.channels.email.models import Delivery, Obstacle, OutgoingMail
from handrail.channels.email.models.outgoing.ending import LONGEST_PAUSE, SHORTEST_PAUSE
from handrail.channels.email.models.outgoing.queryset import AT_ONCE_TO_A_DOMAIN
from handrail.channels.email.tests.test_outbox import answer, just_now, later, mail_of, of_age
from handrail.events.models import FactRow
from handrail.files import storing
from handrail.kit import clock, drains
from handrail.tickets import answering
from handrail.tickets.models import Draft, Message, Ticket
from handrail.tickets.planning import WallTime
from tests.cast import NINE

__all__ = ["answer"]


@pytest.fixture
def answer_to(write, nadia, support):
    """Let Nadia answer somebody else: `answer_to("tom@akande.example", "…")`."""

    def say(address: str, text: str = "Hello", **more):
        ticket = write(address=address, external_id=f"{address}.{text}@x.example").ticket
        return ticket.reply(text=text, by=nadia, at=more.pop("at", just_now()), **more)

    return say


def bodies(sink) -> list[str]:
    return [mail.parsed.get_payload().strip() for mail in sink.mails]


def test_R_034_who_looks_after_mail_is_told_within_five_minutes_once(answer, sink):
    sink.stop()
    answer()
    for _minute in range(8):
        drains.empty("outgoing")
        later(1)

    told = FactRow.objects.filter(kind="channels.email.MailTroubleNoticed")

    assert timedelta(minutes=5) > servers.ALARM_AFTER
    assert [row.payload["topic"] for row in told] == ["server-away"]


def test_R_034_a_server_is_looked_at_again_within_half_a_minute(answer, sink):
    sink.stop()
    answer()
    for _ in range(20):
        drains.empty("outgoing")
        later(1)
    drains.empty("outgoing")

    obstacle = Obstacle.objects.get()

    assert obstacle.until - clock.now() <= timedelta(seconds=31)


def test_R_034_after_the_server_is_back_each_tickets_answers_leave_in_order_and_once(answer, answer_to, sink):
    port = sink.port
    sink.stop()
    for number in range(3):
        answer(f"Vera {number}")
        answer_to("tom@akande.example", f"Tom {number}")
    drains.empty("outgoing")
    sink.start(port)
    later(1)

    drains.empty("outgoing")

    vera = [text for text in bodies(sink) if text.startswith("Vera")]
    assert vera == ["Vera 0", "Vera 1", "Vera 2"]
    assert sorted(bodies(sink)) == sorted([*vera, "Tom 0", "Tom 1", "Tom 2"])
    assert not Obstacle.objects.exists()


def test_R_035_a_dead_domain_holds_up_no_other_and_is_left_in_peace(answer_to, sink):
    sink.answers["@dead.example"] = "hang up"
    dead = [answer_to(f"p{number}@dead.example") for number in range(4)]
    well = [answer_to(f"p{number}@well{number}.example") for number in range(4)]

    drains.empty("outgoing")

    assert [mail_of(each).state for each in well] == ["sent"] * 4
    assert [mail_of(each).state for each in dead] == ["queued"] * 4
    assert sum(command.endswith("@dead.example>") for command in sink.commands) == 1
    assert Obstacle.objects.get().name == "dead.example"


def test_R_035_of_one_mail_who_lives_elsewhere_gets_it_though_one_domain_is_dead(answer, sink):
    sink.answers["@dead.example"] = "hang up"
    message = answer(cc=[("", "a@dead.example"), ("", "tom@akande.example")])

    drains.empty("outgoing")

    message.refresh_from_db()
    assert [mail.recipients for mail in sink.mails] == [["vera@nordlys.example", "tom@akande.example"]]
    assert {one["address"]: one["state"] for one in message.deliveries} == {
        "vera@nordlys.example": "sent",
        "tom@akande.example": "sent",
        "a@dead.example": "queued",
    }

    sink.answers.clear()
    later()
    drains.empty("outgoing")

    assert sink.mails[1].recipients == ["a@dead.example"]
    assert mail_of(message).state == "sent"


def test_R_035_a_copy_that_is_put_off_holds_up_no_later_answer(answer, sink):
    sink.answers["RCPT TO:<slow@"] = "450 later"
    answer("First", cc=[("", "slow@elsewhere.example")])
    answer("Second")

    drains.empty("outgoing")

    assert bodies(sink) == ["First", "Second"]


def test_R_035_no_more_mails_go_to_one_domain_at_once_than_its_share(answer_to, sink):
    for number in range(AT_ONCE_TO_A_DOMAIN + 1):
        answer_to(f"p{number}@big.example")
    answer_to("tom@akande.example")
    taken = [OutgoingMail.take() for _ in range(AT_ONCE_TO_A_DOMAIN + 1)]

    domains = [OutgoingMail.objects.get(pk=pk).domain for pk in taken if pk]

    assert domains.count("big.example") == AT_ONCE_TO_A_DOMAIN
    assert domains.count("akande.example") == 1
    assert OutgoingMail.take() is None


def test_P_06_mails_whose_senders_died_do_not_wait_for_each_other(answer_to, sink):
    for number in range(AT_ONCE_TO_A_DOMAIN):
        answer_to(f"p{number}@akande.example", f"answer {number}")
        OutgoingMail.take()
    died = just_now() - timedelta(seconds=6)
    OutgoingMail.objects.update(tried_at=died)

    drains.empty("outgoing")

    assert set(OutgoingMail.objects.values_list("state", flat=True)) <= {"sent", "uncertain"}


def test_R_035_one_greylisted_mail_stops_no_other_to_its_domain(answer_to, sink):
    sink.answers["RCPT TO:<p0@"] = "450 greylisted"
    grey, fine = answer_to("p0@big.example"), answer_to("p1@big.example")

    drains.empty("outgoing")

    assert (mail_of(grey).state, mail_of(fine).state) == ("queued", "sent")


@pytest.mark.parametrize(
    ("age", "least", "most"),
    [
        (timedelta(0), SHORTEST_PAUSE, SHORTEST_PAUSE),
        (timedelta(hours=10), timedelta(minutes=30), timedelta(minutes=30)),
        (timedelta(days=4), LONGEST_PAUSE, LONGEST_PAUSE),
    ],
)
def test_R_035_pauses_grow_with_age_and_differ_a_little(answer, age, least, most):
    mail = mail_of(answer())
    tried = (mail.pause_at_age(at=mail.due_at + age) for _ in range(30))
    pauses = {pause for pause in tried if pause}

    assert min(pauses) >= least * 0.8
    assert max(pauses) <= most * 1.21
    assert len(pauses) > 5
    assert mail.pause_at_age(at=mail.due_at + timedelta(days=5, minutes=1)) is None


def test_R_036_in_doubt_who_had_not_been_asked_is_not_in_doubt(answer, sink):
    sink.answers["RCPT TO:<gone@"] = "550 5.1.1 gone"
    sink.ends = ["keep and hang up"]
    message = answer(cc=[("", "gone@nordlys.example")])

    drains.empty("outgoing")

    states = dict(Delivery.objects.values_list("address", "state"))
    assert states == {"vera@nordlys.example": "uncertain", "gone@nordlys.example": "failed"}
    message.refresh_from_db()
    assert message.delivery == Message.Delivery.UNCERTAIN


def test_R_038_each_recipient_has_a_state_with_words_and_time(answer, sink):
    sink.answers["RCPT TO:<gone@"] = "550 gone"
    message = answer(cc=[("Gone", "gone@nordlys.example")])

    drains.empty("outgoing")

    message.refresh_from_db()
    assert [(one["address"], one["state"], one["detail"]) for one in message.deliveries] == [
        ("vera@nordlys.example", "sent", ""),
        ("gone@nordlys.example", "failed", "550 gone"),
    ]
    assert all(datetime.fromisoformat(one["at"]).tzinfo for one in message.deliveries)


def test_R_038_an_answer_that_did_not_reach_the_customer_failed_whoever_had_a_copy(answer, sink):
    sink.answers["RCPT TO:<vera@"] = "550 no such user"
    message = answer(cc=[("", "tom@akande.example")])

    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.FAILED
    assert sink.mails[0].recipients == ["tom@akande.example"]


BREAKS = """
    CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
    CREATE TRIGGER broken BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION break_it();
"""


@pytest.mark.parametrize(
    "table",
    [
        *("tickets_message", "tickets_attachment", "tickets_closure", "events_fact"),
        *("channels_email_outgoingmail", "channels_email_delivery"),
    ],
)
def test_R_039_answer_status_facts_and_outbox_are_written_together_or_not_at_all(
    support, lost_parcel, nadia, omar, sink, table
):
    lost_parcel.assign(omar, by=nadia, at=NINE)
    stored = storing.store(name="a.txt", content=b"content", at=NINE)
    Draft.add_file(ticket_id=lost_parcel.pk, by=nadia, stored=stored, at=NINE)
    facts, before = FactRow.objects.count(), Ticket.objects.values().get(pk=lost_parcel.pk)
    with connection.cursor() as cursor:
        cursor.execute(BREAKS.format(table=table))

    with pytest.raises(DatabaseError), transaction.atomic():
        answering.answer(
            lost_parcel,
            text="Done.",
            html="",
            by=nadia,
            at=clock.now(),
            key=lost_parcel.pk,
            seen=None,
            undo=timedelta(0),
            closing="solved",
        )

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER broken ON {table}")
    assert not Message.objects.filter(kind="reply").exists()
    assert (OutgoingMail.objects.count(), Delivery.objects.count()) == (0, 0)
    assert FactRow.objects.count() == facts
    assert Ticket.objects.values().get(pk=lost_parcel.pk) == before
    assert Draft.files_on(ticket_id=lost_parcel.pk, by=nadia) == [stored]


def tomorrow_at_eight() -> WallTime:
    wall = (clock.now() + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0, tzinfo=None)
    return WallTime(wall=wall, zone="Europe/Amsterdam")


def test_R_040_a_planned_answer_leaves_once_and_not_before_its_time(answer, sink):
    message = answer(planned=tomorrow_at_eight())
    at_once = answer("Meanwhile")

    drains.empty("outgoing")
    assert bodies(sink) == ["Meanwhile"]
    assert mail_of(message).next_try_at == message.due_at

    later(60 * 48)
    for _restart in range(3):
        drains.empty("outgoing")

    assert bodies(sink) == ["Meanwhile", "It is in the van."]
    assert mail_of(at_once).state == "sent"


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=1)])
def test_R_040_a_clock_that_jumps_moves_no_planned_answer(answer, jump):
    planned = tomorrow_at_eight()

    message = answer(planned=planned, at=clock.now() + jump)

    assert mail_of(message).next_try_at == planned.moment


def test_R_040_a_planned_answer_moves_and_leaves_with_its_ticket(answer, sink, lost_parcel, nadia):
    message = answer(planned=tomorrow_at_eight())
    christmas = WallTime(wall=datetime(2027, 12, 24, 18, 0), zone="UTC")  # noqa: DTZ001  a wall has no zone

    lost_parcel.plan(message, when=christmas, by=nadia, at=clock.now())
    assert mail_of(message).next_try_at == datetime(2027, 12, 24, 18, 0, tzinfo=UTC)

    lost_parcel.plan(message, when=None, by=nadia, at=just_now())
    drains.empty("outgoing")
    assert len(sink.mails) == 1


def test_R_040_a_planned_answer_taken_back_never_leaves(answer, sink, lost_parcel, nadia):
    message = answer(planned=tomorrow_at_eight())

    lost_parcel.withdraw(message, by=nadia, at=clock.now())
    later(60 * 48)
    drains.empty("outgoing")

    assert sink.mails == []


@pytest.mark.parametrize("minutes", [-5, 5, 60 * 24])
def test_R_053_how_long_a_mail_waits_is_counted_on_the_databases_clock(answer, sink, minutes):
    message = answer(at=clock.now() + timedelta(minutes=minutes), undo=timedelta(seconds=10))

    leaves_at = mail_of(message).next_try_at
    assert leaves_at
    waits = leaves_at - clock.now()

    assert timedelta(seconds=5) < waits <= timedelta(seconds=11)


def test_R_053_answers_leave_in_the_order_they_were_written_whatever_the_clocks_said(answer, sink):
    answer("First", at=clock.now() + timedelta(minutes=5))
    answer("Second", at=clock.now() - timedelta(minutes=5))
    later(10)

    drains.empty("outgoing")

    assert bodies(sink) == ["First", "Second"]


HOSTILE = "<img src=x onerror=alert(1)>\"'&{{7*7}}"


def test_S_006_the_desks_letters_hold_hostile_names_as_text_only(nadia, ada, sink):
    ada.user.name = HOSTILE
    letters.send_invitation(nadia.user, by=ada.user, at=clock.now())
    drains.empty("outgoing")

    plain, html = (part.get_payload(decode=True).decode() for part in sink.mails[0].parsed.get_payload())

    assert HOSTILE in plain
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "{{7*7}}" in html


def test_S_045_addresses_that_look_alike_are_two_people(answer_to, sink):
    answer_to("kai@nordlys.example", "To Kai")
    answer_to("\u212aai@nordlys.example", "To the Kelvin sign")

    drains.empty("outgoing")

    assert [mail.recipients for mail in sink.mails if b"To Kai" in mail.raw] == [["kai@nordlys.example"]]
    assert not any(mail.recipients == ["kai@nordlys.example"] for mail in sink.mails if b"Kelvin" in mail.raw)


def test_S_019_who_is_in_copy_of_one_answer_sees_no_other(answer, lost_parcel, sink, nadia):
    answer("canary for Tom", cc=[("", "tom@akande.example")])
    lost_parcel.note(text="canary in a note", by=nadia, at=just_now())
    answer("For Vera")

    drains.empty("outgoing")

    first, second = sink.mails
    assert first.recipients == ["vera@nordlys.example", "tom@akande.example"]
    assert second.recipients == ["vera@nordlys.example"]
    assert b"canary" not in second.raw
    assert b"tom@" not in second.raw


def test_an_old_mail_of_a_server_that_stays_away_fails_with_its_words(answer, sink):
    sink.stop()
    message = answer()
    of_age(message, timedelta(days=6))

    drains.empty("outgoing")

    message.refresh_from_db()
    assert message.delivery == Message.Delivery.FAILED
