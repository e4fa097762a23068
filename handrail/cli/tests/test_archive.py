"""The backup file: whole or refused."""

import tarfile

import pytest

from handrail.cli import _archive
from handrail.cli._complaint import Complaint


@pytest.fixture
def backup(tmp_path):
    """A backup with a dump and one stored file."""
    (tmp_path / "dump").write_bytes(b"rows and rows " * 1000)
    (tmp_path / "photo").write_bytes(b"\x89PNG")
    manifest = _archive.Manifest(handrail="0.1.0", made_at="2026-11-22T09:00:00+00:00", server="18.4")
    with _archive.writing(tmp_path / "backup.tar") as tar:
        _archive.add_file(tar, tmp_path / "dump", _archive.DUMP, manifest)
        _archive.add_file(tar, tmp_path / "photo", f"{_archive.FILES}ab/abcd", manifest)
        _archive.add_manifest(tar, manifest)
    return tmp_path / "backup.tar"


def test_what_goes_in_comes_out(backup, tmp_path):
    _archive.unpack(backup, tmp_path / "out")

    assert (tmp_path / "out" / "database.dump").read_bytes() == b"rows and rows " * 1000
    assert (tmp_path / "out" / "files" / "ab" / "abcd").read_bytes() == b"\x89PNG"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["database.dump", "files"]


def test_only_its_owner_can_read_it(backup, tmp_path):
    _archive.unpack(backup, tmp_path / "out")

    assert backup.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "out" / "database.dump").stat().st_mode & 0o777 == 0o600


def test_one_changed_byte_is_found(backup):
    whole = bytearray(backup.read_bytes())
    whole[5000] ^= 1
    backup.write_bytes(whole)

    with pytest.raises(Complaint, match=r"is damaged: database\.dump is not what was backed up"):
        _archive.verify(backup)


def test_a_backup_that_was_cut_off_is_refused(backup):
    backup.write_bytes(backup.read_bytes()[:8000])

    with pytest.raises(Complaint, match="damaged or not a backup"):
        _archive.verify(backup)


def test_a_backup_without_its_end_is_refused(backup):
    backup.write_bytes(backup.read_bytes()[:16384] + bytes(10240))

    with pytest.raises(Complaint, match="manifest is missing"):
        _archive.verify(backup)


def test_another_file_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Nadia, " * 1000)

    with pytest.raises(Complaint, match="not a backup of Handrail"):
        _archive.verify(tmp_path / "letter.txt")


@pytest.mark.parametrize("name", ["../escaped", "/etc/escaped", "files/../../escaped"])
def test_a_name_that_leads_outside_is_refused_and_nothing_is_written(tmp_path, name):
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    (tmp_path / "in").mkdir()

    with pytest.raises(Complaint, match="not a backup of Handrail"):
        _archive.unpack(tmp_path / "evil.tar", tmp_path / "in" / "out")
    assert not list(tmp_path.rglob("escaped"))


def test_a_link_in_it_is_refused(tmp_path):
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        entry = tarfile.TarInfo("files/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(entry)

    with pytest.raises(Complaint, match="not a backup of Handrail"):
        _archive.verify(tmp_path / "evil.tar")


def test_a_backup_that_failed_leaves_the_old_one(backup, tmp_path):
    before = backup.read_bytes()
    manifest = _archive.Manifest(handrail="0.1.0", made_at="", server="")

    with pytest.raises(FileNotFoundError), _archive.writing(backup) as tar:
        _archive.add_file(tar, tmp_path / "gone", _archive.DUMP, manifest)
    assert backup.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar", "dump", "photo"]
