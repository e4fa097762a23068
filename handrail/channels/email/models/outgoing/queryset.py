"""Chains that start from the outbox."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now

from handrail.accounts.models import User
from handrail.channels.email.models.obstacle import Obstacle

#: A mail is left alone for so long after it was taken: until its taker holds the lock on its row.
TAKEN_FOR = timedelta(seconds=5)
#: So many mails to one domain are on their way at once: a slow domain takes no more senders than that.
AT_ONCE_TO_A_DOMAIN = 2
#: A mail in somebody's hands for longer than this is in nobody's hands.
LONGEST_TALK = timedelta(minutes=15)


class OutgoingMails(models.QuerySet[Any]):
    """Everybody's mail until it is narrowed."""

    def visible_to(self, user: User) -> "OutgoingMails":
        """Mail of this user's brands, and letters of the desk itself."""
        return self.filter(Q(brand__in=user.brands.all()) | Q(brand=None))

    def alive(self) -> "OutgoingMails":
        """What leaves by itself when its time has come."""
        return self.filter(state__in=self.model.ALIVE, next_try_at__isnull=False)

    def left_to_people(self) -> "OutgoingMails":
        """What perhaps arrived, and is not sent once more by itself."""
        return self.filter(state="uncertain", next_try_at=None)

    def due(self) -> "OutgoingMails":
        """What may leave now: its time has come by the database's clock, nobody has it in hand, no earlier
        one of its lane waits, and neither its server nor its domain is known to be in trouble.
        """
        free = Q(tried_at=None) | Q(tried_at__lt=Now() - TAKEN_FOR) | Q(state__in=["queued", "uncertain"])
        rows = self.alive().filter(free, ~Exists(self._earlier()), next_try_at__lte=Now())
        rows = rows.exclude(domain__in=Obstacle.standing(Obstacle.What.DOMAIN))
        rows = rows.exclude(server__in=Obstacle.standing(Obstacle.What.SERVER))
        left_behind = Q(state="sending")  # who had it in hand died: it does not wait for itself
        return rows.filter(~Q(domain__in=self._busy()) | left_behind).order_by("next_try_at", "id")

    def _earlier(self) -> "OutgoingMails":
        others = type(self)(self.model).alive().filter(lane=OuterRef("lane"), holds_lane=True)
        sooner = Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__lt=OuterRef("pk"))
        return others.filter(sooner)

    def _busy(self) -> "models.QuerySet[Any, dict[str, str]]":
        """The domains to which enough mail is on its way."""
        in_hand = type(self)(self.model).filter(state="sending", tried_at__gt=Now() - LONGEST_TALK)
        counted = in_hand.exclude(domain="").order_by().values("domain").annotate(mails=Count("pk"))
        names: models.QuerySet[Any, dict[str, str]] = counted.values("domain")
        return names.filter(mails__gte=AT_ONCE_TO_A_DOMAIN)
