"""What keeps the timeline ready."""

from datetime import datetime

from handrail.events import partitions
from handrail.kit import upkeep


@upkeep.daily
def make_the_coming_months(at: datetime) -> None:
    partitions.ensure_ahead(at=at)
