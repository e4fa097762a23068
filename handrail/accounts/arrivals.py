"""Who asks at the desk's door for a link and has no account: rooms above may know them and answer."""

from collections.abc import Callable
from datetime import datetime

#: Takes an address, a path to go to and the time; mails a way in, or does nothing for a stranger.
Answer = Callable[[str, str, datetime], None]

_answers: list[Answer] = []


def answer_with(answer: Answer) -> None:
    """Register who knows people without an account."""
    _answers.append(answer)


def answer(address: str, *, next: str, at: datetime) -> None:
    """Let the rooms above answer somebody who has no account."""
    for each in _answers:
        each(address, next, at)
