"""What a fact is: a frozen dataclass in the past tense with ids, words, numbers and times."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import msgspec

F = TypeVar("F", bound="Fact")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. Subclass it with more fields; never with a model object in one.

    about: the name of the field that holds the id of the thing this fact is mainly about.
    kind: "room.ClassName", the name it is stored under; renaming a class needs a migration of old facts.
    personal: the fields that hold words of or about people, each with what stands there when those are gone.
    """

    about: ClassVar[str]
    kind: ClassVar[str]
    personal: ClassVar[Mapping[str, object]] = {}

    at: datetime

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.kind = f"{_room_of(cls.__module__)}.{cls.__name__}"
        _kinds[cls.kind] = cls

    @property
    def subject_id(self) -> UUID:
        """The id of the thing this fact is about."""
        subject: UUID = getattr(self, self.about)
        return subject


def payload_of(fact: Fact) -> dict[str, Any]:
    """The fact as JSON values, without what the table keeps in columns."""
    plain: dict[str, Any] = msgspec.to_builtins(fact)
    return plain


def fact_from(kind: str, payload: dict[str, Any]) -> Fact:
    """The fact that was stored; unknown fields of later versions are ignored."""
    fact: Fact = msgspec.convert(payload, _kinds[kind], strict=False)
    return fact


def known_kinds() -> dict[str, type[Fact]]:
    """Every fact any room has declared, by kind."""
    return dict(_kinds)


def _room_of(module: str) -> str:
    """The room of the module `events`, or of a module within the package of that name."""
    parts = module.split(".")
    named = [part for part in parts if part != "handrail"]
    rooms = named[: named.index("events")] if "events" in named[1:] else named[:-1]
    return ".".join(rooms) or parts[-1]


_kinds: dict[str, type[Fact]] = {}
