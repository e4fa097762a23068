"""Sessions in PostgreSQL, found by the digest of their key: the engine behind `request.session`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from handrail.accounts.models.session import Session
from handrail.accounts.models.user import User
from handrail.accounts.network import address_of, browser_of, device_of
from handrail.kit import clock
from handrail.kit.prepared import Prepared

#: A session that ends with the browser also ends after so long.
UNREMEMBERED = timedelta(hours=24)
#: How exactly we know when a session was last used; finer would be a write for every page.
SEEN_EVERY = timedelta(minutes=5)
FROM_ADDRESS, FROM_BROWSER = "from_address", "from_browser"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One session as its owner sees it."""

    digest: str
    device: str
    address: str
    begun_at: datetime
    seen_at: datetime
    is_here: bool


_ALIVE = Prepared(
    lambda digest, at: Session.objects.alive(at=at).filter(pk=digest).values_list("data", "seen_at")
)


class SessionStore(SessionBase):
    """Reads and writes one session. Django makes one for each request."""

    def load(self) -> dict[str, Any]:
        at, digest = clock.now(), digest_of(self.session_key)
        found = _ALIVE.rows(digest=digest, at=at)
        if not found:
            self._session_key = None
            return {}
        data, seen_at = found[0]
        if at - seen_at > SEEN_EVERY:
            Session.objects.filter(pk=digest).update(seen_at=at)
        return self.decode(data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=digest_of(session_key)).exists()

    def create(self) -> None:
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Write the session. One that was ended elsewhere meanwhile stays ended: UpdateError."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        columns = self._columns(data, at=clock.now())
        if must_create:
            return self._insert(columns)
        if not Session.objects.filter(pk=digest_of(self.session_key)).update(**columns):
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        Session.objects.filter(pk=digest_of(session_key or self.session_key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lte=clock.now()).delete()

    def _insert(self, columns: dict[str, Any]) -> None:
        digest, at = digest_of(self.session_key), columns["seen_at"]
        try:
            with transaction.atomic():
                Session.objects.create(digest=digest, begun_at=at, **columns)
        except IntegrityError:
            raise CreateError from None

    def _columns(self, data: dict[str, Any], *, at: datetime) -> dict[str, Any]:
        ends_with_browser = self.get_expire_at_browser_close()
        age = UNREMEMBERED if ends_with_browser else timedelta(seconds=self.get_expiry_age())
        return {
            "user_id": data.get(SESSION_KEY),
            "data": self.encode(data),
            "lasts": not ends_with_browser,
            "address": data.get(FROM_ADDRESS),
            "browser": data.get(FROM_BROWSER, ""),
            "seen_at": at,
            "expires_at": at + age,
        }


def note_origin(request: HttpRequest) -> None:
    """Remember from where this session was begun, for the list that its owner sees."""
    request.session[FROM_ADDRESS] = address_of(request)
    request.session[FROM_BROWSER] = browser_of(request)


def of(user: User, *, here: str | None, at: datetime) -> list[Visit]:
    """Where this user is signed in, the latest first. here: the key of the session that asks."""
    rows = Session.objects.of(user).alive(at=at).latest_first()
    return [
        Visit(
            digest=row.digest,
            device=device_of(row.browser),
            address=row.address or "",
            begun_at=row.begun_at,
            seen_at=row.seen_at,
            is_here=row.digest == digest_of(here),
        )
        for row in rows
    ]


def end_others(request: HttpRequest, user: User) -> None:
    """End every session of this user but the one of this request, which goes on under a new key."""
    request.session.cycle_key()
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    here = digest_of(request.session.session_key)
    Session.objects.of(user).exclude(pk=here).delete()


def digest_of(session_key: str | None) -> str:
    return sha256((session_key or "").encode()).hexdigest()
