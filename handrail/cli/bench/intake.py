"""Mails a second, accepted and finished: they go in by SMTP from this machine over several connections.

accepted: the listener said 250, the mail is on disk. finished: it is a ticket with its message. With
--backlog the worker starts when all are accepted. cpu_ms_per_mail: of each process with its children, the
database's and the sender's own included. megabytes: what each process holds at the end. With --memory the
mails go in by tenths, and after each is told what every process holds (PSS): it must stay flat.
"""

import argparse
import base64
import os
import secrets
import smtplib
import threading
import time
from dataclasses import dataclass

from handrail.cli._complaint import Complaint
from handrail.cli.bench._memory import STEPS, Memory
from handrail.cli.bench._trial import Trial, free_port, loaded_desk, trial

WARM_UP = 100
#: A trial in which nothing is finished for so long has failed.
STALLED_SECONDS = 60
PEOPLE = 500
SETUP = """
from handrail.accounts import roles
from handrail.accounts.models import Brand
from handrail.channels.email.models import EmailAccount
from handrail.kit import clock
from handrail.team.models import Team
roles.ensure_built_in()
brand, _ = Brand.objects.get_or_create(key="bench", defaults={"name": "Bench"})
team, _ = Team.objects.get_or_create(key="bench", defaults={"name": "Bench", "brand": brand})
account = {"address": "support@bench.example", "display_name": "Bench", "brand": brand, "team": team}
if not EmailAccount.objects.filter(address=account["address"]).exists():
    EmailAccount.open(**account, by=None, at=clock.now())
"""
FINISHED = "SELECT count(*) FROM channels_email_rawmail WHERE state = 'done'"
#: No two runs on one desk bring the same mail.
STARTED = secrets.token_hex(4)
LINE = "The parcel HB 4471 902 has said “out for delivery” since Tuesday; where is it now?\r\n"


@dataclass
class Course:
    """How one run went, in seconds; a backlog is finished so long after the worker began."""

    accepted_after: float
    finished_after: float


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mails", type=int, default=2_000, help="how many (default 2000)")
    parser.add_argument("--connections", type=int, default=4, help="SMTP connections at once (default 4)")
    parser.add_argument("--attachment-kb", type=int, default=0, help="a file of this size on each mail")
    parser.add_argument("--backlog", action="store_true", help="start the worker when all are accepted")
    parser.add_argument(
        "--over-tickets", type=int, default=0, help="on a desk that has so many tickets already (default 0)"
    )
    parser.add_argument(
        "--over-this-desk", action="store_true", help="on the desk at hand, which `bench load` made"
    )
    parser.add_argument("--memory", action="store_true", help="tell what each process holds over time")


def measure(options: argparse.Namespace) -> dict[str, object]:
    if options.memory and options.backlog:
        raise Complaint("--memory looks while mails go through; it does not go together with --backlog.")
    if options.over_this_desk and options.over_tickets:
        raise Complaint("Choose one of --over-tickets and --over-this-desk.")
    with loaded_desk() if options.over_this_desk else trial() as desk:
        if options.over_tickets:
            desk.run("demo", f"--tickets={options.over_tickets}")
        desk.run("shell", "--command", SETUP)
        port = free_port()
        around = {"HANDRAIL_SMTP_PORT": str(port), "HANDRAIL_MAIL_URL": "smtp://127.0.0.1:9"}
        desk.start("smtp", **around)
        wait_for_listener(port)
        if not options.backlog:
            desk.start("worker", **around)
            warm = desk.ask(FINISHED) + WARM_UP
            send_all(port, WARM_UP, options, run=0)
            wait_until_finished(desk, warm)
        before, already = desk.cpu_seconds(), desk.ask(FINISHED)
        if options.memory:
            return watch_the_memory(desk, port, options, already)
        began = time.monotonic()
        send_all(port, options.mails, options, run=1)
        accepted_after = time.monotonic() - began
        if options.backlog:
            began = time.monotonic()
            desk.start("worker", **around)
        wait_until_finished(desk, already + options.mails)
        course = Course(accepted_after=accepted_after, finished_after=time.monotonic() - began)
        spent = {name: used - before.get(name, 0) for name, used in desk.cpu_seconds().items()}
        return figures(options, course, spent) | {"megabytes": desk.megabytes()}


def watch_the_memory(desk: Trial, port: int, options: argparse.Namespace, already: int) -> dict[str, object]:
    memory, tenth = Memory(), max(options.mails // STEPS, 1)
    memory.read(desk, mails=0)
    began = time.monotonic()
    for step in range(1, STEPS + 1):
        send_all(port, tenth, options, run=step)
        wait_until_finished(desk, already + step * tenth)
        memory.read(desk, mails=step * tenth)
    speed = round(STEPS * tenth / (time.monotonic() - began), 1)
    return {"mails": STEPS * tenth, "finished_per_second": speed, **memory.figures()}


def figures(options: argparse.Namespace, course: Course, cpu: dict[str, float]) -> dict[str, object]:
    mails = options.mails
    return {
        "mails": mails,
        "connections": options.connections,
        "over_tickets": "this desk" if options.over_this_desk else options.over_tickets,
        "backlog": options.backlog,
        "bytes_a_mail": len(a_mail(0, run=1, attachment_kb=options.attachment_kb)),
        "accepted_per_second": round(mails / course.accepted_after, 1),
        "finished_per_second": round(mails / course.finished_after, 1),
        "cpu_ms_per_mail": {name: round(seconds / mails * 1000, 2) for name, seconds in cpu.items()},
        "cpu_ms_per_mail_in_all": round(sum(cpu.values()) / mails * 1000, 2),
    }


def send_all(port: int, mails: int, options: argparse.Namespace, *, run: int) -> None:
    """Send that many over several connections; all are accepted when this returns."""
    lanes = [range(lane, mails, options.connections) for lane in range(options.connections)]
    refused: list[Exception] = []
    threads = [
        threading.Thread(target=send_lane, args=(port, lane, run, options.attachment_kb, refused))
        for lane in lanes
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if refused:
        raise Complaint(f"The listener refused a mail: {refused[0]}.")


def send_lane(port: int, numbers: range, run: int, attachment_kb: int, refused: list[Exception]) -> None:
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as client:
            for number in numbers:
                mail = a_mail(number, run=run, attachment_kb=attachment_kb)
                client.sendmail(f"person{number % PEOPLE}@bench.example", ["support@bench.example"], mail)
    except (smtplib.SMTPException, OSError) as error:
        refused.append(error)


def a_mail(number: int, *, run: int, attachment_kb: int) -> bytes:
    """About a kilobyte, and the file when there is one."""
    person = number % PEOPLE
    head = (
        f"From: Person {person} <person{person}@bench.example>\r\nTo: support@bench.example\r\n"
        f"Subject: Where is parcel {number}?\r\nMessage-ID: <{STARTED}.{run}.{number}@bench.example>\r\n"
        "Date: Mon, 16 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    )
    text = f"Hello, this is number {number}.\r\n\r\n" + LINE * 8
    plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text
    if not attachment_kb:
        return (head + plain).encode()
    file = base64.encodebytes(os.urandom(attachment_kb * 1024)).replace(b"\n", b"\r\n")
    start = f"{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{plain}--b\r\n".encode()
    about = b'Content-Type: application/zip; name="a.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return start + about + file + b"--b--\r\n"


def wait_for_listener(port: int) -> None:
    deadline = time.monotonic() + STALLED_SECONDS
    while time.monotonic() < deadline:
        try:
            smtplib.SMTP("127.0.0.1", port, timeout=5).quit()
            return
        except OSError:
            time.sleep(0.1)
    raise Complaint("The listener did not start.")


def wait_until_finished(desk: Trial, wanted: int) -> None:
    finished, moved_at = desk.ask(FINISHED), time.monotonic()
    while finished < wanted:
        time.sleep(0.1)
        now = desk.ask(FINISHED)
        if now != finished:
            finished, moved_at = now, time.monotonic()
        elif time.monotonic() - moved_at > STALLED_SECONDS:
            raise Complaint(f"Only {finished} of {wanted} mails became tickets; the rest does not move.")
