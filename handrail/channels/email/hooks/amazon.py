"""Amazon SES, by way of SNS: signed by Amazon, from a topic of ours, subscribed to when they ask.

The secret is the name (ARN) of the topic: Amazon signs for each topic, and lets nobody else write to it.
"""

import base64
import binascii
import hmac
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from handrail.channels.email.hooks.asking import fetched
from handrail.channels.email.hooks.envelopes import hash_of, letters, unpacked
from handrail.channels.email.hooks.parcels import Call, Incoming, Malformed, Parcel, Reported
from handrail.channels.email.hooks.proofs import AHEAD, SIGNED_WITHIN
from handrail.kit.text import one_line

#: Nobody but Amazon's own notification service is asked for a certificate or told that we subscribe.
OF_AMAZON = re.compile(r"https://sns\.[a-z]{2}(-[a-z]{2,10}){1,3}-\d\.amazonaws\.com(\.cn)?/")
CERTIFICATE_PATH = re.compile(r"/SimpleNotificationService-[0-9a-f]{8,64}\.pem")
CERTIFICATES_KEPT = 20
_SIGNED = ("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_TYPES = frozenset({"Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"})

_certificates: dict[str, x509.Certificate] = {}


def is_signed(call: Call, secret: str, *, at: datetime) -> bool:
    """Whether Amazon signed it for one of our topics, lately. Raises Malformed, Elsewhere."""
    told = call.told
    if not isinstance(told, dict) or told.get("Type") not in _TYPES:
        return False
    topic = str(told.get("TopicArn", "")).encode()
    ours = any(hmac.compare_digest(topic, each.encode()) for each in secret.split())
    return ours and _is_fresh(str(told.get("Timestamp", "")), at) and _verifies(told, at)


def read(call: Call) -> Parcel:
    """A mail, reports, or nothing: a subscription is confirmed. Raises Malformed, Elsewhere."""
    told = call.told
    if told["Type"] == "SubscriptionConfirmation":
        _confirm(str(told["SubscribeURL"]))
    if told["Type"] != "Notification" or not str(told["Message"]).lstrip().startswith("{"):
        return Parcel()
    said = json.loads(told["Message"])
    if said.get("notificationType") == "Received":
        return Parcel(mails=(_mail(said, key=str(told["MessageId"])),))
    return Parcel(reports=tuple(_reports(said)))


def _is_fresh(time: str, at: datetime) -> bool:
    try:
        said = datetime.fromisoformat(time)
    except ValueError:
        return False
    return said.tzinfo is not None and -AHEAD <= at - said <= SIGNED_WITHIN


def _verifies(told: dict[str, Any], at: datetime) -> bool:
    """The fields that are signed, each name and value on a line, against the certificate the call names."""
    address = str(told.get("SigningCertURL", ""))
    if not OF_AMAZON.match(address) or not CERTIFICATE_PATH.fullmatch(urlsplit(address).path):
        return False
    method = {"1": hashes.SHA1(), "2": hashes.SHA256()}.get(str(told.get("SignatureVersion")))  # noqa: S303
    certificate = _certificate(address)
    public = certificate.public_key()
    valid = certificate.not_valid_before_utc <= at.astimezone(UTC) <= certificate.not_valid_after_utc
    if method is None or not valid or not isinstance(public, rsa.RSAPublicKey):
        return False
    names = [name for name in _SIGNED if told.get(name) is not None and not _is_left_out(name, told)]
    signed = "".join(f"{name}\n{told[name]}\n" for name in names).encode("utf-8", "surrogatepass")
    try:
        shown = base64.b64decode(str(told.get("Signature", "")), validate=True)
        public.verify(shown, signed, padding.PKCS1v15(), method)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _is_left_out(name: str, told: dict[str, Any]) -> bool:
    """A notification has no token to sign, and a confirmation no subject."""
    notifies = told["Type"] == "Notification"
    return name in ("SubscribeURL", "Token") if notifies else name == "Subject"


def _certificate(address: str) -> x509.Certificate:
    if address not in _certificates:
        pem = fetched(address, size_limit=64 * 1024)
        try:
            found = x509.load_pem_x509_certificate(pem)
        except ValueError as error:
            raise Malformed from error
        if len(_certificates) >= CERTIFICATES_KEPT:
            _certificates.clear()
        _certificates[address] = found
    return _certificates[address]


def _confirm(address: str) -> None:
    if not OF_AMAZON.match(address):
        raise Malformed
    fetched(address, size_limit=64 * 1024)


def _mail(said: dict[str, Any], *, key: str) -> Incoming:
    """Inline, as a rule with an SNS action sends it; what lies in S3 is put aside with where it lies."""
    mail, receipt = said["mail"], said.get("receipt", {})
    action = receipt.get("action", {})
    to = tuple(str(each) for each in receipt.get("recipients", mail.get("destination", [])))
    sender, trouble = str(mail.get("source") or ""), ""
    if "content" in said:
        raw = letters(said["content"])
        raw = unpacked(raw) if action.get("encoding") == "BASE64" else raw
    else:
        place = f"{action.get('bucketName', '?')}/{action.get('objectKey', '?')}"
        raw = _head(mail)
        trouble = f"lies-elsewhere: {one_line(str(action.get('type', '?')))}: {one_line(place, limit=300)}"
    return Incoming(raw=raw, key=key or hash_of(raw), trouble=trouble, envelope_from=sender, envelope_to=to)


def _head(mail: dict[str, Any]) -> bytes:
    rows = [(one_line(str(each["name"])), one_line(str(each["value"]))) for each in mail.get("headers", [])]
    return "".join(f"{name}: {value}\r\n" for name, value in rows).encode("utf-8", "replace") + b"\r\n"


def _reports(said: dict[str, Any]) -> list[Reported]:
    kind = str(said.get("eventType") or said.get("notificationType"))
    about = _message_id(said["mail"])
    if kind == "Bounce":
        bounce = said["bounce"]
        lasting = bounce.get("bounceType") == "Permanent"
        return [
            _report(about, each["emailAddress"], "bounced", each.get("diagnosticCode"), lasting=lasting)
            for each in bounce["bouncedRecipients"]
        ]
    if kind == "Complaint":
        words = said["complaint"].get("complaintFeedbackType")
        people = said["complaint"]["complainedRecipients"]
        return [_report(about, each["emailAddress"], "complained", words) for each in people]
    if kind == "Delivery":
        words = said["delivery"].get("smtpResponse")
        return [_report(about, each, "delivered", words) for each in said["delivery"]["recipients"]]
    if kind == "DeliveryDelay":
        people = said["deliveryDelay"]["delayedRecipients"]
        return [
            _report(about, each["emailAddress"], "delayed", each.get("diagnosticCode")) for each in people
        ]
    if kind == "Reject":
        words = said["reject"].get("reason")
        return [_report(about, each, "bounced", words, lasting=False) for each in said["mail"]["destination"]]
    return []


def _report(about: str, recipient: Any, kind: str, words: Any, *, lasting: bool = True) -> Reported:
    detail = str(words or "")[:500]
    return Reported(message_id=about, recipient=str(recipient), kind=kind, detail=detail, lasting=lasting)


def _message_id(mail: dict[str, Any]) -> str:
    """Amazon gives each mail an id of its own, and repeats ours among the headers."""
    ours = next((row["value"] for row in mail.get("headers", []) if row["name"].lower() == "message-id"), "")
    return str(ours or mail.get("commonHeaders", {}).get("messageId") or "").strip("<> ")
