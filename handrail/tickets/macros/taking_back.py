"""What a macro did with an answer goes back when the answer is taken back, if nobody touched it since."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from handrail.events.facts import fact_from
from handrail.events.models import FactRow
from handrail.team.models import Agent
from handrail.tickets import undoing
from handrail.tickets.doing import Unfit
from handrail.tickets.events import MacroTakenBack, MacroUsed, ReplyWritten
from handrail.tickets.models import Ticket

#: Why something stays as it is now: the rest goes back all the same.
STAYS = (
    undoing.Superseded,
    undoing.Gone,
    PermissionDenied,
    Unfit,
    Ticket.MoveForbidden,
    Ticket.FieldsMissing,
    Ticket.HeldUp,
)


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """name: of the macro. back: how much of what it did went back; stays: how much did not."""

    macro_id: UUID
    name: str
    struck: tuple[int, ...]
    back: int
    stays: int


@transaction.atomic
def take_back(ticket: Ticket, message_id: UUID, *, by: Agent, at: datetime) -> TakenBack | None:
    """Put back what the macro of this answer did to the ticket, the last of it first; None without one."""
    used = _row_of(ticket, MacroUsed, message_id)
    written = _row_of(ticket, ReplyWritten, message_id)
    if used is None or written is None:
        return None
    macro = fact_from(used.kind, used.payload)
    assert isinstance(macro, MacroUsed)
    between = FactRow.objects.filter(subject_id=ticket.pk, id__gt=written.pk, id__lt=used.pk, at=used.at)
    went = [_put_back(ticket, row, by=by, at=at) for row in between.order_by("-id")]
    done = [each for each in went if each is not None]
    outcome = TakenBack(
        macro_id=macro.macro_id,
        name=macro.name,
        struck=tuple(macro.struck),
        back=done.count(True),
        stays=done.count(False),
    )
    if done:
        ticket.tell(
            MacroTakenBack(
                ticket_id=ticket.pk,
                by_agent_id=by.pk,
                macro_id=macro.macro_id,
                name=macro.name,
                message_id=message_id,
                back=outcome.back,
                stays=outcome.stays,
                at=at,
            )
        )
    return outcome


def _put_back(ticket: Ticket, row: FactRow, *, by: Agent, at: datetime) -> bool | None:
    """Whether it went back; None for what only tells of a change that has a fact of its own."""
    try:
        with transaction.atomic():
            undoing.revert(ticket, row.pk, by=by, at=at)
    except undoing.NotRevertable:
        return None
    except STAYS:
        ticket.refresh_from_db()
        return False
    return True


def _row_of(ticket: Ticket, kind: type[MacroUsed | ReplyWritten], message_id: UUID) -> FactRow | None:
    rows = FactRow.objects.filter(subject_id=ticket.pk, kind=kind.kind)
    return rows.filter(payload__message_id=str(message_id)).order_by("-id").first()
