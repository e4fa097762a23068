"""A ticket has custom fields."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from handrail.events import publish_all
from handrail.events.live import touch_all
from handrail.fields.checking import Changes, NotFitting, checked
from handrail.fields.field import Noun
from handrail.fields.nouns import finder
from handrail.fields.queries import setup_of
from handrail.team.models import Agent
from handrail.tickets import circumstances, stages
from handrail.tickets.events import FieldChanged
from handrail.tickets.models.ticket.base import TicketBase


class Filling(TicketBase):
    """A ticket's fields can be filled in; what the form of the moment would refuse is refused here."""

    class Meta:
        abstract = True

    @transaction.atomic
    def fill(
        self,
        wanted: Mapping[str, object],
        *,
        by: Agent | None,
        customer: bool = False,
        unfinished: bool = False,
        at: datetime,
    ) -> Changes:
        """Put these values in, all or none; returns what changed. Values of other keys stay.

        wanted: by the keys of fields; None or nothing empties one. customer: only public fields.
        unfinished: what else must be filled in is filled in later.
        Raises NotFitting with a sentence for each field that does not fit.
        """
        rows = type(self).objects.select_for_update().filter(pk=self.pk)
        self.fields = rows.values_list("fields", flat=True).get()
        setup, stage = setup_of(Noun.TICKET), stages.stages().of(self.status, self.stage_id)
        done = checked(
            setup.fields,
            setup.rules,
            now=self.fields,
            wanted=wanted,
            circumstances=circumstances.circumstances_of(self, stage, by=by, customer=customer),
            find=_nothing if customer else finder(by.user if by else None),
        )
        problems = {key: why for key, why in done.problems.items() if key in wanted or not unfinished}
        if problems:
            raise NotFitting(problems)
        if done.changes:
            self.change(at=at, fields=done.values)
            self._tell_changes(done.changes, by=by, at=at)
        return done.changes

    def _tell_changes(self, changes: Changes, *, by: Agent | None, at: datetime) -> None:
        agent_id = by.pk if by else None
        publish_all(
            [
                FieldChanged(ticket_id=self.pk, by_agent_id=agent_id, field=key, was=was, now=now, at=at)
                for key, (was, now) in changes.items()
            ]
        )
        touch_all(self.panels, number=self.number)


def _nothing(_noun: str, _text: str) -> UUID | None:
    """A customer points at nothing of ours."""
    return None
