"""Recurring tickets open once for each day, whenever their worker is killed."""

import random
import time
from pathlib import Path

import pytest

from tests.journeys.desk import Desk, running_desk, wait_until

pytestmark = pytest.mark.running

#: Recurring tickets, each with six days to make up, and kills; the long version runs under `make torture`.
SHORT, LONG = (6, 2), (60, 12)
DAYS = 6
SEED = 20261122

PLAN = """
from datetime import time, timedelta

from handrail.accounts.models import Brand
from handrail.kit import clock
from handrail.team.models import Agent
from handrail.tickets.models import RecurringTicket, TicketTemplate
from handrail.tickets.models.recurring import Plan
from handrail.tickets.models.ticket_template import Beginning
from handrail.tickets.recurring.rule import Rule, Unit

now, nadia, brand = clock.now(), Agent.objects.get(name="Nadia Haddad"), Brand.objects.get()
then = now - timedelta(days=days + 2)
note = Beginning(name="Check", way="internal", mode="note", text="Weigh it.", actions=[["tag", "scales"]])
template = TicketTemplate.make(note, by=nadia, at=then)
first = now.date() - timedelta(days=days)
for number in range(count):
    RecurringTicket.make(
        Plan(
            name=f"Scales {number}", template=template, person=None, brand=brand, outlet=str(brand.pk),
            owner=nadia, rule=Rule(unit=Unit.DAY, starts_on=first, times=days), at_time=time(0, 0),
            zone="UTC", make_up="all",
        ),
        by=nadia, at=then,
    )
"""
DUE = "SELECT count(*) FROM tickets_recurringticket WHERE next_at <= now()"
RUNS = """
SELECT count(*), count(DISTINCT ticket_id), count(DISTINCT (recurring_id, "on")) FROM tickets_recurringrun
"""


def test_R_017_a_killed_worker_opens_each_days_ticket_once(tmp_path):
    _killed_now_and_then(tmp_path, *SHORT)


@pytest.mark.torture
def test_R_017_so_it_is_with_many_of_them_and_many_kills(tmp_path):
    _killed_now_and_then(tmp_path, *LONG)


def _killed_now_and_then(home: Path, count: int, kills: int) -> None:
    dice = random.Random(SEED)
    with running_desk(home) as desk:
        desk.python(f"count, days = {count}, {DAYS}\n{PLAN}")

        for _kill in range(kills):
            time.sleep(dice.uniform(0.1, 0.6))
            desk.kill("worker")
        wait_until(lambda: desk.value(DUE) == 0, seconds=180, otherwise=desk.last_words)

        opened = count * DAYS
        assert desk.rows(RUNS) == [(opened, opened, opened)]
        assert _opened(desk) == (opened, opened, opened)


def _opened(desk: Desk) -> tuple[int, ...]:
    """Tickets, their notes, and the facts that tell why."""
    told = "SELECT count(*) FROM events_fact WHERE kind = 'tickets.TicketOpenedByPlan'"
    tables = ("SELECT count(*) FROM tickets_ticket", "SELECT count(*) FROM tickets_message", told)
    return tuple(int(desk.value(query)) for query in tables)
