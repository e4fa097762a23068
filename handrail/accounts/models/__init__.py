"""Users, roles, brands, and what proves who somebody is."""

from handrail.accounts.models.brand import Brand
from handrail.accounts.models.link import SignInLink
from handrail.accounts.models.role import Role
from handrail.accounts.models.session import Session
from handrail.accounts.models.user import User

__all__ = ["Brand", "Role", "Session", "SignInLink", "User"]
