"""Colleagues at their desks: when they are there, what lies in front of them, what a team's queue holds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from heapq import heappop, heappush

from handrail.demo.world.nouns import Colleague
from handrail.demo.world.shifts import Stretch
from handrail.demo.world.story import Story

#: An entry of a pile: urgency rank, since or from when, place, story.
Entry = tuple[int, int, int, Story]
NEVER = 1 << 60
#: After so long anybody takes a ticket in a language that they must have translated.
LANGUAGE_MATTERS_SECONDS = 3 * 3600
#: So many tickets at the head of a queue are looked at for one in the right language.
LOOKED_AT = 6


@dataclass(slots=True)
class Seat:
    """One colleague in the play."""

    who: Colleague
    stretches: list[Stretch]
    inbox: list[tuple[int, int, Story]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [start for start, _ in self.stretches]

    def ends_at(self, at: int) -> int:
        """When the stretch of work around this moment ends; 0 when the colleague is not there."""
        index = bisect_right(self.starts, at) - 1
        end = self.stretches[index][1] if index >= 0 else 0
        return end if end > at else 0

    def next_start(self, at: int) -> int:
        """The moment itself when at work, else the start of the next stretch."""
        if self.ends_at(at):
            return at
        index = bisect_right(self.starts, at)
        return self.starts[index] if index < len(self.starts) else NEVER

    def own_work(self, at: int) -> tuple[int, int, Story] | None:
        """What lies ready in the inbox, longest first; stays there."""
        while self.inbox and self.inbox[0][1] != self.inbox[0][2].place:
            heappop(self.inbox)
        return self.inbox[0] if self.inbox and self.inbox[0][0] <= at else None


@dataclass(slots=True)
class Queue:
    """The tickets of a team that nobody has yet, urgent ones first, then by age."""

    entries: list[Entry] = field(default_factory=list)

    def put(self, story: Story, *, rank: int, since: int) -> None:
        heappush(self.entries, (rank, since, story.place, story))

    def put_again(self, entry: Entry) -> None:
        """An entry that was looked at and left."""
        heappush(self.entries, entry)

    def first_for(self, seat: Seat, at: int) -> Entry | None:
        """The first ticket that this colleague can answer, taken out."""
        passed: list[Entry] = []
        found = None
        while self.entries and len(passed) < LOOKED_AT:
            entry = heappop(self.entries)
            if entry[2] != entry[3].place:
                continue
            if self._suits(entry, seat, at):
                found = entry
                break
            passed.append(entry)
        for entry in passed:
            heappush(self.entries, entry)
        return found

    @staticmethod
    def _suits(entry: Entry, seat: Seat, at: int) -> bool:
        _, since, _, story = entry
        if since > at:
            return False
        return story.language in seat.who.languages or at - since > LANGUAGE_MATTERS_SECONDS
