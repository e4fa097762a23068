"""Mail in a mailbox elsewhere is kept here once, whole, and nothing that is not ours is touched."""

import os
import signal
import subprocess
import sys
import tracemalloc
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection

from handrail.channels.email import intake, limits
from handrail.channels.email.events import MailTroubleNoticed
from handrail.channels.email.imap.fetching import NEVER_CAME, TOO_LARGE, Stuck
from handrail.channels.email.imap.tests.conftest import change, lay, look
from handrail.channels.email.models import EmailAccount, ImapRoad, RawMail
from handrail.channels.email.tests.conftest import a_mail
from handrail.events.models import FactRow
from handrail.kit import clock, faults
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE

SEEN = b"\\Seen"


def mails(count: int, *, start: int = 1) -> list[bytes]:
    return [
        a_mail(message_id=f"<{number}@nordlys.example>", subject=f"Mail {number}")
        for number in range(start, start + count)
    ]


def subjects() -> list[str]:
    return list(Ticket.objects.order_by("number").values_list("subject", flat=True))


def test_mail_in_a_mailbox_becomes_tickets_in_its_order(dovecot, road):
    dovecot.put(road.user, *mails(3))

    assert look(road) == 3
    assert intake.take_batch() == 3
    assert subjects() == ["Mail 1", "Mail 2", "Mail 3"]


def test_the_bytes_are_kept_as_the_server_has_them(dovecot, road):
    mail = a_mail(text="Größe\r\n.\r\n\r\n" + "x" * 2000 + "\r\n")
    dovecot.put(road.user, mail)

    look(road)

    assert bytes(RawMail.objects.get().raw) == mail


def test_the_first_look_takes_only_mail_from_now_on(dovecot, support, ada):
    user = dovecot.new_user()
    dovecot.put(user, *mails(2))
    road = lay(support, dovecot, user, by=ada)

    assert look(road) == 0
    dovecot.put(user, *mails(1, start=3))

    assert look(road) == 1
    assert dovecot.lies_in(user) == {1: (), 2: (), 3: (SEEN,)}


def test_history_of_some_days_is_brought_and_left_where_it_lies(dovecot, support, ada):
    user, now = dovecot.new_user(), clock.now()
    dovecot.put(user, *mails(1), at=now - timedelta(days=40))
    dovecot.put(user, *mails(2, start=2), at=now - timedelta(days=5))
    road = lay(support, dovecot, user, by=ada, history_days=30, afterwards="delete")

    assert look(road) == 2
    dovecot.put(user, *mails(1, start=4))

    assert look(road) == 1
    assert list(dovecot.lies_in(user)) == [1, 2, 3]
    told = RawMail.objects.order_by("id").values_list("is_history", flat=True)
    assert list(told) == [True, True, False]
    assert RawMail.objects.order_by("id")[0].received_at < now - timedelta(days=4)


def test_history_can_be_asked_for_later_and_adds_only_what_is_missing(dovecot, support, ada):
    user = dovecot.new_user()
    dovecot.put(user, *mails(2))
    road = lay(support, dovecot, user, by=ada)
    look(road)
    dovecot.put(user, *mails(1, start=3))
    look(road)

    change(road, by=ada, history_days=10)

    assert look(road) == 2
    assert RawMail.objects.count() == 3


def test_a_folder_within_a_folder_is_found_whatever_sign_the_server_puts_between(dovecot, road, ada):
    change(road, by=ada, afterwards="move", move_to="Archive/Ärger & Co")
    dovecot.put(road.user, *mails(2))

    look(road)

    assert dovecot.lies_in(road.user) == {}
    assert dovecot.lies_in(road.user, "Archive.Ärger & Co") == {1: (), 2: ()}


@pytest.mark.parametrize(
    ("afterwards", "left", "moved"),
    [
        ("leave", {1: (), 2: ()}, {}),
        ("read", {1: (SEEN,), 2: (SEEN,)}, {}),
        ("delete", {}, {}),
        ("move", {}, {1: (), 2: ()}),
    ],
)
def test_what_happens_after_fetching_is_as_chosen(dovecot, road, ada, afterwards, left, moved):
    change(road, by=ada, afterwards=afterwards, move_to="Kept.Äpfel" if afterwards == "move" else "")
    dovecot.put(road.user, *mails(2))

    look(road)

    assert dovecot.lies_in(road.user) == left
    assert dovecot.lies_in(road.user, "Kept.Äpfel") == moved
    assert RawMail.objects.count() == 2


LOOK_ONCE = """
import django; django.setup()
from ipaddress import ip_network
from django.conf import settings
settings.MAIL_SERVER_NETWORKS = [ip_network("127.0.0.0/8")]
from handrail.channels.email.imap.tests.conftest import look
from handrail.channels.email.models import ImapRoad
look(ImapRoad.objects.get(pk="{road}"))
"""


def _look_and_die(road: ImapRoad, point: str) -> int:
    """A process looks at the mailbox and is killed at this point; returns how it ended."""
    told = connection.settings_dict
    url = f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?host={told['HOST']}"
    around = {**os.environ, "DATABASE_URL": url, "FAULT": f"{point}:1:kill", "HANDRAIL_TEST_FAULTS": "yes"}
    around |= {"DJANGO_SETTINGS_MODULE": "handrail.settings"}
    command = [sys.executable, "-c", LOOK_ONCE.format(road=road.pk)]
    return subprocess.run(command, env=around, timeout=120, check=False).returncode


@pytest.mark.parametrize(
    ("point", "kept", "afterwards"),
    [
        ("imap.before-store", 0, "move"),
        ("imap.after-store", 3, "move"),
        ("imap.before-tidy", 3, "delete"),
        ("imap.after-tidy", 3, "move"),
    ],
)
def test_R_004_a_fetcher_killed_anywhere_loses_and_doubles_nothing(
    transactional_db, dovecot, road, ada, point, kept, afterwards
):
    change(road, by=ada, afterwards=afterwards, move_to="Kept" if afterwards == "move" else "")
    dovecot.put(road.user, *mails(3))

    assert _look_and_die(road, point) == -signal.SIGKILL
    assert RawMail.objects.count() == kept

    look(road)

    assert sorted(RawMail.objects.values_list("size", flat=True)) == [len(mail) for mail in mails(3)]
    assert dovecot.lies_in(road.user) == {}
    assert len(dovecot.lies_in(road.user, "Kept")) == (3 if afterwards == "move" else 0)


def test_R_044_on_a_full_disk_nothing_is_touched_and_all_is_fetched_later(dovecot, road):
    dovecot.put(road.user, *mails(2))

    with faults.ordered("imap.before-store:1:oserror(ENOSPC)"), pytest.raises(OSError, match="No space"):
        look(road)

    assert (RawMail.objects.count(), dovecot.lies_in(road.user)) == (0, {1: (), 2: ()})
    assert look(road) == 2


def test_R_011_the_same_mail_by_imap_twice_and_by_smtp_is_one_message(dovecot, road, ada, support):
    mail = a_mail()
    dovecot.put(road.user, mail, mail)
    RawMail.objects.create(
        source="smtp",
        account=support,
        envelope_to=["support@harbour.example"],
        received_at=NINE,
        sha256=b"",
        size=len(mail),
        raw=b"Received: from somewhere\r\n" + mail,
    )

    look(road)
    intake.take_batch()

    assert Message.objects.count() == 1
    assert sorted(RawMail.objects.values_list("state", flat=True)) == ["done", "duplicate", "duplicate"]


def test_a_folder_that_was_numbered_anew_brings_nothing_twice_and_loses_nothing(dovecot, road):
    dovecot.put(road.user, *mails(2))
    look(road)
    intake.take_batch()

    dovecot.put(road.user, *mails(1, start=3))
    dovecot.renumber(road.user)
    look(road)
    intake.take_batch()

    assert subjects() == ["Mail 1", "Mail 2", "Mail 3"]
    assert not RawMail.objects.filter(is_history=True, state="done").exists()


def test_R_015_a_mail_to_two_mailboxes_becomes_a_ticket_in_each(dovecot, road, house, ada):
    legal = EmailAccount.open(
        address="legal@harbour.example", display_name="Legal", brand=house.harbour, by=None, at=NINE
    )
    theirs = lay(legal, dovecot, dovecot.new_user(), by=ada)
    look(theirs)
    mail = a_mail(to="support@harbour.example, legal@harbour.example")
    dovecot.put(road.user, mail)
    dovecot.put(theirs.user, mail)

    look(road), look(theirs)
    intake.take_batch()

    assert Ticket.objects.count() == 2


def test_R_023_a_mail_that_is_too_large_is_put_aside_without_being_fetched(dovecot, road, monkeypatch):
    monkeypatch.setattr(limits, "MAIL_BYTES", 100_000)
    large = a_mail(text="x" * 70 + "\r\n" * 2_000_000)
    dovecot.put(road.user, large, *mails(1))

    assert look(road) == 2
    intake.take_batch()

    aside = RawMail.objects.get(state="quarantined")
    assert (aside.size, aside.reason) == (len(large), TOO_LARGE)
    assert bytes(aside.raw) == large[: 64 * 1024]
    assert subjects() == ["Mail 1"]
    assert dovecot.lies_in(road.user) == {1: (), 2: (SEEN,)}


def test_R_023_who_looks_after_mail_hears_of_too_large_mail_once_an_hour(dovecot, road, monkeypatch):
    monkeypatch.setattr(limits, "MAIL_BYTES", 1_000)
    dovecot.put(road.user, *(a_mail(message_id=f"<{n}@x.example>", text="x" * 2_000) for n in range(3)))

    look(road)

    facts = FactRow.objects.filter(kind=MailTroubleNoticed.kind)
    told = {(row.payload["topic"], row.payload["detail"], row.payload["about_id"], row.at) for row in facts}
    assert RawMail.objects.filter(state="quarantined").count() == 3
    assert [each[:3] for each in told] == [("quarantine", road.account.address, str(road.account_id))]


def test_R_023_mail_too_large_is_put_aside_within_little_memory(dovecot, road, monkeypatch):
    monkeypatch.setattr(limits, "MAIL_BYTES", 100_000)
    dovecot.put(
        road.user, *(a_mail(message_id=f"<{n}@x.example>", text="x\r\n" * 2_000_000) for n in range(3))
    )

    tracemalloc.start()
    look(road)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sum(RawMail.objects.values_list("size", flat=True)) > 18_000_000
    assert most < 4_000_000


def test_R_020_a_mail_that_breaks_every_connection_is_put_aside_after_three_times(dovecot, road, monkeypatch):
    from handrail.channels.email.imap.session import Session
    from handrail.channels.email.imap.troubles import Trouble

    dovecot.put(road.user, *mails(3))
    stuck, fetched = Stuck(), Session.bodies

    def cut_at_the_second(session, wanted):
        if any(mail.uid == 2 for mail in wanted):
            session.cut()
        return fetched(session, wanted)

    monkeypatch.setattr(Session, "bodies", cut_at_the_second)
    for _ in range(5):
        with suppress(Trouble):
            look(road, stuck)
    intake.take_batch()

    assert subjects() == ["Mail 1", "Mail 3"]
    assert RawMail.objects.get(state="quarantined").reason == NEVER_CAME


def test_many_mails_are_fetched_in_bounded_batches(dovecot, road):
    dovecot.put(road.user, *mails(45))

    assert look(road) == 45
    assert look(road) == 0


def test_a_change_made_while_a_fetcher_works_stops_it(dovecot, road, ada):
    old = ImapRoad.objects.get(pk=road.pk)
    change(road, by=ada, folder="Other")

    with pytest.raises(ImapRoad.Changed):
        old.reached(99)
