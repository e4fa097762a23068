"""Orders are worked off in the background: a batch at a time, each in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.kit import clock, drains, faults
from handrail.team.models import Agent
from handrail.tickets.bulk import gifts
from handrail.tickets.bulk.loading import loaded
from handrail.tickets.bulk.states import changed_since, difference, state_of, take_back
from handrail.tickets.doing import Action, PutChecklist, Unfit, read_all
from handrail.tickets.models import Checklist, Tagging, Ticket
from handrail.tickets.models.bulk import BulkItem, BulkOrder

log = structlog.get_logger()
#: Tickets in one transaction: a killed worker's batch is done again, and nobody waits long for a lock.
BATCH = 50
_STATES = BulkItem.State


@drains.drain("bulk")
def take_batch() -> int:
    """Work on the oldest order that is under way; returns how many of its tickets had their turn."""
    with transaction.atomic():
        under_way = (BulkOrder.State.RUNNING, BulkOrder.State.REVERTING)
        rows = BulkOrder.objects.select_for_update(skip_locked=True, of=("self",)).filter(state__in=under_way)
        order = rows.select_related("by__user__role").order_by("made_at").first()
        if order is None:
            return 0
        with translation.override(order.by.user.language or "en"):
            return _batch_of(order, at=clock.now())


def _batch_of(order: BulkOrder, *, at: datetime) -> int:
    reverting = order.state == BulkOrder.State.REVERTING
    waits = _STATES.DONE if reverting else _STATES.WAITING
    items = list(order.items.filter(state=waits).order_by("-id" if reverting else "id")[:BATCH])
    if not items:
        order.end(at=at)
        gifts.tell(order, at=at)
        return 1  # look at once whether another order waits
    if reverting:
        _revert(order, items, at=at)
    elif not _do(order, items, at=at):
        return 1
    BulkItem.objects.bulk_update(items, ["state", "trouble", "was", "now", "changes"])
    faults.point("bulk.before-commit")  # a batch is done, and nobody knows of it yet
    order.touch()
    return len(items)


def _do(order: BulkOrder, items: Sequence[BulkItem], *, at: datetime) -> bool:
    """False when the order can do nothing any more; then it says why."""
    try:
        actions = [_step_of(order, action) for action in read_all(order.actions, by=order.by)]
    except Unfit as unfit:
        order.end(at=at, trouble=str(unfit))
        return False
    tickets = loaded([item.ticket_id for item in items], by=order.by, locked=True)
    for item in items:
        _do_one(item, tickets.get(item.ticket_id), actions, by=order.by, at=at)
    return True


def _step_of(order: BulkOrder, action: Action) -> Action:
    action.order_id, action.despite = order.pk, order.despite
    return action


def _do_one(
    item: BulkItem, ticket: Ticket | None, actions: Sequence[Action], *, by: Agent, at: datetime
) -> None:
    """All actions on one ticket, or none of them."""
    if ticket is None:
        item.state, item.trouble = _STATES.FAILED, _("There is no such ticket.")
        return
    before = state_of(ticket)
    try:
        changes = [change for action in actions if (change := action.change(ticket))]
        with transaction.atomic():
            for action in actions:
                action.do(ticket, by=by, at=at)
    except Unfit as unfit:
        item.state, item.trouble = _STATES.FAILED, str(unfit)[:300]
        return
    item.changes = [[change.what, change.was, change.now] for change in changes]
    lists = _lists_on(ticket) if any(action.key == PutChecklist.key for action in actions) else None
    item.was, item.now = difference(before, state_of(ticket, tags=_tags_on(ticket), checklists=lists))
    item.state = _STATES.DONE if item.was else _STATES.SAME


def _revert(order: BulkOrder, items: Sequence[BulkItem], *, at: datetime) -> None:
    tickets = loaded([item.ticket_id for item in items], by=order.by, locked=True, trashed=True)
    for item in items:
        _revert_one(item, tickets.get(item.ticket_id), order, at=at)


def _revert_one(item: BulkItem, ticket: Ticket | None, order: BulkOrder, *, at: datetime) -> None:
    """What somebody changed since stays as they left it."""
    if ticket is None or changed_since(ticket, item.now):
        item.state, item.trouble = _STATES.KEPT, _("Somebody changed it since; it was left as it is.")
        return
    try:
        with transaction.atomic():
            take_back(ticket, item.was, item.now, by=order.by, order_id=order.pk, at=at)
        item.state = _STATES.REVERTED
    except DatabaseError:
        raise
    except Exception as error:  # whatever a verb refuses concerns this ticket alone
        log.info("bulk.not_taken_back", number=item.number, error=repr(error))
        item.state, item.trouble = _STATES.KEPT, _("It could not be taken back.")


def _tags_on(ticket: Ticket) -> list[str]:
    """As they are after the actions; those of the ticket were read before."""
    return list(Tagging.objects.filter(ticket_id=ticket.pk).values_list("tag__name", flat=True))


def _lists_on(ticket: Ticket) -> list[UUID]:
    """As they are after the actions."""
    return list(Checklist.objects.standing().filter(ticket=ticket.pk).values_list("pk", flat=True))
