"""Checks what people say about kept back mail, senders and automatic answers; nothing else."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand, User
from handrail.channels.email.models import AutoAnswer, ListedSender
from handrail.channels.email.models.auto_answer import LANGUAGES

_SENDER = re.compile(r"(?:[^@\s]{1,64}@)?[\w\-]{1,63}(?:\.[\w\-]{1,63})+")


class DecisionForm(forms.Form):
    """What a mail is. number: of the ticket it belongs to."""

    decision = forms.ChoiceField(choices=[(key, key) for key in ("ticket", "new", "spam", "held")])
    number = forms.IntegerField(label=_("Number of the ticket"), required=False, min_value=1)


class CorrectionForm(forms.Form):
    """Where a message belongs: on the ticket of this number, on a new one when that is empty, or here."""

    number = forms.IntegerField(label=_("Number of the ticket"), required=False, min_value=1)
    is_spam = forms.BooleanField(required=False)
    stays = forms.BooleanField(required=False)


class SenderForm(forms.Form):
    """An address, or a whole domain."""

    sender = forms.CharField(
        label=_("Address or domain"),
        max_length=320,
        help_text=_("As in ann@shop.example, or shop.example, which counts for mail.shop.example too."),
    )
    listed_as = forms.ChoiceField(
        label=_("Its mail"),
        choices=[
            (ListedSender.As.BLOCKED, _("is spam, always")),
            (ListedSender.As.ALLOWED, _("is never spam")),
        ],
    )
    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=None)

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["brand"].queryset = giver.brands.all()

    def clean_sender(self) -> str:
        sender = (
            str(self.cleaned_data["sender"])
            .strip()
            .lower()
            .removeprefix("*")
            .removeprefix("@")
            .removeprefix(".")
        )
        if not _SENDER.fullmatch(sender):
            raise ValidationError(_("Write an address, or a domain such as shop.example."))
        return sender


class AutoAnswerForm(forms.Form):
    """What a mailbox answers at once, in each language."""

    is_on = forms.BooleanField(label=_("Answer at once"), required=False)
    en = forms.CharField(
        label=_("English"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )
    de = forms.CharField(
        label=_("German"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )

    @staticmethod
    def of(answer: AutoAnswer) -> dict[str, object]:
        """What the form shows at first."""
        return {"is_on": answer.is_on, **{language: answer.texts.get(language, "") for language in LANGUAGES}}

    @property
    def texts(self) -> dict[str, str]:
        return {language: self.cleaned_data[language] for language in LANGUAGES}
