"""An article is written, by several people after each other and never over each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db import transaction

from handrail.accounts.models import Brand
from handrail.kit import html as markup
from handrail.knowledge import policies
from handrail.knowledge.events import ArticleChanged, ArticleMade, ArticleWritten
from handrail.knowledge.models.article.base import ArticleBase, State, next_number
from handrail.knowledge.models.revision import Revision
from handrail.team.models import Agent

_WORDS = ("title", "summary", "html")
_TOLD = ("title", "audience", "brand", "owner", "language", "category", "review_on")
#: What readers of a published article notice at once: who they are, and where they find it.
NOTICED_AT_ONCE = ("audience", "brand", "language", "category")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """All that a writer decides. html: of the editor; it is reduced to what that can write."""

    title: str
    summary: str = ""
    html: str
    audience: str
    brand: Brand | None
    owner: Agent
    language: str
    category: str = ""
    review_on: date | None = None


class Writing(ArticleBase):
    """An article can be begun, written in, and put back to words it had."""

    class Meta:
        abstract = True

    @classmethod
    @transaction.atomic
    def make(cls, sheet: Sheet, *, by: Agent, at: datetime) -> Self:
        """A new draft. Raises PermissionDenied."""
        policies.demand_write(by)
        article = cls(number=next_number(), made_by=by, written_by=by, **_columns(sheet))
        article.created_at = article.updated_at = at
        article.save(force_insert=True)
        article._keep(by=by, at=at)
        made = {"title": article.title, "audience": article.audience, "language": article.language}
        article.tell(
            ArticleMade(
                article_id=article.pk,
                by_agent_id=by.pk,
                number=article.number,
                brand_id=article.brand_id,
                at=at,
                **made,
            )
        )
        return article

    @transaction.atomic
    def write(self, sheet: Sheet, *, by: Agent, seen: int, at: datetime) -> None:
        """Save it; readers of a published article see the words once they are published.

        seen: the version that was open before. A sheet that says what is there already changes nothing.
        Raises WrittenMeanwhile, and PermissionDenied: what readers notice at once, publishers decide.
        """
        policies.demand_write(by)
        columns = _columns(sheet)
        was = {name: getattr(self, name) for name in columns}
        changed = [name for name in columns if was[name] != columns[name]]
        if self.state == State.PUBLISHED and set(changed) & set(NOTICED_AT_ONCE):
            policies.demand_publish(by)
        if not changed and seen == self.version:
            return
        self.turn(seen=seen, written_by=by, updated_at=at, **columns)
        self._keep(by=by, at=at)
        for name, before, now in _differences(was, columns):
            self.tell(
                ArticleChanged(article_id=self.pk, by_agent_id=by.pk, field=name, was=before, now=now, at=at)
            )
        self.tell(ArticleWritten(article_id=self.pk, by_agent_id=by.pk, was=seen, now=self.version, at=at))

    def restore(self, revision: Revision, *, by: Agent, seen: int, at: datetime) -> None:
        """Give it the words of an earlier revision again, as a new version. Raises as `write`."""
        now = {name: getattr(self, name) for name in _columns_of_sheet() if name not in _WORDS}
        words = {name: getattr(revision, name) for name in _WORDS}
        self.write(Sheet(**words, **now), by=by, seen=seen, at=at)

    def _keep(self, *, by: Agent, at: datetime) -> None:
        words = {name: getattr(self, name) for name in (*_WORDS, "text")}
        Revision.objects.create(article_id=self.pk, number=self.version, by=by, at=at, **words)


def _columns_of_sheet() -> tuple[str, ...]:
    return tuple(Sheet.__dataclass_fields__)


def _columns(sheet: Sheet) -> dict[str, object]:
    html = markup.strict(sheet.html)
    columns = {name: getattr(sheet, name) for name in _columns_of_sheet()}
    return {**columns, "html": html, "text": markup.text_of_written(html)}


def _differences(was: dict[str, object], now: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """What is told of a change beside the words, which are kept as revisions: (field, was, now)."""
    for name in _TOLD:
        if was[name] != now[name]:
            yield name, _plain(was[name]), _plain(now[name])


def _plain(value: object) -> str:
    if isinstance(value, Brand | Agent):
        return str(value.pk)
    return "" if value is None else str(value)
