"""Macros: words and steps that people use again and again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q

from handrail.accounts.models import Brand
from handrail.kit import ids
from handrail.team.models import Agent, Team
from handrail.tickets.models.retirable import Retirable

if TYPE_CHECKING:
    from handrail.tickets.models.ticket import Ticket


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a macro says in one language."""

    text: str
    html: str = ""


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything somebody can decide about a macro. actions: pairs of key and value, as `doing` keeps them.

    wordings: by language; the one under "" is for every other. condition: in the language of filters; the
    macro is offered on tickets that fulfil it. owner, team: whose it is; everybody's when both are None.
    """

    name: str
    about: str = ""
    mode: str = "reply"
    actions: Sequence[Sequence[str]] = ()
    wordings: Mapping[str, Wording]
    condition: str = ""
    brand: Brand | None = None
    owner: Agent | None = None
    team: Team | None = None
    review_on: date | None = None


class Macros(models.QuerySet["Macro"]):
    """Chains that start from macros."""

    def visible_to(self, agent: Agent) -> "Macros":
        """One's own, those of one's teams, and everybody's, for one's brands; the retired ones too."""
        whose = Q(owner=agent) | Q(owner=None, team=None) | Q(owner=None, team__in=agent.team_ids)
        return self.filter(whose, Q(brand=None) | Q(brand__in=agent.brand_ids))

    def in_use(self) -> "Macros":
        return self.filter(retired_at=None)

    def for_ticket(self, ticket: "Ticket") -> "Macros":
        """Those for its brand."""
        return self.filter(Q(brand=None) | Q(brand=ticket.brand_id))


class Macro(Retirable):
    """Words with variables, and what is done with them, under a name."""

    class Mode(models.TextChoices):
        REPLY = "reply", "reply"
        NOTE = "note", "note"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=100)
    about = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=5, choices=Mode.choices, default=Mode.REPLY)
    actions = models.JSONField(default=list)
    condition = models.CharField(max_length=500, blank=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    review_on = models.DateField(null=True)
    made_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = Macros.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="macro_has_a_name"),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="macro_is_a_persons_or_a_teams"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def make(cls, recipe: Recipe, *, by: Agent, at: datetime) -> "Macro":
        """A new macro."""
        macro = cls(made_by=by, created_at=at)
        macro._follow(recipe, at=at)
        return macro

    @transaction.atomic
    def rewrite(self, recipe: Recipe, *, at: datetime) -> None:
        """Another recipe under the same id; what it did before stays as it was."""
        self._follow(recipe, at=at)

    def wording_in(self, language: str) -> Wording:
        """What it says in this language, else in the wider one, else for everybody; may be empty."""
        known = {each.language: each for each in self.texts.all()}
        found = next((known[key] for key in (language, language.partition("-")[0], "") if key in known), None)
        return Wording(text=found.text, html=found.html) if found else Wording(text="")

    @property
    def scope(self) -> str:
        """mine | team | everyone"""
        return "mine" if self.owner_id else "team" if self.team_id else "everyone"

    def _follow(self, recipe: Recipe, *, at: datetime) -> None:
        names = ("name", "about", "mode", "condition", "brand", "owner", "team", "review_on")
        for name in names:
            setattr(self, name, getattr(recipe, name))
        self.actions = [list(pair) for pair in recipe.actions]
        self.updated_at = at
        self.save()
        said = {key: words for key, words in recipe.wordings.items() if words.text}
        self.texts.exclude(language__in=said).delete()
        for language, words in said.items():
            self.texts.update_or_create(language=language, defaults={"text": words.text, "html": words.html})


class MacroText(models.Model):
    """What a macro says in one language; under "" for every other."""

    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["macro", "language"], name="macro_says_it_once_each")]
