"""Tags: short words that group tickets."""

from datetime import datetime
from uuid import UUID

from django.db import connection, models

from handrail.kit import ids
from handrail.kit.prepared import Prepared, ask, columns_of

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
        if rows := _CALLED.rows(name=plain):
            return cls.from_db(connection.alias, _COLUMNS, rows[0])
        return cls.objects.get_or_create(name=plain)[0]


class Tagging(models.Model):
    """A tag on a ticket."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="ticket_carries_a_tag_once")]

    @classmethod
    def put(cls, tag: Tag, *, ticket_id: UUID, at: datetime) -> bool:
        """Whether it is new there; two at once put it on once."""
        return bool(ask(_PUT, {"ticket": ticket_id, "tag": tag.pk, "at": at}))


_COLUMNS = columns_of(Tag)
_CALLED = Prepared(lambda name: Tag.objects.filter(name=name).values_list(*_COLUMNS))
_PUT = """
    INSERT INTO tickets_tagging (ticket_id, tag_id, at) VALUES (%(ticket)s, %(tag)s, %(at)s)
    ON CONFLICT (ticket_id, tag_id) DO NOTHING RETURNING id
"""
