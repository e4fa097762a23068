"""One's own things: profile, look, tokens."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from handrail.accounts import rights
from handrail.accounts.forms.boxes import BoxGroup, boxes
from handrail.accounts.models import User
from handrail.accounts.zones import zones


class ProfileForm(forms.Form):
    """How one is called, and how one likes the desk."""

    name = forms.CharField(label=_("Name"), max_length=150, help_text=_("Customers and colleagues read it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, help_text=_("Every time on your screen is told in it.")
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=User.Theme.choices, widget=forms.RadioSelect)
    density = forms.ChoiceField(label=_("Density"), choices=User.Density.choices, widget=forms.RadioSelect)

    @staticmethod
    def of(user: User) -> dict[str, str]:
        """What the form shows at first."""
        names = ("name", "language", "timezone", "theme", "density")
        return {name: getattr(user, name) for name in names}


class LookForm(forms.Form):
    """Theme or density alone."""

    theme = forms.ChoiceField(choices=User.Theme.choices, required=False)
    density = forms.ChoiceField(choices=User.Density.choices, required=False)


class TokenForm(forms.Form):
    """What a new token is for, what it may do, and how long."""

    LASTS = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("A year")))

    name = forms.CharField(label=_("What is it for?"), max_length=100)
    days = forms.TypedChoiceField(label=_("Works for"), choices=LASTS, coerce=int, initial=90)
    scopes = forms.MultipleChoiceField(label=_("It may"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        held = [(name, words) for name, words in rights.declared().items() if user.may(name)]
        fields: Any = self.fields
        fields["scopes"].choices = held

    def groups(self) -> list[BoxGroup]:
        """The rights its owner holds, ticked where the person just ticked them."""
        data: Any = self.data
        ticked = data.getlist("scopes") if self.is_bound else ()
        return boxes(ticked=ticked, offered=self.user.may)

    def wish(self) -> dict[str, Any]:
        """The checked values as `ApiToken.make` takes them."""
        given = self.cleaned_data
        return {"name": given["name"], "scopes": given["scopes"], "lasts": timedelta(days=given["days"])}
