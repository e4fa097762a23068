"""What can have happened to an article."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from handrail.events import Fact


@dataclass(frozen=True, kw_only=True)
class ArticleFact(Fact):
    """A fact about one article."""

    about: ClassVar[str] = "article_id"
    article_id: UUID
    by_agent_id: UUID


@dataclass(frozen=True, kw_only=True)
class ArticleMade(ArticleFact):
    """Somebody began an article. brand_id None: it is for every brand."""

    number: int
    title: str
    audience: str
    language: str
    brand_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ArticleWritten(ArticleFact):
    """It was saved. was, now: numbers of versions; the words of each are kept as a revision."""

    was: int
    now: int


@dataclass(frozen=True, kw_only=True)
class ArticleChanged(ArticleFact):
    """Something about it changed with a save: title, audience, brand, owner, language, category, review_on.

    was, now: words, keys, ids and dates as text; empty where there is none.
    """

    field: str
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class ArticlePublished(ArticleFact):
    """From now on readers see version `now`; None: they saw none before. state: what it was."""

    was: int | None
    now: int
    state: str


@dataclass(frozen=True, kw_only=True)
class ArticleArchived(ArticleFact):
    """Nobody outside reads it any more. was: the state it had."""

    was: str


@dataclass(frozen=True, kw_only=True)
class ArticleRestored(ArticleFact):
    """An archived article is a draft again."""

    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class ArticleVerified(ArticleFact):
    """Somebody found it still true. was, now: the day of its next review, as 2026-11-30; empty for none."""

    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class ArticleUsed(ArticleFact):
    """Somebody put it into what they write on a ticket. how: link or text. mode: reply or note."""

    ticket_id: UUID
    how: str
    mode: str
