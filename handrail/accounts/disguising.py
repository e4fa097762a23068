"""Act as somebody else for a while: whom a session shows, and when that ends."""

from collections.abc import Iterable, MutableMapping
from datetime import datetime
from typing import Any
from uuid import UUID

from handrail.accounts import standing
from handrail.accounts.models.disguise import Disguise
from handrail.accounts.models.user import User

WORN = "disguise"


def put_on(session: MutableMapping[str, Any], *, user: User, reason: str, by: User, at: datetime) -> Disguise:
    """From the next request on this session acts as `user`. Raises Disguise.Refused.

    Nobody gets round a second factor this way: where the role demands one, this session must have it.
    """
    if standing.lacks_second_factor(user, session):
        raise Disguise.Refused
    disguise = Disguise.put_on(user=user, reason=reason, by=by, at=at)
    session[WORN] = str(disguise.pk)
    return disguise


def take_off(session: MutableMapping[str, Any], *, address: str = "", at: datetime) -> None:
    """Be oneself again; harmless when one is already."""
    worn = session.pop(WORN, None)
    if worn and (disguise := Disguise.objects.select_related("operator", "user").filter(pk=worn).first()):
        disguise.take_off(address=address, at=at)


def worn(session: MutableMapping[str, Any], operator: User, *, at: datetime) -> Disguise | None:
    """The disguise of this session; one that ran out is taken off on the way."""
    if WORN not in session:
        return None
    rows = Disguise.objects.worn(at=at).filter(pk=session[WORN], operator_id=operator.pk)
    disguise = rows.select_related("user__role", "operator").first()
    if disguise is None or not operator.role.covers(disguise.user.role):
        take_off(session, at=at)
        return None
    return disguise


def seen_as(session: MutableMapping[str, Any], user: User, *, at: datetime) -> User:
    """Whom this session shows: the disguise's user while one is worn, else its owner."""
    disguise = worn(session, user, at=at)
    return disguise.user if disguise else user


def worn_by(operator_ids: Iterable[UUID | None], *, at: datetime) -> set[tuple[UUID, UUID]]:
    """Who acts as whom just now, among these colleagues: pairs of ids."""
    rows = Disguise.objects.worn(at=at).filter(operator__in=[each for each in operator_ids if each])
    return set(rows.values_list("operator_id", "user_id"))
