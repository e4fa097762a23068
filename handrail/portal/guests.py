"""Who may come in by which address: users, and those who have written to us from it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from handrail.accounts import roles
from handrail.accounts.models import User
from handrail.customers.models import Identity


@dataclass(frozen=True, kw_only=True)
class Guest:
    """Somebody whom a link at this address may let in.

    user: None for somebody who has written to us and never came in; then `identity` is there.
    """

    address: str
    user: User | None
    identity: Identity | None

    @property
    def name(self) -> str:
        return self.user.name if self.user else self.identity.person.name if self.identity else ""

    @property
    def language(self) -> str:
        """The language to write to them in, one of ours."""
        wanted = self.user.language if self.user else self.identity.person.language if self.identity else ""
        return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def guest_at(address: str) -> Guest | None:
    """The guest of this address; None for strangers, the suspended, and addresses nobody vouches for.

    An address that was added to somebody else's person counts only once it was verified: a link to it would
    otherwise open that person's requests to whoever claimed the address.
    """
    address = address.strip().lower()
    identity = (
        Identity.objects.select_related("person__user__role").filter(kind="email", value=address).first()
    )
    user = User.objects.select_related("role").filter(email=address).first()
    if user is None and identity is not None and identity.person.user is not None:
        user = identity.person.user if identity.verified_at else None
        if user is None:
            return None
    if user is None and identity is None:
        return None
    return Guest(address=address, user=user, identity=identity) if user is None or user.is_active else None


@transaction.atomic
def come_in(guest: Guest, *, at: datetime) -> User:
    """The guest proved to read mail at the address: their user, made now if there was none."""
    user = guest.user or _made(guest, at=at)
    if guest.identity is not None and user.may("portal.use"):
        try:
            with transaction.atomic():
                guest.identity.prove(user, at=at)
        except Identity.SomebodyElses:
            pass  # two people with one address between them: colleagues merge them, a link never does
    return user


def _made(guest: Guest, *, at: datetime) -> User:
    assert guest.identity is not None
    person = guest.identity.person
    return User.objects.invite(
        email=guest.address,
        name=person.name,
        role=roles.ensure_built_in()["customer"],
        brands=list(person.brands.all()),
        language=guest.language,
        at=at,
    )
