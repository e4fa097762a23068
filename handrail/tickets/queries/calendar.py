"""A view as a month: which tickets belong to which day, in the zone of who looks; two queries."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.utils.formats import date_format

from handrail.team.models import Agent
from handrail.tickets.models import Ticket
from handrail.tickets.queries.built_in import View
from handrail.tickets.queries.filtering import Filters
from handrail.tickets.queries.listing import belonging
from handrail.tickets.queries.rows import Row, rows_of

#: So many tickets of a day are named; its number counts all of them.
SHOWN = 4
_COLUMNS = {
    "created": "created_at",
    "updated": "updated_at",
    "received": "last_received_at",
    "waiting": "waiting_since",
    "snoozed": "held__snooze__until",
    "due": "due_at",
}


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day. question: what finds its tickets, in the language of filters."""

    on: date
    inside: bool
    today: bool
    total: int
    rows: list[Row]
    question: str

    @property
    def weekday(self) -> str:
        """The name of the day, short."""
        return date_format(self.on, "D")


@dataclass(frozen=True, kw_only=True)
class Month:
    """Whole weeks, from Monday on. before and after: the months beside it, as “2026-10”."""

    first: date
    weeks: list[list[Day]]
    before: str
    after: str

    @property
    def words(self) -> str:
        """The month in the reader's language."""
        return date_format(self.first, "F Y")


def month_of(view: View, month: str, *, filters: Filters, agent: Agent, at: datetime) -> Month:
    """The month of a view called “2026-11”; the present one when it is called otherwise."""
    zone = ZoneInfo(agent.user.timezone)
    today = at.astimezone(zone).date()
    first = _first(month) or today.replace(day=1)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    column = _COLUMNS[view.dated_by or "created"]
    begin = datetime.combine(weeks[0][0], time(), zone)
    end = datetime.combine(weeks[-1][-1] + timedelta(days=1), time(), zone)
    tickets = belonging(view, filters=filters, agent=agent)
    tickets = tickets.filter(**{f"{column}__gte": begin, f"{column}__lt": end})
    dated = tickets.order_by().annotate(day=TruncDate(column, tzinfo=zone))
    totals = dict(dated.values_list("day").annotate(number=Count("pk")))
    rank = Window(RowNumber(), partition_by=F("day"), order_by=F(column).asc())
    days = dict(dated.annotate(rank=rank).filter(rank__lte=SHOWN).values_list("pk", "day"))
    rows: dict[date, list[Row]] = {}
    for row in rows_of(
        Ticket.objects.visible_to(agent).filter(pk__in=list(days)).order_by(column), agent=agent
    ):
        rows.setdefault(days[row.id], []).append(row)

    def day(on: date) -> Day:
        return Day(
            on=on,
            inside=on.month == first.month,
            today=on == today,
            total=totals.get(on, 0),
            rows=rows.get(on, []),
            question=f"{view.dated_by or 'created'}:{on.isoformat()}",
        )

    return Month(
        first=first,
        weeks=[[day(on) for on in week] for week in weeks],
        before=f"{first - timedelta(days=1):%Y-%m}",
        after=f"{first + timedelta(days=31):%Y-%m}",
    )


def _first(month: str) -> date | None:
    """The first of a month; None for what is none, and for the ends of time."""
    try:
        found = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None
    return found if 1970 <= found.year <= 9000 else None
