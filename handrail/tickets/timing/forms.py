"""What somebody types about time, and about activities, checked."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from handrail.tickets.models import Activity
from handrail.tickets.models.time_entry import Kind
from handrail.tickets.timing.entering import Spent
from handrail.tickets.timing.length_field import LengthField
from handrail.tickets.timing.queries import Grouping, Period, activities

_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
#: No period is longer, in days.
LONGEST_PERIOD = 3 * 366


class TimeForm(forms.Form):
    """One entry. Left out, the day is today."""

    length = LengthField(label=_("Time"), max_length=30)
    activity = forms.ChoiceField(label=_("Activity"), required=False)
    spent_on = forms.DateField(label=_("Day"), required=False, widget=_DATE)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, strip=True)

    def __init__(self, *args: Any, keeps: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(each.pk): each for each in activities()}
        if keeps:
            self.offered[str(keeps.pk)] = keeps
        choices = [("", _("Other work")), *((key, each.words) for key, each in self.offered.items())]
        self.fields["activity"].choices = choices  # type: ignore[attr-defined]

    def clean_spent_on(self) -> date:
        day: date = self.cleaned_data["spent_on"] or localdate()
        if day > localdate():
            raise ValidationError(_("That day is still to come."))
        return day

    @property
    def spent(self) -> Spent:
        given = self.cleaned_data
        return Spent(
            minutes=given["length"],
            activity=self.offered.get(given["activity"]),
            spent_on=given["spent_on"],
            note=given["note"],
        )


class PeriodForm(forms.Form):
    """Which time is summed, and by what."""

    first = forms.DateField(label=_("First day"), widget=_DATE)
    last = forms.DateField(label=_("Last day"), widget=_DATE)
    by = forms.ChoiceField(label=_("Summed by"), choices=Grouping.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("That is before the first day."))
        elif first and last and (last - first).days > LONGEST_PERIOD:
            self.add_error("last", _("Three years at most."))
        return cleaned

    @property
    def period(self) -> Period:
        return Period(first=self.cleaned_data["first"], last=self.cleaned_data["last"])


#: What the columns of an activity are called.
LABELS = {
    "labels": _("Name"),
    "billable": _("Billed to customers"),
    "hourly_cost": _("An hour costs"),
    "position": _("Place in the list"),
}


class ActivityForm(forms.Form):
    """An activity: its words in each language, and what it costs."""

    billable = forms.BooleanField(label=LABELS["billable"], required=False)
    hourly_cost = forms.DecimalField(
        label=LABELS["hourly_cost"], required=False, min_value=0, max_digits=9, decimal_places=2
    )
    position = forms.IntegerField(label=LABELS["position"], min_value=0, max_value=10_000, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in settings.LANGUAGES:
            label = _("Name (%(language)s)") % {"language": name}
            needed = language == "en"
            self.fields[f"label_{language}"] = forms.CharField(label=label, max_length=60, required=needed)
        self.order_fields([name for name in self.fields if name.startswith("label_")])

    @property
    def kind(self) -> Kind:
        given = self.cleaned_data
        labels = {key: given[f"label_{key}"].strip() for key, _name in settings.LANGUAGES}
        return Kind(
            labels={key: words for key, words in labels.items() if words},
            billable=given["billable"],
            hourly_cost=given["hourly_cost"],
            position=given["position"],
        )

    @classmethod
    def of(cls, activity: Activity) -> dict[str, Any]:
        """One as initial values."""
        plain = {name: getattr(activity, name) for name in ("billable", "hourly_cost", "position")}
        return {**plain, **{f"label_{key}": words for key, words in activity.labels.items()}}
