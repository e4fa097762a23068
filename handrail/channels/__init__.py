"""Channels: the roads on which people write to us and we write back; one folder for each.

A channel turns what its provider delivers into an `Inbound` and a message into what its provider takes.
Tickets below know nothing of channels; automation above knows only what a channel says it can do.
`CHANNELS` is the registry: a new channel is a folder and one name here, and must pass the shared contract
in `tests/test_contract.py`; `docs/adding-a-channel.md` is the checklist.
"""

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

CHANNELS = ("email",)


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What a channel can do, so that composer and rules need not know which one it is."""

    threads: bool  # answers find their way back to the message they answer
    attachments: bool
    html: bool
    reply_within: timedelta | None = None  # how long after the last message we may answer; None: always


class Unreadable(Exception):
    """A payload that no reader should try again: `reason` is a stable key, the text is for the operator.

    The raw bytes are kept by whoever stored them; the channel goes on with the next payload.
    """

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason
        self.words = words


class UnknownChannel(LookupError):
    """There is no channel of this name in the registry."""


def abilities(channel: str) -> Abilities:
    """What the channel of this name can do."""
    if channel not in CHANNELS:
        raise UnknownChannel(channel)
    found = import_module(f"handrail.channels.{channel}").ABILITIES
    assert isinstance(found, Abilities)
    return found
