"""A real Dovecot on a free port of this machine, in a folder that goes away, with as many users as wanted."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

from handrail.channels.email.imap.tests.consents import Consents
from handrail.kit.processes import dying_with_parent
from tests.ports import free_ports

#: More than all tests take: the server notices a further one only after a second.
USERS = 100
PASSWORD = "harbour-pässword-7"
CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_cache_size = 0
mail_location = maildir:{home}/mail/%u
first_valid_uid = 0
first_valid_gid = 0
mail_max_userip_connections = 100
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
maildir_stat_dirs = yes
mailbox_idle_check_interval = 1 secs
mailbox_list_index = no
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid={mail} gid={mailgroup} home={home}/mail/%u
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  {chroot}
}}
service stats {{
  {chroot}
}}
"""
OAUTH2 = """
tokeninfo_url = http://127.0.0.1:{port}/tokeninfo?access_token=
username_attribute = email
active_attribute = active
active_value = yes
"""


class Dovecot:
    """`with Dovecot() as server:`; all its users have the same password."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="hr-imap-"))
        self.home.chmod(0o711)
        self.users = [f"user{number}" for number in range(USERS)]
        self.unused = iter(self.users)
        self.port, self.tls_port = free_ports(2)
        self.authorities = self.home / "cert.pem"
        self.process: subprocess.Popen[bytes] | None = None
        self.consents = Consents()

    def __enter__(self) -> "Dovecot":
        self._prepare()
        self.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self.stop()
        self.consents.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self) -> None:
        config = self.home / "dovecot.conf"
        self.process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(config)],
            stderr=subprocess.DEVNULL,
            preexec_fn=dying_with_parent(signal.SIGTERM),
        )
        deadline = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < deadline, (self.home / "log").read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)

    def new_user(self) -> str:
        """A mailbox of its own for a test."""
        return next(self.unused)

    def at(self, user: str) -> IMAPClient:
        """Somebody else who looks into the same mailbox."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=20)
        client.plain_login(user, PASSWORD)
        return client

    def put(self, user: str, *mails: bytes, folder: str = "INBOX", at: datetime | None = None) -> None:
        with self.at(user) as client:
            for mail in mails:
                client.append(folder, mail, msg_time=at)

    def lies_in(self, user: str, folder: str = "INBOX") -> dict[int, tuple[bytes, ...]]:
        """The numbers of the mails in a folder with their flags, but for \\Recent."""
        with self.at(user) as client:
            if not client.folder_exists(folder):
                return {}
            client.select_folder(folder, readonly=True)
            flags = client.get_flags(client.search())
        return {uid: tuple(flag for flag in told if flag != b"\\Recent") for uid, told in flags.items()}

    def renumber(self, user: str) -> None:
        """As after a restore: every mail gets another number."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (self.home / "mail" / user / name).unlink(missing_ok=True)

    def _prepare(self) -> None:
        lines = "".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in self.users)
        (self.home / "users").write_text(lines)
        (self.home / "mail").mkdir()
        (self.home / "oauth2.conf").write_text(OAUTH2.format(port=self.consents.port))
        _certify(self.home)
        is_root = os.geteuid() == 0
        me = getpass.getuser()
        words = {"internal": me, "group": _group(), "login": me, "mail": me}
        if is_root:
            words = {"internal": "dovecot", "group": "dovecot", "login": "dovenull", "mail": "nobody"}
        if is_root:
            shutil.chown(self.home / "mail", "nobody", "nogroup")
        mailgroup = "nogroup" if is_root else _group()
        config = CONFIG.format(
            home=self.home,
            port=self.port,
            tls_port=self.tls_port,
            chroot="" if is_root else "chroot =",
            mailgroup=mailgroup,
            **words,
        )
        (self.home / "dovecot.conf").write_text(config)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
                return line.recv(10).startswith(b"* OK")
        except OSError:
            return False


def is_here() -> bool:
    return shutil.which("dovecot") is not None


def certificate(name: str, *, until: datetime) -> tuple[bytes, bytes]:
    """A certificate that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = x509.SubjectAlternativeName([x509.DNSName(name)])
    built = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(until - timedelta(days=400)).not_valid_after(until)
    built = built.add_extension(names, critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = built.sign(key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signed.public_bytes(serialization.Encoding.PEM), secret


def _certify(folder: Path) -> None:
    cert, key = certificate("localhost", until=datetime.now(UTC) + timedelta(days=30))
    (folder / "cert.pem").write_bytes(cert)
    (folder / "key.pem").write_bytes(key)


def _group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name
