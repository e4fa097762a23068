"""A role: a named, editable set of rights."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from handrail.kit import ids


class Role(models.Model):
    """What a group of users may do. Built-in roles can be edited but not deleted."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    rights = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    requires_mfa = models.BooleanField(default=False)
    built_in = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def grants(self, right: str) -> bool:
        """Whether this role holds the right."""
        return right in self.rights or "*" in self.rights
