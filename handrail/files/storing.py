"""Keeping bytes: written whole, synced and renamed before anybody is told that they are kept."""

import hashlib
import os
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from handrail.files import jobs, scanning
from handrail.files.models import StoredFile, path_of
from handrail.files.names import clean_name
from handrail.files.types import type_of
from handrail.kit import faults

__all__ = ["FILE_LIMIT", "TooLarge", "content_of", "keep", "path_of", "store", "store_all"]

#: The largest file that is taken in, in bytes.
FILE_LIMIT = 25 * 1024 * 1024
#: So many files are written at once.
WRITERS = 4


class TooLarge(Exception):
    """The file has more bytes than FILE_LIMIT."""


def store(*, name: str, content: bytes, at: datetime) -> StoredFile:
    """Keep the bytes and return their record. Raises TooLarge."""
    return store_all([(name, content, at)])[0]


def store_all(files: Sequence[tuple[str, bytes, datetime]]) -> list[StoredFile]:
    """The same for many, as (name, bytes, moment). They are written side by side: disks sync together."""
    for name, content, _at in files:
        if len(content) > FILE_LIMIT:
            raise TooLarge(name)
    digests = _kept([content for _name, content, _at in files])
    stored = StoredFile.objects.bulk_create(
        _record(digest, name=name, content=content, at=at)
        for digest, (name, content, at) in zip(digests, files, strict=True)
    )
    if scanning.is_on():
        jobs.scan.defer_many([{"stored_id": str(each.pk)} for each in stored])
    return stored


def _kept(contents: list[bytes]) -> list[str]:
    if len(contents) < 2:
        return [keep(content) for content in contents]
    with ThreadPoolExecutor(WRITERS) as writers:
        return list(writers.map(keep, contents))


def _record(digest: str, *, name: str, content: bytes, at: datetime) -> StoredFile:
    cleaned = clean_name(name)
    return StoredFile(
        sha256=digest,
        name=cleaned,
        type=type_of(content, name=cleaned),
        bytes=len(content),
        created_at=at,
        scan=StoredFile.Scan.WAITING if scanning.is_on() else StoredFile.Scan.NONE,
    )


def keep(content: bytes) -> str:
    """Write the bytes under their hash unless they are there already; returns the hash."""
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(digest)
    try:
        os.utime(target)  # bytes that are left over are not swept away now
    except FileNotFoundError:
        _write_whole(target, content)
    return digest


def content_of(stored: StoredFile) -> bytes:
    return path_of(stored.sha256).read_bytes()


def _write_whole(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    draft = target.with_name(f".{secrets.token_hex(8)}")
    faults.point("files.before-write")  # no byte of the file is written
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
            file.write(content)
            faults.point("files.before-sync")  # written, not yet synced
            file.flush()
            os.fsync(file.fileno())
        faults.point("files.before-rename")  # synced under its draft name
        draft.replace(target)
        faults.point("files.after-rename")  # under its name, the folder not yet synced
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
