"""A timer that somebody started on a ticket: it proposes what they enter, and nothing is kept of it after."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from handrail.events.live import touch
from handrail.kit import ids
from handrail.team.models import Agent
from handrail.tickets.models.time_entry import MOST_MINUTES


class Stopwatch(models.Model):
    """One for each agent at most. seconds: gathered before it last began; runs_since: None while paused.

    home: the ticket it was started on, while it lies on another because that one was merged; else None.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    agent = models.OneToOneField(Agent, on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="+")
    home = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    seconds = models.PositiveIntegerField(default=0)
    runs_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seconds__gte=0), name="stopwatch_never_runs_back")]

    @classmethod
    def begin(cls, *, ticket_id: object, by: Agent, at: datetime) -> "Stopwatch":
        """A new one that runs, or the one that is there; called by `timing.running`."""
        begun, _is_new = cls.objects.select_for_update(of=("self",)).get_or_create(
            agent=by, defaults={"ticket_id": ticket_id, "runs_since": at}
        )
        return begun

    def run(self, *, at: datetime) -> None:
        """Go on; nothing when it runs."""
        if self.runs_since is None:
            self._turn(seconds=self.seconds, runs_since=at)

    def pause(self, *, at: datetime) -> None:
        """Keep what was gathered; nothing when it is paused."""
        self._turn(seconds=self.seconds_at(at), runs_since=None)

    def seconds_at(self, at: datetime) -> int:
        """What it has gathered by then."""
        if self.runs_since is None:
            return self.seconds
        return self.seconds + max(0, int((at - self.runs_since).total_seconds()))

    def minutes_at(self, at: datetime) -> int:
        """The same as somebody enters it: whole minutes, one at least, a day at most."""
        return min(MOST_MINUTES, max(1, round(self.seconds_at(at) / 60)))

    def face_at(self, at: datetime) -> str:
        """Hours and minutes, as a clock shows them."""
        hours, minutes = divmod(self.seconds_at(at) // 60, 60)
        return f"{hours}:{minutes:02}"

    def _turn(self, *, seconds: int, runs_since: datetime | None) -> None:
        self.seconds, self.runs_since = seconds, runs_since
        self.save(update_fields=["seconds", "runs_since"])


def changed(agent: Agent) -> None:
    """Let the open browsers of the agent draw the timer again."""
    touch(f"user:{agent.user_id}", "timer")
