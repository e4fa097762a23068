"""An article is put into what somebody writes on a ticket: a link to it, or its words."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from handrail.kit import html as markup
from handrail.knowledge import addresses
from handrail.knowledge.events import ArticleUsed
from handrail.knowledge.models import Article, Audience
from handrail.team.models import Agent
from handrail.tickets.models import Draft, Ticket
from handrail.tickets.unfit import Unfit
from handrail.ui.reading import own_words


class How(models.TextChoices):
    """What of an article is put in."""

    LINK = "link", "link"
    TEXT = "text", "text"


@dataclass(frozen=True, kw_only=True)
class Inserted:
    """What is put in. html: what our editor can write; text: the same in plain words."""

    html: str
    text: str

    @property
    def words(self) -> SafeString:
        """As a page may hold it."""
        return own_words(self.html)


def may_go_into(article: Article, mode: str) -> bool:
    """Into an answer goes only what customers may read."""
    return article.is_outside or mode == Draft.Mode.NOTE


@transaction.atomic
def insert(article: Article, *, how: str, mode: str, ticket: Ticket, by: Agent, at: datetime) -> Inserted:
    """What is put in, and that it was is told. Raises Unfit."""
    if not may_go_into(article, mode):
        raise Unfit(_("Only colleagues may read it. Put it into a note."))
    article.tell(
        ArticleUsed(article_id=article.pk, by_agent_id=by.pk, ticket_id=ticket.pk, how=how, mode=mode, at=at)
    )
    html = _link_to(article) if how == How.LINK else _words_of(article)
    return Inserted(html=html, text=markup.text_of_written(html))


def insert_into_draft(
    article: Article, *, how: str, mode: str, ticket: Ticket, by: Agent, at: datetime
) -> None:
    """The same for somebody without script: it stands below what they have written. Raises Unfit."""
    put = insert(article, how=how, mode=mode, ticket=ticket, by=by, at=at)
    draft = Draft.begun(ticket_id=ticket.pk, by=by, at=at)
    draft.add_words(text=put.text, html=put.html, mode=mode, at=at)


def _link_to(article: Article) -> str:
    """Colleagues alone are led to the desk, by an address that tells nothing but a number."""
    address = addresses.at_help(article) if article.is_outside else addresses.at_the_desk(article)
    title = article.shown.title if article.shown else article.title
    return str(format_html('<p><a href="{}">{}</a></p>', address, title))


def _words_of(article: Article) -> str:
    """What is for colleagues alone names where it comes from: by that it is known again before it leaves."""
    words = article.shown.html if article.shown else article.html
    return words if article.audience != Audience.COLLEAGUES else words + _link_to(article)
