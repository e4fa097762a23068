"""Proofs at the door: passwords, codes, passkeys."""

import math
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from handrail.accounts.models import User

Plain = forms.HiddenInput


class GuardedForm(forms.Form):
    """A form that takes a secret, and says how long to wait when too many were wrong."""

    wrong: Any = ""

    def refuse(self) -> None:
        """Say that the proof is wrong; never which part of it."""
        self.add_error(None, self.wrong)

    def slow_down(self, wait: timedelta) -> None:
        """Say how long to wait."""
        self.add_error(None, waiting_words(wait))


class SignInForm(GuardedForm):
    """An address and a password."""

    wrong = _("This address and password do not belong together.")

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
    next = forms.CharField(required=False, max_length=500, widget=Plain)


class LinkRequestForm(GuardedForm):
    """An address that a link is asked for."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    purpose = forms.ChoiceField(
        choices=[("sign-in", "sign-in"), ("password", "password")],
        initial="sign-in",
        required=False,
        widget=Plain,
    )
    next = forms.CharField(required=False, max_length=500, widget=Plain)

    def clean_purpose(self) -> str:
        return self.cleaned_data["purpose"] or "sign-in"


class CodeForm(GuardedForm):
    """A code from an app, or a recovery code."""

    wrong = _("This code is wrong or was used already.")

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )


class PasskeyForm(forms.Form):
    """What a device signed."""

    credential = forms.JSONField(widget=Plain)
    next = forms.CharField(required=False, max_length=500, widget=Plain)

    def clean_credential(self) -> dict[str, Any]:
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict):
            raise forms.ValidationError(_("This is no passkey."))
        return credential


class ConfirmationForm(GuardedForm):
    """One proof: a password, a code, or what a passkey signed."""

    wrong = _("That did not fit. Try again.")

    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code from your app, or a recovery code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )
    credential = forms.JSONField(required=False, widget=Plain)
    next = forms.CharField(required=False, max_length=500, widget=Plain)

    def proof(self) -> dict[str, Any]:
        """The proof that was given, as `confirming.confirm` takes it."""
        credential = self.cleaned_data["credential"]
        if isinstance(credential, dict):
            return {"credential": credential}
        return {"password": self.cleaned_data["password"], "code": self.cleaned_data["code"]}


class NewPasswordForm(forms.Form):
    """A new password, long enough and not among the common ones."""

    password = forms.CharField(
        label=_("New password"),
        max_length=1000,
        strip=False,
        help_text=_("At least 12 characters. Four words that do not belong together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class NewPasskeyForm(forms.Form):
    """A passkey the browser just made, and what its owner calls it."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("So that you know it again: “My laptop”.")
    )
    credential = forms.JSONField(widget=Plain)

    def clean_credential(self) -> dict[str, Any]:
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict):
            raise forms.ValidationError(_("This is no passkey."))
        return credential


def waiting_words(wait: timedelta) -> str:
    """How long to wait, in words a person can use."""
    if wait > timedelta(days=1):
        return str(_("Too many tries. Come in by a sign-in link or a passkey instead."))
    if wait < timedelta(minutes=2):
        seconds = math.ceil(wait.total_seconds())
        words = ngettext("Try again in %(n)s second.", "Try again in %(n)s seconds.", seconds)
        return str(_("Too many tries.")) + " " + words % {"n": seconds}
    minutes = math.ceil(wait.total_seconds() / 60)
    words = ngettext("Try again in %(n)s minute.", "Try again in %(n)s minutes.", minutes)
    return str(_("Too many tries.")) + " " + words % {"n": minutes}
