"""What a rule found, said so that the reader knows what to do."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WAIVERS = Path(__file__).with_name("waivers.toml")


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule.

    where: what a waiver names, `path` or `path::name`. what: what is wrong there, in one clause.
    """

    where: str
    what: str


@dataclass(frozen=True)
class Waiver:
    """A written exception: which rule, which place, why."""

    rule: str
    where: str
    why: str


@cache
def waivers() -> tuple[Waiver, ...]:
    """Every written exception of `waivers.toml`."""
    written = tomllib.loads(WAIVERS.read_text())
    return tuple(
        Waiver(rule=each["rule"], where=each["where"], why=each["why"]) for each in written.get("waiver", [])
    )


def counted() -> dict[str, int]:
    """How many exceptions each rule may have; these numbers only fall."""
    most: dict[str, int] = tomllib.loads(WAIVERS.read_text())["most"]
    return most


def used(rule: str) -> Counter[str]:
    """The places that are excused from a rule."""
    return Counter(waiver.where for waiver in waivers() if waiver.rule == rule)


def expect_none(found: Iterable[Finding], *, rule: str, mend: str) -> None:
    """Fail with every finding that has no waiver, and with every waiver that excuses nothing any more.

    mend: what to do instead, in one or two sentences; the reader of a red test sees it.
    """
    found = list(found)
    excused = used(rule)
    left = [finding for finding in found if finding.where not in excused]
    stale = sorted(set(excused) - {finding.where for finding in found})
    assert not left, told(left, mend=mend)
    assert not stale, f"{WAIVERS.name}: nothing to excuse any more, remove ({rule}): {', '.join(stale)}"


def told(findings: Iterable[Finding], *, mend: str) -> str:
    """The message: each place, what is wrong there, and how to mend it."""
    places = "\n".join(f"  {finding.where}: {finding.what}" for finding in findings)
    return f"\n{places}\n→ {mend}"
