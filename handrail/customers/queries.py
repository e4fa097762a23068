"""Reads for screens: one person's card, lists of people and organisations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from handrail.accounts.models import User
from handrail.customers.models import Identity, Organisation, People, Person
from handrail.kit import ids

PAGE = 50


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a person. is_proven: somebody showed that they read mail there."""

    kind: str
    value: str
    is_proven: bool


@dataclass(frozen=True, kw_only=True)
class Card:
    """A person in a few lines."""

    id: UUID
    name: str
    organisation_id: UUID | None
    organisation: str
    plan: str
    language: str
    timezone: str
    since: datetime
    addresses: list[Address]

    @property
    def language_name(self) -> str:
        """“Swedish”, in the viewer's language; the code itself when nobody knows it."""
        try:
            name = Locale.parse(self.language, sep="-").get_display_name(get_language() or "en")
        except (ValueError, UnknownLocaleError):
            name = None
        return name or self.language


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list."""

    id: UUID
    name: str
    organisation: str | None
    language: str
    created_at: datetime
    address: list[str]


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in a list. people: how many of them this user may see."""

    id: UUID
    name: str
    domain: str
    plan: str
    people: int


@dataclass(frozen=True, kw_only=True)
class PeoplePage:
    """Some people, and the name behind which the next ones begin; empty at the end."""

    rows: list[PersonRow]
    after: str


def card_of(person_id: UUID, *, viewer: User) -> Card | None:
    """The card of a person this user may see; one query."""
    people = Person.objects.visible_to(viewer).select_related("organisation")
    rows = people.annotate(addresses=ArraySubquery(addresses_of(OuterRef("pk"))))
    person: Any = rows.filter(pk=person_id).first()
    return _card_from(person) if person else None


def addresses_of(person: OuterRef) -> "QuerySet[Identity, Any]":
    """A subquery: the addresses of a person of the outer query, oldest first, each as JSON for `Address`."""
    rows = Identity.objects.filter(person=person).order_by("created_at", "id")
    proven = JSONObject(kind="kind", value="value", is_proven=Q(verified_at__isnull=False))
    return rows.values(address=proven)


def _card_from(person: Any) -> Card:
    organisation = person.organisation
    return Card(
        id=person.pk,
        name=person.name,
        organisation_id=person.organisation_id,
        organisation=organisation.name if organisation else "",
        plan=organisation.plan if organisation else "",
        language=person.language,
        timezone=person.timezone,
        since=person.created_at,
        addresses=[Address(**address) for address in person.addresses],
    )


def people_page(
    viewer: User,
    *,
    words: str = "",
    organisation: UUID | None = None,
    among: Collection[UUID] | None = None,
    after: str = "",
    limit: int = PAGE,
) -> PeoplePage:
    """People this user may see, by name; words: part of a name, an address or an organisation's name.

    among: only these, so that not everybody has to be looked at.
    """
    people = Person.objects.visible_to(viewer)
    people = people if among is None else people.filter(pk__in=among)
    for word in words.split()[:6]:
        people = people.filter(_holds(word))
    if organisation:
        people = people.filter(organisation=organisation)
    if after:
        name, _, key = after.rpartition("|")
        people = people.filter(Q(name__gt=name) | Q(name=name, id__gt=ids.uuid_or_none(key) or UUID(int=0)))
    rows = _rows(people.order_by("name", "id"), limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return PeoplePage(rows=rows[:limit], after=f"{last.name}|{last.id}" if last else "")


def organisations(viewer: User, *, words: str = "", limit: int = 200) -> list[OrganisationRow]:
    """Organisations of people this user may see, by name."""
    theirs = Q(people__brands__in=viewer.brands.all())
    found = Organisation.objects.filter(theirs, name__icontains=words.strip())
    rows = found.annotate(seen=Count("people", distinct=True)).order_by("name", "id")
    return [OrganisationRow(*row) for row in rows.values_list("id", "name", "domain", "plan", "seen")[:limit]]


def _holds(word: str) -> Q:
    address = Identity.objects.filter(person=OuterRef("pk"), value__icontains=word)
    return Q(name__icontains=word) | Q(organisation__name__icontains=word) | Q(Exists(address))


def _rows(people: People, limit: int) -> list[PersonRow]:
    first = Identity.objects.filter(person=OuterRef("pk")).order_by("created_at", "id").values("value")[:1]
    columns = ("id", "name", "organisation__name", "language", "created_at")
    return [PersonRow(*row) for row in people.values_list(*columns, ArraySubquery(first))[:limit]]
