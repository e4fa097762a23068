"""Chains that start from articles."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from handrail.accounts.models import User
from handrail.knowledge.models.article.base import Audience, State
from handrail.team.models import Agent

if TYPE_CHECKING:
    from handrail.knowledge.models.article import Article  # noqa: F401 - the type of a row


class Articles(models.QuerySet["Article"]):
    """`visible_to` is the only door."""

    def visible_to(self, viewer: Agent | User | None) -> "Articles":
        """At the desk, an agent's; at the help centre, a visitor's, who may be nobody in particular.

        An agent sees those of their brands, and what is not published only if they may write. A visitor sees
        what is published for everybody, and, signed in, what is for customers of their brands. No draft and
        nothing for colleagues ever passes to a visitor, whoever they are.
        """
        return self._at_the_desk(viewer) if isinstance(viewer, Agent) else self._outside(viewer)

    def published(self) -> "Articles":
        return self.filter(state=State.PUBLISHED)

    def to_review(self, today: date) -> "Articles":
        """Those that somebody should look at again."""
        return self.exclude(state=State.ARCHIVED).filter(review_on__lte=today)

    def _at_the_desk(self, agent: Agent) -> "Articles":
        if not agent.may("knowledge.read"):
            return self.none()
        here = self.filter(Q(brand=None) | Q(brand__in=agent.brand_ids))
        return here if agent.may("knowledge.write") else here.published()

    def _outside(self, user: User | None) -> "Articles":
        readable = Q(audience=Audience.PUBLIC)
        if user is not None and (user.may("portal.use") or user.may("knowledge.read")):
            theirs = Q(brand=None) | Q(brand__in=user.brand_ids)
            readable |= Q(theirs, audience=Audience.CUSTOMERS)
        return self.published().filter(readable)
