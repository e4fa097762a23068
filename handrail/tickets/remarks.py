"""What is known about a foreign message beside its words: who it is from, what warns of it, what it brings.

Channels keep it in a message's `extras`; the words for their warnings they register here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise

#: The keys of `extras` that are told on a message. What else is there may be long and stays where it is.
KEYS = ("warnings", "invitation", "report", "protection", "forwarded", "redaction", "perhaps")
#: Of a report with many recipients so many are named.
NAMED = 5

_warnings: dict[str, str | Promise] = {}


def name_warnings(words: Mapping[str, str | Promise]) -> None:
    """Register the sentence for each warning a channel may leave on a message."""
    _warnings.update(words)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What somebody invites to. starts_on, ends_on: of whole days, the last one included."""

    method: str
    summary: str
    starts: datetime | None
    ends: datetime | None
    starts_on: date | None
    ends_on: date | None
    place: str
    organiser: str
    repeats: bool


@dataclass(frozen=True, kw_only=True)
class Remarks:
    """warnings: a sentence and what exactly was seen. failed: (address, what the other server said).

    perhaps: the number of another ticket that it may belong to.
    """

    state: str
    warnings: Sequence[tuple[str, str]] = ()
    event: Event | None = None
    failed: Sequence[tuple[str, str]] = ()
    read_by: str = ""
    protection: str = ""
    signers: str = ""
    forwarded: str = ""
    sensitive: Sequence[str] = ()
    masked: bool = False
    perhaps: int | None = None

    def __bool__(self) -> bool:
        return bool(
            self.warnings
            or self.event
            or self.failed
            or self.read_by
            or self.protection
            or self.forwarded
            or self.sensitive
            or self.state == "failed"
        )


def remarks_on(state: str, extras: Mapping[str, Any]) -> Remarks:
    """What to tell. Names and shapes of other versions are left out."""
    told = {name: each for name in KEYS if (each := extras.get(name))}
    if not told:
        return Remarks(state=state)
    report, guard = told.get("report", {}), told.get("protection", {})
    return Remarks(
        state=state,
        warnings=[
            (str(_warnings[key]), str(detail)) for key, detail in told.get("warnings", ()) if key in _warnings
        ],
        event=_event(told["invitation"]) if "invitation" in told else None,
        failed=_failed(report),
        read_by=_read_by(report),
        protection=_protection(guard),
        signers=", ".join(map(str, guard.get("signers", ()))),
        forwarded=_person(told.get("forwarded", {})),
        sensitive=[str(kind) for kind in told.get("redaction", {}).get("sensitive", ())],
        perhaps=told["perhaps"] if isinstance(told.get("perhaps"), int) else None,
        masked=bool(told.get("redaction", {}).get("masked")),
    )


def _failed(report: Mapping[str, Any]) -> list[tuple[str, str]]:
    fates = [each for each in report.get("deliveries", ()) if each.get("action") in ("failed", "delayed")]
    return [
        (str(each.get("address", "")), str(each.get("diagnostic") or each.get("status") or ""))
        for each in fates[:NAMED]
    ]


def _read_by(report: Mapping[str, Any]) -> str:
    return str((report.get("receipt") or {}).get("address", ""))


def _protection(guard: Mapping[str, Any]) -> str:
    if guard.get("is_encrypted"):
        return "encrypted"
    return "signed" if guard.get("is_signed") else ""


def _person(one: Mapping[str, Any]) -> str:
    name, address = str(one.get("name") or ""), str(one.get("address") or "")
    return f"{name} <{address}>" if name and address else name or address


def _event(found: Mapping[str, Any]) -> Event:
    starts, ends = _moment(found.get("starts")), _moment(found.get("ends"))
    whole = bool(found.get("all_day"))
    last = (ends - timedelta(seconds=1)).date() if whole and ends else None
    return Event(
        method=str(found.get("method") or ""),
        summary=str(found.get("summary") or ""),
        starts=None if whole else starts,
        ends=None if whole else ends,
        starts_on=starts.date() if whole and starts else None,
        ends_on=last if starts and last and last > starts.date() else None,
        place=str(found.get("place") or ""),
        organiser=_person(found.get("organiser") or {}),
        repeats=bool(found.get("rule")),
    )


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
