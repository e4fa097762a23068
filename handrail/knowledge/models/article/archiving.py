"""An article goes out of use without being lost."""

from datetime import datetime

from django.db import transaction

from handrail.knowledge import policies
from handrail.knowledge.events import ArticleArchived, ArticleRestored
from handrail.knowledge.models.article.base import ArticleBase, State
from handrail.team.models import Agent


class Archiving(ArticleBase):
    """An article can be archived, and become a draft again."""

    class Meta:
        abstract = True

    class ArchivedAlready(Exception):
        """archive() was called on an archived article."""

    class NotArchived(Exception):
        """bring_back() was called on an article that is in use."""

    @transaction.atomic
    def archive(self, *, by: Agent, seen: int, at: datetime) -> None:
        """Nobody outside reads it any more. Raises PermissionDenied, ArchivedAlready, WrittenMeanwhile."""
        policies.demand_publish(by)
        if self.state == State.ARCHIVED:
            raise self.ArchivedAlready
        was = self.state
        self.turn(seen=seen, state=State.ARCHIVED)
        self.tell(ArticleArchived(article_id=self.pk, by_agent_id=by.pk, was=was, at=at))

    @transaction.atomic
    def bring_back(self, *, by: Agent, seen: int, at: datetime) -> None:
        """A draft again: who wants it read publishes it. Raises as `archive`, NotArchived."""
        policies.demand_publish(by)
        if self.state != State.ARCHIVED:
            raise self.NotArchived
        was = self.state
        self.turn(seen=seen, state=State.DRAFT, shown=None, published_at=None)
        self.tell(
            ArticleRestored(article_id=self.pk, by_agent_id=by.pk, was=was, now=State.DRAFT.value, at=at)
        )
