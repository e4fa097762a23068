"""What customers do next: answer, thank, complain, ask again, write out of impatience, or keep silent."""

from __future__ import annotations

from datetime import datetime
from math import exp

from handrail.demo.world.nouns import Person
from handrail.demo.world.story import Story
from handrail.demo.world.zones import zone

HOUR, DAY = 3600, 86400
#: A reaction to come: when in seconds since 1970, and of which kind.
Reaction = tuple[int, str]

#: Shares of what follows an answer; the rest keeps silent.
AFTER_FIX = (("thanks", 0.45), ("again", 0.085), ("question", 0.075))
AFTER_FIX_ANGRY = (("thanks", 0.36), ("again", 0.17), ("question", 0.06))
AFTER_CLOSE = (("late_thanks", 0.045), ("again", 0.045), ("question", 0.03))
#: Median hours until a reaction, by its kind.
USUAL_HOURS = {"answer": 3.2, "thanks": 2.4, "again": 30.0, "question": 2.5, "late_thanks": 20.0}
ANSWERS_A_QUESTION = 0.86


def while_waiting(story: Story, at: int) -> list[Reaction]:
    """After the first mail: a postscript, and a reminder when no answer comes."""
    dice, coming = story.dice, []
    if dice.random() < 0.05:
        coming.append((at + 120 + int(dice.random() * 3000), "here_too"))
    impatience = 0.75 if story.mood == "angry" else 0.45 if story.mood == "worried" else 0.2
    if dice.random() < impatience and story.topic.key != "unwanted":
        coming.append((awake(story, at + (14 + dice.random() * 30) * HOUR), "chase"))
    return coming


def to_question(story: Story, at: int) -> Reaction | None:
    """After an agent asked back; None for silence."""
    return _after(story, at, "answer") if story.dice.random() < ANSWERS_A_QUESTION else None


def to_reminder(story: Story, at: int) -> Reaction:
    """After an agent reminded: the answer that was missing, or a word of thanks."""
    return _after(story, at, "answer" if story.asked_back else "thanks")


def to_answer(story: Story, at: int) -> Reaction | None:
    """After an answer that may have solved it; None for silence."""
    return _drawn(story, at, AFTER_FIX_ANGRY if story.mood == "angry" else AFTER_FIX)


def to_closing(story: Story, at: int) -> Reaction | None:
    """After the ticket was closed together with the answer, or later."""
    return _drawn(story, at, AFTER_CLOSE) if story.rounds < 3 else None


def steps_after(story: Story, kind: str) -> list[str]:
    """What colleagues have to do about it."""
    if kind == "answer":
        return story.steps or ["fix"]
    return [{"thanks": "thanks", "late_thanks": "close", "again": "again", "question": "reanswer"}[kind]]


def awake(story: Story, at: float) -> int:
    """The same moment, or the next morning when the customer sleeps or the shop is shut."""
    dice = story.dice
    strict = story.person.organisation is not None and dice.random() < 0.88
    first, last = (8, 18) if strict else (7, 23)
    local = datetime.fromtimestamp(at, zone(story.person.timezone))
    days = 0 if local.hour < last else 1
    if strict:
        weekday = (local.weekday() + days) % 7
        days += max(0, 7 - weekday) if weekday > 4 else 0
    if days == 0 and local.hour >= first:
        return int(at)
    midnight = at - local.hour * HOUR - local.minute * 60 - local.second
    return int(midnight + days * DAY + (first + dice.random() * 2.5) * HOUR)


def is_awake(person: Person, at: int) -> bool:
    """Whether it is a likely hour for this person to write."""
    return 7 <= datetime.fromtimestamp(at, zone(person.timezone)).hour < 23


def _drawn(story: Story, at: int, shares: tuple[tuple[str, float], ...]) -> Reaction | None:
    number = story.dice.random()
    for kind, share in shares:
        if number < share:
            return _after(story, at, kind)
        number -= share
    return None


def _after(story: Story, at: int, kind: str) -> Reaction:
    later = at + 180 + USUAL_HOURS[kind] * exp(story.dice.gauss(0, 1.1)) * HOUR
    if kind == "again":  # a complaint about a promised day comes when that day is over
        later = max(later, story.letters.promised_until + (6 + story.dice.random() * 12) * HOUR)
    return awake(story, later), kind
