"""Every setting that Handrail reads from the environment, declared once with its default and one sentence."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from handrail.kit.environment import (
    BadSetting,
    EnvironmentBase,
    Setting,
    address,
    folder,
    name_and_secret,
    networks,
    one_of,
    text,
    whole_number,
    words,
    yes_or_no,
)

CHECKOUT = Path(__file__).resolve().parents[2]


def default_home(_environment: object) -> Path:
    """`var/` beside the sources in a checkout; the user's data folder when installed."""
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "handrail"


def default_base_url(environment: "Environment") -> str:
    return f"http://127.0.0.1:{environment.HANDRAIL_PORT}"


def kept_secret_key(environment: "Environment") -> str:
    """The key in HOME/secret.key, made on first use; when two processes make it at once, the first wins."""
    kept = environment.HANDRAIL_HOME / "secret.key"
    try:
        if not kept.exists():
            make_secret_key(kept)
        return kept.read_text().strip()
    except OSError as problem:
        raise BadSetting(
            f"The secret key cannot be kept in {kept} ({problem.strerror}): "
            "set HANDRAIL_HOME to a folder of yours, or set HANDRAIL_SECRET_KEY."
        ) from None


def make_secret_key(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_name(f".secret.key.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(draft, kept)
    draft.unlink()


class Environment(EnvironmentBase):
    """What can be set from outside; `docs/reference/settings.md` is made from this list."""

    DATABASE_URL = Setting(
        "",
        address("postgresql", "postgres"),
        "The PostgreSQL (15 or newer, with pgvector) to use; "
        "left empty, Handrail runs its own inside HANDRAIL_HOME.",
        secret=True,
    )
    HANDRAIL_HOME = Setting(
        default_home,
        folder,
        "The folder for everything Handrail keeps on this machine: its database, files, logs and secrets.",
        shown="`var/` in a checkout, else `~/.local/share/handrail`",
    )
    HANDRAIL_HOST = Setting("127.0.0.1", text, "The network address that web and live updates listen on.")
    HANDRAIL_PORT = Setting(8000, whole_number(1, 65535), "The port that web and live updates listen on.")
    HANDRAIL_BASE_URL = Setting(
        default_base_url,
        address("http", "https"),
        "The address people type into their browser; links in mails start with it.",
        shown="`http://127.0.0.1:` and HANDRAIL_PORT",
    )
    HANDRAIL_ALLOWED_HOSTS = Setting(
        (),
        words,
        "Further host names the web server answers to, parted by commas; that of HANDRAIL_BASE_URL is one.",
    )
    HANDRAIL_TRUSTED_PROXIES = Setting(
        (),
        words,
        "The networks of the proxies in front, such as 10.0.0.0/8, parted by commas; "
        "X-Forwarded-For counts from these only.",
    )
    HANDRAIL_WEB_WORKERS = Setting(2, whole_number(1, 64), "How many web processes run.")
    HANDRAIL_WORKERS = Setting(1, whole_number(1, 64), "How many worker processes do the jobs.")
    HANDRAIL_SMTP_HOST = Setting("127.0.0.1", text, "The network address that the mail listener listens on.")
    HANDRAIL_SMTP_PORT = Setting(
        2525, whole_number(1, 65535), "The port that the mail listener listens on for incoming mail."
    )
    HANDRAIL_SMTP_CERTIFICATE = Setting(
        "",
        text,
        "The file with the certificate that the mail listener shows (STARTTLS), and those that vouch for it; "
        "read anew when it changes. Left empty, mail comes in unencrypted: only right behind a relay.",
    )
    HANDRAIL_SMTP_CERTIFICATE_KEY = Setting(
        "", text, "The file with the key of that certificate; left empty, it is in the same file."
    )
    HANDRAIL_SMTP_RELAYS = Setting(
        (),
        networks,
        "The networks of mail servers that bring you the mails of others, such as 10.0.0.0/8, parted by "
        "commas; this machine always counts.",
    )
    HANDRAIL_SMTP_FROM_PEER = Setting(
        300,
        whole_number(0, 1_000_000),
        "How many mails a minute the mail listener takes from one network address that is no relay, before "
        "it says to come back later; 0: any number.",
    )
    HANDRAIL_SMTP_OF_SENDER = Setting(
        300,
        whole_number(0, 1_000_000),
        "How many mails a minute of one envelope sender the mail listener takes from relays, before it says "
        "to come back later; 0: any number.",
    )
    HANDRAIL_CATCHALL_PORT = Setting(
        2526,
        whole_number(1, 65535),
        "The port, on this machine only, of the catch-all that takes outgoing mail "
        "while HANDRAIL_MAIL_URL is empty.",
    )
    HANDRAIL_MAIL_URL = Setting(
        "",
        address("smtp", "smtps"),
        "The server that sends mail, as `smtp://user:password@host:587` or `smtps://…:465`; "
        "left empty, every mail stays on this machine and can be read at `/mail`.",
        secret=True,
    )
    HANDRAIL_MAIL_DOMAIN = Setting(
        "handrail.localhost", text, "The domain of Handrail's own mail addresses and Message-IDs."
    )
    HANDRAIL_DELIVERY_RECEIPTS = Setting(
        False,
        yes_or_no,
        "Whether the server that sends is asked to report every mail that was delivered (RFC 3461), so that "
        "it can be shown; each report is one more mail that comes in.",
    )
    HANDRAIL_MAIL_SERVER_NETWORKS = Setting(
        (),
        networks,
        "Networks of your own in which mail servers may be connected to, such as 10.1.0.0/16, parted by "
        "commas; else only public addresses are.",
    )
    HANDRAIL_MAIL_SERVER_AUTHORITIES = Setting(
        "",
        text,
        "A file with the certificates of those who vouch for mail servers of your own; "
        "left empty, those this machine trusts.",
    )
    HANDRAIL_GOOGLE_CLIENT = Setting(
        "",
        name_and_secret,
        "The OAuth client of this desk at Google, as `id:secret`, so that Gmail mailboxes can be connected.",
        secret=True,
    )
    HANDRAIL_MICROSOFT_CLIENT = Setting(
        "",
        name_and_secret,
        "The OAuth client of this desk at Microsoft, as `id:secret`, so that Microsoft 365 mailboxes can be "
        "connected.",
        secret=True,
    )
    HANDRAIL_MICROSOFT_TENANT = Setting(
        "organizations", text, "The tenant that Microsoft accounts sign in to: an id, or `organizations`."
    )
    HANDRAIL_MAIL_AUTHSERV_IDS = Setting(
        (),
        words,
        "The names under which your own mail servers stamp what they found out about a sender "
        "(Authentication-Results), parted by commas; left empty, no sender counts as verified.",
    )
    HANDRAIL_MAIL_HELD_AFTER = Setting(
        50,
        whole_number(0, 1_000_000),
        "How many mails of one sender are taken in within an hour before more are held; 0: any number.",
    )
    HANDRAIL_MAIL_REFUSED_AFTER = Setting(
        500,
        whole_number(1, 1_000_000),
        "How many mails of one sender are taken or held within an hour before further ones go to quarantine.",
    )
    HANDRAIL_TRASH_DAYS = Setting(
        30,
        whole_number(1, 3650),
        "How many days a deleted ticket can be brought back, before it is removed for good with its messages "
        "and files.",
    )
    HANDRAIL_UNDO_SECONDS = Setting(
        10,
        whole_number(0, 300),
        "How many seconds a reply waits before it is sent, so that it can be taken back.",
    )
    HANDRAIL_SECRET_KEY = Setting(
        kept_secret_key,
        text,
        "The key that signs sessions, links and reply addresses; secret, and the same on every machine.",
        shown="made once and kept in `HANDRAIL_HOME/secret.key`",
        secret=True,
    )
    HANDRAIL_CLAMAV = Setting(
        "",
        text,
        "The virus scanner (clamd) that every file is shown to, as `host:3310` or the path of its socket; "
        "left empty, no file is scanned.",
    )
    HANDRAIL_LOG_LEVEL = Setting(
        "info", one_of("debug", "info", "warning", "error"), "From which level on events are logged."
    )
    HANDRAIL_DEBUG = Setting(
        False,
        yes_or_no,
        "Shows errors in full in the browser and reloads on change; never on a machine others reach.",
    )
    HANDRAIL_TEST_FAULTS = Setting(
        False,
        yes_or_no,
        "Lets FAULT break this desk; for a desk that exists to be tested, never for another.",
    )
    FAULT = Setting(
        "",
        text,
        "Where a test lets a process fail, as `point:nth:action`; refused unless HANDRAIL_TEST_FAULTS is on.",
    )

    @classmethod
    def read(cls, written: Mapping[str, str] = os.environ) -> Self:
        environment = super().read(written)
        if environment.FAULT and not environment.HANDRAIL_TEST_FAULTS:
            raise BadSetting(
                "FAULT would break this desk on purpose: unset it (tests set HANDRAIL_TEST_FAULTS too)."
            )
        return environment


environment = Environment.read()
