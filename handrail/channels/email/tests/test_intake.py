"""Raw mail becomes messages: each once, none lost, none in the way of another."""

import signal

import pytest
from django.db import OperationalError

from handrail.channels.email import intake, queries, tokens
from handrail.channels.email.models import EmailAccount, RawMail
from handrail.channels.email.reading import reader
from handrail.channels.email.tests.conftest import a_mail
from handrail.customers.models import Person
from handrail.events.models import FactRow
from handrail.files import storing
from handrail.kit import clock, drains
from handrail.tickets import opening, receiving
from handrail.tickets.models import Message, Ticket
from tests.cast import NINE


def test_a_mail_becomes_a_ticket_of_the_mailboxes_brand_and_team(support, arrive):
    came = arrive(a_mail())

    message = Message.objects.get()
    assert (came.state, came.message_id) == ("done", message.pk)
    assert message.ticket.subject == "Where is my parcel?"
    assert (message.ticket.brand, message.ticket.team) == (support.brand, support.team)
    assert message.ticket.requester.name == "Vera Lindqvist"
    assert message.text.strip() == "Hello, where is my parcel?"
    assert message.external_id == "first@nordlys.example"


def test_the_message_bears_the_time_the_mail_came(support, arrive):
    arrive(a_mail(), at=NINE)

    assert Message.objects.get().at == NINE


def test_the_mailbox_tells_when_its_last_mail_came(support, arrive):
    arrive(a_mail())

    support.refresh_from_db()
    assert support.last_mail_at is not None


def test_R_011_the_same_mail_again_by_another_road_adds_nothing(support, arrive):
    first = arrive(a_mail())
    again = arrive(b"Received: from a relay on the way\r\n" + a_mail(), source="webhook")

    assert (again.state, again.message_id) == ("duplicate", first.message_id)
    assert Message.objects.count() == 1
    assert Person.objects.count() == 1


def test_R_011_five_copies_in_one_batch_are_one_message(support, deliver):
    for _ in range(5):
        deliver(a_mail())

    drains.empty("raw_mail")

    assert sorted(RawMail.objects.values_list("state", flat=True)) == ["done", *["duplicate"] * 4]
    assert Message.objects.count() == 1


def test_another_mail_with_the_same_message_id_is_kept(support, arrive):
    arrive(a_mail())
    arrive(a_mail(text="Something else, from a program that counts badly.\r\n"))

    assert Message.objects.count() == 2


def test_R_015_one_mail_to_two_mailboxes_is_a_ticket_for_each(house, support, deliver):
    legal = EmailAccount.open(
        address="legal@harbour.example", display_name="Legal", brand=house.harbour, by=None, at=NINE
    )
    deliver(a_mail())
    deliver(a_mail(), account=legal)

    drains.empty("raw_mail")

    assert Ticket.objects.count() == 2


def test_R_020_a_nasty_mail_is_kept_with_its_reason_and_stops_no_other(support, deliver):
    deep = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 2_000
    good = [deliver(a_mail(message_id=f"<{n}@nordlys.example>")) for n in range(3)]
    nasty = deliver(deep)
    good += [deliver(a_mail(message_id=f"<{n}@nordlys.example>")) for n in range(3, 6)]

    drains.empty("raw_mail")

    nasty.refresh_from_db()
    assert nasty.state == "quarantined"
    assert nasty.reason.startswith("too-many-parts: ")
    assert bytes(nasty.raw) == deep
    assert {RawMail.objects.get(pk=mail.pk).state for mail in good} == {"done"}
    assert Message.objects.count() == 6
    assert FactRow.objects.filter(kind="channels.email.MailQuarantined", subject_id=nasty.pk).exists()


def test_a_mail_that_breaks_the_reader_itself_is_put_aside(support, deliver, monkeypatch):
    broken, fine = deliver(a_mail(subject="Boom")), deliver(a_mail(message_id="<2@nordlys.example>"))
    monkeypatch.setattr(reader, "opened", _failing_for(b"Boom", RecursionError("too deep")))

    drains.empty("raw_mail")

    broken.refresh_from_db(), fine.refresh_from_db()
    assert (broken.state, broken.reason) == ("quarantined", "RecursionError: too deep")
    assert fine.state == "done"


def test_R_027_a_quarantined_mail_can_be_read_again_and_keeps_the_time_it_came(
    support, ada, deliver, monkeypatch
):
    mail = deliver(a_mail(), at=NINE)
    with monkeypatch.context() as broken:
        broken.setattr(reader, "opened", _failing_for(b"parcel", ValueError("a bug of ours")))
        drains.empty("raw_mail")
    mail.refresh_from_db()

    mail.replay(by=ada.user, at=clock.now())
    drains.empty("raw_mail")

    assert Message.objects.get().at == NINE
    with pytest.raises(RawMail.NotInQuarantine):
        mail.replay(by=ada.user, at=clock.now())


def test_trouble_of_the_disk_is_no_fault_of_the_mail(support, deliver, monkeypatch):
    mail = deliver(WITH_FILE)
    with monkeypatch.context() as full:
        full.setattr(storing, "keep", _full_disk)
        intake.take_batch()
    mail.refresh_from_db()
    assert (mail.state, Message.objects.count()) == ("new", 0)

    RawMail.objects.update(tried_at=None)
    drains.empty("raw_mail")

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("done", 1)
    assert Message.objects.get().attachments.count() == 1


OF_THEIR_OWN_KIND = {
    "latin-1 that says utf-8": ("utf-8", "Wo ist mein Paket? Grüße".encode("latin-1"), "Grüße"),
    "gb18030": ("gb18030", "您好，我的包裹在哪里？已经晚了三天。".encode("gb18030"), "我的包裹在哪里"),
    "shift_jis": ("shift_jis", "こんにちは。荷物はどこにありますか。".encode("shift_jis"), "荷物はどこに"),
    "koi8-r": ("koi8-r", "Здравствуйте, где моя посылка?".encode("koi8-r"), "где моя посылка"),
    "unknown": ("klingon-8", "Grüße aus München".encode("latin-1"), "Grüße aus München"),
    "empty": ("", "Grüße aus München".encode(), "Grüße aus München"),
    "of no charset at all": ("utf-8", b"Parcel \x81\x8d\xff\x00 lost", "Parcel"),
}


@pytest.mark.parametrize(
    ("declared", "words", "read_as"), OF_THEIR_OWN_KIND.values(), ids=list(OF_THEIR_OWN_KIND)
)
def test_R_021_mail_in_any_charset_comes_twice_is_answered_and_stays_one_ticket_with_its_bytes(
    support, arrive, declared, words, read_as
):
    head = b'From: "Gr\xfc\xdfe \xc3\xbc" <vera@nordlys.example>\r\nTo: %b\r\nSubject: Paket \xe4\xf6 %b\r\n'
    head += b"Message-ID: <%b@nordlys.example>\r\nContent-Type: text/plain; charset=%b\r\n\r\n"
    first = head % (b"support@harbour.example", words[:20], b"1", declared.encode()) + words

    mail, again = arrive(first), arrive(b"Received: by another road\r\n" + first, source="webhook")
    message = Message.objects.get()
    ours = tokens.reply_address(support.address, ticket_id=message.ticket_id, number=message.ticket.number)
    answer = arrive(head % (ours.encode(), words[:20], b"2", declared.encode()) + words)

    assert [mail.state, again.state, answer.state] == ["done", "duplicate", "done"]
    assert (Ticket.objects.count(), Message.objects.count()) == (1, 2)
    assert (bytes(mail.raw), bytes(again.raw)[-len(first) :]) == (first, first)
    assert read_as in message.text
    assert message.ticket.subject.startswith("Paket ")


@pytest.mark.django_db(transaction=True)
def test_R_043_while_the_database_is_away_no_try_is_counted(support, deliver, monkeypatch):
    mail = deliver(a_mail())
    for _ in range(5):
        with monkeypatch.context() as away:
            away.setattr(receiving, "receive", _gone)
            away.setattr(opening, "open_all", _gone)
            with pytest.raises(OperationalError):
                intake.take_batch()
        RawMail.objects.update(tried_at=None)

    drains.empty("raw_mail")

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("done", 1)


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_kills_its_reader_is_put_aside_after_three_tries_and_the_others_pass(
    support, deliver, desk_process
):
    mails = [deliver(a_mail(message_id=f"<{n}@x.example>", subject=f"Mail {n}")) for n in range(5)]
    killer = deliver(a_mail(message_id="<k@x.example>", subject="Killer"))

    deaths = 0
    while RawMail.objects.waiting().exists():
        deaths += desk_process(DYING).wait(timeout=120) == -signal.SIGKILL
        RawMail.objects.update(tried_at=None)
        assert deaths < 10

    killer.refresh_from_db()
    assert (deaths, killer.state) == (3, "quarantined")
    assert killer.reason.startswith("kills-reader")
    assert {RawMail.objects.get(pk=mail.pk).state for mail in mails} == {"done"}
    assert Message.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_R_007_a_mail_in_the_hands_of_a_living_worker_is_left_to_it(support, deliver):
    from django.db import transaction

    mail = deliver(a_mail())
    RawMail.take(at=NINE)
    with transaction.atomic():
        assert list(RawMail.objects.locked([mail.pk])) == [mail]
        RawMail.objects.filter(pk=mail.pk).update(tried_at=None)
        assert _taken_elsewhere() == 0


def test_a_large_mail_is_taken_alone(support, deliver):
    small, large, last = (deliver(a_mail(message_id=f"<{n}@x.example>")) for n in range(3))
    RawMail.objects.filter(pk=large.pk).update(size=9_000_000)

    assert [RawMail.take(at=NINE) for _ in range(3)] == [[small.pk], [large.pk], [last.pk]]


def test_our_own_mail_come_back_makes_no_ticket(support, nadia, lost_parcel, arrive, settings):
    from handrail.channels.email.models import OutgoingMail

    reply = lost_parcel.reply(text="On its way.", by=nadia, at=NINE)
    ours = OutgoingMail.objects.get(message=reply).rfc_message_id

    came = arrive(a_mail(message_id=f"<{ours}>", subject="Re: Where is my parcel?"))

    assert (came.state, came.reason) == ("ignored", "came-back")
    assert lost_parcel.messages.count() == 2


def test_R_028_a_mail_from_our_own_address_makes_no_ticket_but_is_shown(support, arrive):
    came = arrive(a_mail(**{"from": "Harbour <Support@Harbour.example>"}))

    assert (came.state, came.reason) == ("held", "our-address")
    assert Ticket.objects.count() == 0


def _failing_for(sign: bytes, error: Exception):
    read = reader.opened

    def failing(raw: bytes):
        if sign in raw:
            raise error
        return read(raw)

    return failing


def _full_disk(*_anything):
    raise OSError(28, "No space left on device")


def _gone(*_anything, **_more):
    raise OperationalError("server closed the connection unexpectedly")


DYING = """
import os, signal
from handrail.channels.email.reading import reader
from handrail.kit import drains
opened = reader.opened

def killing(raw):
    if b"Killer" in raw:
        os.kill(os.getpid(), signal.SIGKILL)
    return opened(raw)

reader.opened = killing
drains.empty("raw_mail")
"""


def _taken_elsewhere() -> int:
    """How many mails a second connection could take now."""
    import threading

    from django.db import connection

    found = []

    def take() -> None:
        found.extend(RawMail.take(at=NINE))
        connection.close()

    other = threading.Thread(target=take)
    other.start()
    other.join()
    return len(found)


WITH_FILE = a_mail(
    content_type="multipart/mixed; boundary=b",
    text="--b\r\n\r\nSee the photo\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; "
    'filename="p.png"\r\n'
    "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n",
)


def test_R_011_a_held_mail_that_comes_again_waits_once(support, arrive):
    ours = {"from": "Harbour <support@harbour.example>"}
    first, again = arrive(a_mail(**ours)), arrive(a_mail(**ours), source="webhook")

    assert (first.state, again.state) == ("held", "duplicate")


def test_R_027_everything_in_quarantine_is_let_in_once_with_the_time_it_came(
    support, ada, deliver, monkeypatch
):
    mails = [deliver(a_mail(message_id=f"<{n}@x.example>", subject=f"Parcel {n}"), at=NINE) for n in range(5)]
    with monkeypatch.context() as broken:
        broken.setattr(reader, "opened", _failing_for(b"Parcel", ValueError("a bug of ours")))
        drains.empty("raw_mail")

    counts = [RawMail.objects.replay_all(by=ada.user, at=clock.now()) for _ in range(2)]
    drains.empty("raw_mail")

    assert counts == [5, 0]
    assert Message.objects.count() == 5
    assert set(Message.objects.values_list("at", flat=True)) == {NINE}
    assert {RawMail.objects.get(pk=mail.pk).state for mail in mails} == {"done"}


def test_a_reason_of_the_quarantine_is_told_in_words(support, ada, deliver):
    deliver(
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * 2_000
    )
    drains.empty("raw_mail")

    (row,) = queries.quarantine(ada.user, before=None).rows

    assert str(row.reason) == "It has too many parts"
    assert row.detail.startswith("too-many-parts: ")
