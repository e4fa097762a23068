"""What a tar must be like to be read as a backup; asked of its headers alone, before any content.

A backup is not compressed and each of its bytes stands in the file, so it cannot grow while it is unpacked:
neither its entries nor their bytes need another limit than the disk.
"""

import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from handrail.cli._complaint import Complaint

_OURS = re.compile(r"database\.dump|secret\.key|manifest\.json|files/[^/\0]+(/[^/\0]+)*")
#: The manifest is read into memory: a line for each member, and some words.
_MANIFEST, _MANIFEST_BYTES_A_MEMBER, _MANIFEST_BYTES = "manifest.json", 1_000, 100_000


@contextmanager
def of_a_tar(path: Path) -> Iterator[None]:
    """Whatever the library stumbles over in a damaged or hostile tar, in words."""
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError, OverflowError, RecursionError) as broken:
        said = str(broken).partition("\n")[0]
        raise Complaint(f"{path} is damaged or not a backup of Handrail ({said}).") from None


def survey(path: Path) -> int:
    """The bytes it will take on disk. Raises Complaint for anything that a backup of ours never holds."""
    names: set[str] = set()
    total = manifest = 0
    with of_a_tar(path), tarfile.open(path, mode="r:") as tar:
        headers = cast(Any, tar).members
        while entry := tar.next():
            if not _is_ours(entry) or entry.name in names:
                raise Complaint(f"{path} is not a backup of Handrail: it holds {entry.name[:200]!r}.")
            names.add(entry.name)
            total += entry.size
            manifest = entry.size if entry.name == _MANIFEST else manifest
            headers.clear()  # else each of them stays in memory
    if total > path.stat().st_size or manifest > len(names) * _MANIFEST_BYTES_A_MEMBER + _MANIFEST_BYTES:
        raise Complaint(f"{path} is not a backup of Handrail: it says it holds more than it does.")
    return total


def room_for(total: int, folder: Path) -> None:
    """Raises Complaint where the disk has less than that."""
    if (free := shutil.disk_usage(folder).free) < total:
        needed = f"{total / 2**20:,.0f} MB are needed, {free / 2**20:,.0f} MB are free"
        raise Complaint(f"There is no room in {folder} to unpack the backup: {needed}.")


def _is_ours(entry: tarfile.TarInfo) -> bool:
    """A plain file, all of its bytes in the tar, with a name that stays inside."""
    is_inside = _OURS.fullmatch(entry.name) is not None and not {"..", "."} & set(entry.name.split("/"))
    return entry.isreg() and not entry.issparse() and is_inside
