"""Words on their way out of the house: rooms above say which of them must stay.

`Ticket.reply` asks here by itself, and so does whatever else lets words out, so that no road leads around it.
"""

from collections.abc import Callable

from handrail.tickets.unfit import Unfit

#: Takes words as plain text and as html; says why they must not leave, or nothing when they may.
Guard = Callable[[str, str], str]

_guards: list[Guard] = []


class MustStay(Unfit):
    """Somebody outside would read what is not for them; args[0] says what, in words for the writer."""


def register(guard: Guard) -> None:
    """Ask this one too, once."""
    if guard not in _guards:
        _guards.append(guard)


def mind(text: str, html: str = "") -> None:
    """Raise MustStay unless these words may leave."""
    for guard in _guards:
        if why := guard(text, html):
            raise MustStay(why)
