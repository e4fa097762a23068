"""What every worker does for this room beside jobs: it works off orders for many tickets."""

from handrail.tickets.bulk import working

__all__ = ["working"]
