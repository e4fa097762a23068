"""Providers that hand in the mail itself, each in an envelope of its own, and their reports."""

import base64
import binascii
import hashlib
import json
from typing import Any

from handrail.channels.email.hooks.parcels import Call, Incoming, Malformed, Parcel
from handrail.channels.email.hooks.reporting import parsed, reports


def postmark(call: Call) -> Parcel:
    """With “include raw email content” switched on."""
    told = call.told
    if "RecordType" in told and "RawEmail" not in told:
        return reports("postmark", "PostmarkTrackingWebhookView", call)
    mail = Incoming(
        raw=letters(told["RawEmail"]),
        key=str(told.get("MessageID") or hash_of(told["RawEmail"].encode())),
        envelope_from=str(told.get("From", "")),
        envelope_to=(str(told.get("OriginalRecipient", "")),),
    )
    return Parcel(mails=(mail,))


def mailgun(call: Call) -> Parcel:
    """A route that stores or forwards to an address ending in `mime`."""
    if call.is_json:
        return reports("mailgun", "MailgunTrackingWebhookView", call, webhook_signing_key="-")
    raw = call.form["body-mime"]
    mail = Incoming(
        raw=raw,
        key=call.text("token"),
        envelope_from=call.text("sender"),
        envelope_to=_addresses(call.text("recipient")),
    )
    return Parcel(mails=(mail,))


def sendgrid(call: Call) -> Parcel:
    """Inbound parse with “post the raw, full MIME message” switched on."""
    if call.is_json:
        return reports("sendgrid", "SendGridTrackingWebhookView", call)
    envelope = json.loads(call.form.get("envelope", b"{}"))
    raw = call.form["email"]
    to = tuple(str(address) for address in envelope.get("to", []))
    mail = Incoming(raw=raw, key=hash_of(raw), envelope_from=str(envelope.get("from", "")), envelope_to=to)
    return Parcel(mails=(mail,))


def mandrill(call: Call) -> Parcel:
    events = json.loads(call.form["mandrill_events"])
    mails = tuple(_from_mandrill(event["msg"]) for event in events if event.get("event") == "inbound")
    if mails:
        return Parcel(mails=mails)
    return reports("mandrill", "MandrillCombinedWebhookView", call, webhook_key="-")


def _from_mandrill(told: dict[str, Any]) -> Incoming:
    raw = letters(told["raw_msg"])
    return Incoming(raw=raw, key=hash_of(raw), envelope_to=(str(told.get("email", "")),))


def sparkpost(call: Call) -> Parcel:
    events = [event["msys"] for event in call.told if event.get("msys")]
    relayed = [event["relay_message"] for event in events if "relay_message" in event]
    if relayed:
        return Parcel(mails=tuple(_from_sparkpost(told) for told in relayed))
    return reports("sparkpost", "SparkPostTrackingWebhookView", call)


def _from_sparkpost(told: dict[str, Any]) -> Incoming:
    content = told["content"]
    raw = letters(content["email_rfc822"])
    if content.get("email_rfc822_is_base64"):
        raw = unpacked(raw)
    return Incoming(
        raw=raw,
        key=hash_of(raw),
        envelope_from=str(told.get("msg_from", "")),
        envelope_to=(str(told.get("rcpt_to", "")),),
    )


def mailjet(call: Call) -> Parcel:
    """It hands in pieces, not bytes; the library puts them together again."""
    if isinstance(call.told, list) or "event" in call.told:
        return reports("mailjet", "MailjetTrackingWebhookView", call)
    event = parsed("mailjet", "MailjetInboundWebhookView", call)[0]
    mail = Incoming(
        raw=event.message.as_bytes(),
        key=hash_of(call.body),
        envelope_from=str(call.told.get("Sender", "")),
        envelope_to=(str(call.told.get("Recipient", "")),),
    )
    return Parcel(mails=(mail,))


def mailersend(call: Call) -> Parcel:
    """An inbound route, or a webhook for what became of our mail."""
    if call.told.get("type") != "inbound.message":
        return reports("mailersend", "MailerSendTrackingWebhookView", call, signing_secret="-")  # noqa: S106
    data = call.told["data"]
    to = tuple(str(each["email"]) for each in data.get("recipients", {}).get("rcptTo", []))
    sender = str(data.get("sender", {}).get("email", ""))
    raw = letters(data["raw"])
    mail = Incoming(raw=raw, key=str(data.get("id") or hash_of(raw)), envelope_from=sender, envelope_to=to)
    return Parcel(mails=(mail,))


def postal(call: Call) -> Parcel:
    """An endpoint that gets the raw message, or a webhook for what became of our mail."""
    if "rcpt_to" not in call.told:
        return reports("postal", "PostalTrackingWebhookView", call, webhook_key="-")
    packed = letters(call.told["message"])
    raw = unpacked(packed) if call.told.get("base64") else packed
    mail = Incoming(
        raw=raw,
        key=str(call.told.get("id") or hash_of(raw)),
        envelope_from=str(call.told.get("mail_from") or ""),
        envelope_to=(str(call.told["rcpt_to"]),),
    )
    return Parcel(mails=(mail,))


def unisender_go(call: Call) -> Parcel:
    """It takes no mail in; it tells what became of ours."""
    return reports("unisender_go", "UnisenderGoTrackingWebhookView", call, api_key="-")


def _addresses(told: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in told.split(",") if each.strip())


def letters(text: str) -> bytes:
    """JSON carries bytes as letters; those that are no letters of UTF-8 came as lone surrogates."""
    return text.encode("utf-8", "surrogateescape" if _has_escapes(text) else "replace")


def _has_escapes(text: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in text) if not text.isascii() else False


def unpacked(packed: bytes) -> bytes:
    try:
        return base64.b64decode(packed)
    except binascii.Error as error:
        raise Malformed from error


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
