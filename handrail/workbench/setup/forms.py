"""Checks what is typed in the three steps; nothing else."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from handrail.accounts import passkeys
from handrail.accounts.models import User
from handrail.accounts.zones import zones

MOST_COLLEAGUES = 50


class CompanyForm(forms.Form):
    """The name customers know, and where they write."""

    brand = forms.CharField(
        label=_("Name of your company or product"),
        max_length=100,
        help_text=_("Customers read it in every answer. More brands can come later."),
    )
    mailbox = forms.EmailField(
        label=_("Support address"),
        max_length=254,
        help_text=_("Mail to it becomes tickets; answers come from it."),
    )
    team = forms.CharField(label=_("First team"), max_length=100, initial=_("Support"))


class ColleaguesForm(forms.Form):
    """Addresses of those who answer too, one on each line."""

    colleagues = forms.CharField(
        label=_("Their e-mail addresses"),
        required=False,
        max_length=10_000,
        help_text=_(
            "One on each line. Each gets a mail with the way in; roles and teams can be changed later."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_colleagues(self) -> str:
        """Every line is an address, each once."""
        lines = list(dict.fromkeys(re.split(r"[\s,;]+", self.cleaned_data["colleagues"].strip().lower())))
        addresses = [line for line in lines if line]
        if len(addresses) > MOST_COLLEAGUES:
            raise ValidationError(_("Fifty are enough to begin with; invite the others later."))
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(_("“%(line)s” is no address.") % {"line": address}) from None
        return "\n".join(addresses)


class FounderForm(forms.Form):
    """The first admin."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial="UTC")
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        help_text=_("At least 12 characters. Four words that do not belong together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if passkeys.are_possible():
            self.fields["password"].required = False
            self.fields["password"].help_text = _(
                "At least 12 characters; or leave it empty and add a passkey next."
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if password := given.get("password"):
            try:
                validate_password(password, User(name=given.get("name", ""), email=given.get("email", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        return given


def name_from(address: str) -> str:
    """A first guess at a name: nadia.haddad@… is Nadia Haddad."""
    words = re.split(r"[._+-]+", address.split("@")[0])
    return " ".join(word.capitalize() for word in words if word) or address
