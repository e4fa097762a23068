"""Whether a call is the provider's: it shows a password or a signature, compared in constant time."""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from handrail.channels.email.hooks.parcels import Call

#: A signature is believed so long: providers try a call again for some hours.
SIGNED_WITHIN = timedelta(hours=12)
#: So far a provider's clock may be ahead of ours.
AHEAD = timedelta(minutes=5)


def password(call: Call, secret: str, *, at: datetime) -> bool:
    """HTTP Basic: secret is `user:password`, as it stands in the address the provider was given."""
    scheme, _blank, given = call.headers.get("Authorization", "").partition(" ")
    try:
        shown = base64.b64decode(given.strip(), validate=True)
    except (binascii.Error, ValueError):
        shown = b""
    return hmac.compare_digest(shown, secret.encode()) and scheme.lower() == "basic"


def mailgun(call: Call, secret: str, *, at: datetime) -> bool:
    """HMAC-SHA256 over time and token, in the form or in the JSON's signature."""
    if call.is_json:
        signed: dict[str, Any] = call.told.get("signature", {}) if isinstance(call.told, dict) else {}
        time, token, signature = (str(signed.get(name, "")) for name in ("timestamp", "token", "signature"))
    else:
        time, token, signature = (call.text(name) for name in ("timestamp", "token", "signature"))
    expected = hmac.new(secret.encode(), f"{time}{token}".encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode()) and _is_fresh(time, at)


def mandrill(call: Call, secret: str, *, at: datetime) -> bool:
    """HMAC-SHA1 over the address and every field of the form."""
    fields = "".join(name + call.text(name) for name in sorted(call.form))
    signed = hmac.new(secret.encode(), (call.address + fields).encode(), hashlib.sha1).digest()
    shown = call.headers.get("X-Mandrill-Signature", "")
    return hmac.compare_digest(base64.b64encode(signed), shown.encode())


def _is_fresh(time: str, at: datetime) -> bool:
    if not (time.isascii() and time.isdigit() and len(time) < 12):
        return False
    age = at.timestamp() - int(time)
    return -AHEAD.total_seconds() <= age <= SIGNED_WITHIN.total_seconds()
