"""Whether a call is the provider's: it shows a password or a signature, compared in constant time."""

import base64
import binascii
import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

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


def svix(call: Call, secret: str, *, at: datetime) -> bool:
    """HMAC-SHA256 over id, time and body; Resend signs each try anew. secret: one key or more, `whsec_…`."""
    key, time = call.headers.get("svix-id", ""), call.headers.get("svix-timestamp", "")
    shown = [each.partition(",")[2] for each in call.headers.get("svix-signature", "").split()[:10]]
    signed = f"{key}.{time}.".encode() + call.body
    expected = [_hmac_base64(_svix_key(each), signed) for each in secret.split()]
    proven = [hmac.compare_digest(one, each.encode()) for one in expected for each in shown]
    return bool(key) and any(proven) and _is_fresh(time.partition(".")[0], at)


def mailersend(call: Call, secret: str, *, at: datetime) -> bool:
    """HMAC-SHA256 over the body. secret: of the route, of the webhook, or both with a blank between."""
    return _signs_body(call.headers.get("Signature", ""), call, secret)


def mailtrap(call: Call, secret: str, *, at: datetime) -> bool:
    """HMAC-SHA256 over the body. secret: one key or more, with blanks between."""
    return _signs_body(call.headers.get("Mailtrap-Signature", ""), call, secret)


def unisender_go(call: Call, secret: str, *, at: datetime) -> bool:
    """MD5 over the body with the key where the sum itself stands."""
    shown = str(call.told.get("auth", "")) if isinstance(call.told, dict) else ""
    if not re.fullmatch(r"[0-9a-f]{32}", shown) or call.body.count(shown.encode()) != 1:
        return False
    signed = call.body.replace(shown.encode(), secret.encode())
    expected = hashlib.md5(signed, usedforsecurity=False).hexdigest()  # what they chose, not we
    return hmac.compare_digest(expected, shown)


def postal(call: Call, secret: str, *, at: datetime) -> bool:
    """RSA over the body. secret: the installation's public key, as the `p=` of its DKIM record has it."""
    newer, older = call.headers.get("X-Postal-Signature-256", ""), call.headers.get("X-Postal-Signature", "")
    method = hashes.SHA256() if newer else hashes.SHA1()  # noqa: S303 - what they sign with, not we
    try:
        bare = "".join(line for line in secret.split() if "--" not in line)
        public = serialization.load_der_public_key(base64.b64decode(bare, validate=True))
        shown = base64.b64decode(newer or older, validate=True)
        if not isinstance(public, rsa.RSAPublicKey):
            return False
        public.verify(shown, call.body, padding.PKCS1v15(), method)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _signs_body(shown: str, call: Call, secret: str) -> bool:
    sums = [hmac.new(key.encode(), call.body, hashlib.sha256).hexdigest() for key in secret.split()]
    return any(hmac.compare_digest(each.encode(), shown.encode()) for each in sums)


def _svix_key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return secret.encode()


def _hmac_base64(key: bytes, signed: bytes) -> bytes:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())


def _is_fresh(time: str, at: datetime) -> bool:
    if not (time.isascii() and time.isdigit() and len(time) < 12):
        return False
    age = at.timestamp() - int(time)
    return -AHEAD.total_seconds() <= age <= SIGNED_WITHIN.total_seconds()
