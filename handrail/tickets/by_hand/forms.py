"""What somebody fills in for a new ticket, checked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from handrail.customers.models import Identity, Person
from handrail.files.models import StoredFile
from handrail.kit.ids import uuid_or_none
from handrail.kit.text import small_letters
from handrail.team.models import Agent, Team
from handrail.tickets import outlets, policies
from handrail.tickets.by_hand.order import Customer, Order
from handrail.tickets.by_hand.ways import MODES, Mode, Way
from handrail.tickets.doing import Action, PutTag, SetPriority, Unfit
from handrail.tickets.forms import WrittenForm
from handrail.tickets.models import Ticket, TicketTemplate
from handrail.tickets.outlets import Outlet
from handrail.tickets.templating.choosing import further, template_for

#: What stands in `person` for somebody who is not known yet.
NEW = "new"
SOLVED = "solved"


class NewTicketForm(WrittenForm):
    """Everything on the page but the custom fields, which are checked with the ticket."""

    way = forms.ChoiceField(label=_("How it came"), choices=Way.choices, widget=forms.RadioSelect)
    outlet = forms.ChoiceField(label=_("From"))
    person = forms.CharField(required=False, max_length=36)
    new_name = forms.CharField(label=_("Name"), required=False, max_length=200, strip=True)
    new_email = forms.EmailField(label=_("Mail address"), required=False, max_length=254)
    subject = forms.CharField(label=_("Subject"), max_length=500, strip=True)
    mode = forms.ChoiceField(choices=Mode.choices)
    team = forms.ChoiceField(label=_("Team"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), required=False, choices=Ticket.Priority.choices)
    tag = forms.CharField(label=_("Tags"), required=False, max_length=500)
    closing = forms.CharField(required=False, max_length=10)

    def __init__(self, *args: Any, agent: Agent, files: Sequence[StoredFile] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent, self.hung = agent, files
        for name, usual in (("way", Way.PHONE), ("priority", Ticket.Priority.NORMAL)):
            self.initial.setdefault(name, usual)
        self._offer("outlet", [(each.key, each.label) for each in self.outlets])
        self._offer("team", [("", _("The team of that address")), *_pairs(self.teams)])
        self._offer("owner", [("", _("Nobody yet")), *_pairs(self.owners)])

    @cached_property
    def outlets(self) -> list[Outlet]:
        return outlets.offered(self.agent)

    @property
    def now(self) -> Any:
        """What stands in it now, sent or begun."""
        return self.data if self.is_bound else self.initial

    @cached_property
    def chosen_outlet(self) -> Outlet | None:
        """From where it speaks as things stand: the first where nothing was chosen."""
        chosen = self.now.get("outlet", "")
        first = self.outlets[0] if self.outlets else None
        return next((each for each in self.outlets if each.key == chosen), first)

    @property
    def chosen_way(self) -> str:
        chosen: str = self.now.get("way", "")
        return chosen if chosen in Way.values else Way.PHONE

    @cached_property
    def teams(self) -> list[Team]:
        brand = self.chosen_outlet.brand_id if self.chosen_outlet else None
        return list(Team.objects.filter(brand=brand).order_by("name")) if brand else []

    @cached_property
    def owners(self) -> list[Agent]:
        """Who may own it: colleagues at work for that brand; without the right to assign only oneself."""
        if not policies.may_assign(self.agent):
            return [self.agent]
        brand = self.chosen_outlet.brand_id if self.chosen_outlet else None
        at_work = Agent.objects.visible_to(self.agent).available().filter(user__brands=brand)
        return list(at_work.order_by("name")) if brand else []

    @property
    def modes(self) -> list[Mode]:
        """What can be written on this way by this agent, the usual first."""
        may = {Mode.MAIL: policies.may_reply(self.agent), Mode.NOTE: policies.may_note(self.agent)}
        return [mode for mode in MODES[self.chosen_way] if may.get(mode, True)]

    @property
    def chosen_mode(self) -> str:
        """The chosen one, as long as it belongs to the way; else the usual one."""
        chosen = self.now.get("mode", "")
        is_of_way = self.now.get("mode_of", self.chosen_way) == self.chosen_way
        return chosen if chosen in self.modes and is_of_way else self.modes[0]

    @cached_property
    def known(self) -> Person | None:
        """The chosen customer, if this agent may know them."""
        key = uuid_or_none(self.now.get("person", ""))
        seen = Person.objects.visible_to(self.agent.user).select_related("organisation")
        return seen.filter(pk=key).first() if key else None

    @cached_property
    def template(self) -> TicketTemplate | None:
        """The one it begins with."""
        return template_for(uuid_or_none(str(self.now.get("template", ""))), agent=self.agent)

    @property
    def address(self) -> str:
        """To which the customer is written; empty when none is known."""
        if self.known:
            mails = self.known.identities.filter(kind=Identity.Kind.EMAIL).order_by("created_at", "id")
            return mails.values_list("value", flat=True).first() or ""
        return small_letters(str(self.now.get("new_email", "")).strip())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_customer(cleaned)
        self._check_words(cleaned)
        cleaned["actions"] = self._actions(cleaned)
        return cleaned

    def order(self, fields: dict[str, object]) -> Order:
        """What was decided. fields: the custom fields as they were typed."""
        given, outlet = self.cleaned_data, self.chosen_outlet
        assert outlet is not None
        mode = Mode(given["mode"])
        return Order(
            way=Way(given["way"]),
            outlet=outlet,
            customer=self._customer(given),
            subject=given["subject"],
            mode=mode,
            text=self.text if mode != Mode.NONE else "",
            html=self.html if mode != Mode.NONE else "",
            files=self.hung if mode != Mode.NONE else (),
            team=self._team(given["team"], outlet),
            owner=next((each for each in self.owners if str(each.pk) == given["owner"]), None),
            actions=[*given["actions"], *further(self.template, by=self.agent)[0]],
            fields=fields,
            template=self.template,
            closing=SOLVED if given["closing"] and policies.may_close(self.agent) else "",
        )

    def _customer(self, given: dict[str, Any]) -> Customer | None:
        if given["way"] == Way.INTERNAL:
            return None
        if self.known:
            return Customer(person=self.known, name=self.known.name, address=self.address)
        return Customer(name=given["new_name"], address=self.address)

    def _team(self, chosen: str, outlet: Outlet) -> Team | None:
        """Else the address's; else, for who sees no further than their teams, one of those."""
        mine = set(self.agent.team_ids)
        usual = next((each.pk for each in self.teams if each.pk in mine), None)
        wanted = UUID(chosen) if chosen else outlet.team_id or usual
        return next((each for each in self.teams if each.pk == wanted), None)

    def _check_customer(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("way") == Way.INTERNAL or self.known:
            return
        if self.now.get("person") != NEW:
            self.add_error("person", _("Say who it is for."))
        elif not cleaned.get("new_name") and not cleaned.get("new_email") and "new_email" not in self.errors:
            self.add_error("new_name", _("A name or an address, at least."))

    def _check_words(self, cleaned: dict[str, Any]) -> None:
        mode = cleaned.get("mode", "")
        if mode not in self.modes:
            self.add_error("mode", _("Choose what is written."))
        elif mode != Mode.NONE and not cleaned.get("body") and not self.hung:
            self.add_error("body", _("Write something first, or choose “Nothing yet”."))
        if mode == Mode.MAIL and not self.address and "new_email" not in self.errors:
            self.add_error("mode", _("There is no mail address to write to."))

    def _actions(self, cleaned: dict[str, Any]) -> list[Action]:
        """Priority and tags; who may not change them gets the usual."""
        found: list[Action] = []
        if not policies.may_change(self.agent):
            return found
        priority = cleaned.get("priority")
        if priority and int(priority) != Ticket.Priority.NORMAL:
            found.append(SetPriority.read(priority, by=self.agent))
        try:
            names = [name for name in cleaned.get("tag", "").split(",") if name.strip()]
            found += [PutTag.read(name, by=self.agent) for name in names]
        except Unfit as unfit:
            raise ValidationError({"tag": str(unfit)}) from None
        return found

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _pairs(rows: Sequence[Team] | Sequence[Agent]) -> list[tuple[str, Any]]:
    return [(str(row.pk), row.name) for row in rows]
