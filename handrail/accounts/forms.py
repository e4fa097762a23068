"""Checks what people type at the door. Nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """An address and a password."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember = forms.BooleanField(label=_("Stay signed in on this device"), required=False)
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    def refuse(self) -> None:
        """Say that the two do not belong together; never which of them is wrong."""
        self.add_error(None, _("This address and password do not belong together."))
