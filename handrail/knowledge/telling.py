"""What happened to an article, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.events.queries import facts_about
from handrail.knowledge import events
from handrail.knowledge.events import ArticleFact
from handrail.knowledge.models import Audience
from handrail.team.queries import names_of

#: What is called how, where a change of it is told.
FIELDS = {
    "title": gettext_lazy("title"),
    "audience": gettext_lazy("readers"),
    "brand": gettext_lazy("brand"),
    "owner": gettext_lazy("owner"),
    "language": gettext_lazy("language"),
    "category": gettext_lazy("category"),
    "review_on": gettext_lazy("next review"),
}
#: Their values are ids, which say nothing to people.
_BY_ID = {"brand", "owner"}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One line: who did what, and when."""

    who: str
    words: str
    at: datetime


def told_about(article_id: UUID) -> list[Told]:
    """Everything that was done to it, the newest first; two queries. Its uses are counted elsewhere."""
    facts = [fact for fact in facts_about(article_id) if isinstance(fact, ArticleFact)]
    told = [fact for fact in facts if not isinstance(fact, events.ArticleUsed)]
    names = names_of({fact.by_agent_id for fact in told}, set())
    return [
        Told(who=names.get(fact.by_agent_id, ""), words=_words_for(fact), at=fact.at)
        for fact in reversed(told)
    ]


def _words_for(fact: ArticleFact) -> str:
    match fact:
        case events.ArticleMade():
            return _("began it")
        case events.ArticleWritten():
            return _("saved version %(number)s") % {"number": fact.now}
        case events.ArticlePublished():
            return _("published version %(number)s") % {"number": fact.now}
        case events.ArticleArchived():
            return _("archived it")
        case events.ArticleRestored():
            return _("made it a draft again")
        case events.ArticleVerified():
            return _("found it true until %(day)s") % {"day": _day(fact.now)}
        case events.ArticleChanged():
            return _change(fact)
        case _:
            return ""


def _change(fact: events.ArticleChanged) -> str:
    name = FIELDS.get(fact.field, fact.field)
    if fact.field in _BY_ID:
        return _("changed the %(field)s") % {"field": name}
    was, now = (_value(fact.field, value) for value in (fact.was, fact.now))
    return _("changed the %(field)s from “%(was)s” to “%(now)s”") % {"field": name, "was": was, "now": now}


def _value(field: str, value: str) -> str:
    if field == "audience":
        return str(Audience(value).label)
    return _day(value) if field == "review_on" and value else value


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text), "DATE_FORMAT")
