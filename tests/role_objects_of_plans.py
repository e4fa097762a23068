"""What the rows of tests/role_table.toml are asked for on recurring tickets, and on time."""

from datetime import date, time
from typing import Any

import pytest

from handrail.kit import clock
from handrail.tickets.models import Activity, RecurringRun, RecurringTicket, TicketTemplate
from handrail.tickets.models.recurring import Plan
from handrail.tickets.models.ticket_template import Beginning
from handrail.tickets.models.time_entry import Kind
from handrail.tickets.recurring.rule import Rule, Unit
from handrail.tickets.timing import entering


@pytest.fixture
def scales(house, nadia, iris) -> RecurringTicket:
    """Work of our own, every month."""
    beginning = Beginning(name="Check", way="internal", mode="note", text="Weigh it.")
    plan = Plan(
        name="Scales",
        template=TicketTemplate.make(beginning, by=iris, at=clock.now()),
        person=None,
        brand=house.harbour,
        outlet=str(house.harbour.pk),
        owner=nadia,
        rule=Rule(unit=Unit.MONTH, day=1, starts_on=date(2030, 1, 1)),
        at_time=time(8),
        zone="UTC",
    )
    return RecurringTicket.make(plan, by=iris, at=clock.now())


@pytest.fixture
def scales_again(scales: RecurringTicket) -> dict[str, Any]:
    return {"recurring_id": scales.pk}


@pytest.fixture
def change_of_scales(scales_again: dict[str, Any]) -> dict[str, Any]:
    """None that there ever was: that is said on its page."""
    return {**scales_again, "change_id": 1}


@pytest.fixture
def run_of_scales(scales: RecurringTicket) -> dict[str, Any]:
    """One that failed."""
    run = RecurringRun.objects.create(
        recurring=scales, on=date(2029, 12, 1), trouble="failed ValueError", at=clock.now()
    )
    return {"recurring_id": scales.pk, "run_id": run.pk}


@pytest.fixture
def nadias_time(lost_parcel, nadia) -> dict[str, Any]:
    """Twenty minutes on Vera's ticket."""
    spent = entering.Spent(minutes=20, spent_on=clock.now().date())
    entry = entering.enter(lost_parcel, spent, by=nadia, at=clock.now())
    return {"number": lost_parcel.number, "entry_id": entry.pk}


@pytest.fixture
def repair(ada) -> dict[str, Any]:
    return {"activity_id": Activity.make(Kind(labels={"en": "Repair"}), by=ada.user, at=clock.now()).pk}


@pytest.fixture
def change_of_repair(repair) -> dict[str, Any]:
    return {**repair, "change_id": 1}
