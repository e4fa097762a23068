"""The index: one row for each searchable text."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Document(models.Model):
    """One text. `key` is the thing itself, `owner` what a hit opens: a message's owner is its ticket."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.UUIDField()
    owner = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    vector = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="document_is_unique")]
        indexes = [GinIndex(fields=["vector"], name="search_document_vector", fastupdate=True)]
