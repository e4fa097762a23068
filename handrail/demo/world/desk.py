"""The play itself: mails arrive, colleagues take them in their shifts, customers react, tickets close.

A simulation by events. Each ticket has dice of its own, so that its course and its words do not depend on
other tickets; only when somebody gets to it does, as in life.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappush
from math import exp
from random import Random

from handrail.demo.world import reactions
from handrail.demo.world.cast import Scene
from handrail.demo.world.clockwork import Clockwork
from handrail.demo.world.company import LEAD
from handrail.demo.world.nouns import Happening
from handrail.demo.world.seats import NEVER, Queue, Seat
from handrail.demo.world.steps import ANSWERING, Steps
from handrail.demo.world.story import Story
from handrail.demo.world.telling import Telling

MINUTE, HOUR, DAY = 60, 3600, 86400
#: Minutes that a step takes somebody of usual pace.
MINUTES = {
    "probe": 11.0, "hold": 14.0, "fix": 19.0, "again": 22.0, "reanswer": 10.0, "nudge": 5.0, "close": 2.0,
    "thanks": 4.0, "handoff": 7.0, "back": 6.0, "escalate": 10.0, "refuse": 2.0,
}  # fmt: skip
#: A colleague with nothing to do looks again after about so many minutes, and rests so many between two.
LOOKS_AGAIN_MINUTES, BETWEEN_MINUTES = 36.0, 13.0
#: With so many tickets in the queue a team works at its fastest: shorter rests, shorter answers.
FULL_PRESSURE = 40
#: In the last hours in which at least a third of the colleagues worked, so many of ten tickets that wait for
#: a word are left for the reader: a freshly loaded desk has something to do, also on a Sunday.
LULL_HOURS, LEFT_OF_TEN = 6, 6
#: Postscripts and reminders change nothing about where a ticket lies.
_MORE_OF_THE_SAME = ("chase", "here_too")


class Desk:
    """Plays the year from the first mail to the last moment."""

    def __init__(
        self,
        *,
        seats: list[Seat],
        teams: list[str],
        stories: Iterator[Story],
        telling: Telling,
        clockwork: Clockwork,
        dice: Random,
        calm: float,
        outage_ends_at: int,
    ) -> None:
        """calm: how much of a full desk's rush is missing, 0.0 to 1.0; mail is then looked at less often."""
        self.seats = {seat.who.key: seat for seat in seats}
        self._queues = {team: Queue() for team in teams}
        self._stories, self._tell, self.clock, self._dice = stories, telling, clockwork, dice
        self._steps = Steps(self, telling, outage_ends_at=outage_ends_at)
        self._calm = calm
        self._places = 0
        self._lull_begins = self._find_lull()

    def _find_lull(self) -> int:
        at, worked, enough = self.clock.ends_at, 0, len(self.seats) / 3
        while worked < LULL_HOURS and at > self.clock.ends_at - 5 * DAY:
            at -= HOUR
            worked += sum(seat.ends_at(at) > 0 for seat in self.seats.values()) >= enough
        return at

    def _is_left(self, at: float, story: Story) -> bool:
        """Whether it waits for the reader."""
        return at > self._lull_begins and story.number % 10 < LEFT_OF_TEN

    def play(self, *, starts_at: int) -> Iterator[Happening]:
        """Everything that happens, in time order."""
        self._await_next()
        for seat in self.seats.values():
            if seat.who.role in ANSWERING:
                self._look(starts_at, seat)
        told = self._tell.told
        while self.clock.step():
            yield from told
            told.clear()

    # ---- customers write

    def _await_next(self) -> None:
        if story := next(self._stories, None):
            self.clock.plan(story.opened_at, self._arrive, story)

    def _arrive(self, at: int, story: Story) -> None:
        self._await_next()
        self._tell.arrived(at, story)
        story.waiting_since = at
        self.to_queue(at, story)
        if story.scene:
            self.clock.plan(at + 4 * MINUTE, self._set_scene, story, story.scene)
            return
        for later, kind in reactions.while_waiting(story, at):
            self.clock.plan(later, self._speak_up, story, story.turn, kind)

    def _set_scene(self, at: int, story: Story, scene: Scene) -> None:
        """A ticket of the cast: its owner takes it and keeps it for the reader, if both are there."""
        owner = self.seats.get(scene.owner)
        if story.owner is None and not story.in_hands and owner and owner.ends_at(at):
            story.mood, story.in_hands, story.place = scene.mood, True, 0
            self._become_owner(at, story, owner)
            self._triage(at, story, owner)
        writer = self.seats.get(scene.note_by)
        if writer and writer.ends_at(at):
            self.clock.plan(at + 3 * MINUTE, self._note_scene, story, writer, scene.note)

    def _note_scene(self, at: int, story: Story, writer: Seat, words: str) -> None:
        self._tell.noted_so(at, story, writer, words)

    def _speak_up(self, at: int, story: Story, turn: int, kind: str) -> None:
        """The customer writes again, unless something was said meanwhile that makes it pointless."""
        if turn != story.turn:
            return
        more = kind in _MORE_OF_THE_SAME
        self._tell.wrote(at, story, kind)
        story.waiting_since = story.waiting_since or at
        story.closed = False
        if not more:
            story.turn += 1
            story.rounds += kind in ("again", "question")
            story.steps = reactions.steps_after(story, kind)
        if story.in_hands:
            story.wrote_meanwhile = not more
        elif not more:
            self.to_owner(at, story)

    def expect(self, story: Story, coming: reactions.Reaction | None) -> bool:
        """Whether the customer will react; then it is planned."""
        if coming:
            self.clock.plan(coming[0], self._speak_up, story, story.turn, coming[1])
        return coming is not None

    # ---- where tickets lie

    def _new_place(self, story: Story) -> int:
        self._places += 1
        story.place = self._places
        return story.place

    def to_queue(self, at: int, story: Story) -> None:
        self._new_place(story)
        urgent = "urgent" in story.words or (story.waiting_since or at) < at - DAY
        pause = exp(self._dice.gauss(4.2, 0.8)) * MINUTE * self._calm
        if story.can_wait and not story.triaged and not urgent:
            pause += exp(story.dice.gauss(2.9, 0.6)) * HOUR
        ready_at = NEVER if self._is_left(at, story) and not urgent else int(at + pause)
        self._queues[story.team].put(story, rank=0 if urgent else 1, since=ready_at)

    def to_owner(self, at: float, story: Story) -> None:
        """On the owner's pile, or into the queue when the owner stays away for long."""
        away = story.owner.next_start(int(at)) - at if story.owner else NEVER
        if story.owner is None or away > 4 * DAY or (away > DAY and story.dice.random() < 0.25):
            self.to_queue(int(at), story)
        else:
            ready_at = NEVER if self._is_left(at, story) else int(at)
            heappush(story.owner.inbox, (ready_at, self._new_place(story), story))

    # ---- colleagues work

    def _look(self, at: int, seat: Seat) -> None:
        """A colleague looks for the next thing to do."""
        end = seat.ends_at(at)
        story = self._next_work(at, seat) if end else None
        if story:
            done = at + self._minutes_for(story, seat) * MINUTE
            if done <= end:
                self._take(at, story, seat)
                self.clock.plan(done, self._done, seat, story, story.steps[0])
                return
            self._put_back(at, story, seat)
        later = at + self.about(LOOKS_AGAIN_MINUTES) if end and not story else max(end, at)
        start = seat.next_start(int(later))
        self.clock.plan(start if start == later else start + self.about(3.0), self._look, seat)

    def _next_work(self, at: int, seat: Seat) -> Story | None:
        """The own pile or the team's queue, whichever waits longer; the third tier hardly opens new ones."""
        own = seat.own_work(at)
        queue = self._queues[seat.who.team]
        fresh = queue.first_for(seat, at) if not own or self._dice.random() < 0.5 else None
        if fresh and seat.who.tier == 3 and at - fresh[1] < 2 * HOUR:
            queue.put_again(fresh)
            fresh = None
        if fresh and own and own[0] < fresh[1] and fresh[0]:
            queue.put_again(fresh)
            fresh = None
        if fresh:
            return fresh[3]
        return own[2] if own else None

    def _put_back(self, at: int, story: Story, seat: Seat) -> None:
        """There is not enough time left before the break."""
        if story.owner is not seat:
            self.to_queue(story.waiting_since or at, story)

    def _take(self, at: int, story: Story, seat: Seat) -> None:
        story.in_hands, story.place = True, 0
        if story.owner is not seat:
            self._become_owner(at, story, seat)
        if not story.triaged:
            self._triage(at, story, seat)

    def _become_owner(self, at: int, story: Story, seat: Seat) -> None:
        before, story.owner = story.owner, seat
        lead = self.seats[LEAD]
        handed_out = before is None and lead.who.team == story.team and story.dice.random() < 0.1
        self._tell.assigned(at, story, lead if handed_out and lead.ends_at(at) else seat, seat)
        if before and story.dice.random() < 0.5:
            self._tell.noted(at, story, seat, "note.cover", owner=before.who.name.split()[0])

    def _triage(self, at: int, story: Story, seat: Seat) -> None:
        """The first look: tags, and another priority where it is not an ordinary case."""
        story.triaged = True
        for tag in story.topic.tags:
            if story.dice.random() < 0.85:
                self._tell.tagged(at, story, seat, tag)
        priority = self._priority(story)
        if priority != "normal":
            self._tell.prioritised(at, story, seat, priority)

    @staticmethod
    def _priority(story: Story) -> str:
        if story.scene:
            return story.scene.priority
        drawn = story.dice.random()
        if drawn < story.topic.urgent:
            return "urgent" if drawn < story.topic.urgent * 0.35 else "high"
        if story.mood == "angry" and drawn < 0.3:
            return "high"
        return "low" if story.mood == "thankful" or drawn > 0.965 else "normal"

    def _minutes_for(self, story: Story, seat: Seat) -> float:
        step = story.steps[0].partition(":")[0]
        quick = story.topic.quick if step in ("fix", "hold") else 1.0
        pace = seat.who.pace * (1 - 0.35 * self._pressure(seat))
        return max(1.5, MINUTES[step] * quick * pace * exp(self._dice.gauss(-0.12, 0.5)))

    def _pressure(self, seat: Seat) -> float:
        """How full the team's queue is, 0.0 to 1.0."""
        return min(1.0, len(self._queues[seat.who.team].entries) / FULL_PRESSURE)

    def about(self, minutes: float) -> float:
        """Seconds around so many minutes, often less, now and then much more."""
        return (1 + self._dice.expovariate(1 / minutes)) * MINUTE

    def _done(self, at: int, seat: Seat, story: Story, step: str) -> None:
        """The colleague has finished the step; the next look follows after a short rest."""
        rest = BETWEEN_MINUTES * (1 - 0.8 * self._pressure(seat))
        self.clock.plan(at + self.about(rest), self._look, seat)
        story.in_hands = False
        if story.wrote_meanwhile:
            story.wrote_meanwhile = False
            self.to_owner(at, story)
            return
        story.steps = story.steps[1:]
        self._steps.do(step, at, story, seat)
