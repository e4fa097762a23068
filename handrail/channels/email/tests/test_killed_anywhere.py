"""R-001, R-007, R-036: who works on mail is killed at each of its points; nothing is lost or done twice."""

import smtplib
import threading
import time
from uuid import uuid4

import pytest

from handrail.channels.email import intake
from handrail.channels.email.models import OutgoingMail, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.models import FactRow
from handrail.kit import clock, drains, faults
from handrail.tickets.models import Attachment, Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

TAKING_IN = [
    "intake.after-take",
    "intake.after-reading",
    "intake.after-opening",
    "intake.before-commit",
    "intake.after-commit",
    "events.after-reactions",
    "files.before-rename",
    "files.after-rename",
]
SENDING = [
    "outbox.after-take",
    "outbox.before-data",
    "outbox.after-data",
    "outbox.before-told",
    "outbox.before-commit",
    "outbox.after-commit",
]
#: Forks before it has any connection: each child is a worker that dies at the point it is told.
WORKERS = """
import os, sys
from handrail.kit import drains, faults
for line in sys.stdin:
    name, point = line.split()
    if not os.fork():
        with faults.ordered(f"{point}:1:kill"):
            drains.empty(name)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


def with_a_file(**changes: str) -> bytes:
    head = a_mail(message_id=f"<{uuid4()}@nordlys.example>", **changes).split(b"\r\n\r\n")[0]
    return head + (
        b'\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nHello\r\n--b\r\n'
        b'Content-Type: application/x-scan; name="s.bin"\r\n\r\n%s\r\n--b--\r\n' % uuid4().hex.encode()
    )


def kill(workers, name: str, point: str) -> None:
    """A worker begins to empty that table and is killed there."""
    workers.stdin.write(f"{name} {point}\n")
    workers.stdin.flush()
    assert workers.stdout.readline() == "-9\n", f"nobody passes {point}"


def test_R_001_a_mail_whose_taker_is_killed_becomes_one_message(support, deliver, desk_process):
    workers = desk_process(WORKERS)
    for count, point in enumerate(TAKING_IN, start=1):
        mail = deliver(with_a_file(subject=f"Trouble {count} with parcel"))

        kill(workers, "raw_mail", point)
        RawMail.objects.update(tried_at=None)  # as if its taker had been dead for some seconds
        drains.empty("raw_mail")

        mail.refresh_from_db()
        assert (point, mail.state) == (point, "done")
        kept = [model.objects.count() for model in (Ticket, Message, Attachment)]
        assert (point, kept) == (point, [count] * 3)
    told = FactRow.objects.filter(kind="tickets.MessageReceived")
    assert told.count() == len(TAKING_IN)


def test_R_036_an_answer_whose_sender_is_killed_leaves_under_one_id(
    support, lost_parcel, nadia, sink, desk_process, settings
):
    workers = desk_process(WORKERS, HANDRAIL_MAIL_URL=settings.MAIL_URL)
    for point in SENDING:
        sink.mails.clear()
        lost_parcel.reply(text="In the van.", by=nadia, at=clock.now())

        kill(workers, "outgoing", point)
        OutgoingMail.objects.filter(state="sending").update(tried_at=None)
        drains.empty("outgoing")

        assert len({mail.parsed["Message-ID"] for mail in sink.mails}) == 1, point
        assert len(sink.mails) <= 2, point


@pytest.mark.parametrize("point", ["files.before-write", "files.before-sync"])
def test_R_044_with_no_room_for_files_mail_waits_and_nothing_is_half_written(
    support, deliver, settings, tmp_path, point
):
    settings.FILES_FOLDER = tmp_path
    mail = deliver(with_a_file())

    with faults.ordered(f"{point}:1+:oserror(ENOSPC)"):
        intake.take_batch()
    mail.refresh_from_db()
    assert (mail.state, Message.objects.count()) == ("new", 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    RawMail.objects.update(tried_at=None)
    drains.empty("raw_mail")
    mail.refresh_from_db()
    assert mail.state == "done"


def test_one_mail_that_fails_in_its_savepoint_is_put_aside_alone(support, deliver):
    first, second = (
        deliver(a_mail()),
        deliver(a_mail(subject="Re: Where is my parcel?", message_id="<2@x.example>")),
    )

    with faults.ordered("intake.after-opening:1:raise,intake.after-mail:2:raise"):
        drains.empty("raw_mail")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("done", "quarantined")


@pytest.mark.parametrize(("point", "rows"), [("smtp.before-commit", 1), ("smtp.after-commit", 2)])
def test_R_006_a_mail_not_acknowledged_comes_again_and_becomes_one_message(support, smtp, point, rows):
    with faults.ordered(f"{point}:1:raise"), pytest.raises(smtplib.SMTPDataError) as told:
        smtp.sendmail("vera@nordlys.example", [support.address], a_mail())
    assert told.value.smtp_code == 451
    smtp.sendmail("vera@nordlys.example", [support.address], a_mail())
    drains.empty("raw_mail")

    assert RawMail.objects.count() == rows
    assert Message.objects.count() == 1


@pytest.mark.parametrize("point", ["drains.before-batch", "drains.after-batch"])
def test_a_drain_goes_on_after_a_batch_failed(support, deliver, monkeypatch, point):
    monkeypatch.setattr(drains, "RETRY_AFTER_SECONDS", 0.01)
    mail, stop = deliver(a_mail()), threading.Event()

    with faults.ordered(f"{point}:1:raise"):
        threads = drains.run(stop)
        deadline = time.monotonic() + 60
        while mail.state == "new" and time.monotonic() < deadline:
            mail.refresh_from_db()
        stop.set()
        for thread in threads:
            thread.join()

    assert mail.state == "done"


def test_R_043_the_connection_is_cut_in_the_middle_and_the_mail_is_taken_later(support, deliver):
    mail = deliver(a_mail())

    with faults.ordered("intake.after-opening:1:disconnect"), pytest.raises(Exception, match="connection"):
        drains.empty("raw_mail")
    RawMail.objects.update(tried_at=None)
    drains.empty("raw_mail")

    mail.refresh_from_db()
    assert mail.state == "done"
    assert Message.objects.count() == 1
