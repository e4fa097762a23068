"""The words in which tickets are asked for. `docs/reference/filter-language.md` is made from this table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Exists, F, OrderBy, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.search.language import Choice, Field, Vocabulary, vocabulary_of
from handrail.search.language.fields import any_of, moment, number, one_of
from handrail.search.language.values import NAMED, whole_number
from handrail.team.models import Agent, Team
from handrail.tickets.checklists import asking as tasks
from handrail.tickets.models import Tag, Tagging, Ticket
from handrail.tickets.queries import asking
from handrail.tickets.queries.asking import STATES, THINGS, Asker
from handrail.tickets.queries.asking_fields import field_to_sort_by, set_up_fields, sorts_by_fields
from handrail.tickets.stages import stages

Said = str | Promise
SHOWN = 12
_PRIORITIES = {label.name.lower(): int(label) for label in Ticket.Priority}
_AGES = ("1h", "4h", "1d", "7d", "30d")

_STATE_WORDS: dict[str, Said] = {
    "unread": _("the customer wrote since you last looked"),
    "unanswered": _("the customer waits for a word from us"),
    "mine": _("yours"),
    "unassigned": _("nobody’s"),
    "snoozed": _("put away until later"),
    "mentioned": _("you were named in a note"),
    "live": _("still work"),
    "done": _("solved, closed, merged or spam"),
}
_THING_WORDS: dict[str, Said] = {
    "file": _("a file came with a message"),
    "note": _("an internal note"),
    "mention": _("somebody was named in a note"),
    "reply": _("an answer of ours"),
    "draft": _("something you have begun to write"),
    "tag": _("at least one tag"),
    "owner": _("somebody who answers for it"),
    "planned": _("an answer that waits for its moment"),
    "checklist": _("a checklist"),
}

#: The fields whose values are known words, and what those mean; for the reference.
VALUES: dict[str, dict[str, Said]] = {
    "is": _STATE_WORDS,
    "has": _THING_WORDS,
    "due": {word: says for word, says in tasks.DUE_WORDS.items() if says},
    "tasks": tasks.TASK_WORDS,
}

#: By what it can be sorted: the columns, and what the order means. Ascending as it stands.
SORTS: dict[str, tuple[str, Said]] = {
    "waiting": ("waiting_since", _("the longest wait first")),
    "updated": ("updated_at", _("the oldest change first")),
    "created": ("created_at", _("the oldest first")),
    "received": ("last_received_at", _("the oldest word of the customer first")),
    "priority": ("priority", _("the least urgent first")),
    "due": ("due_at", _("what is due first, first")),
    "number": ("number", _("the smallest number first")),
    "subject": ("subject", _("by subject")),
    "status": ("status", _("by status")),
    "owner": ("owner__name", _("by owner")),
    "team": ("team__name", _("by team")),
}


def order_of(name: str, *, backwards: bool) -> OrderBy:
    """The order of one sort key. What has no value comes last either way."""
    column: Any = F(SORTS[name][0]) if name in SORTS else field_to_sort_by(name)
    return OrderBy(column, descending=backwards, nulls_last=True)


def _fixed(words: Mapping[str, Said]) -> Callable[[str, Any], list[Choice]]:
    """The choices of a field with known words."""

    def choices(begun: str, _asker: Any) -> list[Choice]:
        return [Choice(text=word, says=says) for word, says in words.items() if word.startswith(begun)]

    return choices


def _statuses(begun: str, asker: Any) -> list[Choice]:
    named = {stage.key: stage.words for stage in stages().all if not stage.retired}
    return _fixed({**named, "live": _("still work"), "done": _("over")})(begun, asker)


def _colleagues(begun: str, asker: Asker) -> list[Choice]:
    people = Agent.objects.available().filter(user__brands__in=asker.agent.brand_ids, name__icontains=begun)
    names = people.distinct().order_by("name").values_list("name", flat=True)[:SHOWN]
    words = {"me": _("you"), "nobody": _("nobody")}
    return [*_fixed(words)(begun, asker), *_named(names)]


def _teams(begun: str, asker: Asker) -> list[Choice]:
    teams = Team.objects.filter(brand__in=asker.agent.brand_ids, name__icontains=begun)
    known = [Choice(text=team.key, says=team.name) for team in teams.order_by("name")[:SHOWN]]
    return [*_fixed({"mine": _("your teams"), "none": _("no team")})(begun, asker), *known]


def _brands(begun: str, asker: Asker) -> list[Choice]:
    brands = Brand.objects.filter(pk__in=asker.agent.brand_ids, name__icontains=begun).order_by("name")
    return [Choice(text=brand.key, says=brand.name) for brand in brands[:SHOWN]]


def _tags(begun: str, asker: Asker) -> list[Choice]:
    """Tags on tickets that this agent may see."""
    seen = Tagging.objects.filter(tag=OuterRef("pk"), ticket__in=Ticket.objects.visible_to(asker.agent))
    used = Tag.objects.filter(Exists(seen), name__startswith=begun).order_by("name")
    return _named(used.values_list("name", flat=True)[:SHOWN])


def _named(names: Iterable[str]) -> list[Choice]:
    return [Choice(text=name) for name in names]


def _moments(begun: str, asker: Any) -> Sequence[Choice]:
    return _fixed(dict.fromkeys((*_AGES, *NAMED[:6]), ""))(begun, asker)


def _priority(text: str) -> int | None:
    return _PRIORITIES.get(text.lower()) or whole_number(text)


_FIELDS: list[Field[Asker]] = [
    Field(
        name="status",
        says=_("where it stands"),
        example="status:open,waiting",
        condition=any_of(asking.in_status),
        choices=_statuses,
    ),
    Field(
        name="is",
        says=_("what is true of it"),
        example="is:unread",
        condition=one_of(STATES),
        choices=_fixed(_STATE_WORDS),
    ),
    Field(
        name="has",
        says=_("what is with it"),
        example="has:file",
        condition=one_of(THINGS),
        choices=_fixed(_THING_WORDS),
    ),
    Field(
        name="owner",
        says=_("who answers for it"),
        example="owner:me",
        condition=any_of(asking.owned_by),
        choices=_colleagues,
    ),
    Field(
        name="team",
        says=_("whose team"),
        example="team:mine",
        condition=any_of(asking.of_team),
        choices=_teams,
    ),
    Field(
        name="priority",
        says=_("how urgent"),
        example="priority>=high",
        condition=number("priority", read=_priority),
        choices=_fixed({label.name.lower(): label.label for label in Ticket.Priority}),
        compares=True,
    ),
    Field(
        name="tag", says=_("a tag"), example="tag:refund", condition=any_of(asking.with_tag), choices=_tags
    ),
    Field(
        name="waiting",
        says=_("how long the customer waits"),
        example="waiting>4h",
        condition=moment("waiting_since"),
        choices=_moments,
        compares=True,
    ),
    Field(
        name="created",
        says=_("when it was opened"),
        example="created:today",
        condition=moment("created_at"),
        choices=_moments,
        compares=True,
        aliases=("opened",),
    ),
    Field(
        name="updated",
        says=_("when something last happened"),
        example="updated<2026-11-01",
        condition=moment("updated_at"),
        choices=_moments,
        compares=True,
    ),
    Field(
        name="received",
        says=_("when the customer last wrote"),
        example="received:this-week",
        condition=moment("last_received_at"),
        choices=_moments,
        compares=True,
    ),
    Field(
        name="snoozed",
        says=_("until when it was put away"),
        example="snoozed:tomorrow",
        condition=moment("held__snooze__until"),
        choices=_fixed({"today": "", "tomorrow": "", "this-week": "", "next-week": ""}),
        compares=True,
    ),
    Field(
        name="due",
        says=_("until when it shall be done"),
        example="due<3d",
        condition=tasks.due,
        choices=_fixed(tasks.DUE_WORDS),
        compares=True,
    ),
    Field(
        name="tasks",
        says=_("how its tasks stand"),
        example="tasks:open",
        condition=one_of(tasks.TASKS),
        choices=_fixed(tasks.TASK_WORDS),
    ),
    Field(
        name="closed",
        says=_("when it was closed"),
        example="closed:last-week",
        condition=moment("closure__at"),
        choices=_moments,
        compares=True,
    ),
    Field(
        name="customer",
        says=_("who asked: an address or a name"),
        example="customer:vera@nordlys.example",
        condition=any_of(asking.from_customer),
        aliases=("requester",),
    ),
    Field(
        name="organisation",
        says=_("where the customer belongs"),
        example='organisation:"Nordlys Books"',
        condition=any_of(asking.of_organisation),
        aliases=("org",),
    ),
    Field(
        name="from",
        says=_("who wrote a message on it"),
        example="from:vera",
        condition=any_of(asking.from_sender),
    ),
    Field(
        name="mentions",
        says=_("who was named in a note"),
        example="mentions:me",
        condition=any_of(asking.mentioning),
        choices=_colleagues,
    ),
    Field(
        name="subject",
        says=_("what stands in the subject"),
        example='subject:"late parcel"',
        condition=any_of(asking.with_subject),
    ),
    Field(
        name="number",
        says=_("the number"),
        example="number:1042",
        condition=number("number"),
        compares=True,
    ),
    Field(
        name="brand",
        says=_("the brand"),
        example="brand:harbour",
        condition=any_of(asking.of_brand),
        choices=_brands,
    ),
    Field(
        name="channel",
        says=_("the way it came"),
        example="channel:email",
        condition=any_of(asking.over_channel),
        choices=_fixed(
            {
                "email": _("Mail"),
                "portal": _("Help centre"),
                "phone": _("Phone"),
                "in_person": _("In person"),
                "internal": _("Internal"),
            }
        ),
    ),
    Field(
        name="language",
        says=_("the language of the customer"),
        example="language:de",
        condition=any_of(asking.in_language),
    ),
]

TICKETS: Vocabulary[Asker] = vocabulary_of(
    _FIELDS,
    search=asking.with_words,
    sorts={name: says for name, (_column, says) in SORTS.items()},
    further=set_up_fields,
    further_sorts=sorts_by_fields,
)
