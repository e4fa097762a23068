"""What a session has proven so far: that somebody was here lately, and a second factor."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from handrail.accounts.models.user import User

Marks = MutableMapping[str, Any]

PROVEN_AT, SECOND_FACTOR_AT = "proven_at", "second_factor_at"
#: So long after proving who one is, the way in may be changed without proving it again.
LATELY = timedelta(minutes=15)


def proved(session: Marks, *, at: datetime) -> None:
    """Note that the person just proved who they are."""
    session[PROVEN_AT] = at.isoformat()


def passed_second_factor(session: Marks, *, at: datetime) -> None:
    """Note that the person just proved a second factor."""
    session[SECOND_FACTOR_AT] = at.isoformat()


def proven_lately(session: Marks, *, at: datetime) -> bool:
    proven = session.get(PROVEN_AT, "")
    return bool(proven) and at - datetime.fromisoformat(proven) < LATELY


def lacks_second_factor(user: User, session: Marks) -> bool:
    """Whether the role demands a second factor and this session has none: then nothing opens."""
    return user.role.requires_mfa and SECOND_FACTOR_AT not in session
