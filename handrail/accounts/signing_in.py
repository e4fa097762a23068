"""The one door into a session: however somebody proves who they are, they come in through here.

`begin` takes the first proof; where there is a second factor it holds the sign-in until that is proven too.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from handrail.accounts import audit, factors, sessions, standing, throttling
from handrail.accounts.events import AddressProved, SignedIn
from handrail.accounts.jobs import sweep_up
from handrail.accounts.models.user import User
from handrail.accounts.network import address_of
from handrail.events import publish

#: So long a half-done sign-in waits for its second factor.
HELD_FOR = timedelta(minutes=10)
HELD = "held_sign_in"


class How(StrEnum):
    """The ways to give the first proof."""

    PASSWORD = "password"  # noqa: S105
    LINK = "link"
    PASSKEY = "passkey"
    LIBRARY = "library"


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
    """The first proof is given: ask for the second factor, or open the session. Nobody suspended passes.

    A passkey is both proofs at once: the device, and the person's finger, face or PIN.
    """
    if not user.is_active:
        return HttpResponseRedirect(reverse("accounts:sign-in"))
    if how is How.PASSKEY or not factors.has_second(user):
        return _open(request, user, how=how, at=at, remember=remember, next=next, both=how is How.PASSKEY)
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
    how, remember = How(waiting.how), waiting.remember
    return _open(request, user, how=how, at=at, remember=remember, next=waiting.next, both=True)


def safe_path(path: str) -> str:
    """The path when it lies on this site, else nothing: nobody is sent to a stranger after signing in."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


def _open(
    request: HttpRequest, user: User, *, how: How, at: datetime, remember: bool, next: str, both: bool
) -> HttpResponse:
    request.session.pop(HELD, None)
    login(request, user)  # gives the session a new key: one that was planted never becomes valid
    request.session.set_expiry(None if remember else 0)
    standing.proved(request.session, at=at)
    if both:
        standing.passed_second_factor(request.session, at=at)
    sessions.note_origin(request)
    _tell(request, user, how=how, at=at)
    return HttpResponseRedirect(safe_path(next) or settings.LOGIN_REDIRECT_URL)


@transaction.atomic
def _tell(request: HttpRequest, user: User, *, how: How, at: datetime) -> None:
    user.from_address = address_of(request) or ""
    audit.record("sign-in.opened", by=user, about=user, at=at, how=how)
    sweep_up.defer(lane="accounts.sweep")
    publish(SignedIn(user_id=user.pk, by_id=user.pk, how=how, at=at))
    if how is How.LINK:  # the mailbox is theirs; whoever guesses at the password guesses anew
        throttling.forget(throttling.ACCOUNT, user.email)
        publish(AddressProved(user_id=user.pk, by_id=user.pk, address=user.email, at=at))
