"""What every worker does for this room beside jobs: orders, tickets asleep, tasks due, sums of live ones."""

from handrail.tickets import tallying, waking
from handrail.tickets.bulk import working
from handrail.tickets.checklists import reminding

__all__ = ["reminding", "tallying", "waking", "working"]
