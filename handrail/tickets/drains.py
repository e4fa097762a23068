"""What every worker does for this room beside jobs: what is ordered, sleeps, recurs or is due; sums."""

from handrail.tickets import falling_due, tallying, waking
from handrail.tickets.bulk import working
from handrail.tickets.checklists import reminding
from handrail.tickets.recurring import running

__all__ = ["falling_due", "reminding", "running", "tallying", "waking", "working"]
