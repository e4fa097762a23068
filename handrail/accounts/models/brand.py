"""A brand: the name under which customers know us. It bounds what a colleague sees."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts import audit
from handrail.kit import ids

if TYPE_CHECKING:
    from handrail.accounts.models.user import User


class Brand(models.Model):
    """One face towards customers, with its own mailboxes and portal words."""

    class Masking(models.TextChoices):
        """What becomes of card numbers, bank accounts and secret keys that customers write."""

        OFF = "off", _("Leave them as they are")
        MARK = "mark", _("Leave them, and say on the message that they are there")
        MASK = "mask", _("Keep only their last digits; the original stays with the mail as it came")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    masking = models.CharField(
        max_length=4, choices=Masking.choices, default=Masking.MARK, db_default=Masking.MARK
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(masking__in=["off", "mark", "mask"]), name="brand_masking_is_known"
            )
        ]

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

    @transaction.atomic
    def mask(self, masking: str, *, by: "User", at: datetime) -> None:
        """Choose what becomes of card numbers and the like from now on."""
        was, self.masking = self.masking, masking
        self.save(update_fields=["masking"])
        audit.record("brand.masked", by=by, about=self, at=at, was=was, now=masking)
