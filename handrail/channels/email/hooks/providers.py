"""The providers we know: how each proves that a call is its own, and who reads what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handrail.channels.email.hooks import amazon, asking, envelopes, proofs
from handrail.channels.email.hooks.parcels import Call, Malformed, Parcel


@dataclass(frozen=True, kw_only=True)
class Provider:
    """proves(call, secret, at=…): whether it is theirs. reads(call): what it says; raises Malformed.

    Both raise Elsewhere when they must ask the provider for something and cannot.
    """

    proves: Callable[..., bool]
    reads: Callable[[Call], Parcel]


def is_proven(key: str, call: Call, secret: str, *, at: datetime) -> bool:
    """False also for a provider we do not know, and always without a secret. Raises Elsewhere."""
    provider = PROVIDERS.get(key)
    try:
        return bool(secret) and provider is not None and provider.proves(call, secret, at=at)
    except Malformed:
        return False


def read(key: str, call: Call) -> Parcel:
    """What a proven call says. Raises Malformed, whatever is wrong with it, or Elsewhere."""
    try:
        return PROVIDERS[key].reads(call)
    except Malformed:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise Malformed from error


PROVIDERS = {
    "amazon_ses": Provider(proves=amazon.is_signed, reads=amazon.read),
    "brevo": Provider(proves=proofs.password, reads=asking.brevo),
    "mailersend": Provider(proves=proofs.mailersend, reads=envelopes.mailersend),
    "mailgun": Provider(proves=proofs.mailgun, reads=envelopes.mailgun),
    "mailjet": Provider(proves=proofs.password, reads=envelopes.mailjet),
    "mailtrap": Provider(proves=proofs.mailtrap, reads=asking.mailtrap),
    "mandrill": Provider(proves=proofs.mandrill, reads=envelopes.mandrill),
    "postal": Provider(proves=proofs.postal, reads=envelopes.postal),
    "postmark": Provider(proves=proofs.password, reads=envelopes.postmark),
    "resend": Provider(proves=proofs.svix, reads=asking.resend),
    "sendgrid": Provider(proves=proofs.password, reads=envelopes.sendgrid),
    "sparkpost": Provider(proves=proofs.password, reads=envelopes.sparkpost),
    "unisender_go": Provider(proves=proofs.unisender_go, reads=envelopes.unisender_go),
}
