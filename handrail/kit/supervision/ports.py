"""Whether a port can be listened on, asked before anything starts, so that the answer can be one sentence."""

import errno
import socket


class PortProblem(Exception):
    """A port cannot be used; the message names it, its setting and the way out."""


def check_port(host: str, port: int, *, what_for: str, setting: str) -> None:
    """Raises PortProblem when nobody could listen there now."""
    try:
        place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(place[0], socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place[4])
            trial.listen()  # a port in use may be bound again, but not listened on
    except OSError as refusal:
        raise PortProblem(explain(refusal, host, port, what_for, setting)) from None


def explain(refusal: OSError, host: str, port: int, what_for: str, setting: str) -> str:
    if refusal.errno == errno.EADDRINUSE:
        return (
            f"Port {port}, which {what_for} needs, is taken by another program: "
            f"stop that one, or choose another port with {setting}={port + 10 if port < 65000 else 8080}."
        )
    if refusal.errno == errno.EACCES:
        return f"Port {port} may only be used by root: choose one from 1024 up with {setting}."
    reason = refusal.strerror or refusal
    whom = what_for[0].upper() + what_for[1:]
    return f"{whom} cannot listen on {host}:{port} ({reason}): check {setting} and the setting of its host."
