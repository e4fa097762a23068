"""What every test stands on: no network beyond this machine. pyproject names the plugin with the database."""

import ipaddress
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from handrail.kit.postgres.testing import database_server, django_db_keepdb, django_db_modify_db_settings

__all__ = [  # fixtures here win over those of plugins
    "database_server",
    "django_db_keepdb",
    "django_db_modify_db_settings",
]

pytest_plugins = [
    "tests.cast",
    "tests.emptying",
    "tests.role_objects",
    "tests.role_objects_of_drafts",
    "tests.role_objects_of_tickets",
    "tests.role_objects_of_plans",
    "tests.articles",
    "tests.browser",
    "tests.scanner",
    "tests.speed",
]

OUTWARD = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname"}
HERE = {"", "0.0.0.0", "::", "localhost", "localhost.localdomain", socket.gethostname()}  # noqa: S104


ATTEMPTS: list[str] = []


class NetworkIsOff(OSError):
    """A test tried to reach another machine. For the code under test it is as if the network were down."""


def refuse_the_network(event: str, details: tuple[Any, ...]) -> None:
    """An audit hook: Python calls it before each connection and each look-up of a name."""
    if event in OUTWARD and isinstance(details[1], tuple) and not is_here(details[1][0]):
        refuse(f"A test tried to reach {details[1][0]}: use the honest fake of that service.")
    if event in LOOKUPS and not (is_here(details[0]) or is_number(details[0])):
        refuse(f"A test tried to look up {details[0]}: use the honest fake of that service.")


def refuse(attempt: str) -> None:
    ATTEMPTS.append(attempt)
    raise NetworkIsOff(attempt)


@pytest.fixture(autouse=True)
def network_attempts() -> Iterator[list[str]]:
    """Fails a test that tried, even when the code under test made nothing of the refusal."""
    ATTEMPTS.clear()
    yield ATTEMPTS
    if ATTEMPTS:
        pytest.fail(ATTEMPTS[0])


def is_here(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else (host or "")
    if name in HERE or name.endswith(".localhost"):
        return True
    return is_number(name) and ipaddress.ip_address(name.partition("%")[0]).is_loopback


def is_number(host: str | bytes | None) -> bool:
    """Whether this is an address already, so that looking it up asks nobody."""
    name = host.decode() if isinstance(host, bytes) else (host or "")
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


sys.addaudithook(refuse_the_network)
