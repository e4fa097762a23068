"""Filling in the custom fields of a person or an organisation: a verb that both nouns share."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from handrail.accounts.models import User
from handrail.accounts.models.role import EVERYTHING
from handrail.customers.events import OrganisationFieldChanged, PersonFieldChanged
from handrail.customers.models import Organisation, Person
from handrail.events import publish_all
from handrail.events.facts import Fact
from handrail.fields.checking import Changes, Checked, NotFitting, checked
from handrail.fields.field import Noun
from handrail.fields.forming import Circumstances
from handrail.fields.nouns import finder
from handrail.fields.queries import setup_of


@transaction.atomic
def fill(
    whom: Person | Organisation, wanted: Mapping[str, object], *, by: User | None, at: datetime
) -> Changes:
    """Put these values in, all or none; returns what changed. Raises NotFitting."""
    rows = type(whom).objects.select_for_update().filter(pk=whom.pk)
    whom.fields = rows.values_list("fields", flat=True).get()
    done = would_be(whom, wanted, by=by)
    if done.problems:
        raise NotFitting(done.problems)
    if done.changes:
        whom.fields = done.values
        rows.update(fields=done.values)
        publish_all([_fact(whom, key, change, by=by, at=at) for key, change in done.changes.items()])
    return done.changes


def would_be(whom: Person | Organisation, wanted: Mapping[str, object], *, by: User | None) -> Checked:
    """What the form is, and what would be kept, if these values were put in."""
    setup = setup_of(noun_of(whom))
    return checked(
        setup.fields,
        setup.rules,
        now=whom.fields,
        wanted=wanted,
        circumstances=circumstances_of(by),
        find=finder(by),
    )


def circumstances_of(by: User | None) -> Circumstances:
    """Who asks; the fields of people hang on nothing else that is built in."""
    if by is None:
        return Circumstances()
    return Circumstances(role=by.role.key, sees_all=EVERYTHING in by.role.rights)


def noun_of(whom: Person | Organisation) -> Noun:
    return Noun.PERSON if isinstance(whom, Person) else Noun.ORGANISATION


def _fact(
    whom: Person | Organisation, key: str, change: tuple[object, object], *, by: User | None, at: datetime
) -> Fact:
    was, now = change
    told = {"by_user_id": by.pk if by else None, "field": key, "was": was, "now": now, "at": at}
    if isinstance(whom, Person):
        return PersonFieldChanged(person_id=whom.pk, **told)  # type: ignore[arg-type]
    return OrganisationFieldChanged(organisation_id=whom.pk, **told)  # type: ignore[arg-type]
