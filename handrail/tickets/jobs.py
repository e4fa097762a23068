"""What can wait until after the transaction."""

from datetime import datetime
from uuid import UUID

from handrail.kit.jobs import job


@job(queue="default", retries=5)
def empty_status(*, status_id: str, at: str, **_later: object) -> None:
    """Move the tickets of a retired status on, until none is left."""
    from handrail.tickets import retiring  # app ready

    while retiring.move_some(UUID(status_id), at=datetime.fromisoformat(at)):
        pass
