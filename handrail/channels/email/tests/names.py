"""An honest fake of name servers: some names are unknown, some are looked up without end."""

import socket
import threading
from collections.abc import Iterator

import pytest

from handrail.kit import reaching

#: Nobody knows the one; whoever asks for the other waits.
DEAD, SLOW = "dead.example", "slow.example"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Both names, and patience for fewer seconds than in earnest."""
    monkeypatch.setattr(reaching, "LOOK_UP_SECONDS", 0.3)
    over, look_up = threading.Event(), socket.getaddrinfo

    def answer(host, *place, **more):
        if host == SLOW:
            over.wait(timeout=120)
        if host in (DEAD, SLOW):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return look_up(host, *place, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    yield
    over.set()
