"""Reads of articles, shaped for screens. Whoever looks is an argument, and `visible_to` the only door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from handrail.accounts.models import User
from handrail.kit.differing import Piece, difference
from handrail.knowledge.models import Article, Revision, State
from handrail.knowledge.models.article.queryset import Articles
from handrail.knowledge.texts import DESK, HELP
from handrail.search.among import holding_all, holding_any
from handrail.team.models import Agent

PAGE = 50
#: So many are offered to somebody who writes an answer.
OFFERED = 12
#: So many are found at most by words.
FOUND = 200


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words of an article, as one reader sees them."""

    title: str
    summary: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list. further: whether there are more."""

    articles: list[Article]
    number: int
    further: bool


def page_of(agent: Agent, *, which: str, words: str, number: int, today: date) -> Page:
    """Articles at the desk. which: all | drafts | review | archived. Two queries at most."""
    rows = Article.objects.visible_to(agent)
    match which:
        case "drafts":
            rows = rows.filter(state=State.DRAFT)
        case "review":
            rows = rows.to_review(today).order_by("review_on", "number")
        case "archived":
            rows = rows.filter(state=State.ARCHIVED)
        case _:
            rows = rows.exclude(state=State.ARCHIVED)
    rows = rows.select_related("owner", "brand", "shown")
    start, end = (number - 1) * PAGE, number * PAGE + 1
    if words:
        found = _in_order(rows, holding_all(words, kind=_kind(agent), among=rows, limit=end)[start:])
    else:
        found = list(rows[start:end])
    return Page(articles=found[:PAGE], number=number, further=len(found) > PAGE)


def found_at_the_desk(agent: Agent, words: str, *, limit: int) -> list[Article]:
    """Articles that hold the words, best first; the archived ones not."""
    if not agent.may("knowledge.read"):
        return []
    rows = Article.objects.visible_to(agent).exclude(state=State.ARCHIVED).select_related("shown")
    return _in_order(rows, holding_all(words, kind=_kind(agent), among=rows, limit=limit))


def offered(agent: Agent, *, brand_id: UUID, words: str = "", about: str = "") -> list[Article]:
    """Published articles to put into what is written for a brand.

    words: those that hold all of these. Without: those that share words with `about` first, then the newest.
    """
    rows = Article.objects.visible_to(agent).published().select_related("shown")
    rows = rows.filter(brand=None) | rows.filter(brand=brand_id)
    if words:
        return _in_order(rows, holding_all(words, kind=HELP, among=rows, limit=OFFERED))
    alike = holding_any(about, kind=HELP, among=rows, limit=OFFERED)
    newest = rows.exclude(pk__in=alike).order_by("-published_at")[: OFFERED - len(alike)]
    return [*_in_order(rows, alike), *newest]


def article_for(agent: Agent, number: int, *, brand_id: UUID) -> Article | None:
    """One of those that can be put into what is written for a brand."""
    rows = Article.objects.visible_to(agent).published().filter(number=number).select_related("shown")
    article = rows.first()
    return article if article and article.fits(brand_id) else None


def help_article(viewer: User | None, number: int) -> Article | None:
    """What a visitor of the help centre may read under this number."""
    return Article.objects.visible_to(viewer).filter(number=number).select_related("shown", "brand").first()


def help_articles(viewer: User | None, words: str = "") -> list[Article]:
    """What a visitor may read: what holds the words, else everything by category and title."""
    rows = Article.objects.visible_to(viewer).select_related("shown")
    if words:
        return _in_order(rows, holding_all(words, kind=HELP, among=rows, limit=PAGE))
    return list(rows.order_by("category", "shown__title", "number")[:FOUND])


@dataclass(frozen=True, kw_only=True)
class Version:
    """A revision in the list of them. shown: readers see it now."""

    revision: Revision
    shown: bool
    newest: bool


def versions_of(article: Article) -> list[Version]:
    """Every revision, the newest first."""
    rows = list(article.revisions.select_related("by").order_by("-number"))
    return [Version(revision=row, shown=row.pk == article.shown_id, newest=row is rows[0]) for row in rows]


def change_between(before: Revision | None, after: Revision) -> list[Piece]:
    """How the words of one revision differ from those of an earlier one."""
    return difference(before.whole if before else "", after.whole)


def beside(article: Article, typed: str) -> list[Piece]:
    """How words that somebody typed differ from those that are saved."""
    return difference(article.text, typed)


def said_by(article: Article, *, to: Agent) -> Said:
    """What an article says to this agent: its newest words to who may write, else the published ones."""
    source = article if to.may("knowledge.write") or article.shown is None else article.shown
    return Said(title=source.title, summary=source.summary, html=source.html)


def _kind(agent: Agent) -> str:
    """Which texts this agent searches: words that are not published are for those who may write."""
    return DESK if agent.may("knowledge.write") else HELP


def _in_order(rows: Articles, keys: Sequence[UUID]) -> list[Article]:
    """Those of them with these keys, in the order of the keys."""
    found = {article.pk: article for article in rows.filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]
