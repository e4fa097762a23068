"""Work on files after they are stored."""

from uuid import UUID

from handrail.files.models import StoredFile
from handrail.kit import clock
from handrail.kit.jobs import job


@job(queue="files", retries=6)
def scan(*, stored_id: str, **_later: object) -> None:
    """Let the scanner look at a file; while it does not answer, the job is tried again for an hour or so."""
    stored = StoredFile.objects.filter(pk=UUID(stored_id), scan=StoredFile.Scan.WAITING).first()
    if stored:
        stored.be_scanned(at=clock.now())
