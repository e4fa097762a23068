"""Checks what people type about colleagues and teams; nothing else."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand, Role, User
from handrail.accounts.queries import brands_to_give, roles_to_give
from handrail.team.inviting import Post
from handrail.team.models import Agent, Team

TIERS = ((1, _("1: first answers")), (2, _("2: hard questions")), (3, _("3: experts")))


class PostForm(forms.Form):
    """Role, brands, teams, tier and title: what the giver may give."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none(), empty_label=None)
    brands = forms.ModelMultipleChoiceField(
        label=_("Brands"), queryset=Brand.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"), queryset=Team.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    tier = forms.TypedChoiceField(label=_("Tier"), choices=TIERS, coerce=int, initial=1)
    title = forms.CharField(label=_("Title"), max_length=100, required=False)

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].queryset = Role.objects.filter(pk__in=[role.pk for role in roles_to_give(giver)])
        fields["role"].label_from_instance = lambda role: str(role.title)
        fields["brands"].queryset = brands_to_give(giver)
        fields["teams"].queryset = Team.objects.filter(brand__in=brands_to_give(giver)).select_related(
            "brand"
        )

    def clean(self) -> dict[str, Any]:
        """A team belongs to a brand; who works in it works for the brand."""
        given = super().clean() or self.cleaned_data
        brands = {brand.pk for brand in given.get("brands", ())}
        strange = [team.name for team in given.get("teams", ()) if team.brand_id not in brands]
        if strange:
            words = _("%(teams)s: tick the brand of this team too.") % {"teams": ", ".join(strange)}
            self.add_error("teams", words)
        return given

    def post(self) -> Post:
        """The checked values."""
        return Post(
            **{name: self.cleaned_data[name] for name in ("role", "brands", "teams", "tier", "title")}
        )

    @staticmethod
    def of(agent: Agent) -> dict[str, object]:
        """What the form shows at first."""
        return {
            "role": agent.user.role,
            "brands": agent.user.brands.all(),
            "teams": agent.teams.all(),
            "tier": agent.tier,
            "title": agent.title,
        }


class InvitationForm(PostForm):
    """A new colleague."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    field_order = ("name", "email", "role", "brands", "teams", "tier", "title")


class SuspensionForm(forms.Form):
    """Why somebody is shut out."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class TeamForm(forms.Form):
    """A team's name."""

    name = forms.CharField(label=_("Name"), max_length=100)


class NewTeamForm(TeamForm):
    """A team of a brand; the word in its address is made from the name."""

    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=None)

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["brand"].queryset = brands_to_give(giver)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if not slugify(name):
            raise forms.ValidationError(_("Use a name with letters or digits in it."))
        if Team.objects.filter(key=slugify(name)[:50]).exists():
            raise forms.ValidationError(_("There is one of that name already."))
        return name

    def wish(self) -> dict[str, Any]:
        """The checked values as `Team.found` takes them."""
        name = self.cleaned_data["name"]
        return {"name": name, "key": slugify(name)[:50], "brand": self.cleaned_data["brand"]}
