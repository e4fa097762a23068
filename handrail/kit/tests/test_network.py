"""The guard of the test run itself: nothing here may leave this machine."""

import socket

import pytest


@pytest.fixture(autouse=True)
def tried_on_purpose(network_attempts):
    yield
    network_attempts.clear()


def test_a_connection_to_another_machine_is_refused():
    with pytest.raises(Exception, match=r"tried to reach 192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_datagram_to_another_machine_is_refused():
    with (
        socket.socket(type=socket.SOCK_DGRAM) as letter,
        pytest.raises(Exception, match=r"tried to reach 192\.0\.2\.1"),
    ):
        letter.sendto(b"hello", ("192.0.2.1", 9))


def test_a_look_up_of_a_strangers_name_is_refused():
    with pytest.raises(Exception, match=r"tried to look up example\.com"):
        socket.getaddrinfo("example.com", 80)


def test_this_machine_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=1) as caller,
    ):
        assert caller.getpeername() == server.getsockname()
