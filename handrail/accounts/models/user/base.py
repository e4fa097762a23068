"""The columns of a user, and what follows from role and brands."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from handrail.accounts.models.brand import Brand
from handrail.accounts.models.role import Role
from handrail.kit import ids

if TYPE_CHECKING:
    from handrail.accounts.models.disguise import Disguise
    from handrail.accounts.models.user import User


class Users(BaseUserManager["User"]):
    """Finds and makes users."""

    def invite(
        self, *, email: str, name: str, role: Role, brands: list[Brand], at: datetime, **preferences: Any
    ) -> "User":
        """Make a user without a password; the first way in is a sign-in link."""
        user = self.model(email=email.strip().lower(), name=name, role=role, created_at=at, **preferences)
        user.set_unusable_password()
        user.save()
        user.brands.set(brands)
        return user

    def visible_to(self, viewer: "User") -> models.QuerySet["User"]:
        """Those who share a brand with the viewer; everybody, for who may do everything."""
        if viewer.role.grants("*"):
            return self.all()
        return self.filter(brands__in=viewer.brand_ids).distinct()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.select_related("role").get(email=(username or "").strip().lower())


class UserBase(AbstractBaseUser):
    """What every trait stands on.

    disguise: worn by a colleague who is logged in as this user for the present request.
    from_address: from where the request comes. The middleware sets both, and nobody else.
    """

    class Theme(models.TextChoices):
        AUTO = "auto", _("As my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        COMFORTABLE = "comfortable", _("Comfortable")
        COMPACT = "compact", _("Compact")

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="users")
    brands = models.ManyToManyField(Brand, related_name="+", blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=12, default="en")
    timezone = models.CharField(max_length=50, default="UTC")
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.AUTO)
    density = models.CharField(max_length=12, choices=Density.choices, default=Density.COMFORTABLE)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = Users()

    disguise: "Disguise | None" = None
    from_address: str = ""

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_is_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def may(self, right: str) -> bool:
        """Whether the user's role grants the right, and the account is not suspended."""
        return self.is_active and self.role.grants(right)

    class AboveOwnRights(Exception):
        """Somebody tried to change a user who may do more, or to give a right they do not hold."""

    def must_be_below(self, by: "User") -> None:
        """Raises AboveOwnRights unless `by` may do everything this user may."""
        if not by.role.covers(self.role):
            raise self.AboveOwnRights

    @property
    def disguised_by(self) -> "User | None":
        """The colleague who really acts."""
        return self.disguise.operator if self.disguise else None

    @property
    def is_customer(self) -> bool:
        return self.role.key == "customer"

    def get_full_name(self) -> str:
        return self.name

    @cached_property
    def brand_ids(self) -> list[UUID]:
        """The brands this user belongs to; read once."""
        return list(self.brands.values_list("pk", flat=True))
