"""The security audit: who opened which door and who changed whose rights, in a chain."""

from datetime import UTC
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from handrail.kit import ids

if TYPE_CHECKING:
    from handrail.accounts.models.user import User


class Entries(models.QuerySet["AuditEntry"]):
    """Chains that start from audit entries."""

    def visible_to(self, user: "User") -> "Entries":
        """All of them for those who may see the audit, else none."""
        return self.all() if user.may("audit.see") else self.none()

    def concerning(self, user_id: UUID) -> "Entries":
        """What somebody did, had done to them, or did as somebody else."""
        return self.filter(Q(actor_id=user_id) | Q(subject_id=user_id) | Q(behind_id=user_id))

    def newest_first(self) -> "Entries":
        return self.order_by("-number")


class AuditEntry(models.Model):
    """One line of the audit. Written by `audit.record` alone; the database refuses to change or remove it.

    No foreign keys: an entry outlives the people it names, so it keeps their names as they were.
    behind: the colleague who really acted, when somebody was logged in as somebody else.
    key: which secret key sealed the entry. digest: over everything in it and the digest of the entry before.
    """

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60, db_index=True)
    actor_id = models.UUIDField(null=True, db_index=True)
    actor = models.CharField(max_length=254, blank=True)
    behind_id = models.UUIDField(null=True)
    behind = models.CharField(max_length=254, blank=True)
    subject_id = models.UUIDField(null=True, db_index=True)
    subject = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=45, blank=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    key = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)

    objects = Entries.as_manager()

    class Meta:
        ordering = ("number",)

    def content(self) -> dict[str, Any]:
        """Everything that the digest covers, as JSON values."""
        return {
            "id": str(self.pk),
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(),
            "kind": self.kind,
            "actor": [str(self.actor_id), self.actor],
            "behind": [str(self.behind_id), self.behind],
            "subject": [str(self.subject_id), self.subject],
            "address": self.address,
            "details": self.details,
            "previous": self.previous,
        }
