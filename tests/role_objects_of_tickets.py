"""What the rows of tests/role_table.toml are asked for on tickets: macros, orders, merges, links, views."""

from typing import Any

import pytest

from handrail.events.models import FactRow
from handrail.fields.field import Kind, Noun
from handrail.fields.forming import Rule
from handrail.fields.models import Definition, FormRule
from handrail.files import storing
from handrail.kit import clock, ids
from handrail.tickets import linking, merging, splitting
from handrail.tickets.bulk import choosing as bulk
from handrail.tickets.checklists import putting, writing
from handrail.tickets.models import (
    BulkOrder,
    ChecklistTemplate,
    Macro,
    OpeningDraft,
    Status,
    Task,
    Ticket,
    View,
)
from handrail.tickets.models.checklist_template import Step
from handrail.tickets.models.macro import Recipe, Wording
from handrail.tickets.models.ticket_template import Beginning, TicketTemplate


@pytest.fixture
def at_customs(ada) -> dict[str, Any]:
    labels = {"en": "At customs"}
    row = Status.make(
        key="at-customs", category=Ticket.Status.HOLD, labels=labels, by=ada.user, at=clock.now()
    )
    return {"status_id": row.pk}


@pytest.fixture
def order_field(ada) -> dict[str, Any]:
    labels = {"en": "Order"}
    row = Definition.define(
        noun=Noun.TICKET, key="order", kind=Kind.TEXT, labels=labels, by=ada.user, at=clock.now()
    )
    return {"definition_id": row.pk}


@pytest.fixture
def on_tickets() -> dict[str, Any]:
    return {"noun": "ticket"}


@pytest.fixture
def order_rule(ada) -> dict[str, Any]:
    rule = Rule(name="Later", conditions=(), effects=())
    return {"rule_id": FormRule.make(noun=Noun.TICKET, rule=rule, by=ada.user, at=clock.now()).pk}


@pytest.fixture
def veras_organisation(vera) -> dict[str, Any]:
    return {"key": vera.organisation_id}


@pytest.fixture
def vera_by_key(vera) -> dict[str, Any]:
    return {"key": vera.pk}


@pytest.fixture
def nadias_new_ticket(nadia) -> dict[str, Any]:
    """What she has begun to fill in."""
    typed = {"subject": ["Parcel never came"]}
    return {"draft_id": OpeningDraft.keep(ids.uuid7(), typed=typed, by=nadia, at=clock.now()).pk}


@pytest.fixture
def nadias_new_file(nadia, nadias_new_ticket) -> dict[str, Any]:
    stored = storing.store(name="label.txt", content=b"HB 4471 902", at=clock.now())
    OpeningDraft.objects.get(pk=nadias_new_ticket["draft_id"]).files.add(stored)
    return {**nadias_new_ticket, "stored_id": stored.pk}


@pytest.fixture
def own_template(nadia) -> dict[str, Any]:
    return {"template_id": _template(nadia, owner=nadia).pk}


@pytest.fixture
def shared_template(nadia, house) -> dict[str, Any]:
    """Everybody's, for one brand."""
    return {"template_id": _template(nadia, brand=house.harbour).pk}


def _template(agent, **whose) -> TicketTemplate:
    beginning = Beginning(name="Return", way="phone", mode="said", subject="A return", **whose)
    return TicketTemplate.make(beginning, by=agent, at=clock.now())


def _macro(agent, **whose) -> Macro:
    said = {"": Wording(text="We look for it.")}
    return Macro.make(Recipe(name="Late", wordings=said, **whose), by=agent, at=clock.now())


@pytest.fixture
def nadias_macro(lost_parcel, nadia) -> dict[str, Any]:
    """Her own, on a ticket."""
    return {"number": lost_parcel.number, "macro_id": _macro(nadia, owner=nadia).pk}


@pytest.fixture
def own_macro(nadia) -> dict[str, Any]:
    return {"macro_id": _macro(nadia, owner=nadia).pk}


@pytest.fixture
def shared_macro(nadia, house) -> dict[str, Any]:
    """Everybody's, for one brand."""
    return {"macro_id": _macro(nadia, brand=house.harbour).pk}


@pytest.fixture
def nadias_order(lost_parcel, nadia) -> dict[str, Any]:
    """Work on one ticket, not yet begun."""
    return {"order_id": _order(lost_parcel, nadia).pk}


@pytest.fixture
def nadias_bulk(lost_parcel, nadia) -> BulkOrder:
    return _order(lost_parcel, nadia)


def _order(ticket, by) -> BulkOrder:
    return bulk.order(bulk.Choice(numbers=[ticket.number]), by=by, at=clock.now())


@pytest.fixture
def merged_parcel(lost_parcel, nadia, write) -> Ticket:
    """A ticket that went into Vera's."""
    other: Ticket = write(external_id="merged@nordlys.example").ticket
    merging.merge([other], into=lost_parcel, by=nadia, at=clock.now())
    return other


@pytest.fixture
def merged_batch(lost_parcel, merged_parcel) -> dict[str, Any]:
    return {"number": lost_parcel.number, "batch": merged_parcel.merges.get().batch}


@pytest.fixture
def split_parcel(lost_parcel, nadia, write) -> dict[str, Any]:
    """A ticket that was split off Vera's."""
    more = write(ticket=lost_parcel, external_id="more@nordlys.example")
    asker = ("Vera Lindqvist", "vera@nordlys.example")
    part = splitting.Part(messages=[more.pk], subject="More", requester=asker, team=lost_parcel.team)
    made = splitting.split(lost_parcel, part, by=nadia, at=clock.now())
    return {"number": made.part.number, "split_id": made.pk}


@pytest.fixture
def linked_parcel(lost_parcel: Ticket, nadia, write) -> Ticket:
    """Vera's ticket, which was asked again in another one."""
    again = write(external_id="again@nordlys.example").ticket
    linking.link(lost_parcel, again, way="duplicated-by", by=nadia, at=clock.now())
    return lost_parcel


@pytest.fixture
def link_of_parcel(linked_parcel) -> dict[str, Any]:
    return {"number": linked_parcel.number, "link_id": linked_parcel.links_in.get().pk}


@pytest.fixture
def duplicates_of_parcel(linked_parcel) -> dict[str, Any]:
    return {"number": linked_parcel.number, "kind": "duplicates"}


@pytest.fixture
def task_on_parcel(lost_parcel: Ticket, nadia) -> Task:
    """Something to do on Vera's ticket."""
    returns = putting.add(lost_parcel, title="Returns", by=nadia, at=clock.now())
    wanted = writing.Wanted(text="Call the carrier", due_at=clock.now())
    return writing.write(returns, wanted, by=nadia, at=clock.now())


@pytest.fixture
def parcel_with_task(task_on_parcel: Task) -> Ticket:
    ticket: Ticket = task_on_parcel.checklist.ticket
    return ticket


@pytest.fixture
def list_of_parcel(task_on_parcel: Task) -> dict[str, Any]:
    checklist = task_on_parcel.checklist
    return {"number": checklist.ticket.number, "checklist_id": checklist.pk}


@pytest.fixture
def task_of_parcel(task_on_parcel: Task) -> dict[str, Any]:
    return {"number": task_on_parcel.checklist.ticket.number, "task_id": task_on_parcel.pk}


@pytest.fixture
def task_of_lena(task_on_parcel: Task, nadia, lena) -> dict[str, Any]:
    wanted = writing.Wanted(text="Weigh it", owner=lena)
    task = writing.write(task_on_parcel.checklist, wanted, by=nadia, at=clock.now())
    return {"number": task.checklist.ticket.number, "task_id": task.pk}


@pytest.fixture
def claims(iris) -> dict[str, Any]:
    """A ready checklist."""
    steps = [Step(text="Look at the photos"), Step(text="Pay", due="3d")]
    made = ChecklistTemplate.make(name="Claims", steps=steps, team=None, by=iris, at=clock.now())
    return {"template_id": made.pk}


@pytest.fixture
def raised_parcel(lost_parcel: Ticket, nadia) -> Ticket:
    """Vera's ticket, whose priority was changed."""
    lost_parcel.prioritise(lost_parcel.Priority.HIGH, by=nadia, at=clock.now())
    return lost_parcel


@pytest.fixture
def rise_of_parcel(raised_parcel) -> dict[str, Any]:
    fact = FactRow.objects.get(subject_id=raised_parcel.pk, kind="tickets.PriorityChanged")
    return {"number": raised_parcel.number, "change_id": fact.pk}


@pytest.fixture
def open_view() -> dict[str, Any]:
    return {"key": "open"}


@pytest.fixture
def nadias_view(nadia) -> View:
    return View.make(by=nadia, at=clock.now(), name="Refunds", text="tag:refund")


@pytest.fixture
def deleted_view(nadias_view: View) -> View:
    nadias_view.delete_for_now(at=clock.now())
    return nadias_view


@pytest.fixture
def board_with_lost_parcel(iris, lost_parcel) -> dict[str, Any]:
    shown = {"text": "status:live", "audience": "everyone", "shape": "board", "grouping": "priority"}
    board = View.make(by=iris, at=clock.now(), name="Board", **shown)
    return {"key": board.key, "number": lost_parcel.number}


@pytest.fixture
def everyones_view(iris) -> View:
    return View.make(by=iris, at=clock.now(), name="Urgent", text="priority:urgent", audience="everyone")


@pytest.fixture
def deleted_parcel(vera, iris, write) -> Ticket:
    """In the trash."""
    ticket: Ticket = write(external_id="deleted@nordlys.example").ticket
    ticket.trash(by=iris, reason="a-test", at=clock.now())
    return ticket
