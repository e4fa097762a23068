"""A brand: the name under which customers know us. It bounds what a colleague sees."""

from django.db import models

from handrail.kit import ids


class Brand(models.Model):
    """One face towards customers, with its own mailboxes and portal words."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
