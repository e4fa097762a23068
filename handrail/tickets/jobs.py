"""What can wait until after the transaction."""

from datetime import datetime, timedelta
from uuid import UUID

from handrail.kit import clock, upkeep
from handrail.kit.jobs import job


@job(queue="default", retries=5)
def empty_status(*, status_id: str, at: str, **_later: object) -> None:
    """Move the tickets of a retired status on, until none is left."""
    from handrail.tickets import retiring  # app ready

    while retiring.move_some(UUID(status_id), at=datetime.fromisoformat(at)):
        pass


@job(queue="default", retries=5)
def empty_trash(**_later: object) -> None:
    """Remove what has lain in the trash long enough, until nothing is left."""
    from handrail.tickets import purging  # app ready

    while purging.purge_some(at=clock.now()):
        pass


@upkeep.daily
def empty_the_trash(_at: datetime) -> None:
    empty_trash.defer(lane="trash")


@job(queue="files", retries=3)
def read_documents(*, message_id: str, **_later: object) -> None:
    """Find out what the PDF and office files on a message say."""
    from handrail.tickets import texts  # app ready

    texts.read_documents(UUID(message_id), at=clock.now())


@job(queue="files", retries=3)
def read_older_documents(**_later: object) -> None:
    """Read what lay here unread, or came by a road that reads none, until none is left."""
    from handrail.tickets import catching_up  # app ready

    after = None
    while (after := catching_up.read_next(after=after, at=clock.now())) is not None:
        pass


@upkeep.every(timedelta(hours=1))
def read_what_lies_unread(_at: datetime) -> None:
    from handrail.tickets import catching_up  # app ready

    if catching_up.has_left():
        read_older_documents.defer(lane="documents")
