"""Nothing of ours talks to an address inside the house (S-069)."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from handrail.kit import http, reaching
from handrail.kit.reaching import is_public


class Canary(BaseHTTPRequestHandler):
    """A server inside the house that notes every visit."""

    visits: list[str] = []

    def do_GET(self) -> None:
        self.visits.append(self.path)
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "/large")
        else:
            self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 5000)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def canary() -> Iterator[HTTPServer]:
    Canary.visits.clear()
    with HTTPServer(("127.0.0.1", 0), Canary) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",  # noqa: S104
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
    ],
)
def test_S_069_an_address_inside_the_house_gets_no_visit(canary, host):
    with pytest.raises((http.Refused, http.Unreachable)):
        http.send("GET", f"http://{host}:{canary.server_port}/")

    assert Canary.visits == []


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "fd00::1",
        "fe80::1%eth0",
        "100.64.0.1",
        "64:ff9b:1::1",
        "ff02::1",
        "nonsense",
    ],
)
def test_S_069_private_link_local_and_reserved_addresses_are_not_public(address):
    assert not is_public(address)


def test_a_public_address_is_public():
    assert is_public("93.184.216.34")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com/"])
def test_only_http_is_spoken(url):
    with pytest.raises(http.Refused):
        http.send("GET", url)


def test_S_069_a_redirect_is_not_followed(canary):
    answer = http.send("GET", f"http://127.0.0.1:{canary.server_port}/away", judge=lambda _: True)

    assert answer.status == 302
    assert Canary.visits == ["/away"]


def test_an_answer_above_the_limit_is_cut_off(canary):
    with pytest.raises(http.TooMuch):
        http.send(
            "GET", f"http://127.0.0.1:{canary.server_port}/large", size_limit=1000, judge=lambda _: True
        )


def test_R_052_a_name_that_nobody_looks_up_is_given_up_in_time(monkeypatch):
    over = threading.Event()

    def hang(*_place, **_more):
        over.wait(timeout=120)
        return []

    monkeypatch.setattr(reaching, "LOOK_UP_SECONDS", 0.1)
    monkeypatch.setattr(socket, "getaddrinfo", hang)

    with pytest.raises(http.Unreachable, match="looked up in time"):
        http.send("GET", "https://slow.example/")

    over.set()
