"""The one door into a session: however somebody proves who they are, they come in through here.

`begin` takes the first proof; where there is a second factor it holds the sign-in until that is proven too.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from handrail.accounts import factors, sessions
from handrail.accounts.models.user import User

#: So long a half-done sign-in waits for its second factor.
HELD_FOR = timedelta(minutes=10)
HELD, PROVEN_AT, SECOND_FACTOR_AT = "held_sign_in", "proven_at", "second_factor_at"


class How(StrEnum):
    """The ways to give the first proof."""

    PASSWORD = "password"  # noqa: S105
    LINK = "link"
    PASSKEY = "passkey"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A sign-in that waits for its second factor, in the session of a browser that is nobody yet."""

    user_id: str
    how: str
    remember: bool
    next: str
    at: str


def begin(
    request: HttpRequest, user: User, *, how: How, at: datetime, remember: bool = False, next: str = ""
) -> HttpResponse:
    """The first proof is given: ask for the second factor, or open the session.

    A passkey is both proofs at once: the device, and the person's finger, face or PIN.
    """
    if how is How.PASSKEY or not factors.has_second(user):
        both = how is How.PASSKEY
        return _open(request, user, at=at, remember=remember, next=next, second_factor=both)
    request.session.cycle_key()
    held = Held(user_id=str(user.pk), how=how, remember=remember, next=next, at=at.isoformat())
    request.session[HELD] = asdict(held)
    return HttpResponseRedirect(reverse("accounts:second-factor"))


def held(request: HttpRequest, *, at: datetime) -> tuple[User, Held] | None:
    """Whose sign-in this browser waits to finish; None when there is none or it is too old."""
    kept = request.session.get(HELD)
    if not kept or at - datetime.fromisoformat(kept["at"]) > HELD_FOR:
        return None
    user = User.objects.select_related("role").filter(pk=kept["user_id"], is_active=True).first()
    return (user, Held(**kept)) if user else None


def finish(request: HttpRequest, user: User, waiting: Held, *, at: datetime) -> HttpResponse:
    """The second factor is proven too: open the session."""
    return _open(request, user, at=at, remember=waiting.remember, next=waiting.next, second_factor=True)


def safe_path(path: str) -> str:
    """The path when it lies on this site, else nothing: nobody is sent to a stranger after signing in."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def _open(
    request: HttpRequest, user: User, *, at: datetime, remember: bool, next: str, second_factor: bool
) -> HttpResponse:
    request.session.pop(HELD, None)
    login(request, user)  # gives the session a new key: one that was planted never becomes valid
    request.session.set_expiry(None if remember else 0)
    request.session[PROVEN_AT] = at.isoformat()
    if second_factor:
        request.session[SECOND_FACTOR_AT] = at.isoformat()
    sessions.note_origin(request)
    return HttpResponseRedirect(safe_path(next) or settings.LOGIN_REDIRECT_URL)
