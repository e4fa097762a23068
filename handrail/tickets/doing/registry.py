"""Every action by its key; how actions are kept and read again."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from handrail.team.models import Agent
from handrail.tickets.doing.action import Action, Unfit
from handrail.tickets.doing.checklist import PutChecklist
from handrail.tickets.doing.deletion import Delete
from handrail.tickets.doing.due import SetDue
from handrail.tickets.doing.owner import GiveTo
from handrail.tickets.doing.priority import SetPriority
from handrail.tickets.doing.status import SetStatus
from handrail.tickets.doing.tags import PutTag, TakeTagOff
from handrail.tickets.doing.team import MoveTo

#: In the order in which they are offered, and done.
ACTIONS: dict[str, type[Action]] = {
    action.key: action
    for action in (MoveTo, GiveTo, SetPriority, SetDue, PutTag, TakeTagOff, PutChecklist, SetStatus, Delete)
}


def read(key: str, value: str, *, by: Agent) -> Action:
    """One action as it was kept. Raises Unfit when there is no such action, or `by` may not do it."""
    action = ACTIONS.get(key)
    if action is None:
        raise Unfit(_("There is no such action."))
    if not action.policy(by):
        raise Unfit(_("You may not do that: %(action)s.") % {"action": action.label})
    return action.read(value, by=by)


def read_all(pairs: Iterable[Sequence[str]], *, by: Agent) -> list[Action]:
    """Actions as they were kept, in the order in which they are done. Raises Unfit."""
    actions = [read(key, value, by=by) for key, value in pairs]
    order = list(ACTIONS)
    return sorted(actions, key=lambda action: order.index(action.key))


def kept(actions: Iterable[Action]) -> list[list[str]]:
    """Actions as they are kept."""
    return [[action.key, action.value] for action in actions]
