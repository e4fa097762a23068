"""An article is published: readers see the words it has then."""

from datetime import datetime

from django.db import transaction

from handrail.knowledge import policies
from handrail.knowledge.events import ArticlePublished
from handrail.knowledge.models.article.base import ArticleBase, State
from handrail.knowledge.models.revision import Revision
from handrail.team.models import Agent


class Publishing(ArticleBase):
    """What is written becomes what is read, by somebody who may decide that."""

    class Meta:
        abstract = True

    class PublishedAlready(Exception):
        """publish() was called and readers see these very words."""

    @transaction.atomic
    def publish(self, *, by: Agent, seen: int, at: datetime) -> None:
        """Show readers the newest words. Raises PermissionDenied, PublishedAlready, WrittenMeanwhile."""
        policies.demand_publish(by)
        if self.state == State.PUBLISHED and not self.has_unpublished_words:
            raise self.PublishedAlready
        was, state = self.shown.number if self.shown else None, self.state
        newest = Revision.objects.filter(article=self.pk, number__lte=seen).order_by("-number").first()
        if newest is None:
            raise self.WrittenMeanwhile
        self.turn(seen=seen, state=State.PUBLISHED, shown=newest, published_at=at)
        self.tell(
            ArticlePublished(
                article_id=self.pk, by_agent_id=by.pk, was=was, now=newest.number, state=state, at=at
            )
        )
