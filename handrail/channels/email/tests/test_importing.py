"""Old mail of another program is taken over as history: complete, once, at its times, and without a word."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from handrail.channels.email import archives, importing, intake
from handrail.channels.email.models import AutoAnswer, OutgoingMail, RawMail
from handrail.channels.email.storing import Arrival, store
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.models import FactRow
from handrail.kit import jobs
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE

MARCH = "Fri, 01 Mar 2024 10:00:00 +0000"


def mail(number: int, **changes: str) -> bytes:
    told = {"message_id": f"<{number}@old.example>", "subject": f"Old {number}", "date": MARCH}
    return a_mail(**{**told, "from": f"Vera <vera{number}@nordlys.example>", **changes})


def mbox(*mails: bytes) -> bytes:
    return b"".join(
        b"From someone Fri Mar  1 10:00:00 2024\n" + each.replace(b"\r\n", b"\n") + b"\n" for each in mails
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An mbox with three mails, a Maildir with two, a folder with one .eml and other things."""
    (tmp_path / "archive.mbox").write_bytes(mbox(mail(1), mail(2), mail(3, text="a\r\n>From b\r\n")))
    (tmp_path / "Maildir" / "cur").mkdir(parents=True)
    (tmp_path / "Maildir" / "tmp").mkdir()
    (tmp_path / "Maildir" / "cur" / "1709287200.M1:2,S").write_bytes(mail(4))
    (tmp_path / "Maildir" / "cur" / "1709287201.M1:2,").write_bytes(mail(5))
    (tmp_path / "Maildir" / "tmp" / "half").write_bytes(mail(99))
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "six.EML").write_bytes(mail(6))
    (tmp_path / "letters" / "notes.txt").write_bytes(b"no mail")
    return tmp_path


def bring(*paths: Path, mailbox=None) -> importing.Report:
    return importing.bring(paths, mailbox=mailbox, progress=lambda _report: None)


def test_old_mail_becomes_closed_tickets_at_its_own_times(support, old):
    report = bring(old)

    assert (report.found, report.ended["done"], dict(report.left_out)) == (6, 6, {})
    tickets = Ticket.objects.all()
    assert {ticket.subject for ticket in tickets} == {f"Old {number}" for number in range(1, 7)}
    assert {ticket.status for ticket in tickets} == {"closed"}
    march = datetime(2024, 3, 1, 10, tzinfo=UTC)
    assert {ticket.created_at for ticket in tickets} == {march}
    assert set(Message.objects.values_list("at", flat=True)) == {march}
    assert set(FactRow.objects.filter(kind__startswith="tickets.").values_list("at", flat=True)) == {march}
    assert "From b" in Message.objects.get(ticket__subject="Old 3").text


def test_history_sends_nothing_and_tells_nobody(support, old, nadia, ada):
    AutoAnswer.of(support).write(texts={"en": "We have it."}, is_on=True, by=ada.user, at=NINE)
    before = len(jobs.waiting())

    bring(old)

    assert Message.objects.count() == 6
    assert OutgoingMail.objects.count() == 0
    assert len(jobs.waiting()) == before


def test_a_second_run_brings_only_what_is_missing(support, old):
    bring(old / "Maildir")

    again = bring(old)

    assert (again.known, again.ended["done"]) == (2, 4)
    assert Ticket.objects.count() == 6
    assert bring(old).ended["done"] == 0


def test_old_threads_stay_together_and_stay_closed(support, tmp_path):
    answer = mail(2, **{"from": "Vera <vera1@nordlys.example>", "references": "<1@old.example>"})
    (tmp_path / "a.mbox").write_bytes(mbox(mail(1), answer))

    bring(tmp_path)

    assert (Ticket.objects.count(), Message.objects.count()) == (1, 2)
    assert Ticket.objects.get().status == "closed"


def test_what_is_left_out_is_told_with_its_reason(support, tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(1, to="nobody@elsewhere.example"))
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / "c.eml").write_bytes(mail(2, **{"from": "support@harbour.example"}))
    (tmp_path / "d.eml").symlink_to("/etc/passwd")

    report = bring(tmp_path, tmp_path / "nowhere")

    assert report.ended["done"] == 0
    assert set(report.left_out) == {
        "written to no mailbox of this desk (name one with --mailbox)",
        "empty",
        "ignored: our-address",
        "not a file or folder",
    }


def test_a_named_mailbox_takes_what_was_written_to_others(support, tmp_path):
    (tmp_path / "a.eml").write_bytes(mail(1, to="nobody@elsewhere.example"))

    bring(tmp_path, mailbox=support)

    assert RawMail.objects.get().account == support
    assert Ticket.objects.count() == 1


def test_live_mail_is_settled_before_history(support, tmp_path):
    arrivals = [
        Arrival(
            account_id=support.pk, source="x", road_key=str(number), raw=mail(number), at=NINE, is_history=old
        )
        for number, old in [(1, True), (2, True), (3, False)]
    ]
    store(arrivals)

    intake.take_batch()

    assert [ticket.subject for ticket in Ticket.objects.all()] == ["Old 3"]
    assert Ticket.objects.get().status == "new"


def test_an_mbox_is_read_in_a_stream(tmp_path):
    file = tmp_path / "large.mbox"
    with file.open("wb") as out:
        for number in range(300):
            out.write(mbox(mail(number, text="x" * 70 + "\r\n")))
        out.write(b"From x\n" + b"y" * (60 * 1024 * 1024))

    found = archives.mails_in(file)

    assert sum(not each.problem for each in found) == 300
    assert [each.problem for each in archives.mails_in(file)][-1] == "larger than this desk reads"


def test_mail_of_other_programs_is_found_by_how_its_files_begin(tmp_path):
    thunderbird, mh, apple = tmp_path / "Inbox.sbd", tmp_path / "mh", tmp_path / "apple"
    for folder in (thunderbird, mh, apple):
        folder.mkdir()
    (thunderbird / "Support 2019").write_bytes(
        b"From - Mon Mar 02 09:00:00 2020\nX-Mozilla-Status: 0001\nSubject: a\n\nx\n"
    )
    (thunderbird / "Support 2019.msf").write_bytes(b"// <!-- <mdb:mork:z v=1.4/> -->")
    (mh / "1").write_bytes(b"Subject: b\n\nx\n")
    (mh / "2").write_bytes(b"nothing of a mail")
    (apple / "77.emlx").write_bytes(b"14        \nSubject: c\n\nx\n<?xml version='1.0'?><plist/>")
    (apple / "78.partial.emlx").write_bytes(b"14\nSubject: d\n\nx\n")
    (tmp_path / "notes").write_bytes(b"From here on I only make notes.\nNo mail.")

    found = list(archives.mails_in(tmp_path))

    assert [each.raw for each in found if not each.problem] == [
        b"X-Mozilla-Status: 0001\nSubject: a\n\nx\n",
        b"Subject: c\n\nx\n",
        b"Subject: b\n\nx\n",
    ]
    assert sorted(Path(each.where).name for each in found if each.problem == archives.NO_MAIL) == [
        "2",
        "Support 2019.msf",
        "notes",
    ]
    assert [Path(each.where).name for each in found if each.problem.startswith("not whole")] == [
        "78.partial.emlx"
    ]
