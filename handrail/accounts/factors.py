"""Second factors: codes from an app, and recovery codes for the day the phone is gone."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handrail.accounts import audit, letters
from handrail.accounts.models.user import User
from handrail.accounts.sealing import unseal

Type = Authenticator.Type


class WrongCode(Exception):
    """The code is not the present one, was used already, or belongs to somebody else."""


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What one user can prove themselves with. recovery_codes: how many are left; None: never made."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    recovery_codes: int | None

    @property
    def any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


def of(user: User) -> Factors:
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    recovery = next((row.wrap() for row in rows if row.type == Type.RECOVERY_CODES), None)
    return Factors(
        app=next((row for row in rows if row.type == Type.TOTP), None),
        passkeys=[row for row in rows if row.type == Type.WEBAUTHN],
        recovery_codes=len(recovery.get_unused_codes()) if recovery else None,
    )


def has_second(user: User) -> bool:
    """Whether this user has anything that a sign-in must ask for."""
    rows = Authenticator.objects.filter(user=user, type__in=[Type.TOTP, Type.WEBAUTHN])
    return bool(rows.exists())


def owners(user_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these users who have a second factor; one query."""
    rows = Authenticator.objects.filter(user__in=list(user_ids), type__in=[Type.TOTP, Type.WEBAUTHN])
    return set(rows.values_list("user_id", flat=True))


def new_app_secret() -> str:
    return str(totp.generate_totp_secret())


def app_picture(user: User, secret: str) -> str:
    """The square code that an authenticator app reads, as a data: address."""
    adapter = get_adapter()
    picture: str = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()


@transaction.atomic
def add_app(user: User, *, secret: str, code: str, at: datetime) -> None:
    """Ask for codes of this app from now on; `code` proves that it has the secret. Raises WrongCode."""
    counter = _counter_of(secret, code)
    if counter is None or Authenticator.objects.filter(user=user, type=Type.TOTP).exists():
        raise WrongCode
    added = totp.TOTP.activate(user, secret).instance
    added.data["last_counter"] = counter
    added.save(update_fields=["data"])
    audit.record("factor.added", by=user, about=user, at=at, factor="app")
    letters.tell_of_change(user, _("An authenticator app was added to your account."), at=at)


@transaction.atomic
def remove_app(user: User, *, at: datetime) -> None:
    """Ask for codes no more; recovery codes go with the last factor."""
    if Authenticator.objects.filter(user=user, type=Type.TOTP).delete()[0]:
        drop_lonely_codes(user)
        audit.record("factor.removed", by=user, about=user, at=at, factor="app")
        letters.tell_of_change(user, _("The authenticator app was removed from your account."), at=at)


@transaction.atomic
def make_recovery_codes(user: User, *, at: datetime) -> list[str]:
    """Ten new codes, each good for one sign-in; the former ones are void."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    audit.record("factor.codes-made", by=user, about=user, at=at)
    return codes


@transaction.atomic
def spend_code(user: User, code: str, *, at: datetime) -> None:
    """Take a code of the app or a recovery code; neither counts twice. Raises WrongCode."""
    rows = Authenticator.objects.select_for_update().filter(user=user)
    app = rows.filter(type=Type.TOTP).first()
    if app is not None and _spend_app_code(app, code, at=at):
        return
    recovery = rows.filter(type=Type.RECOVERY_CODES).first()
    if recovery is None or not has_second(user) or not recovery.wrap().validate_code(code):
        raise WrongCode
    audit.record("factor.code-used", by=user, about=user, at=at)
    letters.tell_of_change(user, _("A recovery code was used to sign in to your account."), at=at)


@transaction.atomic
def take_away(user: User, *, by: User | None, at: datetime) -> None:
    """Remove every second factor of somebody who lost theirs, and sign them out everywhere.

    by: None when the operator of the machine does it. Whose role demands one sets up a new one at the door.
    """
    if by is not None:
        user.must_be_below(by)
    Authenticator.objects.filter(user=user).delete()
    user.sessions.all().delete()
    audit.record("factor.taken-away", by=by, about=user, at=at)
    letters.tell_of_change(
        user, _("Your second factors were removed, so that you can set up new ones."), at=at
    )


def drop_lonely_codes(user: User) -> None:
    """Recovery codes stand in for another factor; without one they are nothing."""
    if not has_second(user):
        Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()


def _spend_app_code(app: Authenticator, code: str, *, at: datetime) -> bool:
    """A code counts once: its time step must lie after the last one taken (RFC 6238, 5.2)."""
    counter = _counter_of(unseal(app.data["secret"]), code)
    if counter is None or counter <= app.data.get("last_counter", 0):
        return False
    app.data["last_counter"], app.last_used_at = counter, at
    app.save(update_fields=["data", "last_used_at"])
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """The time step this code belongs to, among the present one and its neighbours."""
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if totp.compare_user_code(actual=code, expected=expected):
            return int(counter)
    return None
