"""Files and the virus scanner: what it says is kept with the file."""

import pytest

from handrail.files import jobs, scanning, storing
from handrail.files.models import StoredFile
from handrail.kit.jobs import waiting
from tests.cast import NINE
from tests.scanner import EICAR, scan_all


def stored(content: bytes) -> StoredFile:
    kept = storing.store(name="a.txt", content=content, at=NINE)
    scan_all()
    return StoredFile.objects.get(pk=kept.pk)


def test_without_a_scanner_nothing_is_asked(db):
    assert stored(EICAR).scan == ""
    assert waiting(name="handrail.files.jobs.scan") == []


def test_a_clean_file_is_known_as_clean_and_a_large_one_is_sent_in_pieces(db, scanner):
    file = stored(b"words " * 100_000)

    assert (file.scan, file.finding) == ("clean", "")


def test_a_file_with_a_virus_is_known_by_its_name(db, scanner):
    file = stored(EICAR)

    assert (file.scan, file.finding, file.is_kept_away) == ("infected", "Eicar-Signature", True)


@pytest.mark.parametrize("says", ["stream: size limit exceeded. ERROR", "", "UNKNOWN COMMAND"])
def test_while_the_scanner_gives_no_verdict_the_file_waits(db, scanner, says):
    scanner.says = says or "\0"
    kept = storing.store(name="a.txt", content=EICAR, at=NINE)

    with pytest.raises(scanning.NoAnswer):
        scan_all()

    kept.refresh_from_db()
    assert kept.scan == "waiting"


def test_a_scanner_that_is_away_is_no_verdict(db, settings, tmp_path):
    kept = storing.store(name="a.txt", content=b"x", at=NINE)
    for address in ("127.0.0.1:1", str(tmp_path / "no.socket")):
        settings.CLAMAV = address
        with pytest.raises(scanning.NoAnswer):
            scanning.verdict_on(storing.path_of(kept.sha256))


def test_a_job_is_queued_for_each_file_and_may_run_twice(db, scanner):
    kept = storing.store(name="a.txt", content=EICAR, at=NINE)
    (queued,) = waiting(name="handrail.files.jobs.scan")

    for _time in range(2):
        jobs.scan(**queued.arguments)

    kept.refresh_from_db()
    assert kept.is_kept_away
