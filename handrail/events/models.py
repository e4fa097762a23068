"""The append-only table of facts, by month. No foreign keys: a fact outlives what it describes."""

from django.db import models


class FactRow(models.Model):
    """One fact as stored. Written by `publish` alone; the database refuses updates and deletes of rows."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.TextField()
    subject_id = models.UUIDField()
    payload = models.JSONField()

    class Meta:
        managed = False
        db_table = "events_fact"
