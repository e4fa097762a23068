"""What can be done to a ticket by a macro, to many at once, or by a rule: one file for each action.

An action is a key and a value, so that it can be kept; it says beforehand what it would change.
"""

from handrail.tickets.doing.action import Action, Change, HeldUp, Unfit
from handrail.tickets.doing.checklist import PutChecklist
from handrail.tickets.doing.deletion import Delete
from handrail.tickets.doing.due import SetDue
from handrail.tickets.doing.owner import GiveTo
from handrail.tickets.doing.priority import SetPriority
from handrail.tickets.doing.registry import ACTIONS, kept, read, read_all
from handrail.tickets.doing.status import SetStatus
from handrail.tickets.doing.tags import PutTag, TakeTagOff
from handrail.tickets.doing.team import MoveTo

__all__ = [
    "ACTIONS",
    "Action",
    "Change",
    "Delete",
    "GiveTo",
    "HeldUp",
    "MoveTo",
    "PutChecklist",
    "PutTag",
    "SetDue",
    "SetPriority",
    "SetStatus",
    "TakeTagOff",
    "Unfit",
    "kept",
    "read",
    "read_all",
]
