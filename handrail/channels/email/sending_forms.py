"""Checks what people type about mail that leaves: signatures, senders, servers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import User
from handrail.channels.email.forwarding import Words
from handrail.channels.email.header_lines import Unsendable, mailable
from handrail.channels.email.models import EmailAccount, Sending, Signature
from handrail.channels.email.models.signature import LONGEST
from handrail.kit.text import small_letters
from handrail.tickets.models import Message

AREA = forms.Textarea(attrs={"rows": 4, "dir": "auto"})


class SignatureForm(forms.Form):
    """One text for everybody, and one for each language that we speak; all may be empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"": _("Signature"), **{code: self._words(name) for code, name in settings.LANGUAGES}}
        for code, label in labels.items():
            self.fields[f"text_{code}"] = forms.CharField(
                label=label, required=False, max_length=LONGEST, widget=AREA
            )

    @staticmethod
    def _words(language: Any) -> Any:
        return _("Signature for readers of %(language)s") % {"language": language}

    @staticmethod
    def named(texts: Mapping[str, str]) -> dict[str, str]:
        """Texts by language as the values of the fields."""
        return {f"text_{code}": text for code, text in texts.items()}

    @property
    def texts(self) -> dict[str, str]:
        """The texts by language; empty ones are to be taken away."""
        given = self.cleaned_data.items()
        return {name.removeprefix("text_"): text for name, text in given if name.startswith("text_")}


class SendingForm(SignatureForm):
    """A mailbox's sender, where answers go, its own server, its signature. No server is shown again."""

    name_format = forms.ChoiceField(label=_("Sender"), choices=Sending.NameFormat.choices)
    answers_to = forms.ChoiceField(label=_("Answers go to"), required=False)
    server = forms.CharField(
        label=_("Server of its own"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("As smtp://user:password@host:587 or smtps://…:465. Left empty, what is set stays."),
    )
    no_server = forms.BooleanField(label=_("Send by the desk's server"), required=False)

    def __init__(self, *args: Any, others: Collection[EmailAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(each.pk): each for each in others}
        choices = [(key, each.address) for key, each in self.others.items()]
        fields: Any = self.fields
        fields["answers_to"].choices = [("", _("This mailbox")), *choices]

    @classmethod
    def of(cls, mailbox: EmailAccount) -> dict[str, object]:
        """What the form shows at first."""
        sending = Sending.of(mailbox)
        return {
            "name_format": sending.name_format,
            "answers_to": sending.answers_to_id,
            **cls.named(Signature.texts_of(account=mailbox)),
        }

    def clean_server(self) -> str:
        server: str = self.cleaned_data["server"].strip()
        if server and not _is_server(server):
            raise forms.ValidationError(_("Write it as smtp://host:587 or smtps://host:465."))
        return server

    @transaction.atomic
    def keep(self, mailbox: EmailAccount, *, by: User, at: datetime) -> None:
        """Write all of it down."""
        given = self.cleaned_data
        server = "" if given["no_server"] else (given["server"] or None)
        Sending.change(
            mailbox,
            name_format=given["name_format"],
            answers_to=self.others.get(given["answers_to"]),
            server=server,
            by=by,
            at=at,
        )
        Signature.write(self.texts, account=mailbox, by=by, at=at)


class ForwardForm(forms.Form):
    """To whom a message goes on, and what of it. key: the same one twice sends once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.CharField(label=_("To"), max_length=254)
    text = forms.CharField(label=_("Your words"), max_length=20_000, widget=AREA)
    words = forms.ChoiceField(label=_("Of the message"), choices=Words.choices)
    attached = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, message: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = message.attachments.select_related("stored").order_by("id")
        self.stored = {str(each.stored_id): each.stored for each in held}
        fields: Any = self.fields
        fields["attached"].choices = [(key, each.name) for key, each in self.stored.items()]

    @property
    def has_files(self) -> bool:
        return bool(self.stored)

    def clean_to(self) -> str:
        try:
            return mailable(small_letters(self.cleaned_data["to"].strip()))
        except Unsendable:
            raise forms.ValidationError(_("Mail cannot be sent to this address.")) from None

    def chosen(self) -> dict[str, Any]:
        """What forwarding.forward wants to know."""
        given = self.cleaned_data
        files = [self.stored[key] for key in given["attached"]]
        kept = {name: given[name] for name in ("key", "to", "text")}
        return {**kept, "words": Words(given["words"]), "files": files}


class AddressForm(forms.Form):
    """A mended address."""

    address = forms.EmailField(max_length=320)


def _is_server(address: str) -> bool:
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return is_whole and parts.scheme in ("smtp", "smtps") and not parts.path.strip("/")
