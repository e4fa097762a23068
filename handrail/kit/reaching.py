"""Reaching a server by its name: every address of the name is judged, and a judged one is connected to.

The name is resolved once, here, so that it cannot point elsewhere a moment later.
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Collection
from queue import Empty, SimpleQueue

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: Answers whether an address may be connected to.
Judge = Callable[[str], bool]

#: The names of this machine for itself: what is said to them crosses no network.
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
#: Addresses that a gateway turns into IPv4 ones, whichever those are.
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
#: IPv4 addresses as old resolvers read them: one number, hexadecimal, octal, fewer than four parts.
ODD_NUMBERS = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
#: A server whose network does not answer is noticed after about a minute, also when nothing is said.
KEEP_ALIVE = (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))
#: A name is looked up for so long at most; the system itself may wait for minutes where nobody answers.
LOOK_UP_SECONDS = 15.0


class NotAllowed(Exception):
    """The name is unknown, or one of its addresses may not be connected to; which of the two stays unsaid."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet: not loopback, private, link-local or reserved."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(ip in network for network in TRANSLATED if network.version == ip.version):
        return False
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def public_or_within(networks: Collection[Network]) -> Judge:
    """A judge that also lets addresses of these networks pass."""

    def judge(address: str) -> bool:
        return is_public(address) or _lies_within(address, networks)

    return judge


def is_odd(host: str) -> bool:
    """Whether the host is a number that some programs read as another address than it seems to be."""
    return ODD_NUMBERS.fullmatch(host) is not None and not re.fullmatch(r"\d+(\.\d+){3}", host)


def connect(host: str, port: int, *, timeout: float, judge: Judge = is_public) -> socket.socket:
    """A connection to one of the host's addresses. Raises NotAllowed, or OSError when none answers."""
    addresses = [] if is_odd(host) else _resolve(host, port, timeout=timeout)
    if not addresses or not all(judge(address) for address in addresses):
        raise NotAllowed(host)
    line = _first_that_answers(addresses, port, timeout)
    _keep_alive(line)
    return line


def _first_that_answers(addresses: list[str], port: int, timeout: float) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), timeout=timeout)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), timeout=timeout)


def look_up(host: str, port: int, *, timeout: float) -> list[str]:
    """The addresses of a name. Raises OSError, UnicodeError; TimeoutError where no name server answers.

    Asked by a thread of its own, for the system cannot be told how long to wait.
    """
    answers: SimpleQueue[list[str] | Exception] = SimpleQueue()
    threading.Thread(target=_ask, args=(host, port, answers), name="look-up", daemon=True).start()
    try:
        found = answers.get(timeout=min(timeout, LOOK_UP_SECONDS))
    except Empty:
        raise TimeoutError("Its name could not be looked up in time.") from None
    if isinstance(found, Exception):
        raise found
    return found


def _ask(host: str, port: int, answers: SimpleQueue[list[str] | Exception]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except Exception as error:
        answers.put(error)
    else:
        answers.put(list(dict.fromkeys(str(place[0]) for *_, place in found)))


def _resolve(host: str, port: int, *, timeout: float) -> list[str]:
    """Raises TimeoutError: that the name is slow gives nothing away of where it leads."""
    try:
        return look_up(host, port, timeout=timeout)
    except TimeoutError:
        raise
    except (OSError, UnicodeError):
        return []


def _keep_alive(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in KEEP_ALIVE:
        if hasattr(socket, name):  # not every system has them
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _lies_within(address: str, networks: Collection[Network]) -> bool:
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return any(ip in network for network in networks if network.version == ip.version)
