"""What colleagues do with a ticket: pass it on, ask back, wait for others, answer, close."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from handrail.demo.world import reactions
from handrail.demo.world.company import DEPOT_DESK
from handrail.demo.world.seats import Seat
from handrail.demo.world.story import Story
from handrail.demo.world.telling import Telling

if TYPE_CHECKING:
    from handrail.demo.world.desk import Desk

HOUR, DAY = 3600, 86400
#: Light agents and the operator leave notes, they do not answer.
ANSWERING = ("agent", "lead")
#: The keys of the usual reasons for closing.
_SOLVED, _SILENT, _SPAM, _NOT_OURS = "solved", "no-answer", "spam", "not-ours"


class Steps:
    """One method for each step of a plot; called when the colleague has finished it."""

    def __init__(self, desk: Desk, telling: Telling, *, outage_ends_at: int) -> None:
        self._desk, self._tell, self._outage_ends_at = desk, telling, outage_ends_at

    def do(self, step: str, at: int, story: Story, seat: Seat) -> None:
        """Carry out "name" or "name:where to"."""
        name, _, target = step.partition(":")
        if name == "handoff":
            self._hand_off(at, story, seat, target, "note.handoff")
        elif name == "back":
            self._hand_off(at, story, seat, story.back_to, "note.back")
        else:
            getattr(self, f"_{name}")(at, story, seat)

    def _hand_off(self, at: int, story: Story, seat: Seat, team: str, shape: str) -> None:
        name = next(one.who.team_name for one in self._desk.seats.values() if one.who.team == team)
        self._tell.noted(at, story, seat, shape, to_team=name)
        story.back_to, story.team, story.owner = story.team, team, None
        self._tell.assigned(at, story, seat, None)
        self._desk.to_queue(at, story)

    def _escalate(self, at: int, story: Story, seat: Seat) -> None:
        """To whoever of a higher tier is there first; a colleague without one keeps it."""
        if higher := [one for one in self._answering(seat.who.team) if one.who.tier > seat.who.tier]:
            senior = min(higher, key=lambda one: one.next_start(at))
            self._tell.noted(at, story, seat, "note.escalate", to_agent=senior.who.name.split()[0])
            story.owner = senior
            self._tell.assigned(at, story, seat, senior)
        self._desk.to_owner(at, story)

    def _probe(self, at: int, story: Story, seat: Seat) -> None:
        self._say(at, story, seat, "reply.probe")
        story.asked_back = True
        if not self._desk.expect(story, reactions.to_question(story, at)):
            self._be_patient(at, story)

    def _hold(self, at: int, story: Story, seat: Seat) -> None:
        """Ask colleagues elsewhere, mostly telling the customer so; they answer after some hours."""
        self._tell.noted(at, story, seat, "note.work")
        if story.dice.random() < 0.5:
            self._say(at, story, seat, "reply.holding")
        story.held = True
        story.turn += 1
        helper = self._helper(at, story, seat)
        wanted = at + exp(story.dice.gauss(2.5, 1.0)) * HOUR
        found = helper.next_start(int(wanted))
        found += int(self._desk.about(10)) if found > wanted else 0
        self._desk.clock.plan(helper.next_start(found), self._found, helper, story, story.turn)

    def _helper(self, at: int, story: Story, seat: Seat) -> Seat:
        """The depot desk, or a senior colleague of the team; whoever is there before long."""
        team = [one for one in self._answering(seat.who.team) if one is not seat]
        seniors = [one for one in team if one.who.tier > 1] or team
        chosen = seniors[int(story.dice.random() * len(seniors))]
        if story.topic.team == "parcels" and story.dice.random() < 0.45:
            chosen = self._desk.seats[DEPOT_DESK]
        if chosen.next_start(at) < at + 3 * DAY:
            return chosen
        return min(seniors, key=lambda one: one.next_start(at))

    def _answering(self, team: str) -> list[Seat]:
        """Those of the team who answer customers."""
        return [
            one for one in self._desk.seats.values() if one.who.team == team and one.who.role in ANSWERING
        ]

    def _found(self, at: int, helper: Seat, story: Story, turn: int) -> None:
        if turn != story.turn or story.closed:
            return
        if story.dice.random() < 0.9:
            self._tell.noted(at, story, helper, "note.found")
        self._desk.to_owner(at, story)

    def _fix(self, at: int, story: Story, seat: Seat) -> None:
        if story.topic.key == "outage" and at < self._outage_ends_at:
            self._console(at, story, seat)
            return
        shape = "reply.after" if story.held else "reply.got_it" if story.asked_back else "reply.fix"
        story.asked_back = story.held = False
        self._say(at, story, seat, shape)
        self._conclude(at, story, seat)

    def _again(self, at: int, story: Story, seat: Seat) -> None:
        self._say(at, story, seat, "reply.again")
        self._conclude(at, story, seat)

    def _reanswer(self, at: int, story: Story, seat: Seat) -> None:
        self._say(at, story, seat, "reply.reanswer")
        self._conclude(at, story, seat)

    def _nudge(self, at: int, story: Story, seat: Seat) -> None:
        """Asked once more, some remember; the others are closed some days later."""
        self._say(at, story, seat, "reply.nudge")
        if story.dice.random() < 0.2 and self._desk.expect(story, reactions.to_reminder(story, at)):
            return
        story.steps = ["close"]
        self._desk.to_owner(at + (3 + story.dice.random() * 2) * DAY, story)

    def _thanks(self, at: int, story: Story, seat: Seat) -> None:
        """After thanks some colleagues send a last word, then it is closed."""
        if story.dice.random() < 0.16:
            self._say(at, story, seat, "reply.farewell")
        self._close(at, story, seat)

    def _close(self, at: int, story: Story, seat: Seat) -> None:
        silent = story.words.pop("silent", "")
        if (silent or not story.answered) and story.dice.random() < 0.3:
            self._tell.noted(at, story, seat, "note.close")
        usual = _NOT_OURS if story.topic.key == "misdirected" else _SOLVED
        self._end(at, story, seat, _SILENT if silent else usual)

    def _refuse(self, at: int, story: Story, seat: Seat) -> None:
        if story.dice.random() < 0.12:
            self._say(at, story, seat, "reply.fix")
        self._end(at, story, seat, _SPAM)

    def _console(self, at: int, story: Story, seat: Seat) -> None:
        """While everything is down there is nothing to say but that; the answer follows when it is over."""
        if not story.held:
            self._say(at, story, seat, "reply.holding")
            story.turn += 1
        story.steps = ["fix"]
        story.held = False
        self._desk.to_owner(self._outage_ends_at + self._desk.about(60), story)

    def _say(self, at: int, story: Story, seat: Seat, shape: str) -> None:
        self._tell.replied(at, story, seat, shape)
        story.waiting_since = None
        story.answered = True
        story.turn += 1

    def _conclude(self, at: int, story: Story, seat: Seat) -> None:
        """After an answer: close at once, or wait for a word, and close when none comes."""
        at_once = 0.7 if story.topic.key in ("outage", "misdirected") else 0.3
        if story.dice.random() < at_once:
            self._close(at, story, seat)
        elif not self._desk.expect(story, reactions.to_answer(story, at)):
            self._be_patient(at, story)

    def _be_patient(self, at: int, story: Story) -> None:
        """Nothing will come: ask once more after some days, or just close."""
        if story.asked_back:
            story.words["silent"] = "yes"
        nudge = story.dice.random() < (0.7 if story.asked_back else 0.3)
        story.steps = ["nudge"] if nudge else ["close"]
        days = 3.5 + story.dice.random() * (2 if nudge else 7)
        self._desk.to_owner(at + days * DAY, story)

    def _end(self, at: int, story: Story, seat: Seat, reason: str) -> None:
        self._tell.closed(at, story, seat, reason)
        story.closed, story.waiting_since, story.place = True, None, 0
        story.turn += 1
        if story.answered:
            self._desk.expect(story, reactions.to_closing(story, at))
