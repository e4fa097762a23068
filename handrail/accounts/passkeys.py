"""Passkeys: a device that knows its owner by finger, face or PIN, and signs for this site alone."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from handrail.accounts import audit, letters
from handrail.accounts.factors import Type, drop_lonely_codes
from handrail.accounts.models.user import User

CHALLENGE = "passkey_challenge"
ALWAYS = UserVerificationRequirement.REQUIRED


class PasskeyRefused(Exception):
    """The device's answer does not fit the challenge, this site, or any passkey we know."""


@dataclass(frozen=True, kw_only=True)
class Passkey:
    """One passkey as its owner sees it."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


def are_possible() -> bool:
    """Browsers want a name, not a number, and a connection nobody can listen to."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return settings.SERVED_SECURELY or host == "localhost" or host.endswith(".localhost")
    return False


def of(user: User) -> list[Passkey]:
    """This user's passkeys, oldest first."""
    rows = Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).order_by("created_at")
    return [
        Passkey(id=row.pk, name=row.data["name"], added_at=row.created_at, used_at=row.last_used_at)
        for row in rows
    ]


def begin_adding(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey; its challenge is kept in the session."""
    options, request.session[CHALLENGE] = _server().register_begin(
        user=PublicKeyCredentialUserEntity(id=user.pk.bytes, name=user.email, display_name=user.name),
        credentials=list(_credentials(user).values()),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=ALWAYS,
    )
    return dict(options)


@transaction.atomic
def add(request: HttpRequest, user: User, *, name: str, credential: dict[str, Any], at: datetime) -> None:
    """Keep the passkey the browser made. Raises PasskeyRefused."""
    try:
        _server().register_complete(_take_challenge(request), credential)
    except (ValueError, TypeError, KeyError) as error:
        raise PasskeyRefused from error
    data = {"name": name, "credential": credential}
    Authenticator.objects.create(user=user, type=Type.WEBAUTHN, data=data, created_at=at)
    audit.record("factor.added", by=user, about=user, at=at, factor="passkey", name=name)
    letters.tell_of_change(user, _("A passkey was added to your account."), at=at)


@transaction.atomic
def remove(user: User, passkey_id: int, *, at: datetime) -> None:
    """Forget a passkey. Raises PasskeyRefused when this user has no such one."""
    if not Authenticator.objects.filter(user=user, type=Type.WEBAUTHN, pk=passkey_id).delete()[0]:
        raise PasskeyRefused
    drop_lonely_codes(user)
    audit.record("factor.removed", by=user, about=user, at=at, factor="passkey")
    letters.tell_of_change(user, _("A passkey was removed from your account."), at=at)


def begin_proving(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """What the browser needs to sign; for anybody when no user is known yet."""
    options, request.session[CHALLENGE] = _server().authenticate_begin(
        credentials=list(_credentials(user).values()) if user else [], user_verification=ALWAYS
    )
    return dict(options)


def prove(request: HttpRequest, credential: dict[str, Any], *, user: User | None, at: datetime) -> User:
    """The user whose passkey signed; it must be `user` when one is given. Raises PasskeyRefused."""
    try:
        owner = user or _owner(credential)
        known = _credentials(owner)
        signed = _server().authenticate_complete(_take_challenge(request), list(known.values()), credential)
    except (ValueError, TypeError, KeyError) as error:
        raise PasskeyRefused from error
    used = next(pk for pk, each in known.items() if each.credential_id == signed.credential_id)
    Authenticator.objects.filter(pk=used).update(last_used_at=at)
    return owner


def _owner(credential: dict[str, Any]) -> User:
    """The user a discovered passkey names; that it belongs to them is proven by the signature."""
    user_id = UUID(bytes=websafe_decode(credential["response"]["userHandle"]))
    user = User.objects.select_related("role").filter(pk=user_id, is_active=True).first()
    if user is None:
        raise PasskeyRefused
    return user


def _credentials(user: User) -> dict[int, AttestedCredentialData]:
    rows = Authenticator.objects.filter(user=user, type=Type.WEBAUTHN)
    return {row.pk: row.wrap().authenticator_data.credential_data for row in rows}


def _take_challenge(request: HttpRequest) -> Any:
    """The challenge of this session; each counts for one answer."""
    challenge = request.session.pop(CHALLENGE, None)
    if challenge is None:
        raise PasskeyRefused
    return challenge


def _server() -> Fido2Server:
    """Bound to the configured address: neither the Host header nor another port of this machine counts."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    site = PublicKeyCredentialRpEntity(id=host, name="Handrail")
    return Fido2Server(site, verify_origin=lambda origin: origin == settings.BASE_URL)
