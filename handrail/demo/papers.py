"""The files of the demo company: the same bytes are kept once."""

from datetime import datetime

from handrail.demo.world.nouns import Attachment
from handrail.files import storing
from handrail.files.models import StoredFile
from handrail.files.names import clean_name
from handrail.files.types import type_of


class Papers:
    """Keeps the bytes at once and the records until they are written together."""

    def __init__(self) -> None:
        self.stored: list[StoredFile] = []
        self._digests: dict[bytes, str] = {}

    def keep(self, file: Attachment, *, at: datetime) -> StoredFile:
        digest = self._digests.get(file.content) or storing.keep(file.content)
        self._digests[file.content] = digest
        name = clean_name(file.name)
        record = StoredFile(
            sha256=digest,
            name=name,
            type=type_of(file.content, name=name),
            bytes=len(file.content),
            created_at=at,
        )
        self.stored.append(record)
        return record
