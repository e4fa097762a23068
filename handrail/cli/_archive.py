"""A backup file: a tar of the database's dump, the stored files and, at its end, what each must hash to."""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from handrail.cli._archive_limits import of_a_tar, room_for, survey
from handrail.cli._complaint import Complaint

DUMP = "database.dump"
FILES = "files/"
SECRET = "secret.key"  # noqa: S105 - its name, not the key
MANIFEST = "manifest.json"
FORMAT = 1
PIECE = 2**20


@dataclass
class Manifest:
    """What a backup holds. sums: SHA-256 by name of each member."""

    handrail: str
    made_at: str
    server: str
    format: int = FORMAT
    sums: dict[str, str] = field(default_factory=dict)


class Hashing(io.RawIOBase):
    """Passes on what is read and hashes it on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.sum = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.sum.update(piece)
        return piece


@contextmanager
def writing(path: Path) -> Iterator[tarfile.TarFile]:
    """A tar readable by its owner alone, at its place only when it is whole and on disk."""
    draft = path.with_name(f".{path.name}.draft")
    handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w+b") as raw:
            with tarfile.open(fileobj=raw, mode="w") as tar:
                yield tar
            raw.flush()
            os.fsync(raw.fileno())
        verify(draft)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def add_file(tar: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> None:
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(source.fileno()).st_size, 0o600
        hashing = Hashing(source)
        tar.addfile(entry, hashing)
        manifest.sums[name] = hashing.sum.hexdigest()


def add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    text = json.dumps(asdict(manifest), indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(text), 0o600
    tar.addfile(entry, io.BytesIO(text))


def verify(path: Path) -> Manifest:
    """Reads the whole backup and compares every sum; raises Complaint for the first that is wrong."""
    survey(path)
    with of_a_tar(path):
        manifest, found = contents(path)
    if manifest is None or manifest.format != FORMAT:
        raise Complaint(
            f"{path} is no whole backup of Handrail: its manifest is missing or of another format."
        )
    for name, expected in manifest.sums.items():
        if found.get(name) != expected:
            raise Complaint(f"{path} is damaged: {name} is not what was backed up. Use another backup.")
    if unknown := found.keys() - manifest.sums.keys():
        raise Complaint(f"{path} was changed: {min(unknown)} was not backed up. Use another backup.")
    return manifest


def contents(path: Path) -> tuple[Manifest | None, dict[str, str]]:
    found: dict[str, str] = {}
    manifest = None
    for entry, source in members(path):
        if entry.name == MANIFEST:
            manifest = read_manifest(source)
        else:
            found[entry.name] = summed(source)
    return manifest, found


def read_manifest(source: IO[bytes]) -> Manifest | None:
    try:
        read = Manifest(**json.loads(source.read()))
    except (ValueError, TypeError, RecursionError):
        return None
    return read if isinstance(read.sums, dict) else None


def members(path: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Plain files with names that stay inside; anything else in the tar is not ours."""
    with tarfile.open(path, mode="r:") as tar:
        for entry in tar:
            source = tar.extractfile(entry) if entry.isreg() else None
            if source is None or entry.name.startswith("/") or ".." in Path(entry.name).parts:
                raise Complaint(f"{path} is not a backup of Handrail: it holds {entry.name!r}.")
            yield entry, source


def summed(source: IO[bytes]) -> str:
    sums = hashlib.sha256()
    while piece := source.read(PIECE):
        sums.update(piece)
    return sums.hexdigest()


def unpack(path: Path, folder: Path) -> None:
    """Everything but the manifest into an empty folder, readable by its owner alone."""
    room_for(survey(path), folder.parent)
    folder.mkdir(mode=0o700, parents=True)
    for entry, source in members(path):
        if entry.name != MANIFEST:
            target = folder / entry.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("wb") as file:
                shutil.copyfileobj(source, file, PIECE)
            target.chmod(0o600)
