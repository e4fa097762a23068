"""What every worker does for this room beside jobs: bulk orders, tickets asleep, sums of live ones."""

from handrail.tickets import tallying, waking
from handrail.tickets.bulk import working

__all__ = ["tallying", "waking", "working"]
