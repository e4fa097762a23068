"""Puts what happens into happenings: the moment, the ticket, who, and the words they find."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handrail.demo.world import paper
from handrail.demo.world.nouns import (
    Arrived,
    Assigned,
    Attachment,
    Closed,
    Happening,
    Mailbox,
    Noted,
    Prioritised,
    Replied,
    Tagged,
    Wrote,
)
from handrail.demo.world.seats import Seat
from handrail.demo.world.story import Story

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: A reply after so many seconds begins with an apology for the wait.
LATE_SECONDS = 20 * 3600
#: Every moment of the world is its own; so many microseconds lie between two at the least.
_APART = 1000
_SHAPES = {
    "thanks": "mail.thanks",
    "late_thanks": "mail.late_thanks",
    "answer": "mail.answer",
    "again": "mail.again",
    "question": "mail.question",
    "chase": "mail.chase",
    "here_too": "mail.here_too",
}
#: Some mails have a mood of their own, whatever the ticket began with.
_MOODS = {"late_thanks": "calm", "question": "calm"}


class Telling:
    """Collects happenings in `told`; moments never go back."""

    def __init__(self, mailboxes: tuple[Mailbox, ...]) -> None:
        self.told: list[Happening] = []
        self._address_of = {box.team: box.address for box in mailboxes}
        self._latest = 0

    def arrived(self, at: int, story: Story) -> None:
        subject = story.letters.subject()
        attached = story.dice.random() < story.topic.files[0]
        attached = bool(story.scene.sort_of_file) if story.scene else attached
        body = story.letters.opening(attached=attached)
        self.told.append(
            Arrived(
                at=self._moment(at),
                ticket=story.number,
                person=story.person.key,
                mailbox=self._address_of[story.team],
                brand=story.person.brand,
                team=story.team,
                language=story.language,
                topic=story.topic.key,
                subject=subject,
                body=body,
                attachments=self._files(story, body, attached=attached),
            )
        )

    def wrote(self, at: int, story: Story, kind: str) -> None:
        likely = {"again": 0.08, "here_too": 0.2}.get(kind, 0.0)
        attached = story.dice.random() < likely
        mood = _MOODS.get(kind) or story.mood
        body = story.letters.mail(_SHAPES[kind], at=at, attached=attached, mood=mood)
        self.told.append(
            Wrote(
                at=self._moment(at),
                ticket=story.number,
                person=story.person.key,
                body=body,
                reopens=story.closed,
                attachments=self._files(story, body, attached=attached),
            )
        )

    def replied(self, at: int, story: Story, seat: Seat, shape: str) -> None:
        waited = at - story.waiting_since if story.waiting_since else 0
        body = story.letters.reply(shape, at=at, by=seat.who, late=waited > LATE_SECONDS)
        self.told.append(
            Replied(
                at=self._moment(at),
                ticket=story.number,
                by=seat.who.key,
                body=body,
                attachments=self._enclosed(story, shape, body),
            )
        )

    def noted(self, at: int, story: Story, seat: Seat, shape: str, **words: str) -> None:
        body = story.letters.note(shape, at=at, by=seat.who, **words)
        self.told.append(Noted(at=self._moment(at), ticket=story.number, by=seat.who.key, body=body))

    def noted_so(self, at: int, story: Story, seat: Seat, body: str) -> None:
        """A note in given words."""
        self.told.append(Noted(at=self._moment(at), ticket=story.number, by=seat.who.key, body=body))

    def assigned(self, at: int, story: Story, by: Seat, owner: Seat | None) -> None:
        self.told.append(
            Assigned(
                at=self._moment(at),
                ticket=story.number,
                by=by.who.key,
                team=story.team,
                owner=owner.who.key if owner else None,
            )
        )

    def prioritised(self, at: int, story: Story, seat: Seat, priority: str) -> None:
        self.told.append(
            Prioritised(at=self._moment(at), ticket=story.number, by=seat.who.key, priority=priority)
        )

    def tagged(self, at: int, story: Story, seat: Seat, tag: str) -> None:
        self.told.append(Tagged(at=self._moment(at), ticket=story.number, by=seat.who.key, tag=tag))

    def closed(self, at: int, story: Story, seat: Seat, reason: str) -> None:
        self.told.append(Closed(at=self._moment(at), ticket=story.number, by=seat.who.key, reason=reason))

    def _moment(self, at: int) -> datetime:
        micros = at * 1_000_000 + len(self.told) * 7919 % 900 * 1000
        self._latest = max(micros, self._latest + _APART)
        return _EPOCH + timedelta(microseconds=self._latest)

    def _files(self, story: Story, body: str, *, attached: bool) -> tuple[Attachment, ...]:
        """What the customer attaches, also when only the words say so; of broken things often two."""
        if not attached and not story.letters.mentions_a_file(body):
            return ()
        sort = (story.scene and story.scene.sort_of_file) or story.topic.files[1]
        count = 1 + (sort == "broken" and story.dice.random() < 0.6)
        return tuple(paper.attachment(sort, story.dice) for _ in range(count))

    def _enclosed(self, story: Story, shape: str, body: str) -> tuple[Attachment, ...]:
        """The document that an answer says it encloses."""
        sort = story.letters.attached_to_fix
        if not sort or shape in ("reply.probe", "reply.holding", "reply.nudge", "reply.farewell"):
            return ()
        if not story.letters.mentions_a_file(body):
            return ()
        return (paper.attachment(sort, story.dice),)
