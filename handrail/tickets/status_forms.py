"""What people choose about statuses, checked; nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Role
from handrail.kit.text import one_line
from handrail.tickets.models.categories import Category
from handrail.tickets.models.status import NAMEABLE, Move, Status
from handrail.tickets.stages import Stages


class StatusForm(forms.Form):
    """Where a ticket goes, and why."""

    to = forms.CharField(max_length=40)
    reason = forms.CharField(max_length=200, required=False)

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"]).strip()


class NamedForm(forms.Form):
    """The words of a status in each language of the desk."""

    label_en = forms.CharField(label=_("Name in English"), max_length=60)
    label_de = forms.CharField(label=_("Name in German"), max_length=60, required=False)

    @property
    def labels(self) -> dict[str, str]:
        words = {key: one_line(self.cleaned_data[f"label_{key}"]).strip() for key in ("en", "de")}
        return {key: each for key, each in words.items() if each}


class NewStatusForm(NamedForm):
    """A status that an admin adds. key: how rules, filters and programs name it."""

    key = forms.SlugField(
        label=_("Key"),
        max_length=40,
        help_text=_("Filters and programs name it so: small letters, digits, hyphens. It never changes."),
    )
    category = forms.ChoiceField(
        label=_("Counts as"),
        choices=[(each.value, each.label) for each in NAMEABLE],
        help_text=_("What the desk does with such tickets. It never changes."),
    )
    field_order = ("label_en", "label_de", "key", "category")

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].lower()
        if key in Category.values or Status.objects.filter(key=key).exists():
            raise forms.ValidationError(_t("There is or was a status of that key."))
        return key


class EditStatusForm(NamedForm):
    """Its words and its place."""

    position = forms.IntegerField(
        label=_("Place"), min_value=0, max_value=10_000, help_text=_("Small numbers come first.")
    )


class RetirementForm(forms.Form):
    """Where the tickets of a retired status go; nothing chosen: to the category's own word."""

    into = forms.ModelChoiceField(queryset=Status.objects.none(), required=False)

    def __init__(self, *args: Any, status: Status, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Status.objects.filter(category=status.category, retired_at=None).exclude(pk=status.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class MovesForm(forms.Form):
    """Which moves a role makes: the boxes that are ticked. Each is named “was>now”."""

    def __init__(self, data: Any, *, role: Role, every: Stages) -> None:
        super().__init__(data)
        self.role, self.every = role, every

    @property
    def pairs(self) -> list[Move]:
        """Every move there could be."""
        keys = [each.key for each in self.every.offered]
        return [(was, now) for was in keys for now in keys if was != now and now != "new"]

    @property
    def forbidden(self) -> set[Move]:
        """The moves whose box is empty."""
        data: Any = self.data
        ticked = set(data.getlist("move"))
        return {(was, now) for was, now in self.pairs if f"{was}>{now}" not in ticked}
