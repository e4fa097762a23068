"""Work on many tickets goes on exactly where a killed worker left it, and so does its way back."""

import random
import time
from pathlib import Path

import pytest

from tests.journeys.desk import Desk, running_desk, wait_until

pytestmark = pytest.mark.running

#: Tickets and kills, each for the work and for its way back; the long version runs under `make torture`.
SHORT, LONG = (100, 2), (600, 8)
SEED = 20261122

OPEN_TICKETS = """
from handrail.accounts.models import Brand
from handrail.kit import clock
from handrail.team.models import Team
from handrail.tickets.inbound import Inbound
from handrail.tickets.opening import Arrival, open_all

brand, team, now = Brand.objects.get(), Team.objects.get(), clock.now()
open_all([
    Arrival(
        inbound=Inbound(
            channel="email", address=f"vera{n}@nordlys.example", name="Vera", subject=f"Parcel {n}",
            text="Where is it?", html=None, reply_text="Where is it?", files=(),
            external_id=f"{n}@nordlys.example", references=(), to=(), cc=(),
            sent_at=now, automatic="", language="en",
        ),
        brand=brand, team=team, at=now,
    )
    for n in range(count)
])
"""
ORDER = """
from handrail.kit import clock
from handrail.team.models import Agent
from handrail.tickets.bulk.choosing import Choice, order
from handrail.tickets.doing import kept, read_all

nadia = Agent.objects.get(name="Nadia Haddad")
steps = [["tag", "late"], ["priority", "4"], ["owner", "me"], ["status", "closed:solved"]]
made = order(Choice(question="subject:parcel"), by=nadia, at=clock.now())
made.plan(kept(read_all(steps, by=nadia)))
made.start(at=clock.now())
"""
TOLD = """
SELECT kind, count(*), count(DISTINCT subject_id) FROM events_fact WHERE kind = ANY(%s) GROUP BY 1
"""
REVERT = """
from handrail.kit import clock
from handrail.tickets.models import BulkOrder
BulkOrder.objects.get().revert(at=clock.now())
"""


def test_R_062_a_killed_worker_does_every_ticket_once_and_takes_every_one_back(tmp_path):
    _there_and_back(tmp_path, *SHORT)


@pytest.mark.torture
def test_R_062_so_it_is_with_many_tickets_and_many_kills(tmp_path):
    _there_and_back(tmp_path, *LONG)


def _there_and_back(home: Path, tickets: int, kills: int) -> None:
    with running_desk(home) as desk:
        desk.python(f"count = {tickets}\n{OPEN_TICKETS}")
        before = _standing(desk)

        desk.python(ORDER)
        _kill_now_and_then(desk, kills, until="done")

        assert desk.rows("SELECT state, count(*) FROM tickets_bulkitem GROUP BY 1") == [("done", tickets)]
        kinds = ["tickets.TicketTagged", "tickets.PriorityChanged", "tickets.TicketClosed"]
        assert sorted(desk.rows(TOLD, kinds)) == [(kind, tickets, tickets) for kind in sorted(kinds)]

        desk.python(REVERT)
        _kill_now_and_then(desk, kills, until="reverted")

        assert desk.rows("SELECT state, count(*) FROM tickets_bulkitem GROUP BY 1") == [("reverted", tickets)]
        assert _standing(desk) == before
        assert desk.value("SELECT count(*) FROM tickets_tagging") == 0


def _standing(desk: Desk) -> list[tuple[object, ...]]:
    columns = "number, status, priority, owner_id, team_id, waiting_since"
    return desk.rows(f"SELECT {columns} FROM tickets_ticket ORDER BY number")  # noqa: S608 - fixed words


def _kill_now_and_then(desk: Desk, kills: int, *, until: str) -> None:
    dice = random.Random(f"{SEED}{until}")
    for _kill in range(kills):
        time.sleep(dice.uniform(0.1, 0.6))
        desk.kill("worker")
    ends = "SELECT state FROM tickets_bulkorder"
    wait_until(lambda: desk.value(ends) == until, seconds=180, otherwise=desk.last_words)
