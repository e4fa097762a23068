"""What people type and choose on a ticket, checked; nothing else."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from handrail.kit import html as markup
from handrail.kit.text import small_letters
from handrail.tickets import planning
from handrail.tickets.models import Ticket
from handrail.tickets.models.closure import Closure
from handrail.tickets.models.participant import COPIED_LIMIT
from handrail.tickets.models.snooze import Snooze
from handrail.tickets.models.tag import LONGEST
from handrail.tickets.planning import WallTime
from handrail.tickets.setting_aside import LONGEST_HTML, LONGEST_TEXT
from handrail.tickets.timing.length_field import LengthField

#: How the editor writes a colleague's name; kept as `data-mention`.
_MENTION = re.compile(r'<span\b[^<>]*\bdata-id="([0-9a-fA-F-]{36})"[^<>]*>')
#: What the menu beside “Send” offers.
MOMENTS = ("hour", "tomorrow", "monday", "typed")


class WrittenForm(forms.Form):
    """Words of a composer. The html of the editor is reduced to what the editor can write."""

    body = forms.CharField(required=False, max_length=LONGEST_TEXT, strip=True)
    body_html = forms.CharField(required=False, max_length=LONGEST_HTML)

    def clean_body_html(self) -> str:
        named = _MENTION.sub(r'<span data-mention="\1">', self.cleaned_data["body_html"])
        return markup.strict(named)

    def clean(self) -> dict[str, Any]:
        """The text is read from the html when there is one, so that both say the same."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("body_html"):
            cleaned["body"] = markup.text_of_written(cleaned["body_html"])
        if not cleaned.get("body"):
            cleaned["body_html"] = ""
        return cleaned

    @property
    def text(self) -> str:
        text: str = self.cleaned_data["body"]
        return text

    @property
    def html(self) -> str:
        html: str = self.cleaned_data["body_html"]
        return html


class MacroUseForm(forms.Form):
    """The macro that goes with what is sent. struck: the places of its actions that are left out.

    despite: why the ticket ends with it although something is open.
    """

    macro = forms.UUIDField(required=False)
    struck = forms.CharField(required=False, max_length=100)
    despite = forms.CharField(required=False, max_length=200, strip=True)

    def clean_struck(self) -> list[int]:
        words = self.cleaned_data["struck"].split(",")
        return sorted({int(word) for word in words if word.isascii() and word.isdigit()})


class DraftForm(WrittenForm):
    """What is kept while somebody types; nothing is demanded of it."""

    mode = forms.ChoiceField(choices=[("reply", "reply"), ("note", "note")])
    key = forms.UUIDField(required=False)


class NoteForm(MacroUseForm, WrittenForm):
    """A note. key: made by the browser once for each press of the button. spent: minutes of work on it."""

    key = forms.UUIDField()
    spent = LengthField(required=False, max_length=30)
    has_files = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("body") and not self.has_files:
            raise ValidationError(_("Write something first."), code="empty")
        return cleaned


class MomentForm(forms.Form):
    """A moment to leave at. later: what was chosen in the menu. later_at: by the writer's own clock."""

    later = forms.ChoiceField(required=False, choices=[(key, key) for key in MOMENTS])
    later_at = forms.CharField(required=False, max_length=19)

    def clean_later_at(self) -> datetime | None:
        """Without a zone: the field of the library would refuse times that come twice, or never."""
        typed = self.cleaned_data["later_at"]
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=None) if typed else None
        except ValueError:
            raise ValidationError(_("Choose a moment.")) from None

    def planned(self, *, zone: str, at: datetime) -> WallTime | None:
        """The same; None when nothing was chosen."""
        return self.when(zone=zone, at=at) if self.cleaned_data["later"] else None

    def when(self, *, zone: str, at: datetime) -> WallTime:
        """The moment that is meant, now that it is `at`. Raises planning.NotAhead."""
        given = self.cleaned_data
        return planning.read(given["later"], given["later_at"], zone=zone, at=at)


class SnoozeForm(MomentForm):
    """Until when a ticket is put away, or until what happens; one of both."""

    wakes_on = forms.ChoiceField(required=False, choices=Snooze.Event.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("later") and not cleaned.get("wakes_on"):
            raise ValidationError(_("Choose a moment."), code="empty")
        return cleaned


class DepartureForm(MomentForm):
    """Another moment for a planned answer."""

    later = forms.ChoiceField(choices=[(key, key) for key in (*MOMENTS, "now")])

    @property
    def is_now(self) -> bool:
        return bool(self.cleaned_data["later"] == "now")


class ReplyForm(MomentForm, NoteForm):
    """An answer. seen: the newest public message the writer had seen. closing: close the ticket with it."""

    seen = forms.UUIDField(required=False)
    closing = forms.CharField(required=False, max_length=200, strip=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["cc"] = self._copied("cc")
        open_to_all = set(cleaned["cc"])
        cleaned["bcc"] = [each for each in self._copied("bcc") if each not in open_to_all]
        return cleaned

    def _copied(self, field: str) -> list[str]:
        """The addresses in copy: one field each, or several in one parted by commas."""
        copied = copied_in(self.data, field)
        for address in copied:
            _check_address(address)
        if len(copied) > COPIED_LIMIT:
            raise ValidationError(
                _("At most %(limit)s people can be in copy."), code="crowd", params={"limit": COPIED_LIMIT}
            )
        return copied


class SharedWordsForm(WrittenForm):
    """What is typed into a shared draft. version: the one its writer has seen."""

    version = forms.IntegerField(min_value=1)


class SharedSendingForm(SharedWordsForm, ReplyForm):
    """The same, to be sent."""


class SendingBackForm(forms.Form):
    """Why an answer is given back to its writer."""

    comment = forms.CharField(max_length=1000, strip=True)


class ClosureForm(forms.Form):
    """Why a ticket ends: one of the usual reasons, or words. to: another end than closed, by its key."""

    reason = forms.CharField(
        max_length=Closure._meta.get_field("reason").max_length,
        strip=True,
        error_messages={"required": _("Say why, in a word or two.")},
    )
    despite = forms.CharField(required=False, max_length=200, strip=True)
    to = forms.CharField(required=False, max_length=40)


class DeletionForm(forms.Form):
    """Why a ticket is deleted: one of the usual reasons, or other words. list: where it had been opened."""

    reason = forms.CharField(required=False, max_length=200, strip=True)
    other = forms.CharField(required=False, max_length=200, strip=True)
    list = forms.CharField(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["reason"] = cleaned.get("other") or cleaned.get("reason")
        if not cleaned["reason"]:
            raise ValidationError(_("Say why, in a word or two."))
        return cleaned


class AssignmentForm(forms.Form):
    """Whose the ticket becomes; nobody's when empty. seen: whose it was on the screen."""

    owner = forms.UUIDField(required=False)
    seen = forms.UUIDField(required=False)

    @property
    def owner_id(self) -> UUID | None:
        owner: UUID | None = self.cleaned_data["owner"]
        return owner

    @property
    def seen_id(self) -> UUID | None:
        seen: UUID | None = self.cleaned_data["seen"]
        return seen


class TeamForm(forms.Form):
    """To which team the ticket goes."""

    team = forms.UUIDField()


class PriorityForm(forms.Form):
    """How urgent it is."""

    priority = forms.TypedChoiceField(
        choices=Ticket.Priority.choices, coerce=lambda word: Ticket.Priority(int(word))
    )


class TagForm(forms.Form):
    """A tag to put on or take off."""

    name = forms.CharField(max_length=LONGEST, strip=True)


def copied_in(data: Any, field: str = "cc") -> list[str]:
    """What was typed for people in copy ("cc", "bcc"), addresses or not, each once."""
    given = data.getlist(field) if isinstance(data, MultiValueDict) else []
    parts = [small_letters(part.strip()) for field in given for part in field.replace(";", ",").split(",")]
    return list(dict.fromkeys(part for part in parts if part))


def addresses_in(data: Any, field: str) -> list[str]:
    """Those of the words typed there that are addresses, as many as may be in copy."""
    return [word for word in copied_in(data, field) if is_address(word)][:COPIED_LIMIT]


def is_address(text: str) -> bool:
    """Whether mail can be sent there, as far as its looks tell."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _check_address(address: str) -> None:
    if not is_address(address):
        raise ValidationError(
            _("“%(address)s” is no mail address."), code="address", params={"address": address}
        )
