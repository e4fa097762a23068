"""A user has one role and works for some brands."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.accounts import audit
from handrail.accounts.events import BrandsChanged, RoleChanged
from handrail.accounts.models.brand import Brand
from handrail.accounts.models.role import Role
from handrail.accounts.models.user.suspending import Suspending
from handrail.events import publish

if TYPE_CHECKING:
    from handrail.accounts.models.user import User


class Belonging(Suspending):
    """A user can be given another role and other brands."""

    class Meta:
        abstract = True

    @transaction.atomic
    def take_role(self, role: Role, *, by: "User", at: datetime) -> None:
        """Change what the user may do, from the next request on. Raises AboveOwnRights, LastAdmin."""
        if role.pk == self.role_id:
            return
        self.must_be_below(by)
        if not by.role.covers(role):
            raise self.AboveOwnRights
        if not role.grants("*"):
            self.refuse_to_lose_the_last_admin()
        was, self.role = self.role, role
        type(self).objects.filter(pk=self.pk).update(role=role)
        audit.record("user.role-changed", by=by, about=self, at=at, was=was.key, now=role.key)
        publish(RoleChanged(user_id=self.pk, by_id=by.pk, role=role.key, at=at))

    @transaction.atomic
    def work_for(self, brands: Collection[Brand], *, by: "User", at: datetime) -> None:
        """Change whose tickets the user may see: among one's own brands, but for admins.

        Raises AboveOwnRights.
        """
        wanted, had = {brand.pk for brand in brands}, set(self.brands.values_list("pk", flat=True))
        if wanted == had:
            return
        self.must_be_below(by)
        if not (by.role.grants("*") or wanted ^ had <= set(by.brand_ids)):
            raise self.AboveOwnRights
        self.brands.set(brands)
        self.__dict__.pop("brand_ids", None)
        keys = sorted(brand.key for brand in brands)
        audit.record("user.brands-changed", by=by, about=self, at=at, now=keys)
        publish(BrandsChanged(user_id=self.pk, by_id=by.pk, brand_ids=tuple(wanted), at=at))
