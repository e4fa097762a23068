"""What `handrail doctor` asks: each room registers its own questions, in a module `checks.py` that is found.

@check("mail", needs_database=True)
def raw_mail_is_taken_in() -> Finding: ...
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer to one question.

    means: what is wrong for people when it is as said. mend: what to do about it, as an instruction; empty
    when all is well.
    """

    said: str
    mend: str = ""
    means: str = ""

    @property
    def is_fine(self) -> bool:
        return not self.mend


Ask = Callable[[], Finding]
Heal = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One question.

    needs_database: it is not asked while the database does not answer. deeply: the same question about
    everything, where `ask` is content with the newest and a sample. heal: what `--mend` may do without harm.
    """

    name: str
    ask: Ask
    needs_database: bool = False
    deeply: Ask | None = None
    heal: Heal | None = None

    def asked(self, *, deep: bool) -> Finding:
        return (self.deeply if deep and self.deeply else self.ask)()


_checks: list[Check] = []


def _nothing(_said: str, /) -> None:
    """Nobody wants to hear how far a long question has come."""


#: Called as `checks.tell("so many looked at")` by questions about everything; it may be called often.
tell: Callable[[str], None] = _nothing


def check(
    name: str, *, needs_database: bool = False, deeply: Ask | None = None, heal: Heal | None = None
) -> Callable[[Ask], Ask]:
    """Registers a question under a short name, such as "disk"."""

    def register(ask: Ask) -> Ask:
        _checks.append(Check(name=name, ask=ask, needs_database=needs_database, deeply=deeply, heal=heal))
        return ask

    return register


def registered() -> list[Check]:
    """All questions, in the order of registration."""
    return list(_checks)
