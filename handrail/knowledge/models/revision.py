"""A revision: an article's words as somebody saved them. None is ever changed or removed."""

from typing import ClassVar

from django.db import models

from handrail.kit import ids
from handrail.team.models import Agent


class Revision(models.Model):
    """number: the version of the article that it was."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_is_one_a_version")
        ]

    @property
    def words(self) -> tuple[str, str, str]:
        return (self.title, self.summary, self.html)

    @property
    def whole(self) -> str:
        """Everything it says, as plain words."""
        return "\n\n".join(part for part in (self.title, self.summary, self.text) if part)
