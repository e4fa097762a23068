"""Somebody looks whether an article is still true."""

from datetime import date, datetime

from django.db import transaction

from handrail.knowledge import policies
from handrail.knowledge.events import ArticleVerified
from handrail.knowledge.models.article.base import ArticleBase
from handrail.team.models import Agent


class Verifying(ArticleBase):
    """An article found true is looked at again on a later day."""

    class Meta:
        abstract = True

    @transaction.atomic
    def verify(self, *, until: date, by: Agent, seen: int, at: datetime) -> None:
        """It is still true; the next look is due on `until`. Raises PermissionDenied, WrittenMeanwhile."""
        policies.demand_write(by)
        was = self.review_on
        self.turn(seen=seen, review_on=until)
        self.tell(
            ArticleVerified(
                article_id=self.pk,
                by_agent_id=by.pk,
                was=was.isoformat() if was else "",
                now=until.isoformat(),
                at=at,
            )
        )
