"""Looks after the processes of one machine: starts them, restarts what died, keeps their logs, ends them all.

Not for many machines: there each process is run by the machine's own supervisor, with the same commands.
"""

from handrail.kit.supervision.home_lock import AlreadyUp, HomeLock
from handrail.kit.supervision.leftovers import end_leftovers
from handrail.kit.supervision.ports import PortProblem, check_port
from handrail.kit.supervision.program import Program, command
from handrail.kit.supervision.supervisor import Supervisor

__all__ = [
    "AlreadyUp",
    "HomeLock",
    "PortProblem",
    "Program",
    "Supervisor",
    "check_port",
    "command",
    "end_leftovers",
]
