"""Mails that can be told apart afterwards, and servers that hand them in again and again until taken."""

import base64
import hashlib
import random
import smtplib
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LINE = "The parcel HB 4471 902 has said “out for delivery” since Tuesday; where is it now?\r\n"
SUPPORT = "support@harbour.example"
#: Every so-manieth mail has a file.
WITH_FILE = 10
FILE_BYTES = 20_000
#: Nobody waits longer for a listener that does not come back.
PATIENCE_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One mail; file: the hash of its attachment, or nothing."""

    number: int
    raw: bytes
    file: str = ""

    @property
    def message_id(self) -> str:
        return f"{self.number}@torture.example"

    @property
    def sender(self) -> str:
        return f"p{self.number}@d{self.number % 50}.example"


def a_mail(number: int, *, seed: int, to: str = SUPPORT) -> Mail:
    """A person's mail, the same for the same number and seed."""
    head = (
        f"From: Person {number} <p{number}@d{number % 50}.example>\r\nTo: {to}\r\n"
        f"Subject: Parcel {number} is not here\r\nMessage-ID: <{number}@torture.example>\r\n"
        "Date: Mon, 16 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    )
    text = f"Hello,\r\n\r\nthis is number {number}.\r\n\r\n" + LINE * 6
    plain = f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"
    if number % WITH_FILE:
        return Mail(number=number, raw=(head + plain).encode())
    content = random.Random(f"{seed} {number}").randbytes(FILE_BYTES)
    file = base64.encodebytes(content).replace(b"\n", b"\r\n")
    start = f"{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{plain}--b\r\n".encode()
    about = b'Content-Type: application/x-scan; name="s.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    raw = start + about + file + b"--b--\r\n"
    return Mail(number=number, raw=raw, file=hashlib.sha256(content).hexdigest())


@dataclass
class Senders:
    """Several servers that hand in mail at the same time. accepted: numbers for which 250 was said."""

    port: int
    mails: Sequence[Mail]
    lanes: int = 4
    to: str = SUPPORT
    stop: threading.Event = field(default_factory=threading.Event)
    accepted: set[int] = field(default_factory=set)
    tries: int = 0
    failures: list[str] = field(default_factory=list)

    def start(self) -> list[threading.Thread]:
        threads = [
            threading.Thread(target=self._lane, args=(self.mails[lane :: self.lanes],))
            for lane in range(self.lanes)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _lane(self, mails: Iterable[Mail]) -> None:
        client: smtplib.SMTP | None = None
        for mail in mails:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not self.stop.is_set() and mail.number not in self.accepted:
                if time.monotonic() > deadline:
                    self.failures.append(f"mail {mail.number} was not taken for {PATIENCE_SECONDS} s")
                    return
                client = self._try(client, mail)
        if client:
            client.close()

    def _try(self, client: smtplib.SMTP | None, mail: Mail) -> smtplib.SMTP | None:
        """The connection, if it is still good."""
        self.tries += 1
        try:
            client = client or smtplib.SMTP("127.0.0.1", self.port, timeout=20)
            client.sendmail(mail.sender, [self.to], mail.raw)
            self.accepted.add(mail.number)
            return client
        except (OSError, smtplib.SMTPException) as refusal:
            if client:
                client.close()
            if _is_lasting(refusal):
                self.failures.append(f"mail {mail.number}: {refusal}")
                self.stop.set()
            time.sleep(0.1)
            return None


def _is_lasting(refusal: Exception) -> bool:
    """A refusal for good, which trouble of ours must never cause."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return any(code >= 500 for code, _words in refusal.recipients.values())
    return isinstance(refusal, smtplib.SMTPResponseException) and refusal.smtp_code >= 500
