"""Checks what people type about mailboxes; nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand, User
from handrail.channels.email.header_lines import Unsendable, mailable
from handrail.channels.email.models import EmailAccount
from handrail.team.models import Team

NOBODY = _("Nobody yet")


class MailboxForm(forms.Form):
    """What a mailbox is called and who gets its mail."""

    display_name = forms.CharField(
        label=_("Name that customers see"), max_length=100, help_text=_("Answers are from “Nadia at …”.")
    )
    team = forms.ModelChoiceField(
        label=_("Team that gets the mail"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    is_active = forms.BooleanField(
        label=_("Takes mail"),
        required=False,
        help_text=_("Off: who writes to it is told that it does not exist."),
    )
    copies = forms.ChoiceField(
        label=_("A mail that came to another mailbox of the brand too"),
        choices=EmailAccount.Copies.choices,
        help_text=_("One ticket only where both mailboxes belong to the same team."),
    )
    reopens_for_days = forms.IntegerField(
        label=_("Days in which an answer opens a closed ticket again"),
        required=False,
        min_value=0,
        max_value=3650,
        help_text=_("Later answers open a new ticket, tied to the closed one. Empty: any time. 0: never."),
    )
    trusts_forwards = forms.BooleanField(
        label=_("Trust what colleagues forward"),
        required=False,
        help_text=_(
            "What a colleague forwards to it becomes the ticket of the customer who first wrote it, when the "
            "colleague's address is proved. Off: it is the colleague's own."
        ),
    )

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["team"].queryset = teams

    @staticmethod
    def of(mailbox: EmailAccount) -> dict[str, object]:
        """What the form shows at first."""
        return {
            "display_name": mailbox.display_name,
            "team": mailbox.team,
            "is_active": mailbox.is_active,
            "copies": mailbox.copies,
            "trusts_forwards": mailbox.trusts_forwards,
            "reopens_for_days": mailbox.reopens_for_days,
        }


class NewMailboxForm(forms.Form):
    """A further address of a brand."""

    address = forms.EmailField(label=_("Address"), max_length=254)
    display_name = forms.CharField(label=_("Name that customers see"), max_length=100)
    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=None)
    team = forms.ModelChoiceField(
        label=_("Team that gets the mail"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brands = giver.brands.all()
        fields: Any = self.fields
        fields["brand"].queryset = brands
        fields["team"].queryset = Team.objects.filter(brand__in=brands).select_related("brand")

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"].strip().lower()
        if "+" in address:
            raise forms.ValidationError(
                _("Leave out the plus: what stands behind one is for the desk itself.")
            )
        try:
            return mailable(address)
        except Unsendable:
            raise forms.ValidationError(_("Mail cannot be sent to this address.")) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        team, brand = given.get("team"), given.get("brand")
        if team and brand and team.brand_id != brand.pk:
            self.add_error("team", _("Choose a team of this brand."))
        return given
