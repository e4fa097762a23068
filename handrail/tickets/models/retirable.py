"""What colleagues wrote for others to use, and may take out of use without losing it."""

from datetime import datetime

from django.db import models


class Retirable(models.Model):
    """Macros, and templates of tickets and checklists."""

    retired_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True

    def retire(self, *, at: datetime) -> None:
        """Nobody is offered it any more, and nothing begins with it; it can come back."""
        self.retired_at = self.updated_at = at
        self.save(update_fields=["retired_at", "updated_at"])

    def bring_back(self, *, at: datetime) -> None:
        self.retired_at, self.updated_at = None, at
        self.save(update_fields=["retired_at", "updated_at"])
