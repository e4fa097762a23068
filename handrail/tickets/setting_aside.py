"""Words too long for a message become a text file of their writer's draft; nothing of them is lost."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from handrail.files import storing
from handrail.files.models import StoredFile
from handrail.kit import html as markup
from handrail.team.models import Agent
from handrail.tickets.models import Draft

#: No answer and no note is longer, in characters, and no html of one; what is longer becomes a file.
LONGEST_TEXT = 200_000
LONGEST_HTML = LONGEST_TEXT * 5
#: What such a file is called; further ones of a draft get a number.
STEM = "pasted-text"


def is_too_long(text: str, html: str) -> bool:
    """Whether these words are none for a message."""
    return len(text) > LONGEST_TEXT or len(html) > LONGEST_HTML


@transaction.atomic
def set_aside(
    *, ticket_id: UUID, by: Agent, mode: str, text: str, html: str, at: datetime
) -> list[StoredFile]:
    """Keep the words as a file of the draft, whose own words are empty then; the same words make one file.

    What is more than a file may be becomes several. Returns them in order.
    """
    draft = Draft.keep(ticket_id=ticket_id, by=by, mode=mode, text="", html="", at=at)
    return _filed(list(_pieces(text, html)), draft, at=at)


@transaction.atomic
def put_beside(*, ticket_id: UUID, by: Agent, text: str, html: str, at: datetime) -> list[StoredFile]:
    """The same beside whatever the draft says already."""
    draft = Draft.begun(ticket_id=ticket_id, by=by, at=at)
    return _filed(list(_pieces(text, html)), draft, at=at)


def _filed(pieces: list[bytes], draft: Draft, *, at: datetime) -> list[StoredFile]:
    there = list(draft.files.filter(name__startswith=STEM).order_by("id"))
    newest = there[-len(pieces) :]
    if [file.sha256 for file in newest] == [sha256(piece).hexdigest() for piece in pieces]:
        return newest
    named = [(_name(len(there) + place), piece, at) for place, piece in enumerate(pieces, start=1)]
    stored = storing.store_all(named)
    draft.hang(stored)
    return stored


def _name(number: int) -> str:
    return f"{STEM}.txt" if number == 1 else f"{STEM}-{number}.txt"


def _pieces(text: str, html: str) -> Iterator[bytes]:
    """As much as a file may hold each; no letter is cut in two."""
    words = (text or markup.text(html)).replace("\r\n", "\n").encode("utf-8", "replace")
    start = 0
    while start < len(words):
        end = start + storing.FILE_LIMIT
        while end < len(words) and words[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        yield words[start:end]
        start = end
