"""The demo company's year, made anew from a seed and its last moment; nothing here touches a database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from handrail.demo.world import reactions
from handrail.demo.world.cast import SCENES, Scene, opened_at
from handrail.demo.world.clockwork import Clockwork
from handrail.demo.world.company import BRANDS, MAILBOXES, TEAMS, asked_in, colleagues
from handrail.demo.world.desk import Desk
from handrail.demo.world.letters import Letters
from handrail.demo.world.library import languages, topics_in
from handrail.demo.world.nouns import Colleague, Happening, Person, Shift
from handrail.demo.world.people import Customers, is_stranger
from handrail.demo.world.seats import Seat
from handrail.demo.world.shifts import stretches
from handrail.demo.world.story import Story, can_wait, first_team, mood_of, plot, topic_of
from handrail.demo.world.telling import Telling
from handrail.demo.world.topics import ORDINARY, TOPICS, Topic
from handrail.demo.world.year import Year

FULL = 20_000
PEOPLE_PER_TICKET, ORGANISATIONS_PER_TICKET = 0.2, 0.0125
#: The last moments before `until` stay empty, so that a freshly loaded world lies in the past.
QUIET_SECONDS = 240
KINDS = ("any", "organisation", "private", "office", "stranger")
_DEPOT_7_ZONES = ("Europe/Amsterdam", "Europe/Berlin", "Europe/Paris")


class World:
    """One year of Harbour Parcels. The same arguments give the same world, byte for byte.

    until: the last moment, aware. tickets: how many; the number of customers follows, and beyond the usual
    size the number of agents.
    """

    brands, teams, mailboxes = BRANDS, TEAMS, MAILBOXES

    def __init__(self, *, seed: int, until: datetime, tickets: int = FULL) -> None:
        self.seed, self.tickets = seed, tickets
        self.until = until.astimezone(UTC).replace(second=0, microsecond=0)
        self.year = Year(self.until)
        customers = Customers(
            seed=seed,
            people=max(60, round(tickets * PEOPLE_PER_TICKET)),
            organisations=max(24, round(tickets * ORGANISATIONS_PER_TICKET)),
            last_day=self.until.date(),
        )
        self.people, self.organisations = customers.people, customers.organisations
        self.colleagues = colleagues(
            first_day=self.year.starts_at.date(), times=max(1, round(tickets / FULL))
        )
        self._pools = {name: Pool(name, self.people, seed) for name in KINDS}
        self._shops = tuple(one.name for one in self.organisations)
        self._names = {team.key: asked_in(team.key) for team in TEAMS}

    def happenings(self) -> Iterator[Happening]:
        """Everything that happened, in time order, no two at the same moment."""
        clockwork = Clockwork(ends_at=int(self.until.timestamp()) - QUIET_SECONDS)
        desk = Desk(
            seats=[Seat(who=one, stretches=self._stretches(one)) for one in self.colleagues],
            teams=[team.key for team in TEAMS],
            stories=self._stories(),
            telling=Telling(MAILBOXES),
            clockwork=clockwork,
            dice=Random(f"{self.seed}:desk"),  # noqa: S311 - a story, not a secret
            calm=max(0.0, 1 - self.tickets / FULL),
            outage_ends_at=int(self.year.outage_ends_at.timestamp()),
        )
        return desk.play(starts_at=int(self.year.starts_at.timestamp()))

    def shifts(self, one: Colleague) -> tuple[Shift, ...]:
        """When this colleague was at work."""
        return tuple(
            Shift(starts_at=datetime.fromtimestamp(start, UTC), ends_at=datetime.fromtimestamp(end, UTC))
            for start, end in self._stretches(one)
        )

    def _stretches(self, one: Colleague) -> list[tuple[int, int]]:
        margin = timedelta(days=14)
        first, last = self.year.starts_at.date() - timedelta(days=1), (self.until + margin).date()
        return stretches(one, seed=self.seed, first=first, last=last)

    def _stories(self) -> Iterator[Story]:
        scenes = {f"scene {number}": scene for number, scene in enumerate(SCENES)}
        arrivals = self.year.arrivals(count=self.tickets - len(scenes), seed=self.seed)
        arrivals += [(opened_at(scene, self.until), name) for name, scene in scenes.items()]
        weights = list(accumulate(topic.weight for topic in ORDINARY))
        for number, (at, special) in enumerate(sorted(arrivals), start=1):
            dice = Random(f"{self.seed}:{number}")  # noqa: S311 - a story, not a secret
            if scene := scenes.get(special):
                yield self._told(number, at, scene, dice)
            else:
                topic = topic_of(special, self._topic(dice, at, weights))
                person = self._writer(dice, topic, at)
                yield self._story(number, at, topic, person, mood_of(topic, dice), dice)

    def _told(self, number: int, at: int, scene: Scene, dice: Random) -> Story:
        """A ticket of the cast."""
        person = next(one for one in self.people if one.name == scene.person)
        story = self._story(number, at, TOPICS[scene.topic], person, scene.mood, dice)
        story.scene, story.team = scene, scene.team
        story.steps = [step for step in story.steps if not step.startswith(("handoff", "back"))]
        story.letters.tell(scene.subject, scene.body, scene.facts)
        return story

    def _topic(self, dice: Random, at: int, weights: list[float]) -> Topic:
        """By weight; topics that live on parcels come up more often before Christmas."""
        rush = max(0.0, self.year.rush(at))
        while True:
            topic = ORDINARY[bisect_right(weights, dice.random() * weights[-1])]
            if dice.random() * 3.6 < 1 + rush * topic.peak * 2:
                return topic

    def _story(self, number: int, at: int, topic: Topic, person: Person, mood: str, dice: Random) -> Story:
        language = person.language if topic.key in _topics_of(person.language) else "en"
        brand = next(one.name for one in BRANDS if one.key == person.brand)
        team = "office-desk" if person.brand == "office" else first_team(topic, dice)
        course = plot(topic, team, mood, dice)
        letters = Letters(
            dice=Random(f"{self.seed}:{number}:words"),  # noqa: S311 - a story, not a secret
            person=person,
            topic=topic.key,
            language=language,
            mood=mood,
            opened_at=at,
            version=self.year.version_at(at),
            brand=brand,
            shops=self._shops,
            colleagues=self._names,
            outage=self.year.outage,
        )
        if not letters.needs_help:
            course = [step for step in course if step != "hold"]
        return Story(
            number=number,
            topic=topic,
            person=person,
            mood=mood,
            language=language,
            dice=dice,
            letters=letters,
            opened_at=at,
            team=team,
            steps=course,
            can_wait=can_wait(topic, mood, dice),
        )

    def _writer(self, dice: Random, topic: Topic, at: int) -> Person:
        """Somebody of the right kind, if possible one for whom it is day."""
        pool = self._pools[topic.writers]
        for _ in range(6):
            person = pool.draw(dice)
            here = topic.key != "scans_missing" or person.timezone in _DEPOT_7_ZONES
            if here and reactions.is_awake(person, at):
                break
        return person


class Pool:
    """People of one kind; some write often, most seldom."""

    def __init__(self, name: str, people: list[Person], seed: int) -> None:
        dice = Random(f"{seed}:pool:{name}")  # noqa: S311 - a story, not a secret
        self._people = [one for one in people if _belongs(one, name)]
        self._sums = list(accumulate(_activity(one, dice) for one in self._people))

    def draw(self, dice: Random) -> Person:
        return self._people[bisect_right(self._sums, dice.random() * self._sums[-1])]


def _belongs(one: Person, name: str) -> bool:
    if (name == "stranger") or is_stranger(one):
        return name == "stranger" and is_stranger(one)
    if name == "office":
        return one.brand == "office"
    if one.brand == "office":
        return False
    return name == "any" or (one.organisation is not None) == (name == "organisation")


def _activity(one: Person, dice: Random) -> float:
    plan = one.organisation.plan if one.organisation else ""
    much = {"": 0.45, "Starter": 0.8, "Business": 1.2, "Business Plus": 1.6, "Enterprise": 2.2}[plan]
    return much * min(4.0, dice.lognormvariate(0, 0.7))


def _topics_of(language: str) -> frozenset[str]:
    return topics_in(language) if language in languages() else frozenset()


__all__ = ["FULL", "TOPICS", "World"]
