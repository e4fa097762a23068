"""What each provider sends: mail in its own envelope, reports in its own words."""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.http import HttpRequest, QueryDict

from handrail.channels.email.hooks import proofs
from handrail.channels.email.hooks.parcels import Call, Incoming, Malformed, Parcel, Reported


@dataclass(frozen=True, kw_only=True)
class Provider:
    """proves(call, secret, at=…): whether it is theirs. reads(call): what it says; raises Malformed."""

    proves: Callable[..., bool]
    reads: Callable[[Call], Parcel]


def is_proven(key: str, call: Call, secret: str, *, at: datetime) -> bool:
    """False also for a provider we do not know, and always without a secret."""
    provider = PROVIDERS.get(key)
    try:
        return bool(secret) and provider is not None and provider.proves(call, secret, at=at)
    except Malformed:
        return False


def read(key: str, call: Call) -> Parcel:
    """What a proven call says. Raises Malformed, whatever is wrong with it."""
    try:
        return PROVIDERS[key].reads(call)
    except Malformed:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise Malformed from error


def _postmark(call: Call) -> Parcel:
    """With “include raw email content” switched on."""
    told = call.told
    if "RecordType" in told and "RawEmail" not in told:
        return _reports("postmark", "PostmarkTrackingWebhookView", call)
    mail = Incoming(
        raw=_letters(told["RawEmail"]),
        key=str(told.get("MessageID") or _hash(told["RawEmail"].encode())),
        envelope_from=str(told.get("From", "")),
        envelope_to=(str(told.get("OriginalRecipient", "")),),
    )
    return Parcel(mails=(mail,))


def _mailgun(call: Call) -> Parcel:
    """A route that stores or forwards to an address ending in `mime`."""
    if call.is_json:
        return _reports("mailgun", "MailgunTrackingWebhookView", call, webhook_signing_key="-")
    raw = call.form["body-mime"]
    mail = Incoming(
        raw=raw,
        key=call.text("token"),
        envelope_from=call.text("sender"),
        envelope_to=_addresses(call.text("recipient")),
    )
    return Parcel(mails=(mail,))


def _sendgrid(call: Call) -> Parcel:
    """Inbound parse with “post the raw, full MIME message” switched on."""
    if call.is_json:
        return _reports("sendgrid", "SendGridTrackingWebhookView", call)
    envelope = json.loads(call.form.get("envelope", b"{}"))
    raw = call.form["email"]
    to = tuple(str(address) for address in envelope.get("to", []))
    mail = Incoming(raw=raw, key=_hash(raw), envelope_from=str(envelope.get("from", "")), envelope_to=to)
    return Parcel(mails=(mail,))


def _mandrill(call: Call) -> Parcel:
    events = json.loads(call.form["mandrill_events"])
    mails = tuple(_from_mandrill(event["msg"]) for event in events if event.get("event") == "inbound")
    if mails:
        return Parcel(mails=mails)
    return _reports("mandrill", "MandrillCombinedWebhookView", call, webhook_key="-")


def _from_mandrill(told: dict[str, Any]) -> Incoming:
    raw = _letters(told["raw_msg"])
    return Incoming(raw=raw, key=_hash(raw), envelope_to=(str(told.get("email", "")),))


def _sparkpost(call: Call) -> Parcel:
    events = [event["msys"] for event in call.told if event.get("msys")]
    relayed = [event["relay_message"] for event in events if "relay_message" in event]
    if relayed:
        return Parcel(mails=tuple(_from_sparkpost(told) for told in relayed))
    return _reports("sparkpost", "SparkPostTrackingWebhookView", call)


def _from_sparkpost(told: dict[str, Any]) -> Incoming:
    content = told["content"]
    raw = _letters(content["email_rfc822"])
    if content.get("email_rfc822_is_base64"):
        raw = _unpacked(raw)
    return Incoming(
        raw=raw,
        key=_hash(raw),
        envelope_from=str(told.get("msg_from", "")),
        envelope_to=(str(told.get("rcpt_to", "")),),
    )


def _mailjet(call: Call) -> Parcel:
    """It hands in pieces, not bytes; the library puts them together again."""
    if isinstance(call.told, list) or "event" in call.told:
        return _reports("mailjet", "MailjetTrackingWebhookView", call)
    event = _parsed("mailjet", "MailjetInboundWebhookView", call)[0]
    mail = Incoming(
        raw=event.message.as_bytes(),
        key=_hash(call.body),
        envelope_from=str(call.told.get("Sender", "")),
        envelope_to=(str(call.told.get("Recipient", "")),),
    )
    return Parcel(mails=(mail,))


def _reports(module: str, view: str, call: Call, **settings: str) -> Parcel:
    found = (_report(event) for event in _parsed(module, view, call, **settings))
    return Parcel(reports=tuple(report for report in found if report))


def _report(event: Any) -> Reported | None:
    kind = KINDS.get(event.event_type)
    if kind is None or not event.message_id or not event.recipient:
        return None
    detail = str(event.mta_response or event.description or "")[:500]
    return Reported(message_id=_message_id(event), recipient=str(event.recipient), kind=kind, detail=detail)


def _message_id(event: Any) -> str:
    """Ours where the provider repeats it; else its own name, which is none of ours."""
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    return str(told.get("smtp-id") or event.message_id).strip("<> ")


def _parsed(module: str, view: str, call: Call, **settings: str) -> list[Any]:
    """The events in a call that was proven already, read by the library for this provider."""
    views = import_module(f"anymail.webhooks.{module}")  # slow import
    reader = getattr(views, view)(webhook_secret="-:-", **settings)  # noqa: S106 - proven already
    return list(reader.parse_events(_request_of(call)))


def _request_of(call: Call) -> HttpRequest:
    request = HttpRequest()
    request._body = call.body
    request.method, request.content_type = "POST", call.content_type.partition(";")[0].strip().lower()
    request.META["CONTENT_TYPE"] = call.content_type
    if not call.is_json:
        form = QueryDict(mutable=True)
        form.update({name: call.text(name) for name in call.form})
        request.POST = form
    return request


def _addresses(told: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in told.split(",") if each.strip())


def _letters(text: str) -> bytes:
    """JSON carries bytes as letters; those that are no letters of UTF-8 came as lone surrogates."""
    return text.encode("utf-8", "surrogateescape" if _has_escapes(text) else "replace")


def _has_escapes(text: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in text) if not text.isascii() else False


def _unpacked(packed: bytes) -> bytes:
    try:
        return base64.b64decode(packed)
    except binascii.Error as error:
        raise Malformed from error


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


#: The library's words for what became of a mail, as far as we note it.
KINDS = {
    "bounced": "bounced",
    "rejected": "bounced",
    "delivered": "delivered",
    "complained": "complained",
    "deferred": "delayed",
}
PROVIDERS = {
    "postmark": Provider(proves=proofs.password, reads=_postmark),
    "mailgun": Provider(proves=proofs.mailgun, reads=_mailgun),
    "sendgrid": Provider(proves=proofs.password, reads=_sendgrid),
    "mailjet": Provider(proves=proofs.password, reads=_mailjet),
    "mandrill": Provider(proves=proofs.mandrill, reads=_mandrill),
    "sparkpost": Provider(proves=proofs.password, reads=_sparkpost),
}
