"""Facts in words: what colleagues and rules did to a ticket, as its timeline tells it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.events import Fact
from handrail.events.queries import facts_about
from handrail.team.queries import names_of
from handrail.tickets.events import (
    PriorityChanged,
    ReplyWithdrawn,
    TicketAssigned,
    TicketClosed,
    TicketMoved,
    TicketReopened,
    TicketTagged,
    TicketUntagged,
)
from handrail.tickets.models import Ticket
from handrail.tickets.reasons import words_for


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing that happened, as a sentence of safe html."""

    icon: str
    sentence: SafeString
    at: datetime


def told_about(ticket_id: UUID) -> list[Told]:
    """What happened to this ticket, oldest first, in the viewer's language; two queries."""
    facts = facts_about(ticket_id, kinds=_TELLERS)
    names = names_of(_ids(facts, _AGENTS), _ids(facts, _TEAMS))
    return [_told(fact, names) for fact in facts]


def _told(fact: Any, names: dict[UUID, str]) -> Told:
    icon, teller = _TELLERS[type(fact)]
    return Told(icon=icon, sentence=teller(fact, _Names(names)), at=fact.at)


_AGENTS = ("by_agent_id", "from_agent_id", "to_agent_id")
_TEAMS = ("from_team_id", "to_team_id")


def _ids(facts: Iterable[Fact], fields: Iterable[str]) -> set[UUID]:
    found = (getattr(fact, field, None) for fact in facts for field in fields)
    return {each for each in found if each}


class _Names:
    """Looks up names; somebody long gone and nobody at all have words too."""

    def __init__(self, known: dict[UUID, str]) -> None:
        self.known = known

    def who(self, key: UUID | None) -> str:
        return self.known.get(key, _("A former colleague")) if key else _("Handrail")

    def what(self, key: UUID | None) -> str:
        return self.known.get(key, _("a former team")) if key else _("no team")


def _assigned(fact: TicketAssigned, names: _Names) -> SafeString:
    who = names.who(fact.by_agent_id)
    if fact.to_agent_id is None:
        return format_html(_("<b>{who}</b> gave it back to the team"), who=who)
    if fact.to_agent_id == fact.by_agent_id:
        return format_html(_("<b>{who}</b> took it"), who=who)
    return format_html(
        _("<b>{who}</b> gave it to <b>{owner}</b>"), who=who, owner=names.who(fact.to_agent_id)
    )


def _moved(fact: TicketMoved, names: _Names) -> SafeString:
    who, team = names.who(fact.by_agent_id), names.what(fact.to_team_id)
    return format_html(_("<b>{who}</b> moved it to <b>{team}</b>"), who=who, team=team)


def _closed(fact: TicketClosed, names: _Names) -> SafeString:
    who = names.who(fact.by_agent_id)
    return format_html(_("<b>{who}</b> closed it: {reason}"), who=who, reason=words_for(fact.reason))


def _reopened(fact: TicketReopened, names: _Names) -> SafeString:
    if fact.by_agent_id is None:
        return format_html("{}", _("The new message opened it again"))
    return format_html(_("<b>{who}</b> opened it again"), who=names.who(fact.by_agent_id))


def _prioritised(fact: PriorityChanged, names: _Names) -> SafeString:
    priority = Ticket.Priority(fact.now).label
    return format_html(
        _("<b>{who}</b> set the priority to <b>{priority}</b>"),
        who=names.who(fact.by_agent_id),
        priority=priority,
    )


def _tagged(fact: TicketTagged, names: _Names) -> SafeString:
    return format_html(
        _("<b>{who}</b> tagged it <b>{tag}</b>"), who=names.who(fact.by_agent_id), tag=fact.tag
    )


def _untagged(fact: TicketUntagged, names: _Names) -> SafeString:
    who = names.who(fact.by_agent_id)
    return format_html(_("<b>{who}</b> took off the tag <b>{tag}</b>"), who=who, tag=fact.tag)


def _withdrawn(fact: ReplyWithdrawn, names: _Names) -> SafeString:
    return format_html(_("<b>{who}</b> took an answer back before it left"), who=names.who(fact.by_agent_id))


_TELLERS: dict[type[Fact], tuple[str, Callable[[Any, _Names], SafeString]]] = {
    TicketAssigned: ("user-round-check", _assigned),
    TicketMoved: ("users-round", _moved),
    TicketClosed: ("circle-check", _closed),
    TicketReopened: ("rotate-ccw", _reopened),
    PriorityChanged: ("signal-high", _prioritised),
    TicketTagged: ("tag", _tagged),
    TicketUntagged: ("tag", _untagged),
    ReplyWithdrawn: ("undo-2", _withdrawn),
}
