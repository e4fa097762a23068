"""A user sees the desk as they like."""

from handrail.accounts.models.user.base import UserBase


class Preferring(UserBase):
    """A user can choose name, language, time zone, theme and density."""

    class Meta:
        abstract = True

    def prefer(self, **chosen: str) -> None:
        """Remember what was chosen: any of name, language, timezone, theme, density."""
        unknown = set(chosen) - {"name", "language", "timezone", "theme", "density"}
        if unknown:
            raise TypeError(f"not a preference: {', '.join(sorted(unknown))}")
        for name, value in chosen.items():
            setattr(self, name, value)
        self.save(update_fields=list(chosen))
