"""Ports for the servers of tests: none that the system hands to a connection of somebody else meanwhile."""

import random
import socket
from contextlib import ExitStack, suppress

#: Below those that Linux gives to outgoing connections, of which a run of tests makes thousands.
FIRST, LAST = 12_000, 32_000
#: Not the chance that tests fix: two runs would choose alike.
CHANCE = random.SystemRandom()


def free_ports(count: int) -> list[int]:
    """So many ports of this machine that nobody listens on."""
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            port = CHANCE.randrange(FIRST, LAST)
            with suppress(OSError):
                held.enter_context(socket.create_server(("127.0.0.1", port)))
                ports.append(port)
        return ports


def free_port() -> int:
    (port,) = free_ports(1)
    return port
