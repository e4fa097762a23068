"""Checks what people type about how a mailbox gets its mail; nothing else."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.channels.email.imap import consent
from handrail.channels.email.models import ImapRoad, MailHook

Choices = list[tuple[Any, Any]]


class ImapForm(forms.Form):
    """A mailbox elsewhere. An empty password keeps the known one, but never for another server or user."""

    sign_in = forms.ChoiceField(label=_("Sign in with"), choices=ImapRoad.SignIn.choices)
    host = forms.CharField(label=_("Server"), max_length=253)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    security = forms.ChoiceField(label=_("Encryption"), choices=ImapRoad.Security.choices)
    user = forms.CharField(label=_("User"), max_length=254)
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=True),  # after “Try it”
        help_text=_("Kept encrypted and never shown again. Leave it empty to keep the known one."),
    )
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX")
    afterwards = forms.ChoiceField(
        label=_("After a mail was fetched"), choices=ImapRoad.Afterwards.choices, initial="read"
    )
    move_to = forms.CharField(
        label=_("Folder to move it to"), max_length=200, required=False, help_text=_("Made if missing.")
    )
    history_days = forms.IntegerField(
        label=_("Bring mail of the last days as history"),
        min_value=0,
        max_value=3650,
        initial=0,
        help_text=_("Becomes closed tickets; nobody is told or answered. 0: only mail from now on."),
    )

    def __init__(self, *args: Any, known: ImapRoad | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        fields: Any = self.fields
        fields["sign_in"].choices = [
            (key, words)
            for key, words in ImapRoad.SignIn.choices
            if key == ImapRoad.SignIn.PASSWORD or consent.is_set_up(key)
        ]

    @staticmethod
    def of(road: ImapRoad | None, *, address: str) -> dict[str, object]:
        """What the form shows at first."""
        if road is None:
            return {"user": address}
        names = ("sign_in", "host", "port", "security", "user", "folder", "afterwards", "move_to")
        return {**{name: getattr(road, name) for name in names}, "history_days": road.history_days}

    @property
    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "password"}

    @property
    def secret(self) -> str | None:
        """None keeps what is known."""
        return self.cleaned_data["password"] or (None if self.knows_secret else "")

    @property
    def knows_secret(self) -> bool:
        """Whether what is known was given for this very server and user."""
        place = ("host", "port", "user", "sign_in", "security")
        known, given = self.known, self.cleaned_data
        return known is not None and all(getattr(known, name) == given.get(name) for name in place)

    def clean_host(self) -> str:
        return str(self.cleaned_data["host"]).strip().rstrip(".").lower()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("afterwards") == ImapRoad.Afterwards.MOVE and not given.get("move_to"):
            self.add_error("move_to", _("Name the folder."))
        wants_password = given.get("sign_in") == ImapRoad.SignIn.PASSWORD
        if not self.errors and wants_password and not given.get("password") and not self.knows_secret:
            self.add_error("password", _("Enter the password for this server and user."))
        return given


class HookForm(forms.Form):
    """A provider that hands in the mail of a mailbox."""

    provider = forms.ChoiceField(label=_("Provider"), choices=MailHook.Provider.choices)
    secret = forms.CharField(
        label=_("Secret"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "The provider's signing key; where it has none, “user:password” as it stands in the address you "
            "give it; for Amazon SES the ARN of the topic, for Postal its public key. Several with a blank "
            "between. Kept encrypted and never shown again."
        ),
    )
    api_key = forms.CharField(
        label=_("API key"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Only for Brevo, Mailtrap and Resend, which keep mails or their files and hand them out on "
            "request. Kept encrypted and never shown again."
        ),
    )
    is_paused = forms.BooleanField(label=_("Paused: refuse what comes"), required=False)

    def __init__(self, *args: Any, known: MailHook | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    @staticmethod
    def of(hook: MailHook | None) -> dict[str, object]:
        return {"provider": hook.provider, "is_paused": hook.is_paused} if hook else {}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        secret, provider = given.get("secret", ""), given.get("provider", "")
        if not secret and (self.known is None or self.known.provider != provider):
            self.add_error("secret", _("Without a secret nobody can hand in mail."))
        elif secret and len(secret) < 16:
            self.add_error("secret", _("Use at least 16 characters: whoever guesses it can write tickets."))
        elif secret and provider in WITH_PASSWORD and ":" not in secret:
            self.add_error("secret", _("For this provider write a user and a password with a colon between."))
        elif secret and provider == "amazon_ses" and not all(map(is_arn, secret.split())):
            self.add_error("secret", _("For Amazon write the ARN of the topic: arn:aws:sns:…"))
        return given


#: Providers that sign nothing: what they show is the user and password in the address they were given.
WITH_PASSWORD = frozenset({"postmark", "sendgrid", "mailjet", "sparkpost", "brevo"})


def is_arn(text: str) -> bool:
    """Whether this names a topic of Amazon's notification service."""
    return re.fullmatch(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w.-]{1,256}", text) is not None
