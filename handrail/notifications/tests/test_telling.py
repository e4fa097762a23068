"""Who is told of what, and that nobody is told twice."""

from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.channels.email import alarms
from handrail.channels.email.models import OutgoingMail, RawMail
from handrail.events.publishing import follow
from handrail.events.queries import facts_about
from handrail.kit import clock, drains, jobs
from handrail.notifications.models import Kind, Mute, Notification
from handrail.notifications.receivers import tell_those_who_are_named
from handrail.tickets import reviewing
from handrail.tickets.checklists import putting, writing
from handrail.tickets.events import DeliveryChanged, NoteWritten
from handrail.tickets.models import Message
from tests.cast import NINE

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Who was told what so far: {("Nadia Haddad", "assigned"), …}, after all waiting jobs ran."""

    def ask() -> list[tuple[str, str]]:
        run_waiting_followers()
        return sorted(Notification.objects.values_list("user__name", "kind"))

    return ask


def run_waiting_followers():
    for waiting in jobs.waiting():
        if waiting.arguments["follower"].startswith("handrail.notifications."):
            follow(**waiting.arguments)


def test_the_owner_is_told_when_the_customer_writes_again(nadia, lost_parcel, write, told):
    lost_parcel.assign(nadia, by=nadia, at=NINE)

    write(lost_parcel, text="Any news?")

    assert told() == [("Nadia Haddad", "wrote-again")]


def test_a_first_message_rings_nobodys_bell(lost_parcel, told):
    assert told() == []


def test_a_robots_answer_rings_nobodys_bell(nadia, lost_parcel, write, told):
    lost_parcel.assign(nadia, by=nadia, at=NINE)

    write(lost_parcel, text="I am on holiday", automatic="auto-reply")

    assert told() == []


def test_an_agent_is_told_of_a_ticket_that_a_colleague_or_a_rule_gives(nadia, omar, lost_parcel, told):
    lost_parcel.assign(omar, by=nadia, at=NINE)
    lost_parcel.assign(nadia, by=None, at=NINE)

    assert told() == [("Nadia Haddad", "assigned"), ("Omar Benali", "assigned")]


def test_who_takes_a_ticket_knows_it_already(nadia, lost_parcel, told):
    lost_parcel.assign(nadia, by=nadia, at=NINE)

    assert told() == []


def test_those_named_in_a_note_are_told_but_not_its_writer(nadia, omar, lost_parcel, told):
    lost_parcel.note(text="@Omar @Nadia look", by=nadia, mentioned=[omar, nadia], at=NINE)

    assert told() == [("Omar Benali", "mentioned")]


def test_the_writer_is_told_when_a_reply_comes_back(nadia, lost_parcel, told):
    from django.db import transaction

    reply = lost_parcel.reply(text="It is in the van.", by=nadia, at=NINE)
    with transaction.atomic():
        for state in (Message.Delivery.SENT, Message.Delivery.BOUNCED):
            lost_parcel.tell(
                DeliveryChanged(
                    ticket_id=lost_parcel.pk, message_id=reply.pk, state=state, detail="unknown user", at=NINE
                )
            )

    assert told() == [("Nadia Haddad", "undelivered")]


def test_the_writer_and_the_owner_are_told_that_nothing_goes_to_a_blocked_address(
    nadia, omar, lost_parcel, told
):
    lost_parcel.assign(omar, by=omar, at=NINE)
    reply = lost_parcel.reply(text="It is in the van.", by=nadia, at=NINE)

    lost_parcel.record_delivery(reply, state=Message.Delivery.SUPPRESSED, at=NINE)

    assert told() == [("Nadia Haddad", "undelivered"), ("Omar Benali", "undelivered")]


def test_what_perhaps_arrived_is_told_once_it_is_not_sent_again_by_itself(nadia, lost_parcel, told):
    reply = lost_parcel.reply(text="It is in the van.", by=nadia, at=NINE)
    mail = OutgoingMail.objects.filter(message=reply)
    mail.update(state="uncertain", next_try_at=NINE)
    lost_parcel.record_delivery(reply, state=Message.Delivery.UNCERTAIN, detail="once", at=NINE)
    assert told() == []

    mail.update(next_try_at=None)
    lost_parcel.record_delivery(reply, state=Message.Delivery.UNCERTAIN, detail="twice", at=NINE)

    assert told() == [("Nadia Haddad", "undelivered")]


def test_a_repeated_job_tells_nobody_twice(nadia, omar, lost_parcel):
    lost_parcel.note(text="@Omar look", by=nadia, mentioned=[omar], at=NINE)
    (fact,) = facts_about(lost_parcel.pk, kinds=[NoteWritten])
    assert isinstance(fact, NoteWritten)

    tell_those_who_are_named(fact)
    tell_those_who_are_named(fact)

    assert Notification.objects.count() == 1


def test_where_nobody_is_concerned_no_job_is_made(lost_parcel):
    names = [each.arguments["follower"] for each in jobs.waiting()]
    assert [name for name in names if name.startswith("handrail.notifications.")] == []


def test_a_muted_kind_stays_silent_and_another_one_does_not(nadia, omar, lost_parcel, told):
    wanted = [kind for kind in Kind if kind != Kind.MENTIONED]
    Mute.choose(omar.user, wanted=wanted, at=NINE)

    lost_parcel.note(text="@Omar look", by=nadia, mentioned=[omar], at=NINE)
    lost_parcel.assign(omar, by=nadia, at=NINE)

    assert told() == [("Omar Benali", "assigned")]


def test_a_suspended_colleague_is_told_nothing(nadia, omar, lost_parcel, told):
    omar.user.is_active = False
    omar.user.save()

    lost_parcel.note(text="@Omar look", by=nadia, mentioned=[omar], at=NINE)

    assert told() == []


def test_trouble_with_mail_is_told_to_who_looks_after_it_and_to_nobody_else(ada, nadia, piet, told):
    alarms.notice("server-away", about_id=ada.pk, detail="Connection refused", at=NINE)

    assert told() == [("Ada Moreno", "mail-trouble")]


def test_R_020_mail_put_aside_rings_once_an_hour_for_who_looks_after_mail(ada, nadia, told):
    for minute in range(3):
        mail = RawMail.objects.create(
            source="smtp", envelope_to=[], received_at=NINE, sha256=b"", size=4, raw=b"Boom"
        )
        mail.quarantine("too-deep: more than 50 levels", at=NINE + timedelta(minutes=minute))

    assert told() == [("Ada Moreno", "mail-trouble")]


def test_the_bell_leads_from_trouble_with_mail_to_the_page_that_helps(ada, client_of, told):
    alarms.notice("server-away", about_id=ada.pk, detail="Connection refused", at=NINE)
    told()

    page = client_of(ada).get("/notifications").content.decode()

    assert 'href="/settings/outbox"' in page
    assert "Connection refused" in page


@pytest.fixture
def task(nadia, lost_parcel):
    """Something to do on Vera's ticket."""
    returns = putting.add(lost_parcel, title="Returns", by=nadia, at=NINE)
    return writing.write(returns, writing.Wanted(text="Call the carrier"), by=nadia, at=NINE)


def test_an_agent_is_told_of_a_task_that_a_colleague_gives_but_not_of_one_they_take(nadia, omar, task, told):
    writing.give(task, nadia, by=nadia, at=NINE)
    assert told() == []

    writing.give(task, omar, by=nadia, at=NINE)

    assert told() == [("Omar Benali", "task-given")]


def test_the_owner_is_told_once_when_a_task_is_due(nadia, client_of, task, told):
    writing.give(task, nadia, by=nadia, at=NINE)
    writing.fall_due(task, NINE, by=nadia, at=NINE)

    drains.empty("tasks")
    drains.empty("tasks")

    assert told() == [("Nadia Haddad", "task-due")]
    page = client_of(nadia).get("/notifications").content.decode()
    assert ("A task of yours is due" in page, "Call the carrier" in page) == (True, True)


def _due_an_hour_ago(ticket):
    now = clock.now()
    ticket.fall_due(now - timedelta(hours=1), by=None, at=now - timedelta(days=5))
    drains.empty("dues")


def test_the_owner_is_told_when_their_ticket_is_due(nadia, lost_parcel, client_of, told):
    lost_parcel.assign(nadia, by=nadia, at=NINE)

    _due_an_hour_ago(lost_parcel)

    assert told() == [("Nadia Haddad", "ticket-due")]
    page = client_of(nadia).get("/notifications").content.decode()
    assert "A ticket is past its due date" in page


def test_of_a_ticket_that_is_nobodys_its_team_is_told(nadia, omar, piet, house, lost_parcel, told):
    team = [agent.name for agent in (nadia, omar, piet) if house.parcels.pk in agent.team_ids]

    _due_an_hour_ago(lost_parcel)

    assert team
    assert told() == [(name, "ticket-due") for name in sorted(team)]


@pytest.fixture
def asked(nadia, iris, lost_parcel):
    """Nadia learns; an answer of hers waits to be read."""
    nadia.have_answers_read(True, by=iris.user, at=NINE)
    wish = reviewing.Wish(text="It is in the van.", html="", key=uuid4())
    return reviewing.ask(lost_parcel, wish, by=nadia, at=NINE)


def test_who_may_read_an_answer_before_it_leaves_is_asked_to(asked, iris, omar, piet, told):
    assert told() == [("Iris Vermeer", "review-asked")]


def test_its_writer_is_told_that_it_left(asked, iris, told):
    words = {"text": asked.text, "html": "", "version": asked.version, "seen": None}
    reviewing.approve(asked.pk, **words, by=iris, undo=timedelta(0), at=NINE)

    assert ("Nadia Haddad", "reviewed") in told()


def test_its_writer_is_told_why_it_came_back(asked, nadia, iris, told, client_of):
    reviewing.send_back(asked.pk, comment="Say when.", by=iris, at=NINE)

    assert ("Nadia Haddad", "reviewed") in told()
    page = client_of(nadia).get("/notifications").content.decode()
    assert "Iris Vermeer gave your answer back" in page
    assert "Say when." in page
