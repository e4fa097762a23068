"""Where the embedded database keeps its folders, and how short its socket's path must be."""

import hashlib
import os
import socket
import stat
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from handrail.kit.postgres.account import Account
from handrail.kit.postgres.engine import MAJOR

SYSTEM_PLACE = Path("/var/lib/handrail")
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.65535")


@dataclass(frozen=True)
class Place:
    """The folders and files of one embedded database.

    home: HANDRAIL_HOME.
    root: the same, or a folder the database's account can reach when home is closed to it.
    """

    home: Path
    root: Path

    @property
    def data(self) -> Path:
        return self.root / f"postgres-{MAJOR}"

    @property
    def lock(self) -> Path:
        return self.root / f"postgres-{MAJOR}.lock"

    @property
    def log(self) -> Path:
        return self.home / "logs" / "database.log"

    @property
    def url(self) -> Path:
        """The address with the password, for other processes of the same user."""
        return self.home / "database.url"


def place_for(home: Path, account: Account) -> Place:
    """Makes the folders; a home that is closed, such as one in /root, has its database in /var/lib."""
    home = home.absolute()
    home.mkdir(parents=True, exist_ok=True, mode=0o700 if account.is_ours else 0o711)
    (home / "logs").mkdir(exist_ok=True, mode=0o700)
    home = home.resolve()
    return Place(home, home if account.can_enter(home) else place_elsewhere(home))


def place_elsewhere(home: Path) -> Path:
    """Kept in a note in home, not derived from its path: a new home at an old path must not find old data."""
    note = home / "database.place"
    if note.exists():
        return Path(note.read_text().strip())
    SYSTEM_PLACE.mkdir(parents=True, exist_ok=True, mode=0o755)
    root = Path(tempfile.mkdtemp(prefix=f"{home.parent.name}-", dir=SYSTEM_PLACE))
    root.chmod(0o711)
    note.write_text(f"{root}\n")
    return root


def socket_folder(place: Place, account: Account) -> Path:
    """A folder for the socket that only the database's account may enter, with a path short enough."""
    marks = hashlib.sha256(os.fsencode(place.root)).hexdigest()[:12]
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    choices = [place.root / "run"]
    if runtime and account.is_ours:
        choices.append(Path(runtime) / f"handrail-{marks}")
    choices.append(Path("/tmp") / f"handrail-{account.uid}-{marks}")  # noqa: S108 - checked to be ours below
    for folder in choices:
        if (
            len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER
            and is_private(folder, account)
            and takes_sockets(folder)
        ):
            return folder
    folder = Path(tempfile.mkdtemp(prefix="handrail-", dir="/tmp"))
    os.chown(folder, account.uid, account.gid)
    return folder


def is_private(folder: Path, account: Account) -> bool:
    """Makes the folder, or makes sure that the one there is no stranger's and no link."""
    with suppress(FileExistsError, OSError):
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
    try:
        found = folder.lstat()
    except OSError:
        return False
    if stat.S_ISDIR(found.st_mode) and found.st_uid in (account.uid, os.geteuid()):
        os.chown(folder, account.uid, account.gid)
        folder.chmod(0o700)
        return True
    return False


def takes_sockets(folder: Path) -> bool:
    """Shared folders of virtual machines and some network disks cannot hold a socket."""
    trial = folder / f".trial-{os.getpid()}"
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        try:
            listener.bind(str(trial))
        except OSError:
            return False
        trial.unlink()
        return True
