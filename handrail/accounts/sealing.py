"""Secrets at rest: sealed under the secret key, so that a copy of the database tells nothing."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBroken(Exception):
    """What was sealed cannot be opened with any key we know."""


def seal(text: str) -> str:
    """The text, encrypted and signed."""
    return _sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again; older keys (SECRET_KEY_FALLBACKS) still open it. Raises SealBroken."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken from None


def secret_keys() -> list[str]:
    """The present secret key, then those it replaced."""
    return [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _sealer() -> MultiFernet:
    keys = (sha256(f"handrail.sealing\n{secret}".encode()).digest() for secret in secret_keys())
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
