"""A role: a named, editable set of rights."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.functional import Promise

from handrail.accounts import audit
from handrail.accounts.words import ROLES as ROLE_WORDS
from handrail.kit import ids

if TYPE_CHECKING:
    from handrail.accounts.models.user import User

#: Stands for every right there is, also those that later versions bring.
EVERYTHING = "*"


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

    class InUse(Exception):
        """Somebody still has the role, or it is built in."""

    class AboveOwnRights(Exception):
        """Somebody tried to put a right into a role that they do not hold themselves."""

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str | Promise:
        """The name on pages: that of a built-in role in the reader's language, until somebody renames it."""
        return ROLE_WORDS.get(self.name, self.name) if self.built_in else self.name

    @classmethod
    @transaction.atomic
    def found(cls, *, key: str, name: str, by: "User", at: datetime) -> "Role":
        """Make a role that may do nothing yet."""
        role = cls.objects.create(key=key, name=name)
        audit.record("role.made", by=by, about=role, at=at)
        return role

    @transaction.atomic
    def edit(
        self, *, name: str, rights: Collection[str], requires_mfa: bool, by: "User", at: datetime
    ) -> None:
        """Change what everybody with this role may do, from the next request on. Raises AboveOwnRights.

        Who has not every right can neither give nor take one they do not hold. A role with every right keeps
        them, so that there is always somebody who can give rights back.
        """
        if EVERYTHING in self.rights:
            rights = self.rights
        added, removed = sorted(set(rights) - set(self.rights)), sorted(set(self.rights) - set(rights))
        if not all(by.role.grants(right) for right in [*added, *removed]):
            raise self.AboveOwnRights
        self.name, self.rights, self.requires_mfa = name, sorted(rights), requires_mfa
        self.save(update_fields=["name", "rights", "requires_mfa"])
        change = {"added": added, "removed": removed}
        audit.record("role.edited", by=by, about=self, at=at, requires_mfa=requires_mfa, **change)

    @transaction.atomic
    def dissolve(self, *, by: "User", at: datetime) -> None:
        """Delete a role that nobody has. Raises InUse."""
        if self.built_in or self.users.exists():
            raise self.InUse
        audit.record("role.dissolved", by=by, about=self, at=at)
        self.delete()

    def grants(self, right: str) -> bool:
        """Whether this role holds the right."""
        return right in self.rights or EVERYTHING in self.rights

    def covers(self, other: "Role") -> bool:
        """Whether this role may do everything the other may: nobody hands out more than they have."""
        return EVERYTHING in self.rights or set(other.rights) <= set(self.rights)
