"""An honest fake of clamd: it speaks INSTREAM on this machine and knows one virus."""

import socketserver
import struct
from collections.abc import Iterator
from threading import Thread

import pytest

from handrail.files.models import StoredFile
from handrail.kit import clock

#: The harmless sample that every scanner knows; in two pieces, so that none takes this very file away.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


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
    """What the queued jobs would do."""
    for stored in StoredFile.objects.filter(scan=StoredFile.Scan.WAITING):
        stored.be_scanned(at=clock.now())
