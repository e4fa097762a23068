"""Whose processes the database's are: PostgreSQL refuses root, so root uses an account without rights."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "handrail"


@dataclass(frozen=True)
class Account:
    """The user that the database's processes run as."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()

    @property
    def popen_options(self) -> dict[str, Any]:
        """What Popen needs to start a child as this account."""
        options: dict[str, Any] = {"umask": 0o077, "stdin": subprocess.DEVNULL}
        if not self.is_ours:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def can_run(self, program: Path) -> bool:
        return self.succeeds([str(program), "--version"])

    def can_enter(self, folder: Path) -> bool:
        return self.is_ours or self.succeeds(["test", "-d", f"{folder}/."])

    def succeeds(self, command: list[str]) -> bool:
        try:
            finished = subprocess.run(command, cwd="/", capture_output=True, **self.popen_options)  # noqa: S603
        except OSError:
            return False
        return finished.returncode == 0

    def own(self, folder: Path) -> None:
        """Gives a folder and everything in it to this account, when it is not already."""
        if self.is_ours or folder.stat().st_uid == self.uid:
            return
        for path in [*folder.rglob("*"), folder]:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for_database() -> Account:
    """Ourselves, or for root the system user `handrail` (made on first use), else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    entry = entry_of(NAME) or made_entry() or entry_of("nobody")
    return Account(entry.pw_uid, entry.pw_gid) if entry else Account(65534, 65534)


def made_entry() -> pwd.struct_passwd | None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    shell = "/usr/sbin/nologin"
    command = [program, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run([*command, "--shell", shell, NAME], check=False, capture_output=True)  # noqa: S603
    return entry_of(NAME)


def entry_of(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
