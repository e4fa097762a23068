"""How custom fields and the rules of forms know this room's nouns."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from handrail.accounts import audit
from handrail.accounts.models import Brand, User
from handrail.fields.nouns import Aspect, Pointee, register, register_aspects
from handrail.kit.ids import uuid_or_none
from handrail.team.models import Team
from handrail.team.queries import agent_behind
from handrail.tickets import stages
from handrail.tickets.models import Ticket
from handrail.tickets.models.ticket.queryset import Tickets

#: What the security audit says of statuses: kind of entry → words that stand after the actor's name.
AUDIT = {
    "status.made": _("made the status"),
    "status.edited": _("changed the status"),
    "status.retired": _("retired the status"),
    "status.restored": _("took up again the status"),
    "recurring.made": _("made the recurring ticket"),
    "recurring.changed": _("changed the recurring ticket"),
    "recurring.paused": _("paused the recurring ticket"),
    "recurring.gone-on": _("let go on the recurring ticket"),
    "recurring.deleted": _("deleted the recurring ticket"),
    "activity.made": _("made the activity"),
    "activity.changed": _("changed the activity"),
    "activity.retired": _("retired the activity"),
    "activity.restored": _("took up again the activity"),
    "status.moves-set": _("said where tickets are moved by the role"),
}


def declare() -> None:
    """Make tickets known as something a field can point at, and what rules of their form can ask."""
    audit.declare(AUDIT)
    register(Pointee(key="ticket", why=_("The number of a ticket."), find=_found, name=_named))
    register_aspects(
        Aspect(key="status", label=_("Status"), options=_statuses),
        Aspect(key="team", label=_("Team"), options=lambda: _rows(Team.objects.all())),
        Aspect(key="brand", label=_("Brand"), options=lambda: _rows(Brand.objects.all())),
        Aspect(key="priority", label=_("Priority"), options=_priorities),
        Aspect(key="channel", label=_("Channel"), options=_channels),
    )


def _found(viewer: User | None, text: str) -> UUID | None:
    """By number, with or without its sign; by id for programs."""
    number = text.strip().removeprefix("#")
    rows = _seen(viewer)
    if number.isascii() and number.isdigit() and len(number) < 16:
        rows = rows.filter(number=int(number))
    else:
        rows = rows.filter(pk__in=[key] if (key := uuid_or_none(text)) else [])
    found: UUID | None = rows.values_list("pk", flat=True).first()
    return found


def _named(viewer: User | None, ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = _seen(viewer).filter(pk__in=list(ids)).values_list("pk", "number")
    return {key: f"#{number}" for key, number in rows}


def _seen(viewer: User | None) -> Tickets:
    every: Tickets = Ticket.objects.all()
    if viewer is None:
        return every
    agent = agent_behind(viewer)
    return every.visible_to(agent) if agent else every.none()


def _statuses() -> dict[str, str]:
    return {each.key: each.words for each in stages.stages().all if not each.retired}


def _priorities() -> dict[str, str]:
    return {str(each.value): str(each.label) for each in Ticket.Priority}


def _channels() -> dict[str, str]:
    return {
        "email": _t("Mail"),
        "portal": _t("Help centre"),
        "phone": _t("Phone"),
        "in_person": _t("In person"),
        "internal": _t("Internal"),
    }


def _rows(rows: Iterable[Team] | Iterable[Brand]) -> dict[str, str]:
    return {str(row.pk): row.name for row in rows}
