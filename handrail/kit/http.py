"""The one way out by HTTP: public addresses only, no redirects, bounded in size and time.

The name is resolved here, every address of it is judged, and the connection goes to the very address that was
judged: a name cannot point elsewhere a moment later.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2
import httpx2

from handrail.kit.reaching import Judge, is_odd, is_public, look_up

#: A whole exchange takes at most so many seconds, connecting included.
TIME_LIMIT_SECONDS = 20.0
#: An answer has at most so many bytes, unpacked.
SIZE_LIMIT_BYTES = 10 * 1024 * 1024
SCHEMES = frozenset({"http", "https"})

#: The other side did not answer, or not in HTTP.
Unreachable = httpx2.HTTPError


class Refused(Exception):
    """The address is not a public one, or not spoken to by http or https."""


class TooMuch(Exception):
    """The answer was larger or slower than the limits allow."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    content: bytes


def send(
    method: str,
    url: str,
    *,
    headers: dict[str, str] | None = None,
    content: bytes | None = None,
    time_limit: float = TIME_LIMIT_SECONDS,
    size_limit: int = SIZE_LIMIT_BYTES,
    judge: Judge = is_public,
) -> Answer:
    """Ask a server on the internet.

    A redirect is returned as what it is and not followed. Raises Refused, TooMuch, or Unreachable.
    """
    _refuse_odd_addresses(url)
    deadline = time.monotonic() + time_limit
    with (
        httpx2.Client(transport=_Guarded(judge), timeout=time_limit, trust_env=False) as client,
        client.stream(method, url, headers=headers, content=content, follow_redirects=False) as response,
    ):
        body = _read(response, deadline=deadline, size_limit=size_limit)
        return Answer(status=response.status_code, headers=dict(response.headers), content=body)


def _refuse_odd_addresses(url: str) -> None:
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise Refused(url) from error
    if parsed.scheme not in SCHEMES or is_odd(parsed.host):
        raise Refused(url)


def _read(response: httpx2.Response, *, deadline: float, size_limit: int) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes(65536):
        body += piece
        if len(body) > size_limit or time.monotonic() > deadline:
            raise TooMuch(str(response.url))
    return bytes(body)


class _Guarded(httpx2.HTTPTransport):
    """A transport whose connections are made by a judging backend."""

    def __init__(self, judge: Judge) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        context = httpx2.create_ssl_context(trust_env=False)
        self._pool = httpcore2.ConnectionPool(ssl_context=context, network_backend=_JudgingBackend(judge))


class _JudgingBackend(httpcore2.SyncBackend):
    """Resolves a name, refuses it when any of its addresses is not allowed, and connects to a judged one."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = _resolve(host, port, timeout=timeout or TIME_LIMIT_SECONDS)
        if not addresses or not all(self._judge(address) for address in addresses):
            raise Refused(host)
        return super().connect_tcp(addresses[0], port, timeout, local_address, socket_options)


def _resolve(host: str, port: int, *, timeout: float) -> list[str]:
    try:
        return look_up(host, port, timeout=timeout)
    except TimeoutError as error:
        raise httpcore2.ConnectTimeout(str(error)) from error
    except OSError as error:
        raise httpcore2.ConnectError(str(error)) from error
