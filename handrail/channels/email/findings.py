"""What was found out about one mail, kept with its bytes: who sent it, where it belongs, what warns."""

from dataclasses import dataclass
from typing import Any

from handrail.channels.email.evidence import Sign, points_of
from handrail.channels.email.senders import SenderState


@dataclass(frozen=True, kw_only=True)
class Warned:
    """One sign of deceit or of spam by its name, and what exactly was seen."""

    sign: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """signs: what speaks for the ticket. perhaps: the number of a ticket that is likely, but not sure.

    likelihood: of spam, None where it was not judged. spam_signs: what spoke for that.
    """

    sender: str
    sender_state: SenderState
    signs: tuple[Sign, ...] = ()
    perhaps: int | None = None
    warnings: tuple[Warned, ...] = ()
    likelihood: float | None = None
    spam_signs: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Only what is there: most mails show nothing remarkable."""
        told: dict[str, Any] = {"sender": self.sender, "state": self.sender_state.value}
        if self.signs:
            told |= {"signs": [sign.value for sign in self.signs], "points": points_of(self.signs)}
        if self.perhaps is not None:
            told["perhaps"] = self.perhaps
        if self.warnings:
            told["warnings"] = [[each.sign, each.detail] for each in self.warnings]
        if self.likelihood is not None:
            told |= {"spam": round(self.likelihood, 3), "spam_signs": list(self.spam_signs)}
        return told
