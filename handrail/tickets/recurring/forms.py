"""What somebody decides about a recurring ticket, checked."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.accounts.zones import zones
from handrail.calendars import regions
from handrail.calendars.days_off import DaysOff, Unreadable, read_dates
from handrail.customers.models import Person
from handrail.fields.nouns import finder
from handrail.team.models import Agent
from handrail.tickets import outlets
from handrail.tickets.models import RecurringTicket, TicketTemplate
from handrail.tickets.models.recurring import Plan
from handrail.tickets.outlets import Outlet
from handrail.tickets.recurring.queries import ORDINALS, Ahead, ahead, ordinal
from handrail.tickets.recurring.rule import LAST, Rule, Unit, WhenOff

#: The controls that say on which days.
OF_DAYS = {
    *("unit", "interval", "starts_on", "ends_on", "at_time", "zone", "lead_days", "day"),
    *("when_off", "off_country", "off_part", "off_dates"),
}
ON_DAY, ON_LAST, ON_NTH = "day", "last", "nth"
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class RecurringForm(forms.Form):
    """The rule, what opens, for whom, and who answers for it."""

    name = forms.CharField(label=_("Name"), max_length=100, strip=True)
    template = forms.ChoiceField(label=_("Template"))
    customer = forms.CharField(
        label=_("Customer"),
        max_length=320,
        required=False,
        strip=True,
        help_text=_("A mail address or a name. Empty: work of our own."),
    )
    outlet = forms.ChoiceField(label=_("From"))
    owner = forms.ChoiceField(
        label=_("Answers for it"),
        help_text=_("It opens in their name, and they are told when one is not done."),
    )
    interval = forms.IntegerField(label=_("Every"), min_value=1, max_value=365)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days (of a week)"),
        coerce=int,
        required=False,
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    where = forms.ChoiceField(
        label=_("On (of a month or year)"),
        choices=[(ON_DAY, _("a day by its number")), (ON_LAST, _("the last day")), (ON_NTH, _("a weekday"))],
    )
    day = forms.IntegerField(
        label=_("Day"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("Where a month is shorter, its last day."),
    )
    nth = forms.TypedChoiceField(label=_("Which"), coerce=int, required=False, choices=[])
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        coerce=int,
        required=False,
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
    )
    starts_on = forms.DateField(label=_("First day"), widget=_DATE)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=_DATE)
    times = forms.IntegerField(label=_("How often in all"), min_value=1, max_value=10_000, required=False)
    at_time = forms.TimeField(label=_("At"), widget=_TIME)
    zone = forms.ChoiceField(label=_("By the clock of"), choices=zones)
    lead_days = forms.IntegerField(
        label=_("Days before"),
        min_value=0,
        max_value=365,
        help_text=_("So many days before each day, the ticket opens."),
    )
    when_off = forms.ChoiceField(
        label=_("When that is a day off"), choices=WhenOff.choices, required=False, initial=WhenOff.STAY
    )
    off_weekends = forms.BooleanField(label=_("Weekends are days off"), required=False)
    off_country = forms.ChoiceField(label=_("Public holidays of"), required=False)
    off_part = forms.CharField(
        label=_("Part of the country"),
        max_length=20,
        required=False,
        strip=True,
        help_text=_("Empty: those of the whole country."),
        widget=forms.TextInput(attrs={"list": "recurring-parts", "autocomplete": "off"}),
    )
    off_dates = forms.CharField(
        label=_("Further days off"),
        max_length=2_000,
        required=False,
        help_text=_("Dates parted by commas: 2026-12-24, or 12-24 for every year."),
    )
    make_up = forms.ChoiceField(label=_("When the desk stood still"), choices=RecurringTicket.MakeUp.choices)

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent
        colleagues = Agent.objects.visible_to(agent).available().order_by("name")
        self._offer("template", [(str(each.pk), each.name) for each in self.templates])
        self._offer("outlet", [(each.key, each.label) for each in self.outlets])
        self._offer("owner", [(str(each.pk), each.name) for each in colleagues])
        self._offer("off_country", [("", _("No country")), *regions.countries()])
        self._offer("nth", [(str(number), ordinal(number)) for number in ORDINALS])

    @cached_property
    def templates(self) -> Sequence[TicketTemplate]:
        return list(TicketTemplate.objects.visible_to(self.agent).in_use())

    @cached_property
    def outlets(self) -> list[Outlet]:
        return outlets.offered(self.agent)

    def clean_off_dates(self) -> tuple[str, ...]:
        try:
            return read_dates(self.cleaned_data["off_dates"])
        except Unreadable as unreadable:
            raise ValidationError(_("“%(word)s” is no date.") % {"word": unreadable.args[0]}) from None

    def clean_off_part(self) -> str:
        part: str = self.cleaned_data["off_part"]
        known = self.parts
        if part in known or not part:
            return part
        code = next((code for code, name in known.items() if name.casefold() == part.casefold()), None)
        if code is None:
            raise ValidationError(_("Choose a part of that country from the list."))
        return code

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the chosen country, by their codes."""
        return regions.parts_of(str(self["off_country"].value() or ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        words = cleaned.get("customer")
        if words and self._customer(words) is None:
            self.add_error("customer", _("Nobody is known by that, or several are. Write the mail address."))
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("That is before the first day."))
        outlet = self._outlet(cleaned.get("outlet", ""))
        template = self._template(cleaned.get("template", ""))
        if outlet and template and template.brand_id not in (None, outlet.brand_id):
            self.add_error("template", _("This template belongs to another brand."))
        return cleaned

    def plan(self) -> Plan:
        """What was decided."""
        given = self.cleaned_data
        outlet, template = self._outlet(given["outlet"]), self._template(given["template"])
        assert outlet
        assert template
        return Plan(
            **{name: given[name] for name in ("name", "at_time", "zone", "lead_days", "make_up")},
            template=template,
            person=self._customer(given["customer"]) if given["customer"] else None,
            brand=Brand.objects.get(pk=outlet.brand_id),
            outlet=outlet.key,
            owner=Agent.objects.select_related("user__role").get(pk=UUID(given["owner"])),
            rule=self.rule(),
        )

    def rule(self) -> Rule:
        """On which days; only once the fields of the rule are right."""
        given, unit = self.cleaned_data, Unit(self.cleaned_data["unit"])
        is_nth = unit in (Unit.MONTH, Unit.YEAR) and given["where"] == ON_NTH
        weekdays = tuple(given["weekdays"]) if unit == Unit.WEEK else ()
        return Rule(
            unit=unit,
            interval=given["interval"],
            weekdays=(given["weekday"] or 0,) if is_nth else weekdays,
            nth=(given["nth"] or 1) if is_nth else None,
            day=None if is_nth else LAST if given["where"] == ON_LAST else given["day"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            times=given["times"],
            when_off=WhenOff(given["when_off"] or WhenOff.STAY),
            off=self._off(),
        )

    def _off(self) -> DaysOff:
        given = self.cleaned_data
        region = "-".join(word for word in (given["off_country"], given["off_part"]) if word)
        region = region if given["off_country"] else ""
        return DaysOff(region=region, own=given["off_dates"], weekends=given["off_weekends"])

    def ahead(self, *, today: date) -> list[Ahead]:
        """The next days of what stands on the form; none while something about the days is wrong."""
        self.is_valid()
        if not OF_DAYS.isdisjoint(self.errors):
            return []
        given = self.cleaned_data
        how = {name: given[name] for name in ("at_time", "zone", "lead_days")}
        return ahead(self.rule(), today=today, **how)

    @classmethod
    def column_labels(cls) -> dict[str, Any]:
        """What the columns of a recurring ticket are called."""
        named = {name: field.label for name, field in cls.base_fields.items()}
        del named["outlet"]  # its key says nothing to people
        others = {"template_id": "template", "person_id": "customer", "owner_id": "owner"}
        others["off_region"] = "off_country"
        return named | {column: named[name] for column, name in others.items()}

    @classmethod
    def of(cls, recurring: RecurringTicket) -> dict[str, Any]:
        """One as initial values."""
        plain = ("name", "outlet", "interval", "unit", "nth", "starts_on", "ends_on", "times")
        timed = ("at_time", "zone", "lead_days", "make_up", "when_off")
        country, _dash, part = recurring.off_region.partition("-")
        where = ON_NTH if recurring.nth is not None else ON_LAST if recurring.day == LAST else ON_DAY
        return {
            **{name: getattr(recurring, name) for name in (*plain, *timed)},
            "weekdays": recurring.weekdays if recurring.unit == Unit.WEEK else [],
            "template": recurring.template_id,
            "customer": _address_of(recurring.person),
            "owner": recurring.owner_id,
            "where": where,
            "day": recurring.day if recurring.day != LAST else None,
            "weekday": recurring.weekdays[0] if recurring.weekdays else None,
            "off_country": country,
            "off_part": part,
            "off_weekends": recurring.off_weekends,
            "off_dates": ", ".join(recurring.off_dates),
        }

    def _customer(self, words: str) -> Person | None:
        key = finder(self.agent.user)("person", words)
        return Person.objects.visible_to(self.agent.user).filter(pk=key).first() if key else None

    def _outlet(self, key: str) -> Outlet | None:
        return next((each for each in self.outlets if each.key == key), None)

    def _template(self, key: str) -> TicketTemplate | None:
        return next((each for each in self.templates if str(each.pk) == key), None)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _address_of(person: Person | None) -> str:
    if person is None:
        return ""
    mails = person.identities.filter(kind="email").order_by("created_at", "id")
    return mails.values_list("value", flat=True).first() or person.name
