"""A brand: the name under which customers know us. It bounds what a colleague sees."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction

from handrail.accounts import audit
from handrail.kit import ids

if TYPE_CHECKING:
    from handrail.accounts.models.user import User


class Brand(models.Model):
    """One face towards customers, with its own mailboxes and portal words."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    @transaction.atomic
    def found(cls, *, key: str, name: str, by: "User", at: datetime) -> "Brand":
        """Make a brand; its founder works for it."""
        brand = cls.objects.create(key=key, name=name)
        by.brands.add(brand)
        audit.record("brand.made", by=by, about=brand, at=at)
        return brand

    @transaction.atomic
    def rename(self, name: str, *, by: "User", at: datetime) -> None:
        """Change the name that customers read."""
        was, self.name = self.name, name
        self.save(update_fields=["name"])
        audit.record("brand.renamed", by=by, about=self, at=at, was=was, now=name)
