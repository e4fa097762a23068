"""Users, roles, brands."""

from handrail.accounts.models.brand import Brand
from handrail.accounts.models.role import Role
from handrail.accounts.models.user import User

__all__ = ["Brand", "Role", "User"]
