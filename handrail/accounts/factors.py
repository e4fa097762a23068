"""Second factors: codes from a phone, passkeys, and recovery codes for the day the phone is gone."""

from allauth.mfa.models import Authenticator

from handrail.accounts.models.user import User

Type = Authenticator.Type


def has_second(user: User) -> bool:
    """Whether this user has anything that a sign-in must ask for."""
    return bool(Authenticator.objects.filter(user=user, type__in=[Type.TOTP, Type.WEBAUTHN]).exists())
