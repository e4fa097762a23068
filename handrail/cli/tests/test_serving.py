"""Serving with real processes: pages and streams on one port, and how it all ends."""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing

import pytest

from handrail.cli.tests.serving_app import LARGE
from handrail.kit.processes import is_alive
from tests.ports import free_port

SERVE = """
import sys
from handrail.cli._serving import serve
serve("handrail.cli.tests.serving_app:application", host="127.0.0.1", port=int(sys.argv[1]), workers=1)
"""


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def server(port):
    with subprocess.Popen([sys.executable, "-c", SERVE, str(port)]) as process:
        wait_until(lambda: answers(port))
        yield process
        process.terminate()


def wait_until(is_so, *, seconds=60):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def answers(port):
    try:
        return ask(port, "GET", "/").startswith("/\n")
    except (OSError, http.client.HTTPException):
        return False


def ask(port, method, path, body=None, headers=None):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as caller:
        caller.request(method, path, body=body, headers=headers or {})
        return caller.getresponse().read().decode("latin-1")


def workers_of(server):
    with open(f"/proc/{server.pid}/task/{server.pid}/children") as children:  # noqa: PTH123
        return [int(pid) for pid in children.read().split()]


def open_stream(port):
    caller = socket.create_connection(("127.0.0.1", port), timeout=10)
    caller.sendall(b"GET /live HTTP/1.1\r\nHost: desk\r\n\r\n")
    assert caller.recv(100).startswith(b"HTTP/1.1 200")
    return caller


def rest_of(caller):
    read = b""
    while piece := caller.recv(65536):
        read += piece
    return read


def test_pages_and_streams_come_from_one_port(server, port):
    with open_stream(port) as stream:
        wait_until(lambda: b": ping" in stream.recv(1000))
        assert ask(port, "GET", "/tickets/42?view=mine").startswith("/tickets/42\nview=mine\n")


@pytest.mark.parametrize("size", [0, 10, 3 * 2**20])
def test_a_page_gets_the_whole_body_whatever_its_size(server, port, size):
    body = os.urandom(size)

    assert ask(port, "POST", "/", body=body).endswith(hashlib.sha256(body).hexdigest())


def test_a_body_of_unknown_size_arrives_whole(server, port):
    pieces = [b"one", b"two", b"three"]

    assert ask(port, "POST", "/", body=iter(pieces)).endswith(hashlib.sha256(b"onetwothree").hexdigest())


def test_a_large_file_arrives_whole(server, port):
    assert ask(port, "GET", "/file").encode() == LARGE


@pytest.mark.parametrize("announced", [1000, 3 * 2**20])
def test_a_body_that_breaks_off_never_passes_for_a_short_one(server, port, announced, tmp_path):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
        head = f"POST /kept{tmp_path} HTTP/1.1\r\nHost: desk\r\nContent-Length: {announced}\r\n\r\n"
        caller.sendall(head.encode() + b"half of it")
        time.sleep(0.2)

    assert answers(port)
    time.sleep(0.2)
    assert not (tmp_path / "kept").exists()


def test_a_broken_page_is_an_error_and_the_next_one_works(server, port):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as caller:
        caller.request("GET", "/broken")

        assert caller.getresponse().status == 500
    assert answers(port)


def test_a_header_with_an_underscore_cannot_pass_for_one_with_a_hyphen(server, port):
    assert "\nVera\n" in ask(port, "GET", "/", headers={"X-Name": "Vera"})
    assert "\n-\n" in ask(port, "GET", "/", headers={"X_Name": "Piet"})


def test_a_query_that_is_no_ascii_is_read_as_if_escaped(server, port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
        caller.sendall("GET /?name=Zoë HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n".encode())

        assert b"name=Zo%C3%AB" in rest_of(caller)


def test_asked_to_end_it_finishes_pages_and_cuts_streams_at_once(server, port, tmp_path):
    with open_stream(port) as stream, socket.create_connection(("127.0.0.1", port), timeout=10) as page:
        page.sendall(f"GET /slow{tmp_path} HTTP/1.1\r\nHost: desk\r\n\r\n".encode())
        wait_until((tmp_path / "begun").exists)

        server.terminate()
        server.wait(timeout=60)

        assert rest_of(page).startswith(b"HTTP/1.1 200")
        assert rest_of(stream).endswith(b"0\r\n\r\n")  # the proper end: nothing waited until it was cut off


def test_a_killed_worker_is_replaced(server, port):
    (worker,) = workers_of(server)
    os.kill(worker, signal.SIGKILL)

    wait_until(lambda: workers_of(server) not in ([], [worker]) and answers(port))


def test_a_killed_server_leaves_no_worker(server, port):
    (worker,) = workers_of(server)
    server.kill()

    wait_until(lambda: not is_alive(worker))
