"""A custom field as plain values: what every check, form and filter knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from handrail.fields.words import words_in

#: What a field holds: text, number, the keys of several choices, or nothing.
Value = str | int | float | list[str] | None


class Noun(models.TextChoices):
    """What can have fields."""

    TICKET = "ticket", _("Ticket")
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class Kind(models.TextChoices):
    """What a field holds."""

    TEXT = "text", _("Text")
    LONG = "long", _("Long text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHOICE = "choice", _("One choice of a list")
    TREE = "tree", _("One choice of a tree")
    MANY = "many", _("Several choices of a list")
    RELATION = "relation", _("A ticket, person or organisation")
    COLLEAGUE = "colleague", _("A colleague")


#: The kinds with choices of their own.
CHOOSING = frozenset({Kind.CHOICE, Kind.TREE, Kind.MANY})
#: The kinds that point at something else.
POINTING = frozenset({Kind.RELATION, Kind.COLLEAGUE})


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something that can be chosen. key: of a tree the path to it, “hardware/printer”.

    retired: whoever has it keeps it; nobody chooses it any more.
    """

    key: str
    labels: Mapping[str, str]
    retired: bool = False

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Choice":
        """As it stands in the database."""
        return cls(key=stored["key"], labels=stored["labels"], retired=bool(stored.get("retired")))

    def as_json(self) -> dict[str, Any]:
        """As it goes into the database."""
        return {"key": self.key, "labels": dict(self.labels), "retired": self.retired}

    @property
    def words(self) -> str:
        return words_in(self.labels, otherwise=self.key)

    @property
    def depth(self) -> int:
        """How deep it stands in a tree; 0 at the top."""
        return self.key.count("/")


@dataclass(frozen=True, kw_only=True)
class Field:
    """A definition without its database. An empty visible_to or editable_by stands for everybody.

    public: customers see it and fill it in. to: of a relation, the noun it points at.
    """

    noun: Noun = Noun.TICKET
    key: str
    kind: Kind
    labels: Mapping[str, str]
    helps: Mapping[str, str]
    choices: tuple[Choice, ...] = ()
    to: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    default: Value = None
    section: str = ""
    required: bool = False
    public: bool = False
    visible_to: frozenset[str] = frozenset()
    editable_by: frozenset[str] = frozenset()
    retired: bool = False

    @property
    def label(self) -> str:
        return words_in(self.labels, otherwise=self.key)

    @property
    def help(self) -> str:
        return words_in(self.helps)

    @property
    def choice_words(self) -> dict[str, str]:
        """The words of every choice there is or was, by key; of a tree with the way to it."""
        words = {choice.key: choice.words for choice in self.choices}
        if self.kind != Kind.TREE:
            return words
        return {key: " › ".join(words.get(step, step) for step in _steps(key)) for key in words}


def _steps(key: str) -> list[str]:
    """The keys on the way to one of a tree: “a/b/c” is reached by “a” and “a/b”."""
    parts = key.split("/")
    return ["/".join(parts[: length + 1]) for length in range(len(parts))]
