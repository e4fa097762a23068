"""Agents and their teams."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db import models, transaction

from handrail.accounts import audit
from handrail.accounts.models import Brand, User
from handrail.kit import ids


class Team(models.Model):
    """A group of agents of one brand who share a queue."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def found(cls, *, key: str, name: str, brand: Brand, by: User, at: datetime) -> "Team":
        """Make a team that nobody belongs to yet."""
        team = cls.objects.create(key=key, name=name, brand=brand)
        audit.record("team.made", by=by, about=team, at=at, brand=brand.key)
        return team

    @transaction.atomic
    def rename(self, name: str, *, by: User, at: datetime) -> None:
        """Call the team otherwise."""
        was, self.name = self.name, name
        self.save(update_fields=["name"])
        audit.record("team.renamed", by=by, about=self, at=at, was=was, now=name)


class Agents(models.QuerySet["Agent"]):
    """Chains that start from agents."""

    def visible_to(self, agent: "Agent") -> "Agents":
        """Colleagues who share a brand with this agent; everybody, for who may do everything."""
        if agent.user.role.grants("*"):
            return self.all()
        return self.filter(user__brands__in=agent.brand_ids).distinct()

    def available(self) -> "Agents":
        return self.filter(user__is_active=True)


class Agent(models.Model):
    """A colleague who works on tickets."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    title = models.CharField(max_length=100, blank=True)
    tier = models.PositiveSmallIntegerField(default=1)
    teams = models.ManyToManyField(Team, related_name="agents", blank=True)
    joined_at = models.DateTimeField()
    #: Whether somebody reads their answers before they leave.
    answers_need_review = models.BooleanField(default=False, db_default=False)

    objects = Agents.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=models.Q(tier__range=(1, 3)), name="agent_tier_is_1_to_3")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def welcome(
        cls, *, user: User, teams: list[Team], tier: int = 1, title: str = "", at: datetime
    ) -> "Agent":
        """Make a user an agent of these teams."""
        agent = cls.objects.create(user=user, name=user.name, title=title, tier=tier, joined_at=at)
        agent.teams.set(teams)
        return agent

    @transaction.atomic
    def place(self, *, teams: Collection[Team], tier: int, title: str, by: User, at: datetime) -> None:
        """Change the teams, the tier and the title; what somebody sees may hang on their teams."""
        had, wanted = set(self.teams.values_list("pk", flat=True)), {team.pk for team in teams}
        self.tier, self.title = tier, title
        self.save(update_fields=["tier", "title"])
        if had != wanted:
            self.teams.set(teams)
            self.__dict__.pop("team_ids", None)
            audit.record(
                "user.teams-changed", by=by, about=self.user, at=at, now=sorted(each.key for each in teams)
            )

    @transaction.atomic
    def have_answers_read(self, needed: bool, *, by: User, at: datetime) -> None:
        """Say whether somebody reads their answers before they leave, from the next one on."""
        if self.answers_need_review == needed:
            return
        self.answers_need_review = needed
        self.save(update_fields=["answers_need_review"])
        audit.record("user.answers-read", by=by, about=self.user, at=at, now=needed)

    def may(self, right: str) -> bool:
        return self.user.may(right)

    @cached_property
    def brand_ids(self) -> list[UUID]:
        """The brands this agent works for; read once."""
        return list(self.user.brands.values_list("pk", flat=True))

    @cached_property
    def team_ids(self) -> list[UUID]:
        """The teams this agent belongs to; read once."""
        return list(self.teams.values_list("pk", flat=True))
