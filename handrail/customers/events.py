"""What can have happened to a person or an organisation."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.events import Fact


@dataclass(frozen=True, kw_only=True)
class PersonFieldChanged(Fact):
    """What stands in a custom field of a person changed. by_user_id None: the desk itself."""

    about: ClassVar[str] = "person_id"
    person_id: UUID
    by_user_id: UUID | None
    field: str
    was: str | int | float | list[str] | None
    now: str | int | float | list[str] | None


@dataclass(frozen=True, kw_only=True)
class OrganisationFieldChanged(Fact):
    """What stands in a custom field of an organisation changed. by_user_id None: the desk itself."""

    about: ClassVar[str] = "organisation_id"
    organisation_id: UUID
    by_user_id: UUID | None
    field: str
    was: str | int | float | list[str] | None
    now: str | int | float | list[str] | None
