"""Pictures on other servers, fetched by us so that nobody's browser has to, and kept for a day.

The sender's server learns that somebody of the company looked, once: no cookie, no referrer, no address of a
person. What comes back is looked at as bytes: only a raster picture of some size is ever passed on.
"""

import hashlib
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings

from handrail.files.pictures import Picture, measured
from handrail.kit import http
from handrail.kit.reaching import Judge, is_public

log = structlog.get_logger()

TIME_LIMIT_SECONDS = 8.0
SIZE_LIMIT_BYTES = 5 * 1024 * 1024
KEPT_SECONDS = 24 * 3600
#: After a refusal the other server is left alone for so long.
REFUSED_SECONDS = 600
#: What is this small shows nothing: it only tells that a mail was read.
INVISIBLE_POINTS = 4
ADDRESS_LIMIT = 4_000
#: Says nothing about the person who reads, nor about us beyond what the address does.
HEADERS = {"Accept": "image/png,image/jpeg,image/gif,image/webp", "User-Agent": "Mozilla/5.0"}
#: Which addresses may be asked; tests let it be one on this machine.
judge: Judge = is_public


class NoPicture(Exception):
    """There is no picture to show: unreachable, refused, too large, invisible, or something else."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A picture and what its bytes say it is."""

    picture: Picture
    content: bytes


def picture_at(address: str) -> Fetched:
    """The picture at this http or https address, from a day's memory or by one request. Raises NoPicture."""
    kept = path_of(address)
    content = _remembered(kept)
    if content is None:
        content = _asked_for(address)
        _remember(kept, content)
    picture = measured(content)
    if picture is None or picture.width * picture.height <= INVISIBLE_POINTS:
        raise NoPicture
    return Fetched(picture=picture, content=content)


def _asked_for(address: str) -> bytes:
    """The bytes of a picture, empty when there is none: that is remembered too."""
    if len(address) > ADDRESS_LIMIT:
        return b""
    try:
        answer = http.send(
            "GET",
            address,
            headers=HEADERS,
            time_limit=TIME_LIMIT_SECONDS,
            size_limit=SIZE_LIMIT_BYTES,
            judge=judge,
        )
    except (http.Refused, http.TooMuch, http.Unreachable, UnicodeError, ValueError) as trouble:
        log.info("pictures.not_fetched", why=type(trouble).__name__)
        return b""
    return answer.content if answer.status == 200 and measured(answer.content) else b""


def path_of(address: str) -> Path:
    """Where the picture of this address is remembered."""
    digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()
    return Path(settings.FETCHED_FOLDER) / digest[:2] / digest


def _remembered(kept: Path) -> bytes | None:
    """What is kept for this address; None when nothing is, or it is too old."""
    try:
        told = kept.stat()
        lives = KEPT_SECONDS if told.st_size else REFUSED_SECONDS
        return kept.read_bytes() if told.st_mtime + lives > time.time() else None
    except OSError:
        return None


def _remember(kept: Path, content: bytes) -> None:
    """A memory that cannot be written is no reason not to show the picture."""
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        _forget_old(kept.parent)
        draft = kept.with_name(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
            file.write(content)
        draft.replace(kept)


def _forget_old(folder: Path) -> None:
    """Every writer sweeps the folder it writes to, one of 256, so that nothing grows."""
    for each in folder.iterdir():
        if each.stat().st_mtime + KEPT_SECONDS < time.time():
            each.unlink(missing_ok=True)
