"""The page of a new ticket: its form, the customer beside it, and what will happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from handrail.customers.queries import Card, PersonRow, card_of, people_page
from handrail.fields.checking import checked
from handrail.fields.field import Noun
from handrail.fields.nouns import finder
from handrail.fields.posted import Cell, cells_of, given_in
from handrail.fields.queries import setup_of
from handrail.files.models import StoredFile
from handrail.kit import clock
from handrail.team.models import Agent
from handrail.tickets import stages
from handrail.tickets.by_hand.forms import NEW, NewTicketForm
from handrail.tickets.by_hand.ways import Mode, Way
from handrail.tickets.circumstances import circumstances_of, usual_values
from handrail.tickets.doing import Action
from handrail.tickets.macros.filling import filled, names_in
from handrail.tickets.macros.variables import values_on
from handrail.tickets.models import Ticket, TicketTemplate
from handrail.tickets.queries import Row, tickets_of_person
from handrail.tickets.templating.choosing import further, templates_for

#: So many people are offered for what was typed, and so many tickets of theirs shown.
OFFERED = 8


@dataclass(frozen=True, kw_only=True)
class Screen:
    """sent: what stands on the form, typed or kept. form: of the same; bound once somebody opened it."""

    key: UUID
    agent: Agent
    sent: QueryDict
    form: NewTicketForm
    hung: list[StoredFile]
    problems: Mapping[str, str]
    others: int = 0

    @property
    def is_internal(self) -> bool:
        return self.form.chosen_way == Way.INTERNAL

    @property
    def is_new(self) -> bool:
        """Whether somebody new is being named."""
        return not self.form.known and self.sent.get("person") == NEW

    @cached_property
    def card(self) -> Card | None:
        """The chosen customer."""
        known = self.form.known
        return card_of(known.pk, viewer=self.agent.user) if known else None

    @cached_property
    def tickets(self) -> list[Row]:
        """What this customer asked before, the newest first, as far as the agent may see it."""
        known = self.form.known
        return tickets_of_person(known.pk, agent=self.agent, limit=OFFERED) if known else []

    @property
    def template(self) -> TicketTemplate | None:
        """With which it begins."""
        return self.form.template

    @cached_property
    def further(self) -> tuple[list[Action], list[str]]:
        """What the template does besides what the form shows, and why some of it cannot be done."""
        return further(self.template, by=self.agent)

    @cached_property
    def templates(self) -> list[TicketTemplate]:
        """Those that can be chosen."""
        return templates_for(self.agent)

    @cached_property
    def reads(self) -> str:
        """What the words with names in braces will say to the chosen customer; empty where there are none."""
        text, known = str(self.form.now.get("body", "")), self.form.known
        if not (self.template and known and names_in(text)):
            return ""
        sketch = self._sketch()
        sketch.requester, sketch.subject = known, str(self.form.now.get("subject", ""))[:500]
        sketch.created_at = at = clock.now()
        values = values_on(sketch, by=self.agent, language=known.language, at=at)
        values |= {"customer.email": self.form.address, "ticket.number": "#…"}
        return filled(text[:5_000], values).text

    @cached_property
    def found(self) -> list[PersonRow]:
        """Whoever could be meant by what was typed; for somebody new, who is perhaps not new."""
        words = self.sent.get("new_email") or self.sent.get("new_name") if self.is_new else self.words
        return people_like(words or "", agent=self.agent)

    @property
    def words(self) -> str:
        return self.sent.get("who", "").strip()[:200]

    @cached_property
    def cells(self) -> list[Cell]:
        """The custom fields as things stand on the form."""
        setup = setup_of(Noun.TICKET)
        if not setup.live:
            return []
        given, agent = given_in(self.sent, setup.live), self.agent
        would = checked(
            setup.fields,
            setup.rules,
            now=usual_values(),
            wanted=given,
            circumstances=circumstances_of(self._sketch(), stages.stages().of("new", None), by=agent),
            find=finder(agent.user),
        )
        return cells_of(would.form, typed=given, problems=self.problems, viewer=agent.user)

    @property
    def says(self) -> str:
        """What will happen when the button is pressed, in a sentence."""
        mode, form = self.form.chosen_mode, self.form
        if mode == Mode.MAIL:
            outlet, words = form.chosen_outlet, _("Leaves as a mail to %(to)s, from %(from)s.")
            if self.agent.answers_need_review:
                words = _(
                    "Waits until a colleague has read it, then leaves as a mail to %(to)s, from %(from)s."
                )
            to = form.address or _("the customer")
            return words % {"to": to, "from": outlet.label if outlet else ""}
        if mode == Mode.SAID:
            return _("Stands in the ticket as the customer’s words. Nothing is sent.")
        if mode == Mode.NOTE:
            return _("Only colleagues see it. Nothing is sent.")
        return _("The ticket is opened without a message. Nothing is sent.")

    def _sketch(self) -> Ticket:
        """The ticket as it would be, for the rules of its form."""
        form, given = self.form, self.form.now
        outlet = form.chosen_outlet
        team = next((each for each in form.teams if str(each.pk) == given.get("team")), None)
        priority = given.get("priority", "")
        usual = Ticket.Priority.NORMAL
        sketch = Ticket(
            number=0,  # else one of the sequence were spent
            team_id=team.pk if team else outlet.team_id if outlet else None,
            priority=int(priority) if priority in map(str, Ticket.Priority.values) else usual,
            channel=form.chosen_way,
        )
        if outlet:
            sketch.brand_id = outlet.brand_id
        return sketch


def people_like(words: str, *, agent: Agent) -> list[PersonRow]:
    """People whose name, address or organisation holds these words, as far as the agent may know them."""
    if len(words.strip()) < 2 or not agent.may("customers.see"):
        return []
    return people_page(agent.user, words=words, limit=OFFERED).rows


def sent_from(typed: Mapping[str, Any]) -> QueryDict:
    """A kept draft as if it had just been sent."""
    sent = QueryDict(mutable=True)
    for name, values in typed.items():
        sent.setlist(name, values)
    return sent
