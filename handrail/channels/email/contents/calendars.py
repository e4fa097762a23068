"""Invitations: what a calendar part says, and the calendar that answers it (RFC 5545, RFC 5546)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from handrail.channels.email import limits
from handrail.channels.email.attachments import content_of
from handrail.channels.email.charsets import decode
from handrail.channels.email.structure import Part
from handrail.kit.text import one_line, storable, tidy_lines

CALENDAR_TYPES = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
Answer = Literal["accepted", "tentative", "declined"]


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """status: needs-action, accepted, tentative, declined or delegated."""

    name: str
    address: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """method: request, cancel, reply, counter, publish …; "" when the calendar names none.

    starts, ends: in UTC; of all-day events midnight, ends exclusive. zone: that of the organiser's clock, ""
    when the calendar names none (then the times are as written). rule: how it repeats, as RRULE says it.
    """

    method: str
    uid: str
    sequence: int
    summary: str
    starts: datetime | None
    ends: datetime | None
    all_day: bool
    zone: str
    place: str
    details: str
    organiser: Attendee | None
    attendees: tuple[Attendee, ...]
    rule: str
    recurrence_id: datetime | None
    status: str
    events: int  # how many events the calendar holds; this is the first


def invitation_in(mail: Part) -> Invitation | None:
    """The first event of the first calendar in this mail, None when there is none that can be read."""
    for part in mail.walk():
        if part.media_type in CALENDAR_TYPES and not part.parts:
            content = content_of(part)[: limits.CALENDAR_BYTES]
            found = read_calendar(decode(content, part.type.get("charset") or "utf-8").text)
            if found:
                return found
    return None


def read_calendar(text: str) -> Invitation | None:
    """What this calendar says of its first event."""
    from icalendar import Calendar  # slow import: only invitations need it

    try:
        calendar = Calendar.from_ical(storable(text))
        events = calendar.walk("VEVENT")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError):
        return None
    event = next((each for each in events if "RECURRENCE-ID" not in each), events[0] if events else None)
    found = None if event is None else _invitation(calendar, event, len(events))
    return found if found and (found.uid or found.starts) else None


def _invitation(calendar: Any, event: Any, events: int) -> Invitation:
    starts, all_day, zone = _moment(event, "DTSTART")
    ends = _moment(event, "DTEND")[0] or _end_by_duration(event, starts, all_day=all_day)
    return Invitation(
        method=_words(calendar, "METHOD").lower(),
        uid=_words(event, "UID"),
        sequence=_number(event, "SEQUENCE"),
        summary=_words(event, "SUMMARY"),
        starts=starts,
        ends=ends,
        all_day=all_day,
        zone=zone,
        place=_words(event, "LOCATION"),
        details=tidy_lines(
            storable(_guarded(lambda: str(event.get("DESCRIPTION", "")), ""))[: limits.DETAILS_CHARS]
        ),
        organiser=next(iter(_people(event, "ORGANIZER")), None),
        attendees=tuple(_people(event, "ATTENDEE")[: limits.ATTENDEES]),
        rule=one_line(_guarded(lambda: event["RRULE"].to_ical().decode(), "")),
        recurrence_id=_moment(event, "RECURRENCE-ID")[0],
        status=_words(event, "STATUS").lower(),
        events=events,
    )


def _guarded(ask: Callable[[], Any], otherwise: Any) -> Any:
    """What the library answers; a value that it cannot read counts as absent."""
    try:
        return ask()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        return otherwise


def _words(component: Any, name: str) -> str:
    found = _guarded(lambda: component.get(name, ""), "")
    found = found[0] if isinstance(found, list) and found else found
    return one_line(_guarded(lambda: str(found), ""), limit=limits.CALENDAR_WORDS)


def _number(component: Any, name: str) -> int:
    return int(_guarded(lambda: max(0, min(int(component.get(name, 0)), 2**31)), 0))


def _moment(event: Any, name: str) -> tuple[datetime | None, bool, str]:
    """The moment in UTC, whether it is a whole day, and the name of its zone."""
    moment = _guarded(lambda: event[name].dt, None)
    if isinstance(moment, datetime):
        zone = _zone(event, name, moment)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return _guarded(lambda: moment.astimezone(UTC), None), False, zone
    if isinstance(moment, date):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC), True, ""
    return None, False, ""


def _zone(event: Any, name: str, moment: datetime) -> str:
    if moment.tzinfo is None:
        return ""
    key = getattr(moment.tzinfo, "key", None) or _guarded(lambda: event[name].params.get("TZID"), None)
    from icalendar.timezone import windows_to_olson  # slow import: only invitations need it

    key = windows_to_olson.WINDOWS_TO_OLSON.get(str(key), key)
    return one_line(str(key or "UTC"), limit=100)


def _end_by_duration(event: Any, starts: datetime | None, *, all_day: bool) -> datetime | None:
    if starts is None:
        return None
    span = _guarded(lambda: event["DURATION"].dt, None)
    if not isinstance(span, timedelta):
        return starts + timedelta(days=1) if all_day else None
    end = _guarded(lambda: starts + span, None)
    assert end is None or isinstance(end, datetime)
    return end


def _people(event: Any, name: str) -> list[Attendee]:
    found = _guarded(lambda: event.get(name, []), [])
    return [_person(each) for each in (found if isinstance(found, list) else [found])[: limits.ATTENDEES]]


def _person(value: Any) -> Attendee:
    address = one_line(str(value), limit=limits.ADDRESS_CHARS)
    address = address[7:] if address[:7].lower() == "mailto:" else address
    parameters = _guarded(lambda: dict(value.params), {})
    return Attendee(
        name=one_line(str(parameters.get("CN", "")), limit=limits.NAME_CHARS).strip("\"'"),
        address=address if "@" in address else "",
        status=one_line(str(parameters.get("PARTSTAT", "")), limit=40).lower() or "needs-action",
    )


def reply_calendar(invitation: Invitation, *, answer: Answer, name: str, address: str, at: datetime) -> bytes:
    """The calendar that tells the organiser what this attendee answers; to be sent with `method=REPLY`.

    Raises ValueError when the invitation cannot be answered: it names no event or nobody who invites.
    """
    if not invitation.uid or invitation.organiser is None or invitation.starts is None:
        raise ValueError("This invitation names no event, or nobody who could be answered.")
    from icalendar import Calendar, Event, vCalAddress  # slow import: only invitations need it

    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", _written(invitation.starts, invitation))
    if invitation.ends:
        event.add("dtend", _written(invitation.ends, invitation))
    if invitation.recurrence_id:
        event.add("recurrence-id", _written(invitation.recurrence_id, invitation))
    event.add("summary", invitation.summary)
    event.add("organizer", vCalAddress(f"mailto:{invitation.organiser.address}"))
    attendee = vCalAddress(f"mailto:{one_line(address)}")
    attendee.params["CN"] = one_line(name).replace('"', "'")
    attendee.params["PARTSTAT"] = answer.upper()
    event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", "-//Handrail//Handrail//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _written(moment: datetime, invitation: Invitation) -> date | datetime:
    return moment.date() if invitation.all_day else moment
