"""The one file server: safe headers for every byte somebody else sent us."""

from collections.abc import Iterator
from typing import TypeVar
from uuid import UUID

from django.core import signing
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from handrail.files.models import StoredFile
from handrail.files.storing import path_of
from handrail.files.types import SHOWN_INLINE, told_type

#: A signed link to an inline image lives so long, in seconds.
LINK_LIVES_SECONDS = 3600
Answer = TypeVar("Answer", bound=HttpResponseBase)
_SALT = "handrail.files.link"


def answer(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The bytes; a download unless it is a harmless image asked for inline. 404 if gone or infected."""
    path = path_of(stored.sha256)
    if stored.is_kept_away or not path.exists():
        raise Http404
    shown = inline and stored.type in SHOWN_INLINE
    response = FileResponse(path.open("rb"), content_type=told_type(stored.type))
    response["Content-Length"] = str(stored.bytes)
    return harmless(response, name=stored.name, shown=shown)


def harmless(response: Answer, *, name: str, shown: bool = False) -> Answer:
    """The same answer with headers that let nothing in it run. shown: in the page, else a download."""
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def sign(stored_id: UUID, *, for_user: UUID) -> str:
    """A token that lets this user, and only this user, fetch the file for an hour."""
    return signing.TimestampSigner(salt=_SALT).sign(f"{stored_id.hex}.{for_user.hex}")


def unsign(token: str, *, for_user: UUID) -> UUID:
    """The file a token stands for. Raises Http404 for a foreign, changed or old token."""
    try:
        value = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=LINK_LIVES_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    stored, _, user = value.partition(".")
    if user != for_user.hex:
        raise Http404
    return UUID(stored)


def chunks(stored: StoredFile, *, size: int = 65536) -> Iterator[bytes]:
    """The bytes piece by piece, for mails and exports."""
    with path_of(stored.sha256).open("rb") as file:
        while piece := file.read(size):
            yield piece
