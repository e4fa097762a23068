"""The index: one row for each searchable text, and the words that stand in them."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F
from django.db.models.functions import Left


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


class Word(models.Model):
    """A word of letters that stands in the index. documents: in about how many; see `vocabulary`."""

    word = models.TextField(primary_key=True)
    documents = models.IntegerField()

    class Meta:
        indexes = [models.Index(Left("word", 2), F("documents").desc(), name="search_word_by_letters")]


class Spelling(models.Model):
    """A word with one letter left out, or as it is: two words that share a spelling are easily mistaken."""

    id = models.BigAutoField(primary_key=True)
    spelling = models.TextField()
    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_constraint=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["spelling"], name="search_spelling_by_spelling")]


class Tally(models.Model):
    """How far the words are counted: up to which document, and the newest one at the last count."""

    counted = models.BigIntegerField(default=0)
    newest = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="search_has_one_tally")]


class Asked(models.Model):
    """What somebody searched for last. whose: the one who asked; nobody else is shown it."""

    id = models.BigAutoField(primary_key=True)
    whose = models.UUIDField()
    words = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["whose", "words"], name="search_is_remembered_once")]
