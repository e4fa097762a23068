"""What we tell the library of sign-in and second factors: nobody signs up, our door is the only one."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse

from handrail.accounts import network, sealing, signing_in
from handrail.accounts.models.user import User
from handrail.accounts.signing_in import How
from handrail.kit import clock


class Door(DefaultAccountAdapter):  # type: ignore[misc]
    """Whatever the library would let in goes through `signing_in.begin`, as everybody does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None = None, **_more: Any
    ) -> HttpResponse:
        return signing_in.begin(request, user, how=How.LIBRARY, next=redirect_url or "", at=clock.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        return network.address_of(request) or ""


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors are sealed at rest."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Handrail"
