"""Say what is wrong and how to mend it; ends with code 1 when something is.

It asks the machine (Python, disk, ports, secrets), the database, and every part of the desk that has a
question. It only reads, unless told to mend, and may be asked while the desk runs.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass, field

from handrail.cli._database import prepare_django
from handrail.kit import checks
from handrail.kit.checks import Check, Finding

#: A question to the database that is not asked deeply is broken off after so long.
LONGEST_QUESTION_SECONDS = 30
TELL_EVERY_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One answered question. seconds: how long that took."""

    check: Check
    finding: Finding
    seconds: float


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: one JSON list")
    parser.add_argument("--deep", action="store_true", help="look at every file and mail, not at a sample")
    parser.add_argument("--mend", action="store_true", help="mend what can be mended without harm")
    parser.add_argument("--faults", action="store_true", help="list where a test can let a process fail")


def run(options: argparse.Namespace) -> int:
    if options.faults:
        list_the_fault_points()
        return 0
    from handrail.cli import _checks  # noqa: F401 - slow import; registers the machine's own questions

    prepare_django()
    find_the_rooms_questions()
    checks.tell = Telling().line
    asked = ask_everything(deep=options.deep)
    if options.mend:
        heal(asked)
        asked = ask_everything(deep=options.deep)
    if options.json:
        print(json.dumps([as_entry(each) for each in asked], indent=2))
    else:
        for each in asked:
            show(each)
    return 0 if all(each.finding.is_fine for each in asked) else 1


def list_the_fault_points() -> None:
    from handrail.kit import faults  # slow import: it looks through the sources

    for point in faults.points():
        print(f"{point.name:<24}{point.file}: {point.about}")


def find_the_rooms_questions() -> None:
    """Each room's `checks.py`, when it has one."""
    from django.utils.module_loading import autodiscover_modules  # slow import

    autodiscover_modules("checks")


def heal(asked: list[Asked]) -> None:
    """What can be mended without harm; the others keep their words about what to do."""
    for each in asked:
        if each.check.heal and not each.finding.is_fine:
            if each.check.needs_database:
                bound_the_question(0)
            each.check.heal()


def ask_everything(*, deep: bool = False) -> list[Asked]:
    asked: list[Asked] = []
    database_answers = True
    for check in checks.registered():
        if check.needs_database and not database_answers:
            continue
        asked.append(ask(check, deep=deep))
        if check.name == "database" and not asked[-1].finding.is_fine:
            database_answers = False
    return asked


def ask(check: Check, *, deep: bool = False) -> Asked:
    began = time.monotonic()
    try:
        if check.needs_database:
            bound_the_question(0 if deep else LONGEST_QUESTION_SECONDS)
        finding = check.asked(deep=deep)
    except Exception as failure:
        said = f"could not be asked: {failure}".strip().partition("\n")[0]
        finding = Finding(said=said, mend="See the other findings first; else report this line.")
    return Asked(check=check, finding=finding, seconds=round(time.monotonic() - began, 3))


def bound_the_question(seconds: int) -> None:
    """So that no question hurts a busy desk; 0: without a bound."""
    from django.db import connection  # app ready

    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{seconds}s'")


@dataclass
class Telling:
    """How far a long question has come, every now and then, apart from the answers."""

    told_at: float = field(default_factory=time.monotonic)

    def line(self, said: str) -> None:
        if time.monotonic() - self.told_at >= TELL_EVERY_SECONDS:
            self.told_at = time.monotonic()
            print(f"  {said} …", file=sys.stderr, flush=True)


def show(asked: Asked) -> None:
    finding = asked.finding
    print(f"{'ok' if finding.is_fine else 'PROBLEM':<9}{asked.check.name:<12}{finding.said}")
    if not finding.is_fine:
        for line in filter(None, [finding.means, f"→ {finding.mend}"]):
            print(f"{'':<9}{'':<12}{line}")


def as_entry(asked: Asked) -> dict[str, str | bool | float]:
    finding = asked.finding
    told: dict[str, str | bool | float] = {"check": asked.check.name, "ok": finding.is_fine}
    told |= {"said": finding.said, "means": finding.means, "mend": finding.mend}
    return told | {"seconds": asked.seconds}
