"""Passages: runs of words by which the words of an article are known again, wherever they stand."""

from typing import ClassVar

from django.db import models


class Passage(models.Model):
    """One run of words, as a number. restricted: words that only colleagues may read; see `passages`."""

    id = models.BigAutoField(primary_key=True)
    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="+")
    run = models.BigIntegerField()
    restricted = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run"], name="passage_by_run")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "run"], name="passage_is_once_in_an_article")
        ]
