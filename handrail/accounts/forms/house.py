"""The house's things: roles and brands."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from handrail.accounts import rights
from handrail.accounts.forms.boxes import BoxGroup, boxes
from handrail.accounts.models import Brand, Role
from handrail.accounts.models.role import EVERYTHING


class NameForm(forms.Form):
    """A name alone."""

    name = forms.CharField(label=_("Name"), max_length=100)


class BrandForm(NameForm):
    """A brand's name, and what becomes of card numbers that its customers write."""

    masking = forms.ChoiceField(
        label=_("Card numbers, bank accounts and secret keys in what customers write"),
        choices=Brand.Masking.choices,
        required=False,
        help_text=_("Counts for what arrives from now on. Files are left as they are."),
    )


class NewNameForm(NameForm):
    """A name that is not taken yet; the word in addresses is made from it."""

    def __init__(self, noun: type[Role] | type[Brand], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.noun = noun

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if not slugify(name):
            raise forms.ValidationError(_("Use a name with letters or digits in it."))
        if self.noun.objects.filter(key=slugify(name)[:50]).exists():
            raise forms.ValidationError(_("There is one of that name already."))
        return name

    def names(self) -> dict[str, str]:
        """The name, and the key made from it."""
        return {"name": self.cleaned_data["name"], "key": slugify(self.cleaned_data["name"])[:50]}


class RoleForm(forms.Form):
    """What a role is called, may do and must prove."""

    name = forms.CharField(label=_("Name"), max_length=100)
    requires_mfa = forms.BooleanField(label=_("Demand a second factor"), required=False)
    rights = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role = role
        known = list(rights.declared()) + [right for right in role.rights if right not in rights.declared()]
        self.fields["rights"].choices = [(name, name) for name in known]  # type: ignore[attr-defined]

    @staticmethod
    def of(role: Role) -> dict[str, object]:
        """What the form shows at first."""
        return {"name": role.name, "requires_mfa": role.requires_mfa, "rights": role.rights}

    @property
    def has_everything(self) -> bool:
        return EVERYTHING in self.role.rights

    def groups(self) -> list[BoxGroup]:
        """Every right there is, ticked where the role holds it or the person just ticked it."""
        data: Any = self.data
        return boxes(ticked=data.getlist("rights") if self.is_bound else self.role.rights)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
