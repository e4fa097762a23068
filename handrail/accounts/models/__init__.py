"""Users, roles, brands, and what proves who somebody is."""

from handrail.accounts.models.audit import AuditEntry
from handrail.accounts.models.brand import Brand
from handrail.accounts.models.disguise import Disguise
from handrail.accounts.models.letter import Letter
from handrail.accounts.models.link import SignInLink
from handrail.accounts.models.role import Role
from handrail.accounts.models.session import Session
from handrail.accounts.models.suspension import Suspension
from handrail.accounts.models.throttle import Throttle
from handrail.accounts.models.token import ApiToken
from handrail.accounts.models.user import User

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Brand",
    "Disguise",
    "Letter",
    "Role",
    "Session",
    "SignInLink",
    "Suspension",
    "Throttle",
    "User",
]
