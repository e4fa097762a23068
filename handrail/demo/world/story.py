"""One ticket as the desk works on it: who wrote, what still has to be done, who has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from handrail.demo.world.cast import Scene
from handrail.demo.world.letters import Letters
from handrail.demo.world.nouns import Person
from handrail.demo.world.topics import TOPICS, Topic

if TYPE_CHECKING:
    from handrail.demo.world.seats import Seat

#: Nobody minds when these wait for a day, and so they do; now and then one of the others lies low as well.
PATIENT = frozenset(
    [
        "shipping_question",
        "invoice_copy",
        "proof_of_delivery",
        "plan_change",
        "user_rights",
        "driver_feedback",
    ]
)
LIES_LOW, LIES_LOW_ANYWAY = 0.45, 0.06
#: Of a hundred customers of other teams so many write to the front door instead of the right mailbox.
PERCENT_WRONG_MAILBOX = 9
_NEIGHBOURS = {
    "parcels": ("customs", "billing"),
    "billing": ("parcels", "customs"),
    "customs": ("parcels", "billing"),
    "devices": ("parcels", "billing"),
}


@dataclass(slots=True)
class Story:
    """The state of one ticket in the play; times in seconds since 1970.

    steps: what colleagues still have to do, next first. place: where it lies, an old place counts no more.
    turn: grows with each word that makes planned reactions obsolete.
    """

    number: int
    topic: Topic
    person: Person
    mood: str
    language: str
    dice: Random
    letters: Letters
    opened_at: int
    team: str
    steps: list[str]
    owner: Seat | None = None
    waiting_since: int | None = None
    closed: bool = False
    place: int = 0
    in_hands: bool = False
    wrote_meanwhile: bool = False
    turn: int = 0
    answered: bool = False
    asked_back: bool = False
    held: bool = False
    triaged: bool = False
    can_wait: bool = False
    scene: Scene | None = None
    back_to: str = ""
    chased: int = 0
    rounds: int = 0
    words: dict[str, str] = field(default_factory=dict)


def mood_of(topic: Topic, dice: Random) -> str:
    """How the customer feels when writing first."""
    worried, angry = topic.mood
    drawn = dice.random()
    if drawn < worried:
        return "worried"
    if drawn < worried + angry:
        return "angry"
    return "thankful" if drawn < worried + angry + topic.thankful else "calm"


def first_team(topic: Topic, dice: Random) -> str:
    """The team whose mailbox the customer writes to; not always the one that can help."""
    lost = topic.team not in ("parcels", "office-desk") and dice.randrange(100) < PERCENT_WRONG_MAILBOX
    return "parcels" if lost else topic.team


def plot(topic: Topic, team: str, mood: str, dice: Random) -> list[str]:
    """What will have to be done, in order: pass on, ask back, wait for colleagues, answer."""
    if topic.key == "unwanted":
        return ["refuse"]
    steps = [] if team == topic.team else [f"handoff:{topic.team}"]
    if dice.random() < topic.wander:
        steps += _wandering(topic, dice)
    praise = mood == "thankful"
    if dice.random() < topic.probe * (0.2 if praise else 1):
        steps.append("probe")
    if dice.random() < topic.escalate:
        steps.append("escalate")
    if dice.random() < topic.hold * (0.4 if praise else 1):
        steps.append("hold")
    return [*steps, "fix"]


def _wandering(topic: Topic, dice: Random) -> list[str]:
    """To a neighbouring team and back; now and then once more."""
    neighbours = _NEIGHBOURS[topic.team]
    away = [f"handoff:{neighbours[dice.randrange(len(neighbours))]}", "back"]
    return away * (2 if dice.random() < 0.2 else 1)


def can_wait(topic: Topic, mood: str, dice: Random) -> bool:
    """Whether colleagues let it lie at first."""
    calm = mood in ("calm", "thankful")
    return dice.random() < (LIES_LOW if calm and topic.key in PATIENT else LIES_LOW_ANYWAY)


def topic_of(special: str, drawn: Topic) -> Topic:
    return TOPICS[special] if special else drawn
