"""What can be put into what somebody writes: rooms above register it, the composer offers it."""

from dataclasses import dataclass

from handrail.accounts.models import User
from handrail.accounts.rights import Words


@dataclass(frozen=True, kw_only=True)
class Insert:
    """A button of the composer. route: takes a ticket's `number`, answers with what can be chosen.

    It is asked each time the button is pressed, with `mode`: reply or note. What is chosen there answers with
    an element `data-insert-target="words"` for `#ticket-NUMBER-inserted`. command: in the command bar.
    """

    key: str
    label: Words
    command: Words
    icon: str
    route: str
    hotkey: str
    right: str


_inserts: dict[str, Insert] = {}


def register(insert: Insert) -> None:
    """Offer it; one with a known key takes the place of the former."""
    _inserts[insert.key] = insert


def offered(user: User) -> list[Insert]:
    """What this user may put in."""
    return [insert for insert in _inserts.values() if user.may(insert.right)]
