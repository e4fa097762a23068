"""Tags: short words that group tickets."""

from django.db import models

from handrail.kit import ids

LONGEST = 50


class Tag(models.Model):
    """One word, kept in lower case."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    name = models.CharField(max_length=LONGEST, unique=True)

    class Empty(Exception):
        """A tag needs at least one character."""

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str) -> "Tag":
        """The tag with this name, made when new. Raises Empty."""
        plain = " ".join(name.lower().split())[:LONGEST]
        if not plain:
            raise cls.Empty
        return cls.objects.get_or_create(name=plain)[0]


class Tagging(models.Model):
    """A tag on a ticket."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="ticket_carries_a_tag_once")]
