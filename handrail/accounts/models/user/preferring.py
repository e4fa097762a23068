"""A user sees the desk as they like."""

from datetime import datetime

from django.db import transaction

from handrail.accounts.events import UserRenamed
from handrail.accounts.models.user.base import UserBase
from handrail.events import publish


class Preferring(UserBase):
    """A user can choose name, language, time zone, theme and density."""

    class Meta:
        abstract = True

    @transaction.atomic
    def prefer(self, *, at: datetime, **chosen: str) -> None:
        """Remember what was chosen: any of name, language, timezone, theme, density."""
        unknown = set(chosen) - {"name", "language", "timezone", "theme", "density"}
        if unknown:
            raise TypeError(f"not a preference: {', '.join(sorted(unknown))}")
        was = self.name
        for name, value in chosen.items():
            setattr(self, name, value)
        self.save(update_fields=list(chosen))
        if self.name != was:
            publish(UserRenamed(user_id=self.pk, by_id=self.pk, name=self.name, at=at))
