"""A task becomes a ticket of its own, with whose end it is done; and a task of its ticket alone again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets import linking, policies
from handrail.tickets.by_hand.opening import open_by_hand
from handrail.tickets.by_hand.order import Order
from handrail.tickets.by_hand.ways import Mode, Way
from handrail.tickets.checklists.holding import hold_task, tell
from handrail.tickets.checklists.ticking import SoAlready
from handrail.tickets.events import TaskMadeTicket, TaskTakenBack
from handrail.tickets.models import Link, Task, Ticket
from handrail.tickets.outlets import Outlet


@transaction.atomic
def make_ticket(task: Task, *, by: Agent, at: datetime) -> Ticket:
    """A part of this ticket, asked by who makes it, with the owner and the due date of the task.

    Raises SoAlready when it is done or a ticket, Gone, WentInto, and what opening a ticket raises.
    """
    policies.demand(policies.may_open, by)
    policies.demand(policies.may_link, by)
    whole = hold_task(task, by=by)
    if task.other_id or task.is_done:
        raise SoAlready
    part = open_by_hand(_order(task, whole), by=by, key=ids.uuid7(), at=at).ticket
    if task.due_at:
        part.fall_due(task.due_at, by=by, at=at)
    linking.tie(part, whole, way="child-of", by=by, at=at)
    task.turn(when=_STANDING, other=part)
    tell(TaskMadeTicket, task, by=by, at=at, other_id=part.pk, other_number=part.number)
    return part


@transaction.atomic
def take_back(task: Task, *, by: Agent, at: datetime) -> None:
    """The task is open and this ticket's alone again; the ticket that it was stays, for itself.

    Raises SoAlready when it is no ticket, Gone, WentInto.
    """
    policies.demand(policies.may_link, by)
    whole, part = hold_task(task, by=by), task.other
    if part is None or not task.text:
        raise SoAlready
    task.turn(when=_STANDING, other=None, done_at=None, done_by=None)
    tied = Link.objects.filter(kind=Link.Kind.PARENT, source=whole, target=part).first()
    if tied:
        linking.unlink(whole, tied.pk, by=by, at=at)
    tell(TaskTakenBack, task, by=by, at=at, other_id=part.pk, other_number=part.number)


def _order(task: Task, whole: Ticket) -> Order:
    brand = whole.brand
    return Order(
        way=Way.INTERNAL,
        outlet=Outlet(key=str(brand.pk), label=brand.name, brand_id=brand.pk),
        customer=None,
        subject=task.text,
        mode=Mode.NOTE,
        text=_("From the checklist of #%(number)s.") % {"number": whole.number},
        team=whole.team,
        owner=task.owner,
    )


_STANDING = Q(removed_at=None)
