"""Several files as one zip: names cleaned and each used once, contents as they are."""

import zipfile
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from handrail.files.models import StoredFile
from handrail.files.names import clean_name
from handrail.files.serving import chunks
from handrail.files.storing import path_of

#: Beyond so many bytes together files are fetched one by one.
BUNDLE_LIMIT = 200 * 1024 * 1024
_IN_MEMORY = 4 * 1024 * 1024
_PIECE = 65536


class TooLarge(Exception):
    """The files have more bytes together than BUNDLE_LIMIT."""


def bundled(files: Iterable[StoredFile]) -> Iterator[bytes]:
    """The zip, piece by piece. Raises TooLarge before the first. What is gone or infected is left out."""
    files = list(files)
    if sum(stored.bytes for stored in files) > BUNDLE_LIMIT:
        raise TooLarge
    return _pieces(files)


def _pieces(files: list[StoredFile]) -> Iterator[bytes]:
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as draft:
        _write(files, draft)
        draft.seek(0)
        while piece := draft.read(_PIECE):
            yield piece


def _write(files: list[StoredFile], draft: IO[bytes]) -> None:
    """Nothing is compressed: most files of a mail are already, and a bomb is not unpacked by accident."""
    used: set[str] = set()
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
        for stored in files:
            if path_of(stored.sha256).exists() and not stored.is_kept_away:
                moment = stored.created_at.timetuple()[:6]
                entry = zipfile.ZipInfo(_unused(clean_name(stored.name), used), date_time=moment)
                with archive.open(entry, "w") as target:
                    for piece in chunks(stored):
                        target.write(piece)


def _unused(name: str, used: set[str]) -> str:
    """The name, numbered when another file has it; systems that ignore case count too."""
    stem, dot, ending = name.rpartition(".")
    tried, number = name, 1
    while tried.casefold() in used:
        number += 1
        tried = f"{stem} ({number}).{ending}" if dot and stem else f"{name} ({number})"
    used.add(tried.casefold())
    return tried
