"""Who may open a live stream, and whose stream must end: the live process knows cookies only."""

from collections.abc import Collection

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from handrail.accounts.models.session import Session
from handrail.accounts.models.user import User
from handrail.accounts.sessions import SessionStore, digest_of
from handrail.events.live.gates import Viewer
from handrail.kit import clock


def who_is(cookies: str) -> Viewer | None:
    """The person signed in with this Cookie header, or None."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = SessionStore(key)
    user = get_user(request)
    if not isinstance(user, User):
        return None
    return Viewer(user_id=user.pk, session_key=digest_of(key))


def expired(viewers: Collection[Viewer]) -> set[Viewer]:
    """Those whose session was ended, ran out, or whose account is suspended."""
    digests = [viewer.session_key for viewer in viewers]
    rows = Session.objects.alive(at=clock.now()).filter(pk__in=digests, user__is_active=True)
    alive = set(rows.values_list("pk", flat=True))
    return {viewer for viewer in viewers if viewer.session_key not in alive}
