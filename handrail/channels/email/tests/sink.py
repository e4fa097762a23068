"""An honest fake of the server that sends for us: speaks SMTP, keeps what it was told, refuses on request."""

import re
import socket
import socketserver
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Parsed


@dataclass
class Taken:
    """One mail as the server got it."""

    sender: str
    recipients: list[str]
    raw: bytes

    @property
    def parsed(self) -> Parsed:
        return message_from_bytes(self.raw)


@dataclass
class Sink:
    """What was said and taken. answers: a pattern of a command → what to say to it, or "hang up".

    ends: what happens after each whole mail: "yes", a refusal such as "451 later", "hang up" before it is
    kept, or "keep and hang up".
    """

    commands: list[str] = field(default_factory=list)
    mails: list[Taken] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    server: "socketserver.ThreadingTCPServer | None" = None

    def start(self, port: int = 0) -> None:
        sink = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                sink.connections += 1
                with suppress(ConnectionError):
                    converse(sink, self)

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", port), Talk)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}).start()

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def answer_to(self, command: str) -> str:
        for pattern, answer in self.answers.items():
            if re.search(pattern, command, re.IGNORECASE):
                return answer
        return "354 go on" if command == "DATA" else "250 yes"


def converse(sink: Sink, line: socketserver.StreamRequestHandler) -> None:
    say(line, "220 sink.example")
    sender, recipients = "", list[str]()
    while command := line.rfile.readline().decode("utf-8").removesuffix("\r\n"):
        sink.commands.append(command)
        verb = command.upper()
        answer = sink.answer_to(command)
        if answer == "hang up":
            raise ConnectionError("hung up")
        if verb.startswith("MAIL FROM:"):
            sender, recipients = address_in(command), []
        elif verb.startswith("RCPT TO:") and answer.startswith("250"):
            recipients.append(address_in(command))
        if verb == "DATA" and answer.startswith("354"):
            say(line, answer)
            take(sink, line, sender, recipients)
        elif verb.startswith("EHLO"):
            say(line, sink.answers.get("EHLO", "250-sink.example\r\n250-8BITMIME\r\n250 SIZE 99999999"))
        elif verb == "QUIT":
            say(line, "221 bye")
            return
        else:
            say(line, answer)


def take(sink: Sink, line: socketserver.StreamRequestHandler, sender: str, recipients: list[str]) -> None:
    lines = []
    while (text := line.rfile.readline()) != b".\r\n":
        if not text:
            raise ConnectionError("the sender went away")
        lines.append(text[1:] if text.startswith(b".") else text)
    end = sink.ends.pop(0) if sink.ends else "yes"
    if end in ("yes", "keep and hang up"):
        sink.mails.append(Taken(sender, list(recipients), b"".join(lines)))
    if end == "yes":
        say(line, "250 taken")
    elif end.endswith("hang up"):
        line.connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionError("hung up")
    else:
        say(line, end)


def say(line: socketserver.StreamRequestHandler, text: str) -> None:
    line.wfile.write(text.encode() + b"\r\n")


def address_in(command: str) -> str:
    return command.partition("<")[2].partition(">")[0]
