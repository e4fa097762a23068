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
        self._known: dict[tuple[bytes, str], tuple[str, str]] = {}

    def keep(self, file: Attachment, *, at: datetime) -> StoredFile:
        name = clean_name(file.name)
        digest, kind = self._digest_and_type(file.content, name.rpartition(".")[2])
        record = StoredFile(
            sha256=digest,
            name=name,
            type=kind,
            bytes=len(file.content),
            created_at=at,
        )
        self.stored.append(record)
        return record

    def _digest_and_type(self, content: bytes, ending: str) -> tuple[str, str]:
        """Both depend on the bytes and the ending of the name alone, and there are few of either."""
        if (content, ending) not in self._known:
            kind = type_of(content, name=f"file.{ending}")
            self._known[content, ending] = storing.keep(content), kind
        return self._known[content, ending]
