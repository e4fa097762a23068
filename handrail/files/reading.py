"""The beginning of a text file in words, for those who want to look before they save."""

from dataclasses import dataclass

from handrail.files.models import StoredFile
from handrail.files.storing import path_of

#: So many bytes are read.
SHOWN_BYTES = 64 * 1024
#: What is text by its bytes. Html and the like are text here too: they are shown as their source.
TEXTS = ("text/", "message/")
ALSO_TEXT = frozenset({"application/json", "application/xml", "application/x-yaml", "application/javascript"})


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The first lines of a file. cut: there is more."""

    text: str
    cut: bool


def is_text(media_type: str) -> bool:
    return media_type.startswith(TEXTS) or media_type in ALSO_TEXT


def beginning_of(stored: StoredFile) -> Beginning | None:
    """What stands at the beginning; None when the file is gone or no text."""
    path = path_of(stored.sha256)
    if not is_text(stored.type) or stored.is_kept_away or not path.exists():
        return None
    with path.open("rb") as file:
        head = file.read(SHOWN_BYTES)
    return Beginning(text=_decoded(head), cut=stored.bytes > len(head))


def _decoded(head: bytes) -> str:
    """Utf-8 where it is, perhaps with its last letter cut; utf-16 by its mark; else western letters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").replace("\x00", "")
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at_the_end = len(head) == SHOWN_BYTES and error.start >= len(head) - 4
        text = head[: error.start].decode("utf-8-sig") if at_the_end else head.decode("cp1252", "replace")
    return text.replace("\x00", "")
