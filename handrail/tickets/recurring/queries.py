"""Recurring tickets as their page shows them: the rule in words, the next days, the last run, open ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import formats
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.team.models import Agent
from handrail.tickets.models import RecurringRun, RecurringTicket, Ticket
from handrail.tickets.queries.decided import Changed, changes_of
from handrail.tickets.recurring.rule import LAST, Rule, Unit, WhenOff, moment_of

#: So many days are shown before anything is kept.
SHOWN_AHEAD = 5
ORDINALS = (1, 2, 3, 4, LAST)


@dataclass(frozen=True, kw_only=True)
class Health:
    """One in the list. last: its newest run. live: how many of its tickets are still open."""

    recurring: RecurringTicket
    last: RecurringRun | None
    live: int

    @property
    def words(self) -> str:
        return words_of(self.recurring.rule)


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """A day of the rule, and when its ticket opens."""

    day: date
    opens_at: datetime


def recurring_for(agent: Agent) -> list[Health]:
    """Those of the agent's brands, by name; two queries, however many there are."""
    newest = RecurringRun.objects.filter(recurring=OuterRef("pk")).order_by("-on").values("pk")[:1]
    live = Count("runs", filter=Q(runs__ticket__status__in=Ticket.LIVE))
    seen: Any = RecurringTicket.objects.visible_to(agent).select_related("template", "person", "owner")
    rows = list(seen.annotate(newest=Subquery(newest), live=live))
    runs = RecurringRun.objects.filter(pk__in=[row.newest for row in rows]).select_related("ticket")
    by_id: dict[UUID, RecurringRun] = {run.pk: run for run in runs}
    return [Health(recurring=row, last=by_id.get(row.newest), live=row.live) for row in rows]


def numbers_seen(runs: Iterable[RecurringRun], *, agent: Agent) -> set[int]:
    """The numbers of those runs' tickets that this agent may open."""
    ids = [run.ticket_id for run in runs if run.ticket_id]
    return set(Ticket.objects.visible_to(agent).filter(pk__in=ids).values_list("number", flat=True))


def changes_on(recurring: RecurringTicket, *, labels: Mapping[str, object]) -> list[Changed]:
    """Its newest changes. labels: of the columns, by their names."""
    return changes_of(recurring, labels=labels, words={"weekdays": _day_names, "off_region": str})


def _day_names(days: list[int]) -> str:
    return ", ".join(str(WEEKDAYS[day]) for day in days or ()) or "–"


def ahead(rule: Rule, *, at_time: Any, zone: str, lead_days: int, today: date) -> list[Ahead]:
    """The next days of a rule from today on."""
    days = (day for day in rule.days() if day >= today)
    return [
        Ahead(day=day, opens_at=moment_of(day, at_time=at_time, zone=zone, lead_days=lead_days))
        for day in islice(days, SHOWN_AHEAD)
    ]


def words_of(rule: Rule) -> str:
    """“Every 2 weeks on Monday, Thursday, not on days off”."""
    every, where = _every(rule.unit, rule.interval), _where(rule)
    words = _("%(every)s %(where)s") % {"every": every, "where": where} if where else every
    off = {WhenOff.SKIP: _("not on days off"), WhenOff.MOVE: _("on days off the next working day")}
    return f"{words}, {off[rule.when_off]}" if rule.when_off in off else words


def ordinal(number: int) -> str:
    """Which of a month, in words."""
    words = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), LAST: _("last")}
    return words[number]


def _every(unit: Unit, interval: int) -> str:
    counted = {
        Unit.DAY: ngettext("Every day", "Every %(num)s days", interval),
        Unit.WEEK: ngettext("Every week", "Every %(num)s weeks", interval),
        Unit.MONTH: ngettext("Every month", "Every %(num)s months", interval),
        Unit.YEAR: ngettext("Every year", "Every %(num)s years", interval),
    }
    return counted[unit] % {"num": interval} if interval != 1 else counted[unit]


def _where(rule: Rule) -> str:
    if rule.unit == Unit.DAY:
        return ""
    names = ", ".join(str(WEEKDAYS[day]) for day in rule.weekdays or (rule.starts_on.weekday(),))
    if rule.unit == Unit.WEEK:
        return _("on %(days)s") % {"days": names}
    month = str(MONTHS[rule.starts_on.month]) if rule.unit == Unit.YEAR else ""
    if rule.nth is not None and rule.weekdays:
        return _("on the %(nth)s %(day)s %(month)s") % {
            "nth": ordinal(rule.nth),
            "day": names,
            "month": month,
        }
    if rule.day == LAST:
        return _("on the last day %(month)s") % {"month": month}
    if rule.unit == Unit.YEAR:
        day = rule.starts_on if rule.day is None else rule.starts_on.replace(day=1)
        if rule.day is None:
            return _("on %(date)s") % {"date": formats.date_format(day, "MONTH_DAY_FORMAT")}
    return _("on day %(number)s %(month)s") % {"number": rule.day or rule.starts_on.day, "month": month}
