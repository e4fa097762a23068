"""Addresses that get no mail of a brand: mail to them came back for good, or they complained."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from handrail.accounts.models import Brand, User
from handrail.channels.email.events import AddressReleased, AddressSuppressed
from handrail.events import publish
from handrail.kit import ids
from handrail.kit.prepared import Prepared
from handrail.kit.text import small_letters


class Suppressions(models.QuerySet["Suppression"]):
    """Chains that start from suppressed addresses."""

    def visible_to(self, user: User) -> "Suppressions":
        """Those of this user's brands."""
        return self.filter(brand__in=user.brands.all())


class Suppression(models.Model):
    """One address that gets nothing from one brand until somebody releases it."""

    class Reason(models.TextChoices):
        BOUNCED = "bounced", "bounced"
        COMPLAINED = "complained", "complained"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=320)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    detail = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    objects = Suppressions.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["brand", "address"], name="address_is_suppressed_once_a_brand")
        ]
        indexes = [models.Index(fields=["address"], name="suppression_by_address")]

    @classmethod
    @transaction.atomic
    def add(
        cls, *, brand_id: UUID, address: str, reason: "Suppression.Reason", detail: str, at: datetime
    ) -> None:
        """Send nothing there any more; said once, however often it is found out."""
        known = {"brand_id": brand_id, "address": small_letters(address)[:320]}
        found, is_new = cls.objects.get_or_create(
            **known, defaults={"reason": reason, "detail": detail[:500], "at": at}
        )
        if is_new:
            publish(
                AddressSuppressed(
                    suppression_id=found.pk,
                    brand_id=brand_id,
                    address=found.address,
                    reason=found.reason,
                    detail=found.detail,
                    at=at,
                )
            )

    @classmethod
    def reasons(cls, brand_id: UUID | None, addresses: Collection[str]) -> dict[str, str]:
        """Those of the addresses that get nothing from the brand, each with what the other server said."""
        small = [small_letters(address) for address in addresses]
        rows = _REASONS.rows(brand=brand_id, addresses=small) if brand_id and small else []
        return dict(rows)

    @transaction.atomic
    def release(self, *, by: User, at: datetime) -> None:
        """Send to it again."""
        publish(
            AddressReleased(
                suppression_id=self.pk,
                brand_id=self.brand_id,
                address=self.address,
                by_user_id=by.pk,
                at=at,
            )
        )
        self.delete()


def _reasons(*, brand: UUID, addresses: list[str]) -> "models.QuerySet[Any, tuple[str, str]]":
    rows = Suppression.objects.filter(brand=brand, address__in=addresses).order_by()
    return rows.values_list("address", "detail")


_REASONS = Prepared(_reasons)
