"""The columns of an article, and what holds for every one of them."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models import Brand
from handrail.events import publish
from handrail.kit import ids
from handrail.kit.sequences import next_of
from handrail.knowledge.events import ArticleFact
from handrail.team.models import Agent


class Audience(models.TextChoices):
    """Who may ever read it."""

    PUBLIC = "public", _("Everybody")
    CUSTOMERS = "customers", _("Customers who are signed in")
    COLLEAGUES = "colleagues", _("Colleagues only")


class State(models.TextChoices):
    """Where it stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


#: Who is outside the house.
OUTSIDE = (Audience.PUBLIC, Audience.CUSTOMERS)
_SLUG_CHARACTERS = 60


def next_number() -> int:
    """The next human number, from a sequence: unique, ascending, gaps possible."""
    return next_of("knowledge_number")


class ArticleBase(models.Model):
    """What every trait stands on. The words here are those of the newest version; readers see `shown`.

    brand: None for every brand. version: grows with each change; who changes an older one is told.
    """

    class WrittenMeanwhile(Exception):
        """Somebody else changed it after the version that was seen."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    owner = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    language = models.CharField(max_length=12)
    category = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    shown = models.ForeignKey("knowledge.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    written_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("title", "number")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="article_has_a_title"),
            models.CheckConstraint(
                condition=Q(audience__in=["public", "customers", "colleagues"]),
                name="article_audience_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "archived"]), name="article_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(shown__isnull=False), name="published_article_shows_words"
            ),
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(shown=None), name="draft_article_shows_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def turn(self, *, seen: int, **columns: object) -> None:
        """One conditional UPDATE: only one writer can win. Raises WrittenMeanwhile."""
        rows = type(self)._default_manager.filter(pk=self.pk, version=seen)
        if not rows.update(version=F("version") + 1, **columns):
            raise self.WrittenMeanwhile
        self.version = seen + 1
        for name, value in columns.items():
            setattr(self, name, value)

    def tell(self, fact: ArticleFact) -> None:
        """Publish a fact about it."""
        publish(fact)

    @property
    def slug(self) -> str:
        """Its published title, else its newest one, as part of an address; may be empty."""
        title = self.shown.title if self.shown else self.title
        return slugify(title)[:_SLUG_CHARACTERS].strip("-")

    @property
    def is_outside(self) -> bool:
        """Whether somebody outside the house may read it now."""
        return self.state == State.PUBLISHED and self.audience in OUTSIDE

    @property
    def has_unpublished_words(self) -> bool:
        """Published, and written in since."""
        return self.shown is not None and self.shown.words != (self.title, self.summary, self.html)

    def is_overdue(self, today: date) -> bool:
        """Whether somebody should look whether it is still true."""
        return self.review_on is not None and self.review_on <= today

    def fits(self, brand_id: UUID) -> bool:
        """Whether it is for this brand."""
        return self.brand_id in (None, brand_id)
