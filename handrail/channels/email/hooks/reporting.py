"""What providers tell of mail we sent, read by the library for each, in our own words."""

from importlib import import_module
from typing import Any

from django.http import HttpRequest, QueryDict

from handrail.channels.email.hooks.parcels import Call, Parcel, Reported

#: The library's words for what became of a mail, as far as we note it.
KINDS = {
    "bounced": "bounced",
    "rejected": "bounced",
    "failed": "bounced",
    "delivered": "delivered",
    "complained": "complained",
    "deferred": "delayed",
}
#: What the library calls a bounce that says something about the address.
_OF_THE_ADDRESS = frozenset({"bounced", "invalid", None})
#: Providers' own words for a bounce that says nothing about the address for good.
_PASSING_WORDS = "soft_bounce soft_bounced softbounce soft transient undetermined temporary blocked"
_PASSING = frozenset(_PASSING_WORDS.split())
#: SparkPost's numbers for bounces that last.
_LASTING_CLASSES = frozenset({"10", "30", "90"})


def reports(module: str, view: str, call: Call, **settings: str) -> Parcel:
    """What a proven call tells of mail we sent."""
    found = (_report(event) for event in parsed(module, view, call, **settings))
    return Parcel(reports=tuple(report for report in found if report))


def parsed(module: str, view: str, call: Call, **settings: str) -> list[Any]:
    """The events in a call that was proven already, read by the library for this provider."""
    views = import_module(f"anymail.webhooks.{module}")  # slow import
    reader = getattr(views, view)(webhook_secret="-:-", **settings)  # noqa: S106 - proven already
    return list(reader.parse_events(_request_of(call)))


def _report(event: Any) -> Reported | None:
    kind = KINDS.get(event.event_type)
    if kind is None or not event.recipient:
        return None
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    return Reported(
        message_id=_message_id(told, event),
        recipient=str(event.recipient),
        kind=kind,
        detail=str(event.mta_response or event.description or "")[:500],
        lasting=event.event_type == "bounced"
        and event.reject_reason in _OF_THE_ADDRESS
        and not _passes(told),
    )


def _message_id(told: dict[str, Any], event: Any) -> str:
    """Ours where the provider repeats it; else its own name, which is none of ours."""
    payload, data = _within(told, "payload"), _within(told, "data")
    message = _within(payload, "message") or _within(payload, "original_message")  # Postal
    found = told.get("smtp-id") or message.get("message_id") or data.get("message_id") or event.message_id
    return str(_header(data.get("headers"), "message-id") or found or "").strip("<> ")


def _header(headers: Any, name: str) -> str:
    """Of a list of `{"name": …, "value": …}`, as Resend has it."""
    rows = [each for each in headers if isinstance(each, dict)] if isinstance(headers, list) else []
    return next((str(row.get("value")) for row in rows if str(row.get("name")).lower() == name), "")


def _passes(told: dict[str, Any]) -> bool:
    data = _within(told, "data")
    places = (told, data, _within(told, "bounce"), _within(data, "bounce"))
    words = {str(place.get(name)).lower() for place in places for name in ("type", "Type", "event", "status")}
    numbers = str(told.get("bounce_class", "10"))
    return bool(words & _PASSING) or told.get("hard_bounce") is False or numbers not in _LASTING_CLASSES


def _within(told: dict[str, Any], name: str) -> dict[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}


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
