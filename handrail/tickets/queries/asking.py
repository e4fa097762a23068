"""Who asks for tickets, and what the fields of their question mean: conditions on tickets, nothing seen yet.

None of these narrows to what may be seen: that is `visible_to`, before any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from handrail.customers.models import Identity, Organisation, Person
from handrail.kit.text import small_letters
from handrail.search.holding import texts_with
from handrail.search.language import Value, Words, refuse
from handrail.team.models import Agent, Team
from handrail.tickets.checklists.asking import with_checklist
from handrail.tickets.models import (
    Attachment,
    Draft,
    Mention,
    Message,
    PlannedReply,
    Snooze,
    Tag,
    Tagging,
    Ticket,
    Visit,
)
from handrail.tickets.stages import stages

#: What colleagues may search; customers never search notes.
COLLEAGUES_READ = ("message", "note")


@dataclass(frozen=True, kw_only=True)
class Asker:
    """An agent who asks. now: when; zone: where their days begin."""

    agent: Agent
    now: datetime
    zone: tzinfo

    @property
    def agent_id(self) -> UUID:
        return self.agent.pk


def asker_of(agent: Agent, *, at: datetime) -> Asker:
    """This agent, asking at this moment."""
    return Asker(agent=agent, now=at, zone=ZoneInfo(agent.user.timezone))


def with_words(words: Sequence[Words], _asker: Any) -> Q:
    """One message or note holds all of these; a number alone is also a ticket's number."""
    plain = [(each.text, each.exact) for each in words]
    found = Q(pk__in=texts_with(plain, kinds=COLLEAGUES_READ))
    number = number_in(words)
    return found | Q(number=number) if number is not None else found


def number_in(words: Sequence[Words]) -> int | None:
    """The number of a ticket, when nothing but one was written: “1042” or “#1042”."""
    bare = words[0].text.removeprefix("#") if len(words) == 1 and not words[0].exact else ""
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 16 else None


def with_subject(value: Value, _asker: Any) -> Q:
    """The subject holds this text; the index of words finds the candidates."""
    found = Q(subject__icontains=value.text)
    if any(each.isalnum() for each in value.text):
        found &= Q(pk__in=texts_with([(value.text, False)], kinds=("message", "note"), titles=True))
    return found


def in_status(value: Value, _asker: Any) -> Q:
    """One of the categories, live or done, or a status that an admin named."""
    key = value.text.lower()
    if key in Ticket.Status.values:
        return Q(status=key)
    if key in ("live", "done"):
        return Q(status__in=Ticket.LIVE if key == "live" else Ticket.DONE)
    stage = stages().by_key(key)
    if stage is None:
        known = [*Ticket.Status.values, "live", "done", *(each.key for each in stages().offered)]
        raise refuse(value, _("“%(word)s” is no status.") % {"word": value.text}, known=dict.fromkeys(known))
    return Q(status=str(stage.category), stage=stage.id)


def owned_by(value: Value, asker: Asker) -> Q:
    """me, nobody, or colleagues by address or a part of their name."""
    word = value.text.lower()
    if word == "me":
        return Q(owner=asker.agent_id)
    if word in ("nobody", "none"):
        return Q(owner=None)
    return Q(owner__in=_colleagues(value.text))


def of_team(value: Value, asker: Asker) -> Q:
    """mine, none, or a team by its key or name."""
    word = value.text.lower()
    if word in ("mine", "my"):
        return Q(team__in=asker.agent.team_ids)
    if word in ("none", "nobody"):
        return Q(team=None)
    return Q(team__in=Team.objects.filter(Q(key=word) | Q(name__iexact=value.text)).order_by().values("pk"))


def of_brand(value: Value, _asker: Any) -> Q:
    """A brand by its key or name."""
    return Q(brand__key=value.text.lower()) | Q(brand__name__iexact=value.text)


def from_customer(value: Value, _asker: Any) -> Q:
    """Asked by somebody with this address, or with this in their name."""
    return Q(requester__in=_people(value.text))


def from_sender(value: Value, _asker: Any) -> Q:
    """Somebody with this address, or with this in their name, wrote a message on it."""
    return Q(pk__in=Message.objects.filter(person__in=_people(value.text)).order_by().values("ticket"))


def of_organisation(value: Value, _asker: Any) -> Q:
    """The customer belongs to an organisation with this in its name; “none”: to none."""
    if value.text.lower() == "none":
        return Q(requester__organisation=None)
    found = Organisation.objects.filter(name__icontains=value.text).order_by().values("pk")
    return Q(requester__in=Person.objects.filter(organisation__in=found).order_by().values("pk"))


def with_tag(value: Value, _asker: Any) -> Q:
    """A tag by its name; “parcel*”: every tag that begins so."""
    name = " ".join(value.text.lower().split())
    if name.endswith("*"):
        return Q(pk__in=Tagging.objects.filter(tag__name__startswith=name[:-1]).values("ticket"))
    one = Tag.objects.filter(name=name).values("pk")[:1]  # one value: the planner knows how common it is
    return Q(Exists(Tagging.objects.filter(ticket=OuterRef("pk"), tag=one)))


def mentioning(value: Value, asker: Asker) -> Q:
    """me, or colleagues by address or a part of their name, were named in a note."""
    if value.text.lower() == "me":
        return mentioned(asker.agent_id)
    return Q(pk__in=Mention.objects.filter(agent__in=_colleagues(value.text)).values("message__ticket"))


def mentioned(agent_id: UUID) -> Q:
    """The agent was named in a note on it; the id may be a stand-in."""
    return Q(pk__in=Mention.objects.filter(agent=agent_id).values("message__ticket"))


def in_language(value: Value, _asker: Any) -> Q:
    """“de” is also “de-AT”."""
    return Q(language__iexact=value.text) | Q(language__istartswith=f"{value.text}-")


def over_channel(value: Value, _asker: Any) -> Q:
    """The way it came, by the channel's name."""
    return Q(channel=value.text.lower())


def unread(asker: Asker) -> Q:
    """The customer wrote since this agent last looked, and it is our turn."""
    seen = Visit.objects.filter(
        agent=asker.agent_id, ticket=OuterRef("pk"), at__gte=OuterRef("last_received_at")
    )
    return Q(status__in=["new", "open"]) & ~Q(Exists(seen))


def _with(rows: Any) -> Q:
    return Q(Exists(rows.filter(ticket=OuterRef("pk"))))


#: The values of `is:`.
STATES = {
    "unread": unread,
    "unanswered": lambda _asker: Q(status__in=Ticket.LIVE, waiting_since__isnull=False),
    "mine": lambda asker: Q(owner=asker.agent_id),
    "unassigned": lambda _asker: Q(owner=None),
    "snoozed": lambda _asker: Q(Exists(Snooze.objects.filter(hold__ticket=OuterRef("pk")))),
    "mentioned": lambda asker: mentioned(asker.agent_id),
    "live": lambda _asker: Q(status__in=Ticket.LIVE),
    "done": lambda _asker: Q(status__in=Ticket.DONE),
}

#: The values of `has:`.
THINGS = {
    "file": lambda _asker: Q(
        Exists(Attachment.objects.filter(message__ticket=OuterRef("pk"), inline=False).order_by())
    ),
    "note": lambda _asker: _with(Message.objects.filter(kind=Message.Kind.NOTE).order_by()),
    "mention": lambda _asker: Q(Exists(Mention.objects.filter(message__ticket=OuterRef("pk")))),
    "reply": lambda _asker: _with(Message.objects.filter(kind=Message.Kind.REPLY).order_by()),
    "draft": lambda asker: _with(Draft.objects.filter(agent=asker.agent_id)),
    "tag": lambda _asker: _with(Tagging.objects.all()),
    "owner": lambda _asker: Q(owner__isnull=False),
    "checklist": with_checklist,
    "planned": lambda asker: Q(
        Exists(PlannedReply.objects.filter(message__ticket=OuterRef("pk"), message__due_at__gt=asker.now))
    ),
}


def _colleagues(text: str) -> Any:
    narrowed = Q(user__email__iexact=text) if "@" in text else Q(name__icontains=text)
    return Agent.objects.filter(narrowed).order_by().values("pk")


def _people(text: str) -> Any:
    if "@" in text:
        return Identity.objects.filter(value=small_letters(text.strip())).values("person")
    return Person.objects.filter(name__icontains=text).order_by().values("pk")
