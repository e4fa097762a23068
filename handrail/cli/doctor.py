"""Say what is wrong and how to mend it; ends with code 1 when something is.

It asks the machine (Python, disk, ports, secrets), the database, and every part of the desk that has a
question. It only reads, unless told to mend, and may be asked while the desk runs.
"""

import argparse
import json

from handrail.cli._database import prepare_django
from handrail.kit import checks
from handrail.kit.checks import Check, Finding


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
    findings = ask_everything(deep=options.deep)
    if options.mend:
        heal(findings)
        findings = ask_everything(deep=options.deep)
    if options.json:
        print(json.dumps([as_entry(check, finding) for check, finding in findings], indent=2))
    else:
        for check, finding in findings:
            show(check, finding)
    return 0 if all(finding.is_fine for _check, finding in findings) else 1


def list_the_fault_points() -> None:
    from handrail.kit import faults  # slow import: it looks through the sources

    for point in faults.points():
        print(f"{point.name:<24}{point.file}: {point.about}")


def find_the_rooms_questions() -> None:
    """Each room's `checks.py`, when it has one."""
    from django.utils.module_loading import autodiscover_modules  # slow import

    autodiscover_modules("checks")


def heal(findings: list[tuple[Check, Finding]]) -> None:
    """What can be mended without harm; the others keep their words about what to do."""
    for check, finding in findings:
        if check.heal and not finding.is_fine:
            check.heal()


def ask_everything(*, deep: bool = False) -> list[tuple[Check, Finding]]:
    findings: list[tuple[Check, Finding]] = []
    database_answers = True
    for check in checks.registered():
        if check.needs_database and not database_answers:
            continue
        finding = ask(check, deep=deep)
        findings.append((check, finding))
        if check.name == "database" and not finding.is_fine:
            database_answers = False
    return findings


def ask(check: Check, *, deep: bool = False) -> Finding:
    try:
        return check.asked(deep=deep)
    except Exception as failure:
        said = f"could not be asked: {failure}".strip().partition("\n")[0]
        return Finding(said=said, mend="See the other findings first; else report this line.")


def show(check: Check, finding: Finding) -> None:
    print(f"{'ok' if finding.is_fine else 'PROBLEM':<9}{check.name:<12}{finding.said}")
    if not finding.is_fine:
        for line in filter(None, [finding.means, f"→ {finding.mend}"]):
            print(f"{'':<9}{'':<12}{line}")


def as_entry(check: Check, finding: Finding) -> dict[str, str | bool]:
    told: dict[str, str | bool] = {"check": check.name, "ok": finding.is_fine, "said": finding.said}
    return told | {"means": finding.means, "mend": finding.mend}
