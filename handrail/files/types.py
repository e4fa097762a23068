"""What a file is, decided from its bytes; the sender's word counts for nothing."""

import puremagic

#: Types that may be shown inside our pages; everything else is only ever downloaded.
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
UNKNOWN = "application/octet-stream"
#: Types by which a download may be named: whatever a browser could run, draw or style with is left out.
TOLD = SHOWN_INLINE | frozenset({"application/pdf", "application/zip", "text/plain"})


def type_of(content: bytes, *, name: str = "") -> str:
    """The media type by the bytes; text/plain for readable text; octet-stream when unknown."""
    head = content[:4096]
    try:
        found = puremagic.from_string(head, mime=True, filename=name) if head else ""
    except (puremagic.PureError, ValueError):
        found = ""
    if found:
        return str(found)
    return "text/plain" if head and _is_text(head) else UNKNOWN


def told_type(media_type: str) -> str:
    """What a browser is told that it gets: a script or style sheet is only bytes to it."""
    return media_type if media_type in TOLD else UNKNOWN


def _is_text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False
    return b"\x00" not in head
