"""A user: anybody who can sign in, colleague or customer."""

from handrail.accounts.models.user.base import UserBase
from handrail.accounts.models.user.belonging import Belonging
from handrail.accounts.models.user.preferring import Preferring
from handrail.accounts.models.user.proving import Proving
from handrail.accounts.models.user.suspending import Suspending

__all__ = ["User"]


class User(Belonging, Preferring, Proving, Suspending, UserBase):
    """An account. What it may do comes from its role; what it may see is bounded by its brands."""

    class Meta(UserBase.Meta):
        abstract = False
