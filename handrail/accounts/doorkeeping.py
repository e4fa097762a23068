"""Who may open a live stream, and whose stream must end: the live process knows cookies only."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from handrail.accounts import disguising, standing
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
    if not isinstance(user, User) or standing.lacks_second_factor(user, request.session):
        return None
    user = disguising.seen_as(request.session, user, at=clock.now())
    return Viewer(user_id=user.pk, session_key=digest_of(key))


def expired(viewers: Collection[Viewer]) -> set[Viewer]:
    """Those whose session ended or ran out, who were suspended, or whose disguise is over."""
    at = clock.now()
    digests = [viewer.session_key for viewer in viewers]
    rows = Session.objects.alive(at=at).filter(pk__in=digests, user__is_active=True)
    owners = dict(rows.values_list("pk", "user_id"))
    disguises = disguising.worn_by(owners.values(), at=at)
    return {viewer for viewer in viewers if not _may_stay(viewer, owners.get(viewer.session_key), disguises)}


def _may_stay(viewer: Viewer, owner_id: UUID | None, disguises: set[tuple[UUID, UUID]]) -> bool:
    """Whether the session lives and its owner is the viewer, or still acts as the viewer."""
    if owner_id is None:
        return False
    return owner_id == viewer.user_id or (owner_id, viewer.user_id) in disguises
