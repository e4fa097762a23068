"""The words of one ticket: its subject, its mails and notes, with facts that agree from first to last."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from handrail.demo.world.facts import Facts
from handrail.demo.world.grammar import Speaker, Speech, compiled
from handrail.demo.world.library import book, in_english, needs_help, script
from handrail.demo.world.nouns import Colleague, Person
from handrail.demo.world.typing_habits import as_typed, with_capitals

_GAPS = ("  ", " "), (" \n", "\n"), ("\n ", "\n"), ("\n\n\n", "\n\n")


class Letters:
    """Writes what the people of one ticket say."""

    def __init__(
        self,
        *,
        dice: Random,
        person: Person,
        topic: str,
        language: str,
        mood: str,
        opened_at: int,
        version: str,
        brand: str,
        shops: tuple[str, ...],
        colleagues: Mapping[str, tuple[str, ...]],
        outage: tuple[int, int],
    ) -> None:
        self.dice: Random = dice
        self.person: Person = person
        self.mood: str = mood
        self.opened_at: int = opened_at
        self.version: str = version
        self.brand: str = brand
        self.shops: tuple[str, ...] = shops
        self.colleagues: Mapping[str, tuple[str, ...]] = colleagues
        self.outage: tuple[int, int] = outage
        self.enclosure: str = ""
        self.language = language
        self._told: tuple[str, str] | None = None
        scenario = _scenario(dice, language, topic)
        self.book = book(language, topic, scenario)
        self.needs_help = needs_help(topic, scenario)
        self.facts: Facts = Facts(self)
        self.speech: Speech = Speech(dice=dice, book=self.book, facts=self.facts, speaker=person)
        kind = "@org" if person.organisation else "@private"
        self._habits = (kind, "@formal") if person.formal else (kind,)

    @property
    def rules(self) -> dict[str, tuple[object, ...]]:
        return self.book.rules  # type: ignore[return-value]

    @property
    def promised_until(self) -> float:
        """The day that was promised last, in seconds since 1970; 0.0 when nothing was."""
        return self.facts.promised_until

    @property
    def attached_to_fix(self) -> str:
        """The sort of file that the agent sends with the answer; empty for none."""
        return str(self.rules["fix_file"][0]) if "fix_file" in self.rules else ""

    def tell(self, subject: str, body: str, facts: Mapping[str, str]) -> None:
        """Have the first mail say exactly this; its slots and what follows keep to these facts."""
        self.facts.update(facts)
        self._told = (subject, self.speech.render(compiled(body)))

    def subject(self) -> str:
        """A subject, sometimes hasty, sometimes in capitals when the mood is bad."""
        if self._told:
            return self._told[0]
        self._speaks(self.person, self.mood)
        text = _tidied(self.speech.say("subject")).rstrip(".")
        habit = self.dice.random()
        if habit < 0.08 and not self.person.formal:
            return text.lower()
        if habit > 0.985 and self.mood == "angry":
            return text.upper()
        return f"Fwd: {text}" if habit > 0.975 else text

    def opening(self, *, attached: bool) -> str:
        """The first mail, as long as this person's mails are."""
        if self._told:
            return self._told[1]
        return self.mail(f"mail.ask.{self.person.length}", at=self.opened_at, attached=attached)

    def mail(self, shape: str, *, at: int, attached: bool = False, mood: str = "") -> str:
        """A mail by the customer."""
        self.facts.at = at
        self._speaks(self.person, mood or self.mood)
        self._ask_in_pairs(shape)
        self.enclosure = " " + self.speech.say("attached") if attached else ""
        text = _tidied(self.speech.say(shape))
        return as_typed(text, self.person.care, self.dice)

    def reply(self, shape: str, *, at: int, by: Colleague, late: bool = False) -> str:
        """An answer by a colleague, in the customer's language."""
        self._works(by, at)
        self.facts["agent"] = by.name.split()[0]
        self.facts["agent_family"] = by.name.split()[-1]
        self.facts["agent_mr"] = self.facts.line("titles", by.feminine)
        self.facts["agent_signature"] = self._signature_of(by)
        self._speaks(by, "late" if late else self.mood)
        return with_capitals(_tidied(self.speech.say(shape)))

    def note(self, shape: str, *, at: int, by: Colleague, **words: str) -> str:
        """A note between colleagues, in English; words: who or where it goes to."""
        self._works(by, at)
        self._speaks(by, self.mood)
        self.speech.tones += (f"@{by.team}",)
        self.facts.update(words)
        text = _tidied(self.speech.say(shape))
        if self.language != "en":
            text = in_english(text, self.language)
        return with_capitals(text)

    def _ask_in_pairs(self, shape: str) -> None:
        """An ordinary question after the answer, with the words that will answer it."""
        if shape == "mail.question" and "question" not in self.rules:
            number = self.speech.say("=follow_up")
            self.facts["question"] = self.speech.say(f"question.{number}")
            self.facts["reanswer"] = self.speech.say(f"reanswer.{number}")

    def mentions_a_file(self, text: str) -> bool:
        """Whether the words speak of an attachment."""
        said = text.lower()
        return any(str(word) in said for word in self.rules["attachment_words"])

    def _speaks(self, speaker: Speaker, mood: str) -> None:
        kind = self._habits[0]
        self.speech.speaker = speaker
        self.speech.tones = (f"@{mood}{kind}", f"@{mood}", *self._habits)

    def _works(self, by: Colleague, at: int) -> None:
        self.facts.at = at
        self.facts.forget_old_promise()
        self.facts["team_name"] = by.team_name
        others = [name for name in self.colleagues[by.team] if not by.name.startswith(name)]
        self.facts["colleague"] = others[sum(map(ord, by.key)) % len(others)]

    def _signature_of(self, by: Colleague) -> str:
        """Each colleague has one way to end a mail."""
        habit = sum(map(ord, by.name))
        byes = self.rules["agent_byes"]
        name = by.name if habit % 3 == 0 else by.name.split()[0]
        return f"{byes[habit % len(byes)]}\n{name}" + (f"\n{self.brand}" if habit % 2 else "")

    @property
    def signature(self) -> str:
        """The same person signs the same way every time."""
        person, habit = self.person, self.person.key * 7919 % 10
        if person.length == 0 and habit < 4:
            return self.speech.say("phone_line") if habit == 0 else person.given
        home = person.organisation
        if home is None:
            return person.name if habit < 7 else person.given
        ways = (
            f"{person.name}\n{home.name}",
            f"{person.name}\n{person.title}\n{home.name}",
            f"{person.name}\n{person.title}, {home.name}, {home.city}",
            f"{person.given}\n--\n{home.name}\n{home.city}",
            person.given,
        )
        return ways[habit % len(ways)]


def _scenario(dice: Random, language: str, topic: str) -> str:
    weights = script(language, topic).weights
    return dice.choices(list(weights), list(weights.values()))[0] if weights else ""


def _tidied(text: str) -> str:
    """Without the gaps that empty phrases leave."""
    for gap, instead in _GAPS:
        while gap in text:
            text = text.replace(gap, instead)
    return text.strip()
