"""Senders whose mail is always taken in, and those whose mail is always spam."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from handrail.accounts.models import Brand, User
from handrail.channels.email.events import SenderListed
from handrail.events import publish
from handrail.kit import ids

#: Of a longer domain only the last so many labels are looked at.
MOST_LABELS = 10


class ListedSenders(models.QuerySet["ListedSender"]):
    """Chains that start from listed senders."""

    def visible_to(self, user: User) -> "ListedSenders":
        """Those of this user's brands."""
        return self.filter(brand__in=user.brands.all())

    def about(self, addresses: Collection[str]) -> dict[tuple[UUID, str], str]:
        """(brand, address or domain) → allowed or blocked, for these addresses and all their domains."""
        names = {name for address in addresses for name in ListedSender.names_of(address)}
        rows = self.filter(sender__in=names).values_list("brand_id", "sender", "listed_as")
        return {(brand, sender): listed_as for brand, sender, listed_as in rows}


class ListedSender(models.Model):
    """An address, or a whole domain without @ and what is below it, in one brand."""

    class As(models.TextChoices):
        ALLOWED = "allowed", "allowed"
        BLOCKED = "blocked", "blocked"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    sender = models.CharField(max_length=320)
    listed_as = models.CharField(max_length=7, choices=As.choices)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ListedSenders.as_manager()

    class Meta:
        ordering = ("sender",)
        constraints = [
            models.UniqueConstraint(fields=["sender", "brand"], name="sender_is_listed_once_a_brand"),
            models.CheckConstraint(
                condition=Q(sender=Lower("sender")), name="listed_sender_is_in_small_letters"
            ),
        ]

    @staticmethod
    def names_of(address: str) -> list[str]:
        """Under what an address may be listed, nearest first: itself, its domain, and the domains above."""
        labels = address.rpartition("@")[2].split(".")[-MOST_LABELS:]
        return [address, *(".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))]

    @classmethod
    @transaction.atomic
    def put(cls, *, brand: Brand, sender: str, listed_as: "ListedSender.As", by: User, at: datetime) -> None:
        """List a sender, or list it the other way."""
        known: dict[str, Any] = {"brand": brand, "sender": sender.strip().lower()[:320]}
        cls.objects.update_or_create(**known, defaults={"listed_as": listed_as, "by": by, "at": at})
        cls._tell(brand.pk, known["sender"], listed_as, by=by, at=at)

    @transaction.atomic
    def take_off(self, *, by: User, at: datetime) -> None:
        """The sender is like any other again."""
        self._tell(self.brand_id, self.sender, "", by=by, at=at)
        self.delete()

    @staticmethod
    def _tell(brand_id: UUID, sender: object, listed_as: str, *, by: User, at: datetime) -> None:
        fact = {"brand_id": brand_id, "sender": str(sender), "listed_as": str(listed_as)}
        publish(SenderListed(by_user_id=by.pk, at=at, **fact))  # type: ignore[arg-type]
