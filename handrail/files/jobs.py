"""Work on files after they are stored."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from handrail.files import forgetting
from handrail.files.models import StoredFile
from handrail.kit import clock, upkeep
from handrail.kit.jobs import job

#: A draft that is older has no writer any more.
LONGEST_WRITING = timedelta(days=1)
#: The name of a draft, as `storing` makes it.
DRAFT = re.compile(r"\.[0-9a-f]{16}")


@job(queue="files", retries=6)
def scan(*, stored_id: str, **_later: object) -> None:
    """Let the scanner look at a file; while it does not answer, the job is tried again for an hour or so."""
    stored = StoredFile.objects.filter(pk=UUID(stored_id), scan=StoredFile.Scan.WAITING).first()
    if stored:
        stored.be_scanned(at=clock.now())


@upkeep.daily
def sweep_what_was_forgotten(at: datetime) -> None:
    while forgetting.sweep(at=at):
        pass


@upkeep.daily
def sweep_what_a_crash_left(at: datetime) -> None:
    """Drafts of files whose writer died: they never got the name of a file, and nobody knows them."""
    drafts = [path for path in Path(settings.FILES_FOLDER).glob("??/??/.*") if DRAFT.fullmatch(path.name)]
    for draft in drafts:
        with suppress(FileNotFoundError):  # another process sweeps too
            if draft.stat().st_mtime < (at - LONGEST_WRITING).timestamp():
                draft.unlink()
