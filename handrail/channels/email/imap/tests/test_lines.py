"""Connections to mail servers: encrypted or not at all, certificates checked, nothing inside reached."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest

from handrail.channels.email.imap import session as sessions
from handrail.channels.email.imap.lines import Server
from handrail.channels.email.imap.session import Session
from handrail.channels.email.imap.signing_in import with_password
from handrail.channels.email.imap.tests.dovecot import PASSWORD, certificate
from handrail.channels.email.imap.troubles import WORDS, Trouble, explained


def told(**where) -> str:
    """The trouble with a server; empty when all went well."""
    place = {"host": "localhost", "port": 993, "security": "tls", **where}
    try:
        with sessions.opened(Server(**place), with_password("user0", PASSWORD), patience=3) as session:
            session.open("INBOX", read_only=True)
    except Trouble as trouble:
        return trouble.key
    return ""


@pytest.fixture
def trusted(dovecot, settings):
    """Dovecot's certificate is trusted."""
    settings.MAIL_SERVER_AUTHORITIES = str(dovecot.authorities)
    return dovecot


def test_R_052_tls_and_starttls_work_with_a_certificate_that_is_trusted(trusted):
    assert told(port=trusted.tls_port) == ""
    assert told(port=trusted.port, security="starttls") == ""


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_R_052_a_certificate_that_nobody_vouches_for_is_refused(dovecot, security):
    port = dovecot.tls_port if security == "tls" else dovecot.port

    assert told(port=port, security=security) == "certificate"


def test_R_052_a_certificate_for_another_name_is_refused(trusted):
    assert told(host="127.0.0.1", port=trusted.tls_port) == "certificate"


def test_R_052_an_expired_certificate_is_refused(dovecot, settings, tmp_path):

    cert, key = certificate("localhost", until=datetime.now(UTC) - timedelta(days=1))
    (tmp_path / "both.pem").write_bytes(cert + key)
    settings.MAIL_SERVER_AUTHORITIES = str(tmp_path / "both.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _where = server.accept()
            with line:
                try:
                    context.wrap_socket(line, server_side=True)
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        assert told(port=server.getsockname()[1]) == "certificate"
        thread.join(timeout=10)


def test_R_052_a_server_that_offers_no_starttls_gets_no_password(settings):
    """Whoever sits in between takes the offer out; then nothing is said in the clear."""
    heard: list[bytes] = []
    with fake_server(b"* OK hello\r\n", heard) as port:
        assert told(port=port, security="starttls") == "encryption"

    assert not any(b"LOGIN" in line or b"AUTHENTICATE" in line for line in heard)


def test_a_server_that_says_without_end_is_cut_off():
    with fake_server(b"* OK [CAPABILITY IMAP4rev1] hello\r\n" + b"* 1 EXISTS\r\n" * 1_000_000, []) as port:
        assert told(host="127.0.0.1", port=port, security="plain") == "cut"


def test_something_else_at_the_port_is_said():
    with fake_server(b"220 smtp ready\r\n", []) as port:
        assert told(host="127.0.0.1", port=port, security="plain") == "not-imap"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "::1", "2130706433", "0x7f.1", "::ffff:127.0.0.1"]
)
def test_S_069_nothing_inside_is_reached_unless_the_operator_names_its_network(settings, host):
    settings.MAIL_SERVER_NETWORKS = []
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)

        assert told(host=host, port=canary.getsockname()[1]) == "not-reachable"

        with pytest.raises(TimeoutError):
            canary.accept()


def test_without_encryption_only_this_machine_is_spoken_to():
    assert told(host="mail.example", security="plain") == "plain-elsewhere"


def test_every_trouble_has_words_and_says_what_to_do():
    for key, words in WORDS.items():
        assert str(words.said).endswith(".")
        assert explained(key).mend
    assert explained("of a later version") == WORDS["ours"]


def test_news_that_came_with_the_servers_consent_to_wait_is_not_missed(dovecot):
    user = dovecot.new_user()
    server = Server(host="127.0.0.1", port=dovecot.port, security="plain")
    with sessions.opened(server, with_password(user, PASSWORD)) as session:
        session.open("INBOX")
        dovecot.put(user, b"Subject: x\r\n\r\ny\r\n")

        began = datetime.now(UTC)
        Session.wait(session, seconds=30, is_over=lambda: False)

        assert datetime.now(UTC) - began < timedelta(seconds=25)


class fake_server:
    """Says its words to the first who comes, and hears what is answered."""

    def __init__(self, words: bytes, heard: list[bytes]) -> None:
        self.words, self.heard = words, heard

    def __enter__(self) -> int:

        self.server = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        return int(self.server.getsockname()[1])

    def __exit__(self, *_how: object) -> None:
        self.server.close()
        self.thread.join(timeout=10)

    def _serve(self) -> None:
        try:
            line, _where = self.server.accept()
            with line:
                line.settimeout(5)
                line.sendall(self.words)
                while said := line.recv(1000):
                    self.heard.append(said)
                    tag = said.split(b" ")[0]
                    if b"CAPABILITY" in said:
                        line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
                    else:
                        line.sendall(tag + b" BAD what\r\n")
        except OSError:
            return
