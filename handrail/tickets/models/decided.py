"""Things that admins decide: a change of them is told with was and now, and can be put back."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from handrail.accounts.models import User
from handrail.events import publish
from handrail.events.facts import fact_from
from handrail.events.models import FactRow
from handrail.tickets.events import DecisionFact

State = dict[str, Any]


class Decided(models.Model):
    """One of them. DECIDED: the columns that people decide; CHANGED: the fact of a change."""

    DECIDED: ClassVar[tuple[str, ...]]
    CHANGED: ClassVar[type[DecisionFact]]

    class Superseded(Exception):
        """Something newer stands, or what was there before is no more."""

    class Meta:
        abstract = True

    @property
    def decided(self) -> State:
        """What was decided, as JSON keeps it."""
        return {name: _plain(getattr(self, name)) for name in self.DECIDED}

    @property
    def newest_change(self) -> int | None:
        """The number of its newest change."""
        rows = FactRow.objects.filter(subject_id=self.pk, kind=self.CHANGED.kind).order_by("-id")
        return rows.values_list("pk", flat=True).first()

    def tell_change(self, was: State, *, by: User, at: datetime) -> None:
        """Tell what differs from before; nothing when nothing does. Part of a transaction."""
        now = self.decided
        names = [name for name in was if was[name] != now[name]]
        if names:
            before, after = (json.dumps({name: state[name] for name in names}) for state in (was, now))
            publish(self.CHANGED(decided_id=self.pk, by_user_id=by.pk, was=before, now=after, at=at))

    def changed_to(self, change_id: int) -> DecisionFact:
        """The change with this number. Raises Superseded when there is none of this thing."""
        row = FactRow.objects.filter(pk=change_id, subject_id=self.pk, kind=self.CHANGED.kind).first()
        if row is None:
            raise self.Superseded
        fact = fact_from(row.kind, row.payload)
        assert isinstance(fact, DecisionFact)
        return fact

    def stands(self, change: DecisionFact) -> bool:
        """Whether what it made is still so."""
        now = self.decided
        return all(now.get(name) == value for name, value in change.after.items())

    def take_up(self, change_id: int) -> None:
        """Be again as before that change; unsaved. Raises Superseded."""
        change = self.changed_to(change_id)
        if not change.before or not self.stands(change):
            raise self.Superseded
        for name, value in change.before.items():
            field: Any = self._meta.get_field(name.removesuffix("_id"))
            if value and field.is_relation and not _is_there(field, value):
                raise self.Superseded
            setattr(self, name, field.to_python(value))


def _is_there(field: Any, key: str) -> bool:
    return bool(field.related_model._default_manager.filter(pk=key).exists())


def _plain(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value) if isinstance(value, (UUID, models.TextChoices)) else value
