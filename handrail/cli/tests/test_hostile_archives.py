"""S-074: archives made to harm are refused soon, by restoring and by taking over mail, and leave nothing."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from handrail.channels.email import archives
from handrail.cli import _archive
from handrail.cli._complaint import Complaint

REFUSED_WITHIN_SECONDS = 2.0
GIGABYTE = 2**30


def entry(name: str, content: bytes = b"", **more: object) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in more.items():
        setattr(info, key, value)
    return info, content


def tar_of(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for info, content in entries:
            tar.addfile(info, io.BytesIO(content))
    return whole.getvalue()


def manifest(**more: object) -> tuple[tarfile.TarInfo, bytes]:
    told = {"handrail": "0.1.0", "made_at": "", "server": "", "format": 1, "sums": {}} | more
    return entry("manifest.json", json.dumps(told).encode())


def zip_of(*names: str, content: bytes = b"") -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return whole.getvalue()


def sparse() -> bytes:
    """A header of GNU tar that stands for a terabyte of nothing."""
    info, _ = entry("files/ab/abcd", type=tarfile.GNUTYPE_SPARSE)
    header = bytearray(info.tobuf(format=tarfile.GNU_FORMAT))
    header[483:495] = b"\x80" + (2**40).to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(1024)


def many_heads() -> bytes:
    """Headers that each say something about the next header."""
    about = entry("about", type=tarfile.XHDTYPE)[0].tobuf(format=tarfile.USTAR_FORMAT)
    return about * 20_000 + tar_of(entry("database.dump"))


def named(name: str) -> bytes:
    return tar_of(entry(name, b"x"), manifest())


BOMB = bytes(50 * 2**20)
NAMES = ("../escaped", "/etc/escaped", "files/../../escaped", "files/./escaped", "files//escaped", "escaped")
ARCHIVES: dict[str, Callable[[], bytes]] = {
    **{f"the name {name}": partial(named, name) for name in NAMES},
    "a symlink": lambda: tar_of(entry("files/link", type=tarfile.SYMTYPE, linkname="/etc")),
    "a hard link": lambda: tar_of(entry("files/link", type=tarfile.LNKTYPE, linkname="/etc/passwd")),
    "a device": lambda: tar_of(entry("files/zero", type=tarfile.CHRTYPE, devmajor=1, devminor=5)),
    "a fifo": lambda: tar_of(entry("files/fifo", type=tarfile.FIFOTYPE)),
    "the same name twice": lambda: tar_of(entry("secret.key", b"a"), entry("secret.key", b"b"), manifest()),
    "a terabyte in a header": sparse,
    "two gigabytes that are not there": lambda: entry("database.dump", size=2 * GIGABYTE)[0].tobuf(),
    "more than 10,000 entries": lambda: tar_of(*(entry(f"files/{n}") for n in range(10_001)), manifest()),
    "headers about headers": many_heads,
    "a packed bomb": lambda: gzip.compress(tar_of(entry("database.dump", BOMB))),
    "a zip bomb": lambda: zip_of("database.dump", content=BOMB),
    "a zip that leads outside": lambda: zip_of("../escaped", content=b"x"),
    "an archive in an archive": lambda: tar_of(entry("inner.tar", tar_of(entry("../escaped"))), manifest()),
    "what was not backed up": lambda: tar_of(entry("secret.key", b"mine"), manifest()),
    "sums that are no table": lambda: tar_of(manifest(sums=["x"])),
    "a deep manifest": lambda: tar_of(entry("manifest.json", b"[" * 90_000)),
}


def everything_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_S_074_a_hostile_backup_is_refused_soon_and_leaves_nothing(kind, tmp_path):
    file = tmp_path / "in" / "hostile.tar"
    file.parent.mkdir()
    file.write_bytes(ARCHIVES[kind]())
    began = time.process_time()

    with pytest.raises(Complaint, match=r"hostile\.tar (is|was)"):
        _archive.verify(file)

    assert time.process_time() - began < REFUSED_WITHIN_SECONDS
    assert everything_in(tmp_path) == {"in", "in/hostile.tar"}


def test_S_074_a_manifest_of_a_gigabyte_is_not_read(tmp_path):
    file = tmp_path / "hostile.tar"
    file.write_bytes(entry("manifest.json", size=GIGABYTE)[0].tobuf())
    os.truncate(file, GIGABYTE + 10_240)
    began = time.process_time()

    with pytest.raises(Complaint, match="says it holds more than it does"):
        _archive.verify(file)

    assert time.process_time() - began < REFUSED_WITHIN_SECONDS


@pytest.mark.parametrize("kind", ["the name ../escaped", "a symlink", "a terabyte in a header"])
def test_S_074_nothing_of_it_is_unpacked_either(kind, tmp_path):
    (tmp_path / "hostile.tar").write_bytes(ARCHIVES[kind]())

    with pytest.raises(Complaint):
        _archive.unpack(tmp_path / "hostile.tar", tmp_path / "out")

    assert not list(tmp_path.rglob("*escaped*"))
    assert [path for path in tmp_path.rglob("*") if path.name not in ("hostile.tar", "out")] == []


def test_S_074_a_backup_larger_than_the_disk_is_refused_before_it_fills_it(tmp_path, monkeypatch):
    (tmp_path / "large.tar").write_bytes(tar_of(entry("database.dump", b"x" * 5_000), manifest()))
    usage = type("Usage", (), {"free": 4_000})
    monkeypatch.setattr("handrail.cli._archive_limits.shutil.disk_usage", lambda _folder: usage)

    with pytest.raises(Complaint, match="There is no room"):
        _archive.unpack(tmp_path / "large.tar", tmp_path / "out")


def test_S_074_the_command_says_so_in_one_line_and_touches_nothing(tmp_path):
    (tmp_path / "hostile.tar").write_bytes(ARCHIVES["a symlink"]())
    around = os.environ | {"HANDRAIL_HOME": str(tmp_path / "home"), "DATABASE_URL": ""}

    done = subprocess.run(
        [sys.executable, "-m", "handrail", "restore", str(tmp_path / "hostile.tar")],
        env=around,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 1
    assert "is not a backup of Handrail: it holds 'files/link'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not [path for path in (tmp_path / "home").rglob("*") if path.suffix != ".lock"]


@pytest.mark.parametrize("name", ["old.mbox", "old.eml", "cur/1709287200.M1:2,S", "old.zip"])
@pytest.mark.parametrize("kind", ["a zip bomb", "a packed bomb", "a symlink", "an archive in an archive"])
def test_S_074_no_archive_is_opened_when_old_mail_is_taken_over(name, kind, tmp_path):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(ARCHIVES[kind]())
    before, began = everything_in(tmp_path), time.process_time()

    found = list(archives.mails_in(file))

    assert [(each.raw, each.problem) for each in found] == [(b"", "an archive: unpack it first")]
    assert time.process_time() - began < REFUSED_WITHIN_SECONDS
    assert everything_in(tmp_path) == before


def test_S_074_links_and_pipes_among_old_mail_are_not_followed(tmp_path):
    (tmp_path / "cur").mkdir()
    (tmp_path / "cur" / "link").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "cur" / "pipe")
    (tmp_path / "away").symlink_to("/etc", target_is_directory=True)

    found = list(archives.mails_in(tmp_path))

    assert [(Path(each.where).name, each.problem) for each in found] == [
        ("link", "not a file or folder"),
        ("pipe", "not a file or folder"),
    ]
