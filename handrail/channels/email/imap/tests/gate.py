"""A gate between us and a mail server, which can fail as networks and servers do."""

import socket
import threading
from contextlib import suppress


class Gate:
    """Passes on what is said, until told otherwise.

    mode: pass, hang (takes all, answers nothing), cut-fetch (the line breaks within the answer to a fetch of
    bodies), bye (the server says goodbye to the next command). lets_through: so many fetches come whole.
    """

    def __init__(self, port: int) -> None:
        self.to_port, self.mode = port, "pass"
        self.fetching, self.fetches, self.lets_through = False, 0, 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.lines: list[socket.socket] = []
        threading.Thread(target=self._open, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                ours, _where = self.server.accept()
                theirs = socket.create_connection(("127.0.0.1", self.to_port))
                self.lines += [ours, theirs]
                threading.Thread(target=self._carry, args=(ours, theirs, True), daemon=True).start()
                threading.Thread(target=self._carry, args=(theirs, ours, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_asking: bool) -> None:
        with suppress(OSError):
            while said := source.recv(65536):
                if self.mode == "hang":
                    continue
                if is_asking and self.mode == "bye":
                    source.sendall(b"* BYE Shutting down\r\n")
                    break
                if is_asking:
                    self.fetching = b"BODY.PEEK[]" in said
                    self.fetches += self.fetching
                is_cut = self.fetching and self.fetches > self.lets_through
                if self.mode == "cut-fetch" and is_cut and not is_asking:
                    target.sendall(said[: len(said) // 2])
                    break
                target.sendall(said)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
