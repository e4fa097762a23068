"""Recurring tickets: each day of the rule opens one ticket, once, whatever happens meanwhile."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handrail.accounts.models import AuditEntry
from handrail.events.queries import facts_about
from handrail.kit import clock, drains
from handrail.tickets.events import RecurringChanged, RecurringMissed, TicketOpenedByPlan
from handrail.tickets.models import Message, RecurringRun, RecurringTicket, Ticket, TicketTemplate
from handrail.tickets.models.recurring import Plan
from handrail.tickets.models.ticket_template import Beginning
from handrail.tickets.recurring import running, troubles
from handrail.tickets.recurring.forms import RecurringForm
from handrail.tickets.recurring.rule import Rule, Unit

DAILY = Rule(unit=Unit.DAY, starts_on=date(2026, 11, 16))
#: The evening before its first day.
EVE = datetime(2026, 11, 15, 20, tzinfo=UTC)
CHECK = Beginning(
    name="Check of the scales",
    way="phone",
    mode="note",
    subject="Scales, {{today}}",
    text="Weigh it. {{customer.plan}}",
    actions=[["tag", "scales"], ["priority", "3"]],
)


@pytest.fixture
def template(iris) -> TicketTemplate:
    return TicketTemplate.make(CHECK, by=iris, at=EVE)


@pytest.fixture
def plan(house, iris, nadia, template, vera) -> Plan:
    return Plan(
        name="Scales",
        template=template,
        person=vera,
        brand=house.harbour,
        outlet=str(house.harbour.pk),
        owner=nadia,
        rule=DAILY,
        at_time=time(8),
        zone="UTC",
    )


def _made(plan: Plan, **changes: Any) -> RecurringTicket:
    return RecurringTicket.make(replace(plan, **changes), by=plan.owner, at=EVE)


def _run(recurring: RecurringTicket, at: datetime) -> Any:
    """What the drain does at that moment."""
    recurring.refresh_from_db()
    if recurring.next_at is None or recurring.next_at > at:
        return None
    with transaction.atomic():
        return running.run_next(recurring, at=at)


def _on(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_on_its_day_a_ticket_opens_as_the_template_says(plan, vera, nadia):
    recurring = _made(plan)

    assert _run(recurring, _on(16, 7)) is None
    run = _run(recurring, _on(16))

    ticket, note = Ticket.objects.get(), Message.objects.get()
    assert (run.ticket, run.on, run.trouble) == (ticket, date(2026, 11, 16), "")
    assert (ticket.requester, ticket.priority, ticket.channel) == (vera, 3, "phone")
    assert "{{" not in ticket.subject
    assert (note.kind, note.agent, note.text) == ("note", nadia, "Weigh it. ")
    assert [each.tag.name for each in ticket.taggings.all()] == ["scales"]
    (told,) = facts_about(ticket.pk, kinds=[TicketOpenedByPlan])
    assert isinstance(told, TicketOpenedByPlan)
    assert (told.name, told.day) == ("Scales", "2026-11-16")
    assert recurring.next_on == date(2026, 11, 17)


def test_work_of_our_own_is_asked_by_its_owner(plan, nadia):
    _run(_made(plan, person=None), _on(16))

    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.requester.name) == ("internal", nadia.name)


def test_the_drain_opens_what_is_due_and_only_that(plan):
    yesterday = clock.now().date() - timedelta(days=1)
    due = RecurringTicket.make(
        replace(plan, rule=replace(DAILY, starts_on=yesterday)),
        by=plan.owner,
        at=clock.now() - timedelta(days=2),
    )
    tomorrow = replace(DAILY, starts_on=clock.now().date() + timedelta(days=2))
    RecurringTicket.make(replace(plan, rule=tomorrow), by=plan.owner, at=clock.now())

    assert drains.empty("recurring") >= 1
    assert drains.empty("recurring") == 0

    assert {run.recurring for run in RecurringRun.objects.all()} == {due}


def test_the_database_takes_no_second_run_of_a_day(plan):
    recurring = _made(plan)
    _run(recurring, _on(16))
    RecurringTicket.objects.filter(pk=recurring.pk).update(next_on=date(2026, 11, 16), next_at=_on(16))

    with pytest.raises(IntegrityError), transaction.atomic():
        _run(recurring, _on(16))

    assert Ticket.objects.count() == 1


def test_days_that_were_missed_are_made_up_once_each_or_the_last_only(plan):
    every, last = _made(plan, make_up="all"), _made(plan, make_up="last")

    while _run(every, _on(19, 9)):
        pass
    while _run(last, _on(19, 9)):
        pass

    assert [run.on.day for run in every.runs.order_by("on")] == [16, 17, 18, 19]
    (run,) = last.runs.all()
    assert (run.on.day, run.skipped) == (19, 3)
    assert last.next_on == every.next_on == date(2026, 11, 20)


def test_with_lead_days_no_day_counts_as_missed_that_is_still_ahead(plan):
    recurring = _made(plan, lead_days=2, make_up="last")

    while _run(recurring, _on(16, 9)):
        pass

    assert [run.on.day for run in recurring.runs.order_by("on")] == [17, 18]
    assert recurring.runs.get(on=date(2026, 11, 17)).skipped == 1


def test_a_rule_that_is_over_opens_nothing_more(plan):
    recurring = _made(plan, rule=replace(DAILY, times=1))

    _run(recurring, _on(16))

    assert (recurring.next_on, recurring.next_at) == (None, None)


def test_a_pause_opens_nothing_and_leaves_out_what_fell_into_it(plan, nadia):
    recurring = _made(plan, make_up="all")
    recurring.pause(by=nadia, at=EVE)
    assert _run(recurring, _on(18)) is None

    recurring.go_on(by=nadia, at=_on(18, 12))

    assert recurring.next_on == date(2026, 11, 19)
    kinds = AuditEntry.objects.filter(kind__startswith="recurring").order_by("number")
    assert list(kinds.values_list("kind", flat=True)) == [
        "recurring.made",
        "recurring.paused",
        "recurring.gone-on",
    ]


def test_deleted_it_opens_nothing_more_and_its_tickets_stay(plan, nadia, iris, client_of):
    recurring = _made(plan)
    ticket = _run(recurring, _on(16)).ticket

    client_of(iris).post(reverse("tickets:recurring-one", args=[recurring.pk]), {"_method": "delete"})

    assert (RecurringTicket.objects.exists(), RecurringRun.objects.exists()) == (False, False)
    assert Ticket.objects.get() == ticket
    assert facts_about(ticket.pk, kinds=[TicketOpenedByPlan])
    assert AuditEntry.objects.filter(kind="recurring.deleted").count() == 1


def test_its_owner_is_told_when_the_last_one_was_not_done(plan, nadia):
    recurring = _made(plan)
    first = _run(recurring, _on(16)).ticket

    second = _run(recurring, _on(17)).ticket

    (told,) = facts_about(first.pk, kinds=[RecurringMissed])
    assert isinstance(told, RecurringMissed)
    assert (told.owner_id, told.next_number) == (nadia.pk, second.number)


def test_nobody_is_told_when_it_was_done(plan, nadia):
    recurring = _made(plan)
    first = _run(recurring, _on(16)).ticket
    first.close(by=nadia, reason="solved", at=_on(16, 10))

    _run(recurring, _on(17))

    assert not facts_about(first.pk, kinds=[RecurringMissed])


def test_what_the_owner_may_not_do_is_left_out_and_told(plan, lena):
    recurring = _made(plan, owner=lena)

    run = _run(recurring, _on(16))

    assert run.trouble.startswith(troubles.UNFIT)
    assert run.ticket.priority == Ticket.Priority.NORMAL


def test_without_an_address_the_mail_becomes_a_note(plan, house, iris):
    letter = replace(CHECK, name="Letter", way="email", mode="mail", actions=[])
    template = TicketTemplate.make(letter, by=iris, at=EVE)
    nameless = type(plan.person).without_address(name="Bo", brand=house.harbour, at=EVE)

    run = _run(_made(plan, template=template, person=nameless), _on(16))

    assert run.trouble == troubles.NO_ADDRESS
    assert Message.objects.get().kind == "note"


def test_a_mail_leaves_through_the_outbox_at_once(plan, iris):
    letter = replace(CHECK, name="Letter", way="email", mode="mail", text="It is time.", actions=[])
    template = TicketTemplate.make(letter, by=iris, at=EVE)

    _run(_made(plan, template=template), _on(16))

    reply = Message.objects.get()
    assert (reply.kind, reply.delivery, reply.due_at) == ("reply", "queued", reply.at)


def test_what_goes_wrong_with_one_stops_no_other_and_can_be_tried_again(plan, iris, client_of):
    recurring, broken = _made(plan), TicketTemplate.objects.filter(pk=plan.template.pk)
    broken.update(way="pigeon")
    run = _run(recurring, _on(16))
    assert (run.ticket, run.trouble) == (None, "failed ValueError")
    assert not Ticket.objects.exists()
    assert recurring.next_on == date(2026, 11, 17)
    broken.update(way="phone")

    again = reverse("tickets:recurring-run", args=[recurring.pk, run.pk])
    client_of(iris).post(again)
    client_of(iris).post(again)

    run.refresh_from_db()
    assert (run.ticket, run.trouble) == (Ticket.objects.get(), "")


def test_the_page_makes_one_and_previews_the_next_days(plan, iris, nadia, template, client_of):
    browser = client_of(iris)
    sent = {
        "name": "Scales",
        "template": template.pk,
        "customer": "vera@nordlys.example",
        "outlet": plan.outlet,
        "owner": nadia.pk,
        "interval": 1,
        "unit": "month",
        "where": "last",
        "starts_on": "2030-01-01",
        "at_time": "08:00",
        "zone": "Europe/Berlin",
        "lead_days": 2,
        "make_up": "all",
    }

    preview = browser.post(reverse("tickets:recurring-new"), {**sent, "preview": "1"}).content.decode()
    browser.post(reverse("tickets:recurring-new"), sent)

    assert [month in preview for month in ("31 Jan 2030", "28 Feb 2030", "31 May 2030")] == [True] * 3
    made = RecurringTicket.objects.get()
    assert (made.person, made.owner, made.next_on) == (plan.person, nadia, date(2030, 1, 31))
    page = browser.get(reverse("tickets:recurring")).content.decode()
    assert "Every month on the last day" in page
    assert browser.get(reverse("tickets:recurring-one", args=[made.pk])).status_code == 200


def test_a_change_of_its_plan_is_told_and_put_back_unless_something_newer_stands(plan, iris, client_of):
    recurring, browser = _made(plan), client_of(iris)
    here = reverse("tickets:recurring-one", args=[recurring.pk])
    fields = {name: value for name, value in RecurringForm.of(recurring).items() if value is not None}
    weekly = {**fields, "unit": "week", "weekdays": [0, 3], "name": "Weekly scales"}

    saved = browser.post(here, weekly)
    page = browser.get(saved["Location"]).content.decode()
    (back,) = set(re.findall(r'action="([^"]*/changes/\d+)"', page))
    browser.post(back, {"_method": "delete"})
    again = browser.post(back, {"_method": "delete"}, follow=True).content.decode()

    assert ("Weekly scales" in page, "Monday, Thursday" in page, "toast__button" in page) == (True,) * 3
    recurring.refresh_from_db()
    told = facts_about(recurring.pk, kinds=[RecurringChanged])
    assert (recurring.name, recurring.rule) == ("Scales", DAILY)
    assert [fact.before["unit"] for fact in told] == ["day", "week"]
    assert "something newer stands" in again


def test_days_off_are_chosen_and_previewed(plan, iris, client_of):
    recurring, browser = _made(plan), client_of(iris)
    here = reverse("tickets:recurring-one", args=[recurring.pk])
    fields = {name: value for name, value in RecurringForm.of(recurring).items() if value is not None}
    off = {"when_off": "move", "off_country": "DE", "off_part": "Bayern", "off_weekends": "on"}
    sent = {**fields, "starts_on": "2030-12-23", **off, "off_dates": "24.12."}

    preview = browser.post(here, {**sent, "preview": "1"}).content.decode()
    browser.post(here, sent)
    wrong = browser.post(here, {**sent, "off_dates": "someday", "off_part": "XX"})

    assert [day in preview for day in ("23 Dec 2030", "24 Dec 2030", "27 Dec 2030")] == [True, False, True]
    recurring.refresh_from_db()
    assert (recurring.off_region, recurring.off_dates, recurring.when_off) == ("DE-BY", ["12-24"], "move")
    page = wrong.content.decode()
    assert ("is no date" in page, "part of that country" in page) == (True, True)
    assert "on days off the next working day" in browser.get(reverse("tickets:recurring")).content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"customer": "nobody@x.example"}, "Nobody is known by that"),
        ({"ends_on": "2029-01-01"}, "before the first day"),
        ({"interval": 0}, "greater than or equal to 1"),
        ({"template": "x"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said(plan, iris, template, client_of, changed, says):
    sent = {
        "name": "Scales",
        "template": template.pk,
        "outlet": plan.outlet,
        "owner": iris.pk,
        "interval": 1,
        "unit": "day",
        "where": "day",
        "starts_on": "2030-01-01",
        "at_time": "08:00",
        "zone": "UTC",
        "lead_days": 0,
        "make_up": "all",
    }

    answer = client_of(iris).post(reverse("tickets:recurring-new"), {**sent, **changed})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not RecurringTicket.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_three(plan, iris, client_of, django_assert_num_queries):
    browser, address = client_of(iris), reverse("tickets:recurring")
    _run(_made(plan), _on(16))
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    for number in range(2):
        _run(_made(plan, name=f"More {number}"), _on(16))

    with django_assert_num_queries(len(one)):
        browser.get(address)
