"""One stored file: what it is called, what its bytes are, where they lie."""

from django.db import models

from handrail.kit import ids


class StoredFile(models.Model):
    """A file somebody sent. Several may share the same bytes on disk, named by their hash."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=100)
    bytes = models.BigIntegerField()
    created_at = models.DateTimeField()
