"""Recurring tickets whose moment has come open their ticket: every worker's drain does it, each day once.

The run of a day and its ticket are one transaction: a killed worker leaves both or neither, and the database
takes no second run of a day.
"""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models.functions import Now

from handrail.kit import clock, drains, ids
from handrail.tickets.by_hand.opening import placed, write
from handrail.tickets.doing import Unfit, read
from handrail.tickets.events import RecurringMissed, RecurringTroubled, TicketOpenedByPlan
from handrail.tickets.models import RecurringRun, RecurringTicket, Ticket
from handrail.tickets.recurring import troubles
from handrail.tickets.recurring.ordering import order_of

log = structlog.get_logger()

#: So many missed days are made up at most; older ones are left out.
MOST_MISSED = 100


@drains.drain("recurring")
def take_batch() -> int:
    """Open the ticket of the one that is due longest, by the clock of the database; 0 when none is due."""
    with transaction.atomic():
        due = RecurringTicket.objects.filter(next_at__lte=Now()).order_by("next_at", "id")
        recurring = due.select_for_update(skip_locked=True, of=("self",)).first()
        if recurring is None:
            return 0
        run_next(recurring, at=clock.now())
        return 1


def run_next(recurring: RecurringTicket, *, at: datetime) -> RecurringRun:
    """Open the ticket for the day that is due, and aim at the next one; part of a transaction."""
    day, skipped = _day_to_run(recurring, at=at)
    run = RecurringRun(recurring=recurring, on=day, skipped=skipped, at=at)
    before = _last_ticket(recurring)
    _open(run, at=at)
    run.save(force_insert=True)
    recurring.aim(after=day)
    recurring.save(update_fields=["next_on", "next_at"])
    _tell(run, before=before, at=at)
    return run


@transaction.atomic
def run_again(run: RecurringRun, *, at: datetime) -> bool:
    """Open the ticket of a run that failed; False when it has one."""
    locked = RecurringRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.ticket_id or not locked.trouble.startswith(troubles.FAILED):
        return False
    locked.trouble = ""
    _open(locked, at=at)
    locked.save(update_fields=["ticket", "trouble"])
    _tell(locked, before=None, at=at)
    return True


def _day_to_run(recurring: RecurringTicket, *, at: datetime) -> tuple[date, int]:
    """The day whose ticket opens now, and how many missed ones before it are left out."""
    first = recurring.next_on
    assert first is not None
    due = [first]
    for day in recurring.rule.days(after=first):
        if recurring.moment_of(day) > at:
            break
        due.append(day)
    kept = due[-MOST_MISSED:]
    if recurring.make_up == RecurringTicket.MakeUp.LAST:
        while len(kept) > 1 and recurring.own_moment_of(kept[0]) <= at:
            kept = kept[1:]
    return kept[0], len(due) - len(kept)


def _open(run: RecurringRun, *, at: datetime) -> None:
    """Put the ticket on the run, or why there is none: what goes wrong with one stops no other."""
    try:
        with transaction.atomic():
            run.ticket, run.trouble = _opened(run.recurring, run.on, at=at)
    except DatabaseError:
        raise
    except Exception as error:
        log.exception("recurring.failed", recurring=str(run.recurring_id), day=str(run.on))
        run.trouble = f"{troubles.FAILED} {type(error).__name__}"


def _opened(recurring: RecurringTicket, day: date, *, at: datetime) -> tuple[Ticket, str]:
    order, trouble = order_of(recurring)
    owner, key = recurring.owner, ids.uuid7()
    told = partial(
        TicketOpenedByPlan, recurring_id=recurring.pk, name=recurring.name, day=day.isoformat(), at=at
    )
    ticket = placed(order, by=owner, key=key, told=told, at=at)
    write(ticket, order, by=owner, key=key, undo=timedelta(0), at=at)
    return ticket, _done_to(ticket, recurring, at=at) or trouble


def _done_to(ticket: Ticket, recurring: RecurringTicket, *, at: datetime) -> str:
    """Do what the template does; what its owner cannot do is a trouble."""
    trouble = ""
    for key, value in recurring.template.actions:
        try:
            with transaction.atomic():
                read(key, value, by=recurring.owner).do(ticket, by=recurring.owner, at=at)
        except Unfit as unfit:
            trouble = f"{troubles.UNFIT} {unfit}"[:500]
    return trouble


def _last_ticket(recurring: RecurringTicket) -> Ticket | None:
    last = recurring.runs.exclude(ticket=None).select_related("ticket").order_by("-on").first()
    return last.ticket if last else None


def _tell(run: RecurringRun, *, before: Ticket | None, at: datetime) -> None:
    recurring, ticket = run.recurring, run.ticket
    if ticket is None:
        return
    whose: dict[str, Any] = {"recurring_id": recurring.pk, "name": recurring.name, "at": at}
    whose["owner_id"] = recurring.owner_id
    if run.trouble:
        ticket.tell(RecurringTroubled(ticket_id=ticket.pk, trouble=run.trouble, **whose))
    if before and not before.is_done:
        before.tell(RecurringMissed(ticket_id=before.pk, next_number=ticket.number, **whose))
