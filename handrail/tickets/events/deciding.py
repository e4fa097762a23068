"""What admins decide was changed: with what it was, so that it can be put back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from handrail.events import Fact


@dataclass(frozen=True, kw_only=True)
class DecisionFact(Fact):
    """Somebody decided otherwise. was, now: the columns that differ, as an object of JSON."""

    about: ClassVar[str] = "decided_id"
    personal: ClassVar[Mapping[str, object]] = {"was": "{}", "now": "{}"}
    decided_id: UUID
    by_user_id: UUID
    was: str
    now: str

    @property
    def before(self) -> dict[str, Any]:
        """What the columns said."""
        read: dict[str, Any] = json.loads(self.was)
        return read

    @property
    def after(self) -> dict[str, Any]:
        """What they said from then on."""
        read: dict[str, Any] = json.loads(self.now)
        return read


@dataclass(frozen=True, kw_only=True)
class RecurringChanged(DecisionFact):
    """A recurring ticket has another plan."""


@dataclass(frozen=True, kw_only=True)
class ActivityChanged(DecisionFact):
    """An activity that time is entered under is called otherwise, or costs something else."""
