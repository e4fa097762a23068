"""What `handrail doctor` asks: each room registers its own questions, in a module `checks.py` that is found.

@check("mail", needs_database=True)
def raw_mail_is_taken_in() -> Finding: ...
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer to one question. mend: what to do about it, as an instruction; empty when all is well."""

    said: str
    mend: str = ""

    @property
    def is_fine(self) -> bool:
        return not self.mend


Ask = Callable[[], Finding]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One question. needs_database: it is not asked while the database does not answer."""

    name: str
    ask: Ask
    needs_database: bool = False


_checks: list[Check] = []


def check(name: str, *, needs_database: bool = False) -> Callable[[Ask], Ask]:
    """Registers a question under a short name, such as "disk"."""

    def register(ask: Ask) -> Ask:
        _checks.append(Check(name=name, ask=ask, needs_database=needs_database))
        return ask

    return register


def registered() -> list[Check]:
    """All questions, in the order of registration."""
    return list(_checks)
