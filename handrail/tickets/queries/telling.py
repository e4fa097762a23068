"""Facts in words: what colleagues and rules did to a ticket, as its timeline tells it.

What one person did in one go is one line: “Nadia took it, tagged it refund, set the priority to High”.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.events import Fact
from handrail.events.queries import numbered_facts_about
from handrail.fields.field import POINTING, Field
from handrail.fields.showing import in_words
from handrail.kit import html
from handrail.team.queries import names_of
from handrail.tickets import stages, undoing
from handrail.tickets.checklists.words import task_given
from handrail.tickets.events import (
    FieldChanged,
    MacroTakenBack,
    MacroUsed,
    MessageJoined,
    MessageParted,
    PriorityChanged,
    ReplyWithdrawn,
    StatusSet,
    TaskGiven,
    TicketAssigned,
    TicketClosed,
    TicketHeld,
    TicketMarkedSpam,
    TicketMoved,
    TicketReopened,
    TicketSnoozed,
    TicketSolved,
    TicketTagged,
    TicketTakenUp,
    TicketUntagged,
    TicketWoke,
)
from handrail.tickets.models import Snooze, Ticket
from handrail.tickets.queries import telling_drafts
from handrail.tickets.reasons import words_for
from handrail.ui.moments import exact

#: For readers who may see no custom field.
NO_FIELDS: Mapping[str, Field] = {}
#: What somebody does within this time after their last deed belongs to the same line.
IN_ONE_GO = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Deed:
    """words: safe html. change: the number of the fact, where it can be put back."""

    words: SafeString
    change: int | None = None

    def __str__(self) -> str:
        return self.words

    @property
    def plain(self) -> str:
        """The same without mark-up."""
        return html.text(self.words)


@dataclass(kw_only=True)
class Told:
    """What somebody did in one go. who: empty where nobody did it. deeds: in order."""

    icon: str
    who: str
    at: datetime
    deeds: list[Deed] = field(default_factory=list)


def told_about(ticket_id: UUID, *, fields: Mapping[str, Field] = NO_FIELDS) -> list[Told]:
    """What happened to this ticket, oldest first, each deed by itself; two queries.

    fields: the custom fields that the reader may see, by key; changes of others are left out.
    """
    found = numbered_facts_about(ticket_id, kinds=_TELLERS)
    found = [each for each in found if not isinstance(each[1], FieldChanged) or each[1].field in fields]
    facts = [fact for _number, fact in found]
    names = _Names(names_of(_ids(facts, _AGENTS), _ids(facts, _TEAMS)), fields)
    return [_told(number, fact, names) for number, fact in found]


def name_deed(kind: type[Fact], *, icon: str, words: Callable[[Any], SafeString]) -> None:
    """Let a room above tell a fact of its own, about a ticket and with `by_agent_id`, on the timeline."""
    _TELLERS[kind] = (icon, lambda fact, _names: words(fact))


def continues(former: Told, later: Told) -> bool:
    """Whether the later deed belongs to the same line as the former ones."""
    return bool(later.who) and former.who == later.who and later.at - former.at <= IN_ONE_GO


def _told(number: int, fact: Any, names: "_Names") -> Told:
    icon, teller = _TELLERS[type(fact)]
    nobody = isinstance(fact, TicketReopened) and fact.by_agent_id is None
    who = "" if nobody else names.who(fact.by_agent_id)
    change = number if undoing.is_revertable(fact) else None
    return Told(icon=icon, who=who, at=fact.at, deeds=[Deed(teller(fact, names), change)])


_AGENTS = ("by_agent_id", "from_agent_id", "to_agent_id", "of_agent_id")
_TEAMS = ("from_team_id", "to_team_id")


def _ids(facts: Iterable[Fact], fields: Iterable[str]) -> set[UUID]:
    found = (getattr(fact, field, None) for fact in facts for field in fields)
    return {each for each in found if each}


class _Names:
    """Looks up names; somebody long gone and nobody at all have words too."""

    def __init__(self, known: dict[UUID, str], fields: Mapping[str, Field] = NO_FIELDS) -> None:
        self.known, self.fields = known, fields

    def who(self, key: UUID | None) -> str:
        return self.known.get(key, _("A former colleague")) if key else _("Handrail")

    def what(self, key: UUID | None) -> str:
        return self.known.get(key, _("a former team")) if key else _("no team")


def _assigned(fact: TicketAssigned, names: _Names) -> SafeString:
    if fact.to_agent_id is None:
        return format_html("{}", _("gave it back to the team"))
    if fact.to_agent_id == fact.by_agent_id:
        return format_html("{}", _("took it"))
    return format_html(_("gave it to <b>{owner}</b>"), owner=names.who(fact.to_agent_id))


def _moved(fact: TicketMoved, names: _Names) -> SafeString:
    return format_html(_("moved it to <b>{team}</b>"), team=names.what(fact.to_team_id))


def _gave_task(fact: TaskGiven, names: _Names) -> SafeString:
    return task_given(fact, names.who(fact.to_agent_id) if fact.to_agent_id else "")


def _closed(fact: TicketClosed, _names: _Names) -> SafeString:
    return format_html(_("closed it: {reason}"), reason=words_for(fact.reason))


def _solved(fact: TicketSolved, _names: _Names) -> SafeString:
    if fact.reason == "solved":
        return format_html("{}", _("solved it"))
    return format_html(_("solved it: {reason}"), reason=words_for(fact.reason))


def _marked_spam(_fact: TicketMarkedSpam, _names: _Names) -> SafeString:
    return format_html("{}", _("called it spam"))


def _held(fact: TicketHeld, _names: _Names) -> SafeString:
    return format_html(_("put it on hold: {reason}"), reason=words_for(fact.reason))


def _taken_up(_fact: TicketTakenUp, _names: _Names) -> SafeString:
    return format_html("{}", _("took it up again"))


def _set(fact: StatusSet, _names: _Names) -> SafeString:
    return format_html(_("set the status to <b>{status}</b>"), status=stages.stages().words_of(fact.now))


def _filled(fact: FieldChanged, names: _Names) -> SafeString:
    """Whom or what a field points at is not said: who reads this may not see that one."""
    field = names.fields[fact.field]
    if fact.now is None:
        return format_html(_("emptied <b>{field}</b>"), field=field.label)
    if field.kind in POINTING:
        return format_html(_("changed <b>{field}</b>"), field=field.label)
    words = shorten(in_words(field, fact.now), 80, placeholder="…")
    return format_html(_("set <b>{field}</b> to <b>{words}</b>"), field=field.label, words=words)


def _reopened(fact: TicketReopened, _names: _Names) -> SafeString:
    by_itself = fact.by_agent_id is None
    return format_html("{}", _("The new message opened it again") if by_itself else _("opened it again"))


def _prioritised(fact: PriorityChanged, _names: _Names) -> SafeString:
    priority = Ticket.Priority(fact.now).label
    return format_html(_("set the priority to <b>{priority}</b>"), priority=priority)


def _tagged(fact: TicketTagged, _names: _Names) -> SafeString:
    return format_html(_("tagged it <b>{tag}</b>"), tag=fact.tag)


def _untagged(fact: TicketUntagged, _names: _Names) -> SafeString:
    return format_html(_("took off the tag <b>{tag}</b>"), tag=fact.tag)


def _withdrawn(_fact: ReplyWithdrawn, _names: _Names) -> SafeString:
    return format_html("{}", _("took an answer back before it left"))


def _went(fact: MessageParted, _names: _Names) -> SafeString:
    return format_html(_("put a message on <b>#{number}</b>"), number=fact.to_number)


def _came(fact: MessageJoined, _names: _Names) -> SafeString:
    return format_html(_("put a message of <b>#{number}</b> here"), number=fact.from_number)


def _used_macro(fact: MacroUsed, _names: _Names) -> SafeString:
    return format_html(_("used the macro <b>{name}</b>"), name=fact.name)


def _took_macro_back(fact: MacroTakenBack, _names: _Names) -> SafeString:
    return format_html(_("took back what the macro <b>{name}</b> had changed"), name=fact.name)


def _snoozed(fact: TicketSnoozed, _names: _Names) -> SafeString:
    if fact.until:
        return format_html(_("put it away until <b>{when}</b>"), when=exact(fact.until))
    until = Snooze.Event(fact.wakes_on).label
    return format_html(_("put it away until <b>{event}</b>"), event=until)


def _woke(fact: TicketWoke, _names: _Names) -> SafeString:
    words = {
        "time": _("brought it back: its time had come"),
        "linked": _("brought it back: every linked ticket is done"),
    }
    return format_html("{}", words.get(fact.why, _("brought it back")))


_TELLERS: dict[type[Fact], tuple[str, Callable[[Any, _Names], SafeString]]] = {
    TicketAssigned: ("user-round-check", _assigned),
    TicketMoved: ("users-round", _moved),
    TaskGiven: ("user-round-check", _gave_task),
    TicketClosed: ("circle-check", _closed),
    TicketReopened: ("rotate-ccw", _reopened),
    StatusSet: ("circle-dot", _set),
    FieldChanged: ("text-cursor-input", _filled),
    TicketSolved: ("circle-check", _solved),
    TicketMarkedSpam: ("shield-x", _marked_spam),
    TicketHeld: ("circle-pause", _held),
    TicketTakenUp: ("circle-play", _taken_up),
    PriorityChanged: ("signal-high", _prioritised),
    TicketTagged: ("tag", _tagged),
    TicketUntagged: ("tag", _untagged),
    ReplyWithdrawn: ("undo-2", _withdrawn),
    MessageParted: ("arrow-right", _went),
    MessageJoined: ("arrow-down", _came),
    MacroUsed: ("wand-sparkles", _used_macro),
    MacroTakenBack: ("undo-2", _took_macro_back),
    TicketSnoozed: ("alarm-clock", _snoozed),
    TicketWoke: ("alarm-clock-off", _woke),
    **telling_drafts.TELLERS,
}
