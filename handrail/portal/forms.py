"""Checks what customers type."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from handrail.files.storing import FILE_LIMIT
from handrail.kit import ids
from handrail.tickets.inbound import InboundFile

MOST_FILES = 10
MOST_CHARACTERS = 50_000


class ManyFiles(forms.FileField):
    """Any number of files, up to a limit in number and in bytes together."""

    class Widget(forms.ClearableFileInput):
        allow_multiple_selected = True

    widget = Widget

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            most = ngettext("Add up to %(count)s file.", "Add up to %(count)s files.", MOST_FILES)
            raise forms.ValidationError(most % {"count": MOST_FILES})
        if sum(each.size for each in given) > FILE_LIMIT:
            raise forms.ValidationError(
                _t("Together the files may have %(size)s MB. Send large ones by a link.")
                % {"size": FILE_LIMIT // 2**20}
            )
        return list(given)


def too_fast() -> str:
    """What somebody reads who writes more than a person would."""
    return _t("That was a lot in a short time. Nothing was lost; wait a few minutes and send it again.")


class AddressForm(forms.Form):
    """Where the link should go."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """Words and files. key: made with the form, so that two presses count once."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words first.")},
    )
    attached = ManyFiles(label=_("Files"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=ids.uuid7)

    @property
    def inbound_files(self) -> list[InboundFile]:
        """The files as the tickets take them; their bytes decide what they are."""
        return [
            InboundFile(
                name=file.name or "file",
                type=file.content_type or "",
                content=file.read(),
                inline=False,
                content_id=None,
            )
            for file in self.cleaned_data["attached"]
        ]

    @property
    def given_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key


class RequestForm(WordsForm):
    """A new request."""

    subject = forms.CharField(
        label=_("What is it about?"),
        max_length=300,
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    field_order = ("subject", "text", "attached", "key")
