"""The listener offers TLS with its certificate, takes nothing over from before it, and renews it alone."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handrail.channels.email.certificates import Certificate
from handrail.channels.email.imap.tests.dovecot import certificate
from handrail.channels.email.models import RawMail
from handrail.channels.email.tests.conftest import Running, a_mail
from handrail.kit.environment import BadSetting

VERA, SUPPORT = "vera@nordlys.example", "support@harbour.example"


def certify(folder: Path) -> None:
    cert, key = certificate("localhost", until=datetime.now(UTC) + timedelta(days=9))
    (folder / "both.pem").write_bytes(cert + key)


def heard(line: socket.socket) -> str:
    """The code of a whole answer."""
    said = b""
    while not re.search(rb"(?m)^\d{3} .*\r\n\Z", said):
        said += line.recv(1000)
    return said[:3].decode()


@pytest.fixture
def secured(transactional_db, tmp_path) -> Iterator[Running]:
    certify(tmp_path)
    listener = Running(certificate=Certificate(tmp_path / "both.pem", None))
    yield listener
    listener.stop()


def context(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder / "both.pem")


def test_mail_comes_in_encrypted(support, secured, tmp_path):
    with smtplib.SMTP("localhost", secured.port, timeout=20) as client:
        client.ehlo()
        assert client.has_extn("starttls")
        client.starttls(context=context(tmp_path))
        assert client.sendmail(VERA, [SUPPORT], a_mail()) == {}
        assert secured.listener.loads[0].connections == 1

    assert RawMail.objects.count() == 1


def test_what_was_said_before_encryption_is_forgotten(support, secured, tmp_path):
    """Else somebody in between could put commands or mail before those of the sender (CVE-2024-34083)."""
    with socket.create_connection(("localhost", secured.port), timeout=20) as line:
        heard(line)
        line.sendall(b"EHLO x\r\n")
        heard(line)
        smuggled = b"MAIL FROM:<evil@evil.example>\r\nRCPT TO:<support@harbour.example>\r\n"
        line.sendall(b"STARTTLS\r\n" + smuggled)
        assert heard(line) == "220"
        with context(tmp_path).wrap_socket(line, server_hostname="localhost") as safe:
            safe.sendall(b"EHLO x\r\n")
            heard(safe)
            safe.sendall(b"DATA\r\n")
            assert heard(safe) == "503"


def test_a_renewed_certificate_is_shown_without_a_restart(secured, tmp_path):
    certify(tmp_path)
    secured.listener.certificate.look()

    with smtplib.SMTP("localhost", secured.port, timeout=20) as client:
        client.starttls(context=context(tmp_path))  # the new file vouches for the new certificate only


def test_a_broken_file_leaves_the_certificate_as_it_is(secured, tmp_path):
    trusted = context(tmp_path)
    (tmp_path / "both.pem").write_bytes(b"nothing")
    secured.listener.certificate.look()

    with smtplib.SMTP("localhost", secured.port, timeout=20) as client:
        client.starttls(context=trusted)


def test_a_certificate_that_cannot_be_read_is_said_in_a_sentence(tmp_path):
    with pytest.raises(BadSetting, match="HANDRAIL_SMTP_CERTIFICATE"):
        Certificate(tmp_path / "missing.pem", None)


def test_without_a_certificate_no_encryption_is_offered(smtp):
    assert not smtp.has_extn("starttls")
