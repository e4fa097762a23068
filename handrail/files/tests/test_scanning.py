"""Files and the virus scanner: what it says is kept, and what it finds is kept away from everybody."""

import socketserver
import struct
from collections.abc import Iterator
from threading import Thread

import pytest

from handrail.files import bundling, jobs, scanning, storing
from handrail.files.models import StoredFile
from handrail.kit.jobs import waiting
from handrail.tickets.inbound import InboundFile
from tests.cast import NINE

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does, and knows one virus."""

    says = ""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        found = "stream: Eicar-Signature FOUND" if EICAR in content else "stream: OK"
        self.wfile.write((self.says or found).encode() + b"\0")


@pytest.fixture
def scanner(settings) -> Iterator[type[Scanner]]:
    Scanner.says = ""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.CLAMAV = f"127.0.0.1:{server.server_address[1]}"
        yield Scanner
        server.shutdown()


def scan_all() -> None:
    for each in waiting(name="handrail.files.jobs.scan"):
        jobs.scan(**each.arguments)


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


def test_what_it_found_is_kept_away_from_agents_and_customers_and_said(
    scanner, nadia, vera, write, client_of
):
    files = tuple(
        InboundFile(name=name, type="", content=content, inline=False, content_id=None)
        for name, content in {"bad.txt": EICAR, "good.txt": b"good"}.items()
    )
    message = write(files=files)
    before = client_of(nadia).get(f"/tickets/{message.ticket.number}").content.decode()
    scan_all()
    number = message.ticket.number
    bad = message.attachments.get(stored__name="bad.txt").pk

    page = client_of(nadia).get(f"/tickets/{number}").content.decode()
    answers = [
        client_of(nadia).get(f"/tickets/{number}/attachments/{bad}"),
        client_of(nadia).get(f"/tickets/{number}/attachments/{bad}/text"),
        client_of(vera).get(f"/help/requests/{number}/files/{bad}"),
    ]

    assert "Not yet looked at by the virus scanner" in before
    assert "Not yet looked at" not in page
    assert "kept away: it holds Eicar-Signature" in page
    assert f"/attachments/{bad}" not in page
    assert [answer.status_code for answer in answers] == [404] * 3
    assert "bad.txt" not in client_of(vera).get(f"/help/requests/{number}").content.decode()
    zipped = b"".join(
        bundling.bundled([each.stored for each in message.attachments.select_related("stored")])
    )
    assert b"good.txt" in zipped
    assert b"bad.txt" not in zipped
