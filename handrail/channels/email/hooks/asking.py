"""Providers that only tell of a mail: what they left out is asked for before they hear that it is kept."""

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings

from handrail.channels.email import limits
from handrail.channels.email.hooks.envelopes import hash_of
from handrail.channels.email.hooks.parcels import Call, Elsewhere, Incoming, Malformed, Parcel
from handrail.channels.email.hooks.reporting import reports
from handrail.kit import http, reaching

BREVO = "https://api.brevo.com/v3"
RESEND = "https://api.resend.com"
MAILTRAP = "https://mailtrap.io/api"
#: One answer may take so long; the provider waits meanwhile.
ANSWER_SECONDS = 15.0
MOST_FILES = 100


def fetched(
    address: str, *, headers: dict[str, str] | None = None, size_limit: int = limits.MAIL_BYTES
) -> bytes:
    """What lies at this address. Raises Elsewhere."""
    judge = reaching.public_or_within(settings.MAIL_SERVER_NETWORKS)
    try:
        answer = http.send(
            "GET", address, headers=headers, time_limit=ANSWER_SECONDS, size_limit=size_limit, judge=judge
        )
    except (http.Unreachable, http.Refused, http.TooMuch) as error:
        raise Elsewhere(f"The provider did not hand over what it keeps: {type(error).__name__}") from error
    if answer.status != 200:
        raise Elsewhere(f"The provider did not hand over what it keeps: it answered {answer.status}.")
    return answer.content


def resend(call: Call) -> Parcel:
    """The mail as it came lies at Resend."""
    if call.told.get("type") != "email.received":
        return reports("resend", "ResendTrackingWebhookView", call)
    data = call.told["data"]
    name = str(data["email_id"])
    told = _asked(f"{RESEND}/emails/receiving/{quote(name, safe='')}", _bearer(call))
    mail = Incoming(
        raw=fetched(str(told["raw"]["download_url"])),
        key=name,
        envelope_to=tuple(str(each) for each in data.get("to", [])),
    )
    return Parcel(mails=(mail,))


def mailtrap(call: Call) -> Parcel:
    """The mail as it came lies at Mailtrap."""
    events = call.told["events"]
    received = [each for each in events if str(each["event"]).startswith("inbound")]
    if not received:
        return reports("mailtrap", "MailtrapTrackingWebhookView", call)
    return Parcel(mails=tuple(_from_mailtrap(each, call) for each in received if each.get("inbox_id") != 1))


def _from_mailtrap(event: dict[str, Any], call: Call) -> Incoming:
    box, name = str(event["inbox_id"]), str(event["message_id"])
    place = f"{MAILTRAP}/inbound/inboxes/{quote(box, safe='')}/messages/{quote(name, safe='')}"
    told = _asked(place, _bearer(call))
    return Incoming(raw=fetched(str(told["raw_message_url"])), key=f"{box}/{name}")


def brevo(call: Call) -> Parcel:
    """It hands in pieces, and keeps the files; the library puts them together again."""
    if "items" not in call.told:
        return reports("brevo", "BrevoTrackingWebhookView", call)
    return Parcel(mails=tuple(_from_brevo(each, call) for each in call.told["items"]))


def _from_brevo(told: dict[str, Any], call: Call) -> Incoming:
    from anymail.inbound import AnymailInboundMessage  # slow import

    headers = [
        (name, value)
        for name, values in told["Headers"].items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    files = [_brevo_file(each, call) for each in (told.get("Attachments") or [])[:MOST_FILES]]
    message = AnymailInboundMessage.construct(
        headers=headers,
        text=told.get("RawTextBody") or "",
        html=told.get("RawHtmlBody") or None,
        attachments=files,
    )
    raw = message.as_bytes()
    people = told.get("Recipients") or told.get("To") or []
    to = [str(each.get("Address", "")) if isinstance(each, dict) else str(each) for each in people]
    names = told.get("Uuid") or []
    return Incoming(
        raw=raw,
        key=str(names[0]) if names else hash_of(raw),
        envelope_from=str(message["Return-Path"] or "").strip("<> "),
        envelope_to=tuple(each for each in to if each),
    )


def _brevo_file(told: dict[str, Any], call: Call) -> Any:
    from anymail.inbound import AnymailInboundMessage  # slow import

    place = f"{BREVO}/inbound/attachments/{quote(str(told['DownloadToken']), safe='')}"
    return AnymailInboundMessage.construct_attachment(
        content_type=str(told.get("ContentType") or "application/octet-stream"),
        content=fetched(place, headers={"api-key": _key(call)}),
        filename=told.get("Name") or None,
        content_id=told.get("ContentID") or None,
    )


def _asked(address: str, headers: dict[str, str]) -> dict[str, Any]:
    found = json.loads(fetched(address, headers=headers))
    if not isinstance(found, dict):
        raise Malformed
    return found


def _bearer(call: Call) -> dict[str, str]:
    return {"Authorization": f"Bearer {_key(call)}", "Accept": "application/json"}


def _key(call: Call) -> str:
    if not call.api_key:
        raise Elsewhere("This provider keeps the mail itself: enter an API key for the mailbox.")
    return call.api_key
