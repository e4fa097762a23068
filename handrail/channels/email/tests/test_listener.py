"""The listener takes mail for our mailboxes, keeps it, and only then says that it has it."""

import hashlib
import smtplib
import socket
import time

import pytest

from handrail.channels.email import limits
from handrail.channels.email.models import CaughtMail, RawMail
from handrail.channels.email.tests.conftest import a_mail

pytestmark = pytest.mark.django_db(transaction=True)
VERA = "vera@nordlys.example"
SUPPORT = "support@harbour.example"


def talk(port: int, *blocks: bytes) -> str:
    """Send bytes as they are and return everything the listener said until it hung up or fell silent."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"".join(blocks))
        line.settimeout(1)
        said = b""
        try:
            while block := line.recv(65536):
                said += block
                if said.endswith(b"Bye\r\n"):
                    break
        except TimeoutError:
            pass
        return said.decode()


OPENING = (
    b"EHLO sender.example\r\nMAIL FROM:<vera@nordlys.example>\r\n"
    b"RCPT TO:<support@harbour.example>\r\nDATA\r\n"
)


def test_a_mail_is_kept_as_the_very_bytes_that_came(support, smtp):
    mail = a_mail(text="Line\r\n.\r\n..two dots\r\n\r\n")

    smtp.sendmail(VERA, [SUPPORT], mail)

    kept = RawMail.objects.get()
    assert bytes(kept.raw) == mail
    assert bytes(kept.sha256) == hashlib.sha256(mail).digest()
    assert (kept.account, kept.source, kept.size) == (support, "smtp", len(mail))
    assert (kept.envelope_from, kept.envelope_to) == (VERA, [SUPPORT])
    assert (kept.state, kept.fingerprint, kept.message_id) == ("new", None, None)


def test_bytes_of_no_charset_and_bare_newlines_are_kept_too(support, smtp):
    mail = a_mail(text="caf\r\n").replace(b"caf", b"caf\xe9\x00\nbare\n")

    smtp.sendmail(VERA, [SUPPORT], mail)

    assert bytes(RawMail.objects.get().raw) == mail


def test_the_address_of_a_reply_with_its_token_is_ours_in_any_case(support, smtp):
    smtp.sendmail(VERA, ["Support+RABCdef234@Harbour.Example"], a_mail())

    assert RawMail.objects.get().envelope_to == ["Support+RABCdef234@Harbour.Example"]


def test_a_mail_for_anybody_else_is_refused(support, smtp):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        smtp.sendmail(VERA, ["someone@elsewhere.example"], a_mail())

    assert refused.value.recipients["someone@elsewhere.example"][0] == 550
    assert RawMail.objects.count() == 0


def test_a_deactivated_mailbox_takes_no_mail(support, ada, running):
    support.change(display_name="Old", team=None, is_active=False, by=ada.user, at=support.created_at)

    with smtplib.SMTP("127.0.0.1", running.port) as client, pytest.raises(smtplib.SMTPRecipientsRefused):
        client.sendmail(VERA, [SUPPORT], a_mail())


def test_a_mailbox_opened_a_moment_ago_takes_mail_within_two_seconds(house, smtp):
    from handrail.channels.email.models import EmailAccount
    from tests.cast import NINE

    assert smtp.docmd("MAIL FROM:<vera@nordlys.example>")[0] == 250
    assert smtp.docmd("RCPT TO:<new@harbour.example>")[0] == 550
    EmailAccount.open(
        address="new@harbour.example", display_name="New", brand=house.harbour, by=None, at=NINE
    )

    time.sleep(2.1)

    assert smtp.docmd("RCPT TO:<new@harbour.example>")[0] == 250


def test_R_015_a_mail_to_two_mailboxes_is_kept_for_each(support, house, smtp):
    from handrail.channels.email.models import EmailAccount
    from tests.cast import NINE

    legal = EmailAccount.open(
        address="legal@harbour.example", display_name="Legal", brand=house.harbour, by=None, at=NINE
    )

    smtp.sendmail(VERA, [SUPPORT, "support+again@harbour.example", "legal@harbour.example"], a_mail())

    assert {mail.account for mail in RawMail.objects.all()} == {support, legal}
    assert RawMail.objects.count() == 2


def test_a_bounce_without_a_sender_is_taken(support, smtp):
    smtp.sendmail("<>", [SUPPORT], a_mail())

    assert RawMail.objects.get().envelope_from == ""


@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\r\n\x00.\r\n", b"\n.\r"]
)
def test_only_a_dot_between_whole_line_ends_ends_a_mail(support, running, end):
    smuggled = b"MAIL FROM:<evil@evil.example>\r\nRCPT TO:<support@harbour.example>\r\nDATA\r\nsmuggled"

    said = talk(running.port, OPENING, b"outer", end, smuggled, b"\r\n.\r\n", b"QUIT\r\n")

    assert said.count("250 2.0.0 Kept") == 1
    kept = bytes(RawMail.objects.get().raw)
    assert kept.startswith(b"outer")
    assert kept.endswith(b"smuggled\r\n")


@pytest.mark.parametrize("mail", [b"", b"\r\n", b".hidden\r\n", b"\r\n\r\n", b"x\r\n"])
def test_short_mails_end_where_they_end(support, running, mail):
    stuffed = b"." + mail if mail.startswith(b".") else mail

    talk(running.port, OPENING, stuffed, b".\r\n", b"QUIT\r\n")

    assert bytes(RawMail.objects.get().raw) == mail


def test_commands_that_come_along_with_a_mail_are_heard_in_their_order(support, running):
    second = b"MAIL FROM:<tom@akande.example>\r\nRCPT TO:<support@harbour.example>\r\nDATA\r\nSecond\r\n.\r\n"

    said = talk(running.port, OPENING, b"First\r\n.\r\n", second, b"NOOP\r\n", b"QUIT\r\n")

    assert said.count("250 2.0.0 Kept") == 2
    assert [bytes(mail.raw) for mail in RawMail.objects.order_by("id")] == [b"First\r\n", b"Second\r\n"]
    assert said.rstrip().endswith("221 Bye")


def test_a_mail_cut_by_its_sender_is_not_kept(support, running):
    talk(running.port, OPENING, b"Half a ma")

    assert RawMail.objects.count() == 0


def test_R_023_a_mail_that_says_it_is_too_large_is_refused_before_it_comes(support, smtp):
    assert smtp.esmtp_features["size"] == str(limits.MAIL_BYTES)

    code, _words = smtp.docmd(f"MAIL FROM:<{VERA}> SIZE={limits.MAIL_BYTES + 1}")

    assert code == 552


def test_R_023_a_mail_that_turns_out_too_large_is_let_by_without_being_held(support, running, monkeypatch):
    monkeypatch.setattr(limits, "MAIL_BYTES", 1_000_000)
    load = running.listener.loads[0]
    with smtplib.SMTP("127.0.0.1", running.port, timeout=20) as client:
        client.ehlo()
        client.mail(VERA)
        client.rcpt(SUPPORT)
        client.docmd("DATA")
        for _ in range(30):
            client.send(b"x" * 100_000)
            assert load.mail_bytes < 3_000_000

        client.send(b"\r\n.\r\n")

        assert client.getreply()[0] == 552
        assert load.mail_bytes == 0
        assert client.sendmail(VERA, [SUPPORT], a_mail()) == {}
    assert RawMail.objects.get().size < 1000


def test_who_never_stops_sending_is_cut_off(support, running, monkeypatch):
    monkeypatch.setattr(limits, "MAIL_BYTES", 100_000)
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as line:
        line.sendall(OPENING)
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            line.sendall(b"x" * 100_000_000)


def test_mails_that_would_fill_the_memory_together_are_asked_to_come_later(support, running):
    running.listener.loads[0].most_mail_bytes = 200_000
    with smtplib.SMTP("127.0.0.1", running.port, timeout=20) as client:
        with pytest.raises(smtplib.SMTPDataError) as told:
            client.sendmail(VERA, [SUPPORT], a_mail(text="x" * 70 + "\r\n") * 5_000)
        assert told.value.smtp_code == 452
        assert client.sendmail(VERA, [SUPPORT], a_mail()) == {}


def test_one_connection_too_many_is_told_so(support, running):
    running.listener.loads[0].most_connections = 2
    first, second = (socket.create_connection(("127.0.0.1", running.port)) for _ in range(2))
    with first, second:
        first.recv(100), second.recv(100)

        assert talk(running.port).startswith("421 ")


def test_a_command_without_end_is_refused(support, running):
    said = talk(running.port, b"EHLO " + b"x" * 200_000 + b"\r\nNOOP\r\nQUIT\r\n")

    assert "500 Command line too long" in said
    assert said.rstrip().endswith("221 Bye")


def test_the_catch_all_takes_mail_to_anybody_and_makes_no_ticket_of_it(house, running):
    with smtplib.SMTP("127.0.0.1", running.catchall_port) as client:
        client.sendmail("support@harbour.example", ["a@x.example", "b@y.example"], a_mail())

    caught = CaughtMail.objects.get()
    assert bytes(caught.raw) == a_mail()
    assert caught.envelope_to == ["a@x.example", "b@y.example"]
    assert RawMail.objects.count() == 0
