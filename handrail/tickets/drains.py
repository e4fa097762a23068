"""What every worker does for this room beside jobs: works off orders for many tickets, wakes those asleep."""

from handrail.tickets import waking
from handrail.tickets.bulk import working

__all__ = ["waking", "working"]
