"""Signing in at Google and Microsoft: the owner of a mailbox allows it once, we ask for short-lived tokens.

The authorisation code flow with PKCE (RFC 7636). What we keep, sealed, is the refresh token alone.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from handrail.channels.email.imap.troubles import Trouble
from handrail.channels.email.models import ImapRoad
from handrail.kit import http, reaching

GOOGLE_ACCOUNTS = "https://accounts.google.com"
GOOGLE_TOKENS = "https://oauth2.googleapis.com"
MICROSOFT = "https://login.microsoftonline.com"
#: A provider answers within so many seconds.
ANSWER_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Where to ask, and as whom."""

    authorise: str
    token: str
    scope: str
    client_id: str
    client_secret: str
    further: tuple[tuple[str, str], ...] = ()


class NotSetUp(Exception):
    """This installation has no client id for the provider."""


def provider_of(key: str) -> Provider:
    """google or microsoft. Raises NotSetUp."""
    client_id, client_secret = settings.MAIL_CONSENT.get(key, ("", ""))
    if not client_id:
        raise NotSetUp(key)
    if key == "google":
        return Provider(
            authorise=f"{GOOGLE_ACCOUNTS}/o/oauth2/v2/auth",
            token=f"{GOOGLE_TOKENS}/token",
            scope="https://mail.google.com/",
            client_id=client_id,
            client_secret=client_secret,
            further=(("access_type", "offline"), ("prompt", "consent")),
        )
    tenant = f"{MICROSOFT}/{settings.MAIL_MICROSOFT_TENANT}/oauth2/v2.0"
    return Provider(
        authorise=f"{tenant}/authorize",
        token=f"{tenant}/token",
        scope="https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
        client_id=client_id,
        client_secret=client_secret,
        further=(("prompt", "select_account"),),
    )


def is_set_up(key: str) -> bool:
    return bool(settings.MAIL_CONSENT.get(key, ("", ""))[0])


def new_verifier() -> str:
    """What proves later that whoever brings the code is who asked for it."""
    return secrets.token_urlsafe(64)


def asking_address(provider: Provider, *, state: str, verifier: str, back: str, user: str) -> str:
    """Where the browser goes to ask for consent. back: our address it returns to."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": provider.scope,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": user,
        **dict(provider.further),
    }
    return f"{provider.authorise}?{urlencode(query)}"


def refresh_token_for(provider: Provider, *, code: str, verifier: str, back: str) -> str:
    """What the code is worth. Raises Trouble."""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    return str(_ask(provider, asked).get("refresh_token") or _no_consent())


def access_token(road: ImapRoad) -> str:
    """A short-lived token to sign in with. Raises Trouble, NotSetUp."""
    if not road.secret:
        raise Trouble("no-secret")
    provider = provider_of(road.sign_in)
    told = _ask(
        provider, {"grant_type": "refresh_token", "refresh_token": road.secret, "scope": provider.scope}
    )
    if (another := told.get("refresh_token")) and another != road.secret:
        road.renewed(str(another))
    return str(told.get("access_token") or _no_consent())


def _ask(provider: Provider, asked: dict[str, str]) -> dict[str, Any]:
    form = {**asked, "client_id": provider.client_id, "client_secret": provider.client_secret}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = http.send(
            "POST",
            provider.token,
            headers=headers,
            content=urlencode(form).encode(),
            time_limit=ANSWER_SECONDS,
            size_limit=256 * 1024,
            judge=reaching.public_or_within(settings.MAIL_SERVER_NETWORKS),
        )
    except (http.Unreachable, http.Refused, http.TooMuch) as error:
        raise Trouble("silent") from error
    if answer.status in (400, 401, 403):
        raise Trouble("consent")
    if answer.status != 200:
        raise Trouble("silent")
    return _object(answer.content)


def _object(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content)
    except ValueError as error:
        raise Trouble("silent") from error
    return told if isinstance(told, dict) else {}


def _no_consent() -> str:
    raise Trouble("consent")
