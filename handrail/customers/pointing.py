"""How custom fields know people and organisations."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.customers.models import Organisation, People, Person
from handrail.fields.nouns import Pointee, register
from handrail.kit.ids import uuid_or_none


def declare() -> None:
    """Make them known as something a field can point at."""
    register(
        Pointee(key="person", why=_("The address or name of a person."), find=_person, name=_people),
        Pointee(
            key="organisation", why=_("The name of an organisation."), find=_organisation, name=_organisations
        ),
    )


def _person(viewer: User | None, text: str) -> UUID | None:
    """Whoever alone is meant; of two of one name, neither."""
    address = Q(identities__value=text.strip().lower())
    rows = _seen(viewer).filter(address | Q(name__iexact=text.strip()) | Q(pk=uuid_or_none(text)))
    found = list(rows.distinct().values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _people(viewer: User | None, ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(_seen(viewer).filter(pk__in=list(ids)).values_list("pk", "name"))


def _organisation(viewer: User | None, text: str) -> UUID | None:
    rows = _companies(viewer).filter(Q(name__iexact=text.strip()) | Q(pk=uuid_or_none(text)))
    found = list(rows.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _organisations(viewer: User | None, ids: Iterable[UUID]) -> dict[UUID, str]:
    return dict(_companies(viewer).filter(pk__in=list(ids)).values_list("pk", "name"))


def _seen(viewer: User | None) -> People:
    people: People = Person.objects.all()
    return people if viewer is None else people.visible_to(viewer)


def _companies(viewer: User | None) -> "QuerySet[Organisation]":
    rows = Organisation.objects.all()
    return rows if viewer is None else rows.filter(people__in=_seen(viewer)).distinct()
